"""Who acts: the signed-in account, as a plain value."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    SOCIAL_WORKER = "social_worker"
    REHOUSING_OFFICER = "rehousing_officer"
    RECEIVING_LANDLORD = "receiving_landlord"
    ICI_SECRETARIAT = "ici_secretariat"
    CO_PILOT = "co_pilot"
    CHAIR = "chair"
    PARTNER = "partner"
    OBSERVER = "observer"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """`is_lead` makes a supervisor of the account's organisation (reopening, late cases, hand-overs)."""

    id: str
    name: str
    role: Role
    body_id: str
    body_kind: str = ""
    is_lead: bool = False
    ici: str | None = None


SYSTEM = Actor(id="system", name="Relogement", role=Role.SYSTEM, body_id="mel", body_kind="mel")
