"""Unique numbers of a household (SNE): a new one is recorded, the former ones are kept (domain 5.1)."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from cases.commands.fields import past
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.rules.snr_number import compact, oddity
from cases.step import Step
from db.tables.merge import SnrNumber


class RecordSnrNumber(Data):
    number: Annotated[str, Field(min_length=4, max_length=40)] = Field(title="Numéro unique (SNE)")
    requested_on: date | None = Field(default=None, title="Demande déposée le")
    expires_on: date | None = Field(default=None, title="Demande valable jusqu’au")
    former: bool = Field(default=False, title="Ancien numéro : ne pas le mettre à la place de l’actuel")


def _number_obstacles(step: Step, data: RecordSnrNumber) -> Iterable[Reason]:
    yield from past(data.requested_on, step.today, "Demande déposée le", "requested_on")
    if not compact(data.number):
        yield Reason(
            "field.number", "Numéro unique (SNE) : il ne contient ni chiffre ni lettre ; retapez-le."
        )


@command(CASE, RecordSnrNumber, check=_number_obstacles, moves=False)
def record_snr_number(step: Step, data: RecordSnrNumber) -> None:
    """The number in use changes and the former ones stay; the oldest seniority known is the case's."""
    keep_number(step, step.subject["household_id"], data.number, data.requested_on)
    requested = [day for day in (step.subject["snr_requested_on"], data.requested_on) if day is not None]
    step.set(snr_requested_on=min(requested, default=None))
    if not data.former:
        step.set(snr_number=data.number)
        if data.expires_on is not None:
            step.set(snr_expires_on=data.expires_on)


def keep_number(step: Step, household_id: str, number: str | None, requested_on: date | None = None) -> None:
    """Add it to the numbers that the household bore, once; what looks odd is answered, never refused."""
    if number is None or not compact(number):
        return
    known = {"household_id": household_id, "number": compact(number)}
    if step.get(SnrNumber, **known) is None:
        step.insert(SnrNumber, **known, requested_on=requested_on, known_on=step.occurred_on)
    warning = oddity(number)
    if warning is not None:
        step.created["warning"] = warning
