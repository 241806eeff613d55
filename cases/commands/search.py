"""The search: attempts between landlords, with an answer, a refusal or a silence that is visible."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from cases import access
from cases.commands.fields import LandlordId, LongText, Ref, past
from cases.reasons import Reason
from cases.registry import CASE, Data, NoData, command
from cases.step import Step
from db.tables.case import Attempt
from db.tables.people import Body


@command(CASE)
def start_search(step: Step, data: NoData) -> None:
    """The need is validated: dwellings are looked for."""


class RecordAttempt(Data):
    body_id: LandlordId = Field(title="Bailleur interrogé")
    answer_due_on: date | None = Field(default=None, title="Réponse attendue le")
    detail: LongText = Field(default="", title="Ce qui a été cherché")


def _attempt_obstacles(step: Step, data: RecordAttempt) -> Iterable[Reason]:
    step.need(Body, "Le bailleur", id=data.body_id)
    if data.answer_due_on is not None and data.answer_due_on < step.occurred_on:
        yield Reason(
            "field.answer_due_on", "Réponse attendue le : cette date précède la demande ; corrigez-la."
        )


@command(CASE, RecordAttempt, check=_attempt_obstacles)
def record_attempt(step: Step, data: RecordAttempt) -> None:
    """A landlord is asked (inter-bailleurs): the need sheet goes without social data, with a due date."""
    days = int(step.setting("landlord_answer_days"))
    attempt_id = step.insert(
        Attempt,
        case_id=step.case_id,
        body_id=data.body_id,
        asked_on=step.occurred_on,
        answer_due_on=data.answer_due_on or step.occurred_on + timedelta(days=days),
        detail=data.detail,
    )
    step.set(attempts=step.subject["attempts"] + 1)
    step.created["attempt"] = attempt_id
    step.touch("attempt", attempt_id)
    step.tell(
        step.lead_of(data.body_id), "news", f"Fiche besoin {step.case_id} adressée à votre organisme.", None
    )


class AnswerAttempt(Data):
    attempt_id: Annotated[int, Ref("attempt")] = Field(title="Recherche")
    answer: Literal["offer", "none", "silent"] = Field(title="Réponse")
    detail: LongText = Field(default="", title="Précisions")


def _answer_obstacles(step: Step, data: AnswerAttempt) -> Iterable[Reason]:
    attempt = step.get(Attempt, id=data.attempt_id, case_id=step.case_id)
    if attempt is None:
        yield Reason("record.unknown", "Cette recherche n’existe pas pour ce dossier : choisissez-en une.")
    elif attempt["answer"] != "waiting":
        yield Reason("attempt.answered", "Cette recherche a déjà sa réponse.")
    elif step.actor.body_id != attempt["body_id"] and not access.relations(step.actor, step.subject):
        yield Reason("attempt.body", "Cette demande est adressée à un autre bailleur.", "Habilitations")
    yield from past(step.occurred_on, step.today, "Réponse", "occurred_on")


@command(CASE, AnswerAttempt, check=_answer_obstacles, moves=False)
def answer_attempt(step: Step, data: AnswerAttempt) -> None:
    """What the landlord answered; a silence is recorded as such and counts as proof of blockage."""
    step.update(
        Attempt, {"id": data.attempt_id}, answer=data.answer, answered_on=step.occurred_on, detail=data.detail
    )
    step.touch("attempt", data.attempt_id)
    step.tell(step.subject["owner_id"], "news", f"Réponse d’un bailleur pour {step.case_id}.", step.case_id)
