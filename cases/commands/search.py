"""The search: landlords are asked, with the need sheet as it is that day and a date to answer by."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from cases.commands.fields import LandlordId, LongText
from cases.reasons import Reason
from cases.recipients import search_desk_of
from cases.registry import CASE, Data, NoData, command
from cases.rules.need_sent import need_sent
from cases.step import Step
from db.tables.case import Attempt
from db.tables.diagnosis import NeedSheet
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
    yield from _date_obstacles(step, data.answer_due_on)


def _date_obstacles(step: Step, due_on: date | None) -> Iterable[Reason]:
    if due_on is not None and due_on < step.occurred_on:
        yield Reason(
            "field.answer_due_on", "Réponse attendue le : cette date précède la demande ; corrigez-la."
        )


@command(CASE, RecordAttempt, check=_attempt_obstacles)
def record_attempt(step: Step, data: RecordAttempt) -> None:
    """One landlord was asked, with what was said; the need sheet goes with it, without social data."""
    _ask(step, data.body_id, data.answer_due_on, data.detail)
    step.set(attempts=step.subject["attempts"] + 1)


class SendNeed(Data):
    body_ids: Annotated[list[LandlordId], Field(min_length=1, max_length=20)] = Field(
        title="Bailleurs interrogés"
    )
    answer_due_on: date | None = Field(default=None, title="Réponse attendue le")


def _sending_obstacles(step: Step, data: SendNeed) -> Iterable[Reason]:
    yield from _date_obstacles(step, data.answer_due_on)
    if len(set(data.body_ids)) < len(data.body_ids):
        yield Reason("field.body_ids", "Bailleurs interrogés : un bailleur est nommé deux fois ; retirez-le.")
    for body_id in dict.fromkeys(data.body_ids):
        body = step.need(Body, "Le bailleur", id=body_id)
        if body["kind"] != "landlord":
            yield Reason("search.not_landlord", f"{body['name']} n’est pas un bailleur : retirez-le.")
        if step.get(Attempt, case_id=step.case_id, body_id=body_id, answer="waiting") is not None:
            yield Reason(
                "search.already_asked",
                f"{body['name']} a déjà reçu cette fiche besoin et n’a pas répondu : retirez-le de la liste.",
            )


@command(CASE, SendNeed, check=_sending_obstacles)
def send_need(step: Step, data: SendNeed) -> None:
    """The need sheet in force goes to named landlords at once (« partenariat inter-bailleurs »)."""
    step.created["attempts"] = [_ask(step, body_id, data.answer_due_on, "") for body_id in data.body_ids]
    step.set(attempts=step.subject["attempts"] + len(data.body_ids))


def _ask(step: Step, body_id: str, due_on: date | None, detail: str) -> int:
    """What is sent is kept as it was sent; the landlord's people are told, without a name."""
    sheet = step.need(NeedSheet, "La fiche besoin", id=step.subject["need_sheet_id"])
    due_on = due_on or step.occurred_on + timedelta(days=int(step.setting("landlord_answer_days")))
    attempt_id = int(
        step.insert(
            Attempt,
            case_id=step.case_id,
            body_id=body_id,
            asked_on=step.occurred_on,
            answer_due_on=due_on,
            detail=detail,
            need_sheet_id=sheet["id"],
            sent=need_sent(str(step.case_id), sheet, protected=step.subject["protected"]),
        )
    )
    step.created["attempt"] = attempt_id
    step.touch("attempt", attempt_id)
    text = f"Fiche besoin {step.case_id} adressée à votre organisme : réponse attendue le {due_on:%d/%m/%Y}."
    step.tell_each(search_desk_of(step, body_id), "news", text, None)
    return attempt_id
