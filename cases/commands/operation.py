"""NPRU operations: legal ground, buildings, vacate date with its history, dwellings freed."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from cases.actor import Role
from cases.commands.fields import LandlordId, Ref, Required, RequiredLong, past
from cases.reasons import Reason
from cases.registry import BUILDING, OPERATION, Data, command
from cases.step import Step
from db.tables.case import CaseFile
from db.tables.operation import Building, Dwelling, Operation, Site
from db.tables.people import Body


class CreateOperation(Data):
    site_id: Annotated[str, Field(max_length=80), Ref("site")] = Field(title="Site")
    landlord_id: LandlordId = Field(title="Bailleur")
    name: Required = Field(title="Nom de l’opération")
    kind: Literal["demolition", "requalification"] = Field(default="demolition", title="Nature")
    convention_on: date | None = Field(default=None, title="Convention ANRU du")
    permit_on: date | None = Field(default=None, title="Autorisation de démolir du")


def _own_landlord(step: Step, landlord_id: str) -> Iterable[Reason]:
    if step.actor.role is Role.REHOUSING_OFFICER and landlord_id != step.actor.body_id:
        yield Reason("operation.landlord", "Cette opération est celle d’un autre bailleur.", "Habilitations")


def _operation_obstacles(step: Step, data: CreateOperation) -> Iterable[Reason]:
    step.need(Site, "Le site", id=data.site_id)
    step.need(Body, "Le bailleur", id=data.landlord_id)
    yield from _own_landlord(step, data.landlord_id)


@command(None, CreateOperation, check=_operation_obstacles)
def create_operation(step: Step, data: CreateOperation) -> None:
    operation_id = step.reference("OP", 3)
    step.insert(Operation, id=operation_id, **data.model_dump())
    step.opens("operation", operation_id)
    step.created["operation"] = operation_id


class CreateBuilding(Data):
    name: Required = Field(title="Bâtiment")
    address: Required = Field(title="Adresse")
    vacate_on: date | None = Field(default=None, title="À libérer avant le")


def _of_own_operation(step: Step, data: Data) -> Iterable[Reason]:
    operation = step.subject
    if step.about == BUILDING:
        operation = step.need(Operation, "L’opération", id=step.subject["operation_id"])
    yield from _own_landlord(step, operation["landlord_id"])


@command(OPERATION, CreateBuilding, check=_of_own_operation, moves=False)
def create_building(step: Step, data: CreateBuilding) -> None:
    building_id = step.reference("B", 3)
    step.insert(Building, id=building_id, operation_id=step.subject["id"], **data.model_dump())
    step.created["building"] = building_id


class RecordLegalGround(Data):
    convention_on: date | None = Field(default=None, title="Convention ANRU du")
    permit_on: date | None = Field(default=None, title="Autorisation de démolir du")


def _ground_obstacles(step: Step, data: RecordLegalGround) -> Iterable[Reason]:
    yield from _of_own_operation(step, data)
    if data.convention_on is None and data.permit_on is None:
        yield Reason(
            "operation.no_ground",
            "Indiquez la date de la convention ou celle de l’autorisation.",
            "CCH L.443-15-1",
        )
    yield from past(data.convention_on, step.today, "Convention ANRU du", "convention_on")
    yield from past(data.permit_on, step.today, "Autorisation de démolir du", "permit_on")


@command(OPERATION, RecordLegalGround, check=_ground_obstacles, moves=False)
def record_legal_ground(step: Step, data: RecordLegalGround) -> None:
    """Without it a refusal has no legal effect; offers made before it stay uncounted."""
    step.set(**data.model_dump(exclude_none=True))


class ChangeVacateDate(Data):
    vacate_on: date = Field(title="À libérer avant le")
    reason: RequiredLong = Field(title="Motif du changement")
    told_on: date | None = Field(default=None, title="Ménages informés le")


@command(BUILDING, ChangeVacateDate, check=_of_own_operation, moves=False)
def change_vacate_date(step: Step, data: ChangeVacateDate) -> None:
    """Every household still there has its clock moved, and who follows it is told of the change."""
    step.set(vacate_on=data.vacate_on)
    for case in step.find(CaseFile, building_id=step.subject["id"]):
        if case["closed_on"] is not None:
            continue
        step.change_case(case, vacate_on=data.vacate_on)
        step.tell(
            case["owner_id"],
            "news",
            f"{case['id']} : logement à libérer avant le {data.vacate_on:%d/%m/%Y}.",
            case["id"],
        )


class FreeDwelling(Data):
    dwelling_id: Annotated[str, Field(max_length=80), Ref("dwelling")] = Field(title="Logement")
    freed_on: date = Field(title="Libéré le")
    neutralised_on: date | None = Field(default=None, title="Neutralisé le")


def _free_obstacles(step: Step, data: FreeDwelling) -> Iterable[Reason]:
    yield from _of_own_operation(step, data)
    yield from past(data.freed_on, step.today, "Libéré le", "freed_on")
    if step.get(Dwelling, id=data.dwelling_id, building_id=step.subject["id"]) is None:
        yield Reason("dwelling.unknown", "Ce logement n’est pas dans ce bâtiment.")
    still = [
        row["id"]
        for row in step.find(CaseFile, dwelling_id=data.dwelling_id)
        if row["moved_in_on"] is None and row["closed_on"] is None
    ]
    if still:
        yield Reason(
            "dwelling.occupied",
            f"Encore occupé ({', '.join(still)}) : il est libre quand tous sont partis.",
            "Domaine 9, cas 9",
        )


@command(BUILDING, FreeDwelling, check=_free_obstacles, moves=False)
def free_dwelling(step: Step, data: FreeDwelling) -> None:
    """Free only when every household that came from it has left; not re-let before works (L.442-6 II)."""
    step.update(
        Dwelling, {"id": data.dwelling_id}, freed_on=data.freed_on, neutralised_on=data.neutralised_on
    )
