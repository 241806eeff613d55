"""The social diagnosis: begun, signed, renewed, its steps, and the need sheet it gives (domain 3.4, 4)."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from pydantic import Field

from cases.commands.diagnosis_results import CORRECTED, computed, people_here, split_findings
from cases.commands.fields import DayOfFact, LongText, RequiredLong, past
from cases.commands.grid import RESTRICTED, Grid, Need, RenewDiagnosis, SignDiagnosis
from cases.reasons import Reason
from cases.registry import CASE, Data, NoData, command
from cases.step import Step
from db.rows import Row
from db.tables.case import Household
from db.tables.diagnosis import Diagnosis, DiagnosisStep, NeedSheet
from db.tables.operation import Dwelling

GRID_SOURCE = "Grille partagée, plan de gestion"
STEPS_SOURCE = "Référentiel AVDL-GLA (2011), cinq étapes"


@command(CASE)
def start_diagnosis(step: Step, data: NoData) -> None:
    """The social worker begins the shared diagnosis."""


def _grid_is_complete(step: Step, data: SignDiagnosis) -> dict[str, Any]:
    grid = data.grid
    return {"grid_complete": bool(grid.resources) or grid.no_resources}


def _diagnosis_obstacles(step: Step, data: SignDiagnosis) -> Iterable[Reason]:
    yield from grid_obstacles(step, data.grid)
    yield from need_obstacles(data.need)


def grid_obstacles(step: Step, grid: Grid) -> Iterable[Reason]:
    yield from past(grid.held_on, step.occurred_on, "Entretien le", "held_on")
    yield from past(grid.lease_on, step.occurred_on, "Bail signé le", "lease_on")
    for resource in grid.resources:
        yield from past(resource.proof_on, step.occurred_on, "Justificatif du", "proof_on")
    if grid.resources and grid.no_resources:
        yield Reason(
            "field.no_resources",
            "Ressources : le ménage n’a aucune ressource, ou celles de la liste ; corrigez l’un des deux.",
        )
    known = {person["id"] for person in people_here(step)}
    named = {item.person_id for item in grid.members}
    named |= {item.person_id for item in grid.split_candidates}
    named |= {item.person_id for item in grid.resources if item.person_id is not None}
    if named - known:
        yield Reason(
            "field.person",
            "Personne : l’une d’elles n’est pas du ménage, ou l’a quitté ; choisissez dans la composition.",
        )


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
    diagnosis_id = _sign(step, data.grid, data.agreed)
    sheet_id = draft_need(step, data.need, "")
    step.set(
        diagnosis_id=diagnosis_id,
        diagnosis_signed_on=step.occurred_on,
        need_sheet_id=sheet_id,
        need_validated_on=None,
    )


def _sign(step: Step, grid: Grid, agreed: bool, reason: str = "") -> int:
    former = step.get(Diagnosis, id=step.subject["diagnosis_id"] or 0)
    found = computed(step, grid)
    split = {person: finding.as_json() for person, finding in split_findings(step, grid).items()}
    _correct_records(step, grid)
    return int(
        step.insert(
            Diagnosis,
            case_id=step.case_id,
            number=len(step.find(Diagnosis, case_id=step.case_id)) + 1,
            started_on=step.subject["stage_since"] if not reason else grid.held_on,
            author_id=step.actor.id,
            grid=_kept(grid, former) | {"agreed": agreed},
            results=found.as_json() | {"split": split},
            signed_on=step.occurred_on,
            signed_by=step.actor.id,
            renewal_reason=reason,
        )
    )


def _kept(grid: Grid, former: Row | None) -> dict[str, Any]:
    """The blocks as they were typed; a restricted one that was not opened is that of the former version."""
    typed = grid.model_dump(mode="json")
    before = former["grid"] if former is not None else {}
    return typed | {name: before.get(name) for name in RESTRICTED if typed[name] is None}


def _correct_records(step: Step, grid: Grid) -> None:
    """What was seen at home replaces what the case knew of the dwelling, and of the safe contact."""
    seen = grid.dwelling.model_dump(include=set(CORRECTED), exclude_none=True) if grid.dwelling else {}
    if seen:
        step.update(Dwelling, {"id": step.subject["dwelling_id"]}, **seen)
    if grid.safety is not None and grid.safety.safe_contact:
        step.update(Household, {"id": step.subject["household_id"]}, safe_contact=grid.safety.safe_contact)


def draft_need(step: Step, need: Need, reason: str) -> int:
    number = len(step.find(NeedSheet, case_id=step.case_id)) + 1
    return int(
        step.insert(
            NeedSheet, case_id=step.case_id, number=number, revision_reason=reason, **need.model_dump()
        )
    )


def _signed_before(step: Step) -> Iterable[Reason]:
    if step.subject["diagnosis_id"] is None:
        yield Reason("diagnosis.none", "Aucun diagnostic n’est signé : signez-le d’abord.", GRID_SOURCE)


def _renewal_obstacles(step: Step, data: RenewDiagnosis) -> Iterable[Reason]:
    yield from _signed_before(step)
    yield from grid_obstacles(step, data.grid)
    if not (data.grid.resources or data.grid.no_resources):
        yield Reason(
            "case.grid_incomplete",
            "Le diagnostic n’est pas complet : renseignez les ressources, ou qu’il n’y en a aucune.",
            GRID_SOURCE,
        )


@command(CASE, RenewDiagnosis, check=_renewal_obstacles, moves=False)
def renew_diagnosis(step: Step, data: RenewDiagnosis) -> None:
    """A new version beside the path; the former one stays as it was signed. The need is revised apart."""
    step.set(
        diagnosis_id=_sign(step, data.grid, data.agreed, data.reason),
        diagnosis_signed_on=step.occurred_on,
    )


class RecordDiagnosisStep(Data):
    step: Literal["explained", "housing_project", "shared_diagnosis", "agreement"] = Field(title="Étape")
    done_on: DayOfFact = Field(title="Faite le")
    note: LongText = Field(default="", title="Ce qui est convenu, et avec qui")


def _step_obstacles(step: Step, data: RecordDiagnosisStep) -> Iterable[Reason]:
    yield from _signed_before(step)
    yield from past(data.done_on, step.occurred_on, "Faite le", "done_on")
    diagnosis = step.get(Diagnosis, id=step.subject["diagnosis_id"] or 0)
    if diagnosis is not None and data.done_on.isoformat() < diagnosis["grid"]["held_on"]:
        held_on = date.fromisoformat(diagnosis["grid"]["held_on"])
        yield Reason(
            "diagnosis.step_before",
            f"Faite le : avant l’entretien du {held_on:%d/%m/%Y} ; corrigez la date.",
            STEPS_SOURCE,
        )


@command(CASE, RecordDiagnosisStep, check=_step_obstacles, moves=False)
def record_diagnosis_step(step: Step, data: RecordDiagnosisStep) -> None:
    """A dated step of the diagnosis in force; recorded again, it corrects the former, which is kept."""
    diagnosis_id = step.subject["diagnosis_id"]
    standing = step.get(DiagnosisStep, diagnosis_id=diagnosis_id, step=data.step, annulled_on=None)
    if standing is not None:
        step.update(DiagnosisStep, {"id": standing["id"]}, annulled_on=step.today)
    step.insert(
        DiagnosisStep,
        case_id=step.case_id,
        diagnosis_id=diagnosis_id,
        recorded_by=step.actor.id,
        **data.model_dump(),
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
