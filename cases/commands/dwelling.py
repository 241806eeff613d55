"""Dwellings of a building to empty: listed, corrected, freed when all have left, neutralised for good."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from cases.commands.fields import Choices, DayOfFact, one_of, past
from cases.commands.home import DwellingId, PresentHome
from cases.commands.operation import of_own_operation
from cases.labels.operation import NEUTRALISED
from cases.reasons import Reason
from cases.registry import BUILDING, Data, command
from cases.step import Step
from db.rows import Row
from db.tables.case import CaseFile
from db.tables.operation import Dwelling, Operation, Site

Means = Annotated[str, AfterValidator(one_of(NEUTRALISED)), Choices(NEUTRALISED)]
NOT_RELET = "CCH L.442-6 II"
# Closed, and yet living there: nobody had to leave.
STAYED = frozenset({"maintained_in_place", "withdrawn_from_operation"})


@command(BUILDING, PresentHome, check=of_own_operation, moves=False)
def create_dwelling(step: Step, data: PresentHome) -> None:
    """A dwelling of the building, occupied or not, in the commune of its site."""
    operation = step.need(Operation, "L’opération", id=step.subject["operation_id"])
    site = step.need(Site, "Le site", id=operation["site_id"])
    dwelling_id = step.reference("LOG")
    step.insert(
        Dwelling,
        id=dwelling_id,
        building_id=step.subject["id"],
        landlord_id=operation["landlord_id"],
        commune=site["commune"],
        **data.model_dump(),
    )
    step.created["dwelling"] = dwelling_id


class UpdateDwelling(PresentHome):
    dwelling_id: DwellingId = Field(title="Logement")


def _home(step: Step, dwelling_id: str) -> Row | None:
    return step.get(Dwelling, id=dwelling_id, building_id=step.subject["id"])


def _in_building(step: Step, dwelling_id: str) -> Iterable[Reason]:
    if _home(step, dwelling_id) is None:
        yield Reason("dwelling.unknown", "Ce logement n’est pas dans ce bâtiment : choisissez-le en liste.")


def _update_obstacles(step: Step, data: UpdateDwelling) -> Iterable[Reason]:
    yield from of_own_operation(step, data)
    yield from _in_building(step, data.dwelling_id)


@command(BUILDING, UpdateDwelling, check=_update_obstacles, moves=False)
def update_dwelling(step: Step, data: UpdateDwelling) -> None:
    step.update(Dwelling, {"id": data.dwelling_id}, **data.model_dump(exclude={"dwelling_id"}))


class FreeDwelling(Data):
    dwelling_id: DwellingId = Field(title="Logement")
    freed_on: DayOfFact = Field(title="Libéré le")
    neutralised_on: date | None = Field(default=None, title="Neutralisé le")
    how: Means | None = Field(default=None, title="Moyen")


def lives_there(case: Mapping[str, Any]) -> bool:
    """Not rehoused and not gone: a household housed temporarily keeps its right to come back."""
    if case["moved_in_on"] is not None:
        return False
    return case["closed_on"] is None or case["closure_reason"] in STAYED


def _free_obstacles(step: Step, data: FreeDwelling) -> Iterable[Reason]:
    yield from of_own_operation(step, data)
    yield from past(data.freed_on, step.today, "Libéré le", "freed_on")
    yield from _in_building(step, data.dwelling_id)
    households = step.find(CaseFile, dwelling_id=data.dwelling_id)
    yield from _occupied(step, households)
    left = [row["moved_in_on"] or row["closed_on"] for row in households if not lives_there(row)]
    if left and data.freed_on < max(left):
        yield Reason(
            "dwelling.freed_early",
            f"Libéré le : le dernier ménage est parti le {max(left):%d/%m/%Y} ; corrigez la date.",
        )
    yield from _neutralised_after(step, data.neutralised_on, data.freed_on)


def _occupied(step: Step, households: list[Row]) -> Iterable[Reason]:
    still = [row for row in households if lives_there(row)]
    if still:
        names = ", ".join("dossier protégé" if row["protected"] else row["id"] for row in still)
        yield Reason(
            "dwelling.occupied",
            f"Encore occupé ({names}) : il est libre quand tous sont partis.",
            "Domaine 9, cas 9",
        )


def _neutralised_after(step: Step, neutralised_on: date | None, freed_on: date | None) -> Iterable[Reason]:
    yield from past(neutralised_on, step.today, "Neutralisé le", "neutralised_on")
    if neutralised_on is not None and freed_on is not None and neutralised_on < freed_on:
        yield Reason(
            "field.neutralised_on",
            f"Neutralisé le : avant la libération du {freed_on:%d/%m/%Y} ; corrigez la date.",
        )


@command(BUILDING, FreeDwelling, check=_free_obstacles, moves=False)
def free_dwelling(step: Step, data: FreeDwelling) -> None:
    """Free only when every household that came from it has left; not re-let before works (L.442-6 II)."""
    step.update(
        Dwelling,
        {"id": data.dwelling_id},
        freed_on=data.freed_on,
        neutralised_on=data.neutralised_on,
        neutralised_how=data.how or "",
    )


class NeutraliseDwelling(Data):
    dwelling_id: DwellingId = Field(title="Logement libéré")
    neutralised_on: DayOfFact = Field(title="Neutralisé le")
    how: Means = Field(title="Moyen")


def _neutralise_obstacles(step: Step, data: NeutraliseDwelling) -> Iterable[Reason]:
    yield from of_own_operation(step, data)
    yield from _in_building(step, data.dwelling_id)
    home = _home(step, data.dwelling_id)
    if home is None:
        return
    if home["freed_on"] is None:
        yield Reason("dwelling.not_freed", "Enregistrez d’abord la libération du logement.", NOT_RELET)
    if home["neutralised_on"] is not None:
        yield Reason(
            "dwelling.neutralised", f"Ce logement est neutralisé depuis le {home['neutralised_on']:%d/%m/%Y}."
        )
    yield from _neutralised_after(step, data.neutralised_on, home["freed_on"])


@command(BUILDING, NeutraliseDwelling, check=_neutralise_obstacles, moves=False)
def neutralise_dwelling(step: Step, data: NeutraliseDwelling) -> None:
    """Made unusable: it is not re-let before the works."""
    step.update(
        Dwelling, {"id": data.dwelling_id}, neutralised_on=data.neutralised_on, neutralised_how=data.how
    )
