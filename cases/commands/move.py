"""Lease and move: the household is rehoused for good."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from cases.commands.beside import end_beside
from cases.commands.closing import end_waiting
from cases.commands.escalation import leave_ici
from cases.commands.fields import DayOfFact, past
from cases.commands.promises import freeze_promises
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.step import Step
from db.rows import Row
from db.tables.offer import Offer


class SignLease(Data):
    signed_on: DayOfFact = Field(title="Bail signé le")


def _lease_obstacles(step: Step, data: SignLease) -> Iterable[Reason]:
    yield from past(data.signed_on, step.today, "Bail signé le", "signed_on")


@command(CASE, SignLease, check=_lease_obstacles)
def sign_lease(step: Step, data: SignLease) -> None:
    step.set(lease_signed_on=data.signed_on)


class MoveIn(Data):
    moved_on: DayOfFact = Field(title="Emménagement le")
    in_qpv: bool | None = Field(default=None, title="En quartier prioritaire (QPV)")
    fragility: Annotated[int, Field(ge=1, le=4)] | None = Field(
        default=None, title="Fragilité du quartier (classe IPS, de 1 à 4)"
    )


def _move_obstacles(step: Step, data: MoveIn) -> Iterable[Reason]:
    yield from past(data.moved_on, step.today, "Emménagement le", "moved_on")
    signed_on = step.subject["lease_signed_on"]
    if signed_on is not None and data.moved_on < signed_on:
        yield Reason(
            "field.moved_on",
            f"Emménagement le : avant la signature du bail ({signed_on:%d/%m/%Y}) ; corrigez.",
        )


@command(CASE, MoveIn, check=_move_obstacles)
def move_in(step: Step, data: MoveIn) -> None:
    """Follow-up dates are counted from this day; the other clocks of the case stop."""
    offer = step.need(Offer, "La proposition", id=step.subject["accepted_offer_id"])
    seen = data.model_dump(include={"in_qpv", "fragility"}, exclude_none=True)
    if seen:
        step.update(Offer, {"id": offer["id"]}, **seen)
    settle(step, data.moved_on, offer | seen)


def settle(step: Step, day: date, new: Row) -> None:
    """Rehoused for good in `new`: nothing is awaited any more; the promises of the charter are judged."""
    end_waiting(step, step.subject)
    leave_ici(step, step.subject)
    step.set(**end_beside(step, step.subject, f"Levé par l’emménagement du {day:%d/%m/%Y}."))
    step.set(moved_in_on=day)
    freeze_promises(step, day, new)
