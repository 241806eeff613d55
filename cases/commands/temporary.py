"""Temporary rehousing: under a convention, with a date of return that slips and a right of return."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from cases.commands.fields import Choices, DayOfFact, Money, Required, RequiredLong, Text, one_of, past
from cases.commands.home import TemporaryHome
from cases.commands.move import settle
from cases.labels.operation import PAYERS
from cases.reasons import Reason
from cases.registry import CASE, Data, NoData, command
from cases.step import Step
from db.rows import Row
from db.tables.offer import Offer
from db.tables.operation import Building, Dwelling
from db.tables.rehousing import ReturnChange, TemporaryStay

Payer = Annotated[str, AfterValidator(one_of(PAYERS)), Choices(PAYERS)]


class MoveTemporarily(TemporaryHome):
    moved_on: DayOfFact = Field(title="Relogement provisoire le")
    dwelling: Required = Field(title="Logement provisoire (adresse, typologie)")
    convention_on: date | None = Field(default=None, title="Convention de relogement provisoire du")
    return_on: date = Field(title="Retour prévu le")
    paid_by: Payer | None = Field(default=None, title="Qui paie la différence de loyer")
    right_of_return: bool = Field(default=True, title="Droit de retour dans le logement")


def _temporary_obstacles(step: Step, data: MoveTemporarily) -> Iterable[Reason]:
    yield from past(data.moved_on, step.today, "Relogement provisoire le", "moved_on")
    yield from past(data.convention_on, step.today, "Convention du", "convention_on")
    if data.return_on <= data.moved_on:
        yield Reason("field.return_on", "Retour prévu le : la date doit suivre le départ ; corrigez-la.")


@command(CASE, MoveTemporarily, check=_temporary_obstacles)
def move_temporarily(step: Step, data: MoveTemporarily) -> None:
    """The household lives elsewhere for a time; no offer is counted."""
    step.insert(
        TemporaryStay,
        case_id=step.case_id,
        difference_paid_by=data.paid_by,
        first_return_on=data.return_on,
        **data.model_dump(exclude={"paid_by", "return_on"}),
    )
    step.set(temporary_dwelling=data.dwelling, return_planned_on=data.return_on)


def open_stay(step: Step) -> Row | None:
    return step.get(TemporaryStay, case_id=step.case_id, ended_on=None)


class ChangeReturnDate(Data):
    return_on: date = Field(title="Nouveau retour prévu le")
    reason: RequiredLong = Field(title="Motif du décalage")
    told_on: date | None = Field(default=None, title="Ménage informé le")


def _change_obstacles(step: Step, data: ChangeReturnDate) -> Iterable[Reason]:
    yield from past(data.told_on, step.today, "Ménage informé le", "told_on")
    if data.return_on == step.subject["return_planned_on"]:
        yield Reason("stay.same_date", "C’est déjà la date du retour prévu : indiquez la nouvelle.")
    stay = open_stay(step)
    if stay is not None and data.return_on <= stay["moved_on"]:
        yield Reason(
            "field.return_on",
            f"Nouveau retour prévu le : avant le départ du {stay['moved_on']:%d/%m/%Y} ; corrigez.",
        )


@command(CASE, ChangeReturnDate, check=_change_obstacles)
def change_return_date(step: Step, data: ChangeReturnDate) -> None:
    """Each slip is kept with its reason; who follows the household tells it."""
    before, stay = step.subject["return_planned_on"], open_stay(step)
    if stay is not None:
        step.insert(
            ReturnChange,
            stay_id=stay["id"],
            changed_on=step.occurred_on,
            before=before,
            after=data.return_on,
            reason=data.reason,
            told_on=data.told_on,
        )
    step.set(return_planned_on=data.return_on)
    since = f"du {before:%d/%m/%Y} " if before else ""
    text = (
        f"{step.case_id} : retour de relogement provisoire déplacé {since}au {data.return_on:%d/%m/%Y} ; "
        "informez le ménage."
    )
    if step.subject["protected"]:
        text = f"{step.case_id} : une date a changé ; ouvrez le dossier."
    step.tell(step.subject["owner_id"], "news", text, step.case_id)


class ReturnHome(Data):
    returned_on: DayOfFact = Field(title="Retour le")
    rent: Money | None = Field(default=None, title="Loyer après travaux (€ par mois)")
    charges: Money | None = Field(default=None, title="Charges après travaux (€ par mois)")
    housing_aid: Money | None = Field(default=None, title="Aide au logement après travaux (€ par mois)")


def _after_departure(step: Step, day: date, label: str, code: str) -> Iterable[Reason]:
    yield from past(day, step.today, label, code)
    stay = open_stay(step)
    if stay is not None and day < stay["moved_on"]:
        yield Reason(
            f"field.{code}", f"{label} : avant le départ du {stay['moved_on']:%d/%m/%Y} ; corrigez la date."
        )


def _return_obstacles(step: Step, data: ReturnHome) -> Iterable[Reason]:
    yield from _after_departure(step, data.returned_on, "Retour le", "returned_on")


@command(CASE, ReturnHome, check=_return_obstacles)
def return_home(step: Step, data: ReturnHome) -> None:
    """The return is the final rehousing; no offer was ever counted. What it costs now is said, or unknown."""
    home = step.need(Dwelling, "Le logement", id=step.subject["dwelling_id"])
    building = step.get(Building, id=home["building_id"] or "")
    in_qpv = building["in_qpv"] if building and home["in_qpv"] is None else home["in_qpv"]
    step.set(accepted_offer_id=None)
    after_works = data.model_dump(exclude={"returned_on"})
    settle(step, data.returned_on, dict(home) | after_works | {"in_qpv": in_qpv})
    _end_stay(step, data.returned_on, "returned")


def _end_stay(step: Step, day: date, outcome: str, **changes: object) -> None:
    step.set(return_planned_on=None)
    stay = open_stay(step)
    if stay is not None:
        step.update(TemporaryStay, {"id": stay["id"]}, ended_on=day, outcome=outcome, **changes)


class RenounceReturn(Data):
    written_on: DayOfFact = Field(title="Renonciation écrite du")
    document: Text = Field(default="", title="Document (nature, où il est gardé)")


def _renounce_obstacles(step: Step, data: RenounceReturn) -> Iterable[Reason]:
    yield from _after_departure(step, data.written_on, "Renonciation écrite du", "written_on")


@command(CASE, RenounceReturn, check=_renounce_obstacles)
def renounce_return(step: Step, data: RenounceReturn) -> None:
    """The household stays where it was housed temporarily: that becomes its final rehousing."""
    offer = step.get(Offer, id=step.subject["accepted_offer_id"] or "")
    settle(step, data.written_on, offer or open_stay(step) or {})
    _end_stay(step, data.written_on, "renounced", renounced_on=data.written_on, document=data.document)


@command(CASE)
def resume_search(step: Step, data: NoData) -> None:
    """The temporary lease is no final rehousing: the search starts without an accepted offer."""
    step.set(accepted_offer_id=None, lease_signed_on=None)
    _end_stay(step, step.occurred_on, "resumed")
