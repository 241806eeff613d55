"""Objectives of the charter's avenants: by landlord, by commune, dated. None exists at the start."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from cases.commands.fields import Choices, Insee, LandlordId, Ref, Required, RequiredLong, one_of
from cases.labels.operation import OBJECTIVES, PERCENT
from cases.reasons import Reason
from cases.registry import Data, command
from cases.step import Step
from db.tables.people import Body
from db.tables.rehousing import Objective

ObjectiveKind = Annotated[str, AfterValidator(one_of(OBJECTIVES)), Choices(OBJECTIVES)]
ObjectiveId = Annotated[int, Ref("objective")]
WHOLE = 100


class SetObjective(Data):
    amendment: Required = Field(title="Avenant (référence)")
    kind: ObjectiveKind = Field(title="Objectif")
    landlord_id: LandlordId | None = Field(default=None, title="Bailleur")
    commune: Insee | None = Field(default=None, title="Commune")
    value: Annotated[int, Field(ge=0, le=100_000)] = Field(title="Valeur")
    valid_from: date = Field(title="En vigueur à partir du")
    valid_until: date | None = Field(default=None, title="Jusqu’au")


def _objective_obstacles(step: Step, data: SetObjective) -> Iterable[Reason]:
    if data.landlord_id is None and data.commune is None:
        yield Reason("objective.whose", "Indiquez un bailleur, une commune, ou les deux.", "Charte, avenant")
    if data.landlord_id is not None:
        step.need(Body, "Le bailleur", id=data.landlord_id)
    if data.kind in PERCENT and data.value > WHOLE:
        yield Reason("field.value", "Valeur : une part ne dépasse pas 100 % ; corrigez-la.")
    if data.valid_until is not None and data.valid_until < data.valid_from:
        yield Reason("field.valid_until", "Jusqu’au : la fin précède le début ; corrigez une des dates.")


@command(None, SetObjective, check=_objective_obstacles)
def set_objective(step: Step, data: SetObjective) -> None:
    """A later one replaces it from its own date; the earlier one stays for the figures of its time."""
    step.created["objective"] = step.insert(Objective, **data.model_dump())


class AnnulObjective(Data):
    objective_id: ObjectiveId = Field(title="Objectif")
    reason: RequiredLong = Field(title="Motif de l’annulation")


def _annul_obstacles(step: Step, data: AnnulObjective) -> Iterable[Reason]:
    if step.get(Objective, id=data.objective_id, annulled_reason="") is None:
        yield Reason("objective.none", "Cet objectif n’existe pas, ou est déjà annulé.")


@command(None, AnnulObjective, check=_annul_obstacles)
def annul_objective(step: Step, data: AnnulObjective) -> None:
    """Typed in error: kept with the reason, no longer in force."""
    step.update(Objective, {"id": data.objective_id}, annulled_reason=data.reason)
