"""Lease, move, temporary rehousing and return."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from cases.commands.escalation import leave_ici
from cases.commands.fields import LongText, Required, RequiredLong, past
from cases.commands.follow_up import end_waiting
from cases.reasons import Reason
from cases.registry import CASE, Data, NoData, command
from cases.step import Step


class SignLease(Data):
    signed_on: date = Field(title="Bail signé le")


def _lease_obstacles(step: Step, data: SignLease) -> Iterable[Reason]:
    yield from past(data.signed_on, step.today, "Bail signé le", "signed_on")


@command(CASE, SignLease, check=_lease_obstacles)
def sign_lease(step: Step, data: SignLease) -> None:
    step.set(lease_signed_on=data.signed_on)


class MoveIn(Data):
    moved_on: date = Field(title="Emménagement le")


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
    _settle(step, data.moved_on)


def _settle(step: Step, day: date) -> None:
    end_waiting(step, step.subject)
    leave_ici(step, step.subject)
    step.set(moved_in_on=day)


class MoveTemporarily(Data):
    moved_on: date = Field(title="Relogement provisoire le")
    dwelling: Required = Field(title="Logement provisoire (adresse, typologie)")
    return_on: date = Field(title="Retour prévu le")
    paid_by: LongText = Field(default="", title="Qui paie la différence")


def _temporary_obstacles(step: Step, data: MoveTemporarily) -> Iterable[Reason]:
    yield from past(data.moved_on, step.today, "Relogement provisoire le", "moved_on")
    if data.return_on <= data.moved_on:
        yield Reason("field.return_on", "Retour prévu le : la date doit suivre le départ ; corrigez-la.")


@command(CASE, MoveTemporarily, check=_temporary_obstacles)
def move_temporarily(step: Step, data: MoveTemporarily) -> None:
    """Under convention, with a right of return."""
    step.set(temporary_dwelling=data.dwelling, return_planned_on=data.return_on)


class ChangeReturnDate(Data):
    return_on: date = Field(title="Nouveau retour prévu le")
    reason: RequiredLong = Field(title="Motif du décalage")
    told_on: date | None = Field(default=None, title="Ménage informé le")


@command(CASE, ChangeReturnDate)
def change_return_date(step: Step, data: ChangeReturnDate) -> None:
    step.set(return_planned_on=data.return_on)


class ReturnHome(Data):
    returned_on: date = Field(title="Retour le")


def _return_obstacles(step: Step, data: ReturnHome) -> Iterable[Reason]:
    yield from past(data.returned_on, step.today, "Retour le", "returned_on")


@command(CASE, ReturnHome, check=_return_obstacles)
def return_home(step: Step, data: ReturnHome) -> None:
    """The return is the final rehousing; no offer was ever counted."""
    _settle(step, data.returned_on)
    step.set(return_planned_on=None)


class RenounceReturn(Data):
    written_on: date = Field(title="Renonciation écrite du")


def _renounce_obstacles(step: Step, data: RenounceReturn) -> Iterable[Reason]:
    yield from past(data.written_on, step.today, "Renonciation écrite du", "written_on")


@command(CASE, RenounceReturn, check=_renounce_obstacles)
def renounce_return(step: Step, data: RenounceReturn) -> None:
    """The household stays where it was housed temporarily: that becomes its final rehousing."""
    _settle(step, data.written_on)
    step.set(return_planned_on=None)


@command(CASE)
def resume_search(step: Step, data: NoData) -> None:
    """The temporary lease is no final rehousing: the search starts without an accepted offer."""
    step.set(return_planned_on=None, accepted_offer_id=None, lease_signed_on=None)
