"""NPRU sites and operations: who demolishes what, and on which legal ground."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from cases.actor import Role
from cases.commands.fields import Insee, LandlordId, Ref, Required, past
from cases.reasons import Reason
from cases.registry import BUILDING, OPERATION, Data, command
from cases.search_name import search_name
from cases.step import Step
from db.tables.operation import Operation, Site
from db.tables.people import Body

SiteId = Annotated[str, Field(max_length=80), Ref("site")]
OperationKind = Literal["demolition", "requalification"]
Phase = Annotated[int, Field(ge=1, le=3)]


class CreateSite(Data):
    name: Required = Field(title="Nom du site")
    commune: Insee = Field(title="Commune")
    phase: Phase = Field(title="Phase de la convention")


def site_id(name: str) -> str:
    """« Lille – Bois-Blancs » → « lille-bois-blancs »: readable in an address and in a file."""
    return re.sub(r"[^a-z0-9]+", "-", search_name(name)).strip("-")[:60]


def _site_obstacles(step: Step, data: CreateSite) -> Iterable[Reason]:
    if not site_id(data.name):
        yield Reason("field.name", "Nom du site : écrivez-le en lettres.")
    elif step.get(Site, id=site_id(data.name)) is not None:
        yield Reason("site.exists", f"Le site « {data.name} » existe déjà : choisissez-le dans la liste.")


@command(None, CreateSite, check=_site_obstacles)
def create_site(step: Step, data: CreateSite) -> None:
    step.insert(Site, id=site_id(data.name), **data.model_dump())
    step.created["site"] = site_id(data.name)


class UpdateSite(Data):
    site_id: SiteId = Field(title="Site")
    name: Required = Field(title="Nom du site")
    phase: Phase = Field(title="Phase de la convention")


def _known_site(step: Step, data: UpdateSite) -> Iterable[Reason]:
    step.need(Site, "Le site", id=data.site_id)
    return ()


@command(None, UpdateSite, check=_known_site)
def update_site(step: Step, data: UpdateSite) -> None:
    step.update(Site, {"id": data.site_id}, name=data.name, phase=data.phase)


class CreateOperation(Data):
    site_id: SiteId = Field(title="Site")
    landlord_id: LandlordId = Field(title="Bailleur")
    name: Required = Field(title="Nom de l’opération")
    kind: OperationKind = Field(default="demolition", title="Nature")
    convention_on: date | None = Field(default=None, title="Convention ANRU du")
    permit_on: date | None = Field(default=None, title="Autorisation de démolir du")


def own_landlord(step: Step, landlord_id: str) -> Iterable[Reason]:
    if step.actor.role is Role.REHOUSING_OFFICER and landlord_id != step.actor.body_id:
        yield Reason("operation.landlord", "Cette opération est celle d’un autre bailleur.", "Habilitations")


def of_own_operation(step: Step, data: Data) -> Iterable[Reason]:
    """The targeted operation, or that of the targeted building, is the actor's landlord's."""
    operation = step.subject
    if step.about == BUILDING:
        operation = step.need(Operation, "L’opération", id=step.subject["operation_id"])
    yield from own_landlord(step, operation["landlord_id"])


def _grounds_past(
    step: Step, data: "CreateOperation | UpdateOperation | RecordLegalGround"
) -> Iterable[Reason]:
    yield from past(data.convention_on, step.today, "Convention ANRU du", "convention_on")
    yield from past(data.permit_on, step.today, "Autorisation de démolir du", "permit_on")


def _operation_obstacles(step: Step, data: CreateOperation) -> Iterable[Reason]:
    yield from _grounds_past(step, data)
    step.need(Site, "Le site", id=data.site_id)
    step.need(Body, "Le bailleur", id=data.landlord_id)
    yield from own_landlord(step, data.landlord_id)


@command(None, CreateOperation, check=_operation_obstacles)
def create_operation(step: Step, data: CreateOperation) -> None:
    operation_id = step.reference("OP", 3)
    step.insert(Operation, id=operation_id, **data.model_dump())
    step.opens("operation", operation_id)
    step.created["operation"] = operation_id


class UpdateOperation(Data):
    site_id: SiteId = Field(title="Site")
    name: Required = Field(title="Nom de l’opération")
    kind: OperationKind = Field(title="Nature")
    convention_on: date | None = Field(default=None, title="Convention ANRU du")
    permit_on: date | None = Field(default=None, title="Autorisation de démolir du")


def _update_obstacles(step: Step, data: UpdateOperation) -> Iterable[Reason]:
    yield from of_own_operation(step, data)
    yield from _grounds_past(step, data)
    step.need(Site, "Le site", id=data.site_id)


@command(OPERATION, UpdateOperation, check=_update_obstacles, moves=False)
def update_operation(step: Step, data: UpdateOperation) -> None:
    """Correct what was typed; refusals already judged keep the ground that they were judged on."""
    step.set(**data.model_dump())


class RecordLegalGround(Data):
    convention_on: date | None = Field(default=None, title="Convention ANRU du")
    permit_on: date | None = Field(default=None, title="Autorisation de démolir du")


def _ground_obstacles(step: Step, data: RecordLegalGround) -> Iterable[Reason]:
    yield from of_own_operation(step, data)
    if data.convention_on is None and data.permit_on is None:
        yield Reason(
            "operation.no_ground",
            "Indiquez la date de la convention ou celle de l’autorisation.",
            "CCH L.443-15-1",
        )
    yield from _grounds_past(step, data)


@command(OPERATION, RecordLegalGround, check=_ground_obstacles, moves=False)
def record_legal_ground(step: Step, data: RecordLegalGround) -> None:
    """Without it a refusal has no legal effect; offers made before it stay uncounted."""
    step.set(**data.model_dump(exclude_none=True))
