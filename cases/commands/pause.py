"""A case that waits: suspended with a reason and an expected end. Its internal clocks pause, never the legal
ones (cases/due.py)."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from cases.commands.fields import LongText, RequiredLong, SuspensionReason
from cases.reasons import Reason
from cases.registry import CASE, Data, NoData, command
from cases.rules.dates import add_months
from cases.step import Step
from db.rows import Row
from db.tables.beside import Suspension


class SuspendCase(Data):
    reason: SuspensionReason = Field(title="Motif de la suspension")
    until: date = Field(title="Reprise prévue le")
    explanation: LongText = Field(default="", title="Précisions")


def _suspension_obstacles(step: Step, data: SuspendCase) -> Iterable[Reason]:
    yield from _end_obstacles(step, data.until)
    if step.subject["suspended_until"] is not None:
        yield Reason(
            "suspension.already",
            "Le dossier est déjà suspendu : prolongez la suspension ou reprenez le dossier.",
        )


def _end_obstacles(step: Step, until: date) -> Iterable[Reason]:
    if until <= step.today:
        yield Reason(
            "field.until", f"Reprise prévue le : le {until:%d/%m/%Y} est passé ; choisissez une date à venir."
        )
    months = int(step.setting("suspension_months"))
    latest = add_months(step.today, months)
    if until > latest:
        yield Reason(
            "suspension.too_long",
            f"Une suspension dure {months} mois au plus en une fois : choisissez une date avant le "
            f"{latest:%d/%m/%Y}, puis prolongez si besoin.",
            "Réglage suspension_months (à valider)",
        )


@command(CASE, SuspendCase, check=_suspension_obstacles, moves=False)
def suspend_case(step: Step, data: SuspendCase) -> None:
    step.insert(
        Suspension,
        case_id=step.case_id,
        reason=data.reason,
        explanation=data.explanation,
        since=step.occurred_on,
        expected_end=data.until,
        said_by=step.actor.id,
    )
    pause = {"since": step.occurred_on.isoformat(), "until": data.until.isoformat()}
    step.set(suspended_until=data.until, pauses=[*step.subject["pauses"], pause])
    told = f"{step.case_id} est suspendu jusqu’au {data.until:%d/%m/%Y}."
    step.tell(step.subject["owner_id"], "news", told, step.case_id)


class ExtendSuspension(Data):
    until: date = Field(title="Nouvelle reprise prévue le")
    reason: RequiredLong = Field(title="Pourquoi")


def _extension_obstacles(step: Step, data: ExtendSuspension) -> Iterable[Reason]:
    yield from _end_obstacles(step, data.until)
    yield from _is_suspended(step, data)


def _is_suspended(step: Step, _: Data) -> Iterable[Reason]:
    if step.subject["suspended_until"] is None:
        yield Reason("suspension.none", "Le dossier n’est pas suspendu.")


@command(CASE, ExtendSuspension, check=_extension_obstacles, moves=False)
def extend_suspension(step: Step, data: ExtendSuspension) -> None:
    step.update(Suspension, _open(step, step.subject), expected_end=data.until)
    step.set(suspended_until=data.until, pauses=_pauses(step.subject, data.until))


@command(CASE, check=_is_suspended, moves=False)
def resume_case(step: Step, data: NoData) -> None:
    step.set(**end_suspension(step, step.subject))
    step.tell(step.subject["owner_id"], "news", f"{step.case_id} reprend.", step.case_id)


def end_suspension(step: Step, case: Row) -> Row:
    """The open suspension, if any, ends that day; the columns of the case that follow."""
    if case["suspended_until"] is None:
        return {}
    step.update(Suspension, _open(step, case), ended_on=step.occurred_on)
    return {"suspended_until": None, "pauses": _pauses(case, step.occurred_on)}


def _open(step: Step, case: Row) -> Row:
    """The key of the suspension that lasts."""
    return {"id": step.need(Suspension, "La suspension", case_id=case["id"], ended_on=None)["id"]}


def _pauses(case: Row, until: date) -> list[Row]:
    """The last pause now lasts until that day."""
    *former, last = case["pauses"]
    return [*former, last | {"until": until.isoformat()}]
