"""An opinion asked of an organisation, which reads the question and nothing else of the case."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated

import sqlalchemy as sa
from pydantic import Field

from cases.commands.fields import AnyBody, BodyOpinion, LongText, Ref, RequiredLong
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.step import Step
from db import rows
from db.rows import Row
from db.tables.beside import Opinion
from db.tables.people import Account, Body

ANSWERING = (
    "partner",
    "receiving_landlord",
    "rehousing_officer",
    "social_worker",
    "co_pilot",
    "ici_secretariat",
)


class AskOpinion(Data):
    body_id: AnyBody = Field(title="Organisme consulté")
    question: RequiredLong = Field(title="Question (sans nom ni donnée sociale)")
    due_on: date | None = Field(default=None, title="Réponse attendue le")


def _question_obstacles(step: Step, data: AskOpinion) -> Iterable[Reason]:
    step.need(Body, "L’organisme", id=data.body_id)
    if step.subject["protected"]:
        yield Reason(
            "opinion.protected",
            "Ce dossier est protégé : rien n’en est communiqué par l’outil. Consultez l’organisme de vive "
            "voix et consignez sa réponse dans une note.",
            "Domaine 6.4",
        )
    if data.due_on is not None and data.due_on < step.today:
        yield Reason(
            "field.due_on", "Réponse attendue le : la date est passée ; choisissez une date à venir."
        )
    if step.get(Opinion, case_id=step.case_id, body_id=data.body_id, answer="waiting") is not None:
        yield Reason("opinion.waiting", "Un avis est déjà demandé à cet organisme : attendez sa réponse.")


@command(CASE, AskOpinion, check=_question_obstacles, moves=False)
def ask_opinion(step: Step, data: AskOpinion) -> None:
    due_on = data.due_on or step.occurred_on + timedelta(days=int(step.setting("opinion_answer_days")))
    opinion_id = step.insert(
        Opinion,
        case_id=step.case_id,
        body_id=data.body_id,
        question=data.question,
        asked_by=step.actor.id,
        asked_on=step.occurred_on,
        answer_due_on=due_on,
    )
    step.created["opinion"] = opinion_id
    step.touch("opinion", opinion_id)
    told = f"Votre avis est demandé sur {step.case_id}, avant le {due_on:%d/%m/%Y}."
    step.tell_each(who_answers(step, data.body_id), "news", told, step.case_id)


def who_answers(step: Step, body_id: str) -> list[str]:
    """The leads of that organisation, else everybody there who may answer."""
    account = rows.table_of(Account)
    query = sa.select(account.c.id, account.c.is_lead).where(
        account.c.body_id == body_id, account.c.active, account.c.role.in_(ANSWERING)
    )
    found = list(step.connection.execute(query.order_by(account.c.id)))
    leads = [row.id for row in found if row.is_lead]
    return leads or [row.id for row in found]


class AnswerOpinion(Data):
    opinion_id: Annotated[int, Ref("opinion")] = Field(title="Avis demandé")
    opinion: BodyOpinion = Field(title="Avis")
    words: LongText = Field(default="", title="Explication")


def _answer_obstacles(step: Step, data: AnswerOpinion) -> Iterable[Reason]:
    asked = step.get(Opinion, id=data.opinion_id, case_id=step.case_id, body_id=step.actor.body_id)
    if asked is None:
        yield Reason("opinion.none", "Aucun avis n’est demandé à votre organisme sur ce dossier.")
    elif asked["answer"] != "waiting":
        yield Reason("opinion.answered", "Cet avis a déjà été donné, ou n’a plus d’objet.")
    yield from unexplained(data.opinion, data.words)


def unexplained(opinion: str, words: str) -> Iterable[Reason]:
    if opinion in {"reserved", "unfavourable"} and not words:
        yield Reason("field.words", "Explication : dites ce qui motive la réserve ou l’avis défavorable.")


@command(CASE, AnswerOpinion, check=_answer_obstacles, moves=False)
def answer_opinion(step: Step, data: AnswerOpinion) -> None:
    asked = step.need(Opinion, "L’avis", id=data.opinion_id)
    step.update(
        Opinion,
        {"id": data.opinion_id},
        answer=data.opinion,
        words=data.words,
        answered_on=step.occurred_on,
        answered_by=step.actor.id,
    )
    step.touch("opinion", data.opinion_id)
    told = f"Un avis est rendu sur {step.case_id}."
    step.tell_each([asked["asked_by"], step.subject["owner_id"]], "news", told, step.case_id)


def waiting_opinions(step: Step, case: Row) -> list[Row]:
    return step.find(Opinion, case_id=case["id"], answer="waiting")
