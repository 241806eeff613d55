"""The social diagnosis on the shared grid (domain 4.1, first version) and the need sheet it gives."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from cases.commands.fields import (
    Feature,
    Insee,
    LongText,
    Money,
    RequiredLong,
    Surface,
    Text,
    Typology,
    past,
)
from cases.reasons import Reason
from cases.registry import CASE, Data, NoData, command
from cases.rules.occupancy import Occupant, occupancy
from cases.step import Step
from db.tables.case import Person
from db.tables.diagnosis import Diagnosis, NeedSheet
from db.tables.operation import Dwelling

Level = Annotated[int, Field(ge=0, le=3)]


class Resource(Data):
    kind: Literal[
        "salary", "unemployment", "rsa", "aah", "pension", "family", "activity_bonus", "alimony", "other"
    ] = Field(title="Nature")
    monthly: Money = Field(title="Montant mensuel (€)")


class Obstacle(Data):
    """A brake to a solution, with what is done about it, by whom, before when."""

    kind: Text = Field(title="Frein")
    action: Text = Field(default="", title="Action")
    due_on: date | None = Field(default=None, title="Avant le")


class Need(Data):
    """The conclusion: what an offer will be tested against."""

    typology_min: Typology = Field(title="Typologie minimale (T)")
    typology_max: Typology = Field(title="Typologie maximale (T)")
    surface_min: Surface | None = Field(default=None, title="Surface minimale (m²)")
    max_cost: Money | None = Field(default=None, title="Loyer et charges au plus (€ par mois)")
    communes: Annotated[list[Insee], Field(max_length=8)] = Field(default=[], title="Communes souhaitées")
    excluded_communes: Annotated[list[Insee], Field(max_length=95)] = Field(
        default=[], title="Communes exclues"
    )
    features: Annotated[list[Feature], Field(max_length=8)] = Field(default=[], title="Besoins fonctionnels")
    support: LongText = Field(default="", title="Accompagnement proposé")
    under_occupation_accepted: bool = Field(default=False, title="Sous-occupation acceptée à l’enquête")


class Grid(Data):
    """The shared grid in blocks. Functional needs only: no diagnosis text (domain 4.1, 6.3)."""

    held_on: date = Field(title="Entretien le")
    at_home: bool = Field(default=True, title="Au domicile")
    resources: Annotated[list[Resource], Field(max_length=30)] = Field(default=[], title="Ressources")
    arrears: Money = Field(default=Decimal(0), title="Dette de loyer (€)")
    other_burdens: Money = Field(default=Decimal(0), title="Autres charges fixes (€ par mois)")
    administrative: Level | None = Field(default=None, title="Autonomie administrative (0 à 3)")
    budget: Level | None = Field(default=None, title="Autonomie budgétaire (0 à 3)")
    upkeep: Level | None = Field(default=None, title="Entretien du logement (0 à 3)")
    neighbours: Level | None = Field(default=None, title="Relations de voisinage (0 à 3)")
    moving: Level | None = Field(default=None, title="Capacité à déménager (0 à 3)")
    obstacles: Annotated[list[Obstacle], Field(max_length=20)] = Field(default=[], title="Freins")
    wishes: LongText = Field(default="", title="Souhaits du ménage")
    own_words: LongText = Field(default="", title="Ce que dit le ménage")
    no_resources: bool = Field(default=False, title="Le ménage n’a aucune ressource")


class SignDiagnosis(Data):
    grid: Grid = Field(title="Grille partagée")
    need: Need = Field(title="Conclusion : fiche besoin")
    agreed: bool = Field(default=False, title="Le ménage est d’accord")


@command(CASE)
def start_diagnosis(step: Step, data: NoData) -> None:
    """The social worker begins the shared diagnosis."""


def _grid_is_complete(step: Step, data: SignDiagnosis) -> dict[str, Any]:
    grid = data.grid
    return {"grid_complete": bool(grid.resources) or grid.no_resources}


def _diagnosis_obstacles(step: Step, data: SignDiagnosis) -> Iterable[Reason]:
    yield from past(data.grid.held_on, step.occurred_on, "Entretien le", "held_on")
    yield from need_obstacles(data.need)


def need_obstacles(need: Need) -> Iterable[Reason]:
    if need.typology_min > need.typology_max:
        yield Reason("field.typology", "Typologie : le minimum dépasse le maximum ; corrigez l’un des deux.")
    both = set(need.communes) & set(need.excluded_communes)
    if both:
        yield Reason(
            "field.communes", f"Communes : {', '.join(sorted(both))} est à la fois souhaitée et exclue."
        )


@command(CASE, SignDiagnosis, check=_diagnosis_obstacles, facts=_grid_is_complete)
def sign_diagnosis(step: Step, data: SignDiagnosis) -> None:
    """Signed and dated: its results are stored as they were computed that day."""
    number = len(step.find(Diagnosis, case_id=step.case_id)) + 1
    diagnosis_id = step.insert(
        Diagnosis,
        case_id=step.case_id,
        number=number,
        started_on=step.subject["stage_since"],
        author_id=step.actor.id,
        grid=data.grid.model_dump(mode="json") | {"agreed": data.agreed},
        results=computed(step),
        signed_on=step.occurred_on,
        signed_by=step.actor.id,
    )
    sheet_id = draft_need(step, data.need, "")
    step.set(
        diagnosis_id=diagnosis_id,
        diagnosis_signed_on=step.occurred_on,
        need_sheet_id=sheet_id,
        need_validated_on=None,
    )


def computed(step: Step) -> dict[str, Any]:
    """Occupation of the present dwelling: both indexes, with inputs and sources (domain 4.2)."""
    dwelling = step.need(Dwelling, "Le logement", id=step.subject["dwelling_id"])
    people = [
        Occupant(
            age=years_between(person["born_on"], step.occurred_on),
            sex=person["sex"],
            in_couple=person["in_couple"],
        )
        for person in step.find(Person, household_id=step.subject["household_id"])
        if person["died_on"] is None and person["left_on"] is None
    ]
    found = occupancy(
        people,
        dwelling["rooms"],
        dwelling["surface_m2"],
        manifest_lack=int(step.setting("manifest_lack_rooms")),
    )
    return {"occupancy": found.as_json()}


def years_between(born_on: date, day: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def draft_need(step: Step, need: Need, reason: str) -> int:
    number = len(step.find(NeedSheet, case_id=step.case_id)) + 1
    return int(
        step.insert(
            NeedSheet, case_id=step.case_id, number=number, revision_reason=reason, **need.model_dump()
        )
    )


@command(CASE)
def validate_need(step: Step, data: NoData) -> None:
    """The need sheet is in force from this day: offers are tested against it."""
    step.update(NeedSheet, {"id": step.subject["need_sheet_id"]}, in_force_from=step.occurred_on)
    step.set(need_validated_on=step.occurred_on)


class ReviseNeed(Data):
    need: Need = Field(title="Nouvelle fiche besoin")
    reason: RequiredLong = Field(title="Motif de la révision")


def _revision_obstacles(step: Step, data: ReviseNeed) -> Iterable[Reason]:
    return need_obstacles(data.need)


@command(CASE, ReviseNeed, check=_revision_obstacles)
def revise_need(step: Step, data: ReviseNeed) -> None:
    """A new version replaces the sheet in force; the former one stays for the offers made under it."""
    sheet_id = draft_need(step, data.need, data.reason)
    step.update(NeedSheet, {"id": sheet_id}, in_force_from=step.occurred_on)
    step.set(need_sheet_id=sheet_id, need_validated_on=step.occurred_on)
