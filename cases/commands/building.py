"""Buildings to empty: created, corrected, and the date to vacate with its history."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from cases.commands.fields import Required, RequiredLong, past
from cases.commands.operation import of_own_operation
from cases.reasons import Reason
from cases.registry import BUILDING, OPERATION, Data, command
from cases.step import Step
from db.rows import Row
from db.tables.case import CaseFile
from db.tables.operation import Building
from db.tables.rehousing import VacateChange


class CreateBuilding(Data):
    name: Required = Field(title="Bâtiment")
    address: Required = Field(title="Adresse")
    in_qpv: bool | None = Field(default=None, title="En quartier prioritaire (QPV)")
    vacate_on: date | None = Field(default=None, title="À libérer avant le")


@command(OPERATION, CreateBuilding, check=of_own_operation, moves=False)
def create_building(step: Step, data: CreateBuilding) -> None:
    building_id = step.reference("B", 3)
    step.insert(Building, id=building_id, operation_id=step.subject["id"], **data.model_dump())
    step.created["building"] = building_id


class UpdateBuilding(Data):
    name: Required = Field(title="Bâtiment")
    address: Required = Field(title="Adresse")
    in_qpv: bool | None = Field(default=None, title="En quartier prioritaire (QPV)")


@command(BUILDING, UpdateBuilding, check=of_own_operation, moves=False)
def update_building(step: Step, data: UpdateBuilding) -> None:
    step.set(**data.model_dump())


class ChangeVacateDate(Data):
    vacate_on: date = Field(title="À libérer avant le")
    reason: RequiredLong = Field(title="Motif du changement")
    told_on: date | None = Field(default=None, title="Ménages informés le")


def _vacate_obstacles(step: Step, data: ChangeVacateDate) -> Iterable[Reason]:
    yield from of_own_operation(step, data)
    yield from past(data.told_on, step.today, "Ménages informés le", "told_on")
    if data.vacate_on == step.subject["vacate_on"]:
        yield Reason("building.same_date", "C’est déjà la date de libération : indiquez la nouvelle.")


@command(BUILDING, ChangeVacateDate, check=_vacate_obstacles, moves=False)
def change_vacate_date(step: Step, data: ChangeVacateDate) -> None:
    """Every household still there has its clock moved, and who follows it is told: old → new, how often."""
    before = step.subject["vacate_on"]
    step.insert(
        VacateChange,
        building_id=step.subject["id"],
        changed_on=step.occurred_on,
        changed_by=step.actor.id,
        before=before,
        after=data.vacate_on,
        reason=data.reason,
        told_on=data.told_on,
    )
    first = before is None
    step.set(vacate_on=data.vacate_on, vacate_changes=step.subject["vacate_changes"] + (not first))
    for case in step.find(CaseFile, building_id=step.subject["id"]):
        if case["closed_on"] is None and case["moved_in_on"] is None:
            _move_clock(step, case, data.vacate_on, before)


def _move_clock(step: Step, case: Row, after: date, before: date | None) -> None:
    changes = case["vacate_changes"] + (before is not None)
    step.change_case(case, vacate_on=after, vacate_changes=changes)
    moved = f"du {before:%d/%m/%Y} au {after:%d/%m/%Y}" if before else f"au {after:%d/%m/%Y}"
    often = f", date changée {changes} fois" if changes else ""
    text = f"{case['id']} : libération du logement reportée {moved}{often} ; informez le ménage."
    if before is None or after < before:
        text = f"{case['id']} : libération du logement fixée {moved}{often} ; informez le ménage."
    if case["protected"]:
        text = f"{case['id']} : une date a changé ; ouvrez le dossier."
    step.tell(case["owner_id"], "news", text, case["id"])
