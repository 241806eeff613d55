"""The five life cycles, by the kind of record they move."""

from cases.machines.base import Machine
from cases.machines.ici import ESCALATION, ICI_COURSE, ICI_SESSION
from cases.machines.rehousing import REHOUSING
from cases.machines.transfer import TRANSFER

__all__ = ["MACHINES", "Machine"]

MACHINES: dict[str, Machine] = {
    machine.name: machine for machine in (TRANSFER, REHOUSING, ICI_COURSE, ESCALATION, ICI_SESSION)
}
