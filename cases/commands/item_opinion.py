"""Opinions asked of organisations about an escalation: they read the question and its subject, no case."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from cases.commands.fields import AnyBody, BodyOpinion, LongText, Ref, RequiredLong
from cases.commands.item_sheet import naming
from cases.commands.opinion import unexplained, who_answers
from cases.reasons import Reason
from cases.registry import ESCALATION, Data, command
from cases.step import Step
from db.tables.item import ItemOpinion
from db.tables.people import Body

ENDED = {"executed", "withdrawn"}
SOURCE = "ICI, temps 2 : dialogue avec les communes et les bailleurs concernés"


class AskItemOpinion(Data):
    body_id: AnyBody = Field(title="Organisme consulté")
    question: RequiredLong = Field(title="Question (sans nom ni adresse)")
    due_on: date | None = Field(default=None, title="Réponse attendue le")


def _question_obstacles(step: Step, data: AskItemOpinion) -> Iterable[Reason]:
    step.need(Body, "L’organisme", id=data.body_id)
    if step.subject["state"] in ENDED:
        yield Reason("item_opinion.ended", "Cette remontée est terminée : aucun avis n’est plus utile.")
    if data.due_on is not None and data.due_on < step.today:
        yield Reason(
            "field.due_on", "Réponse attendue le : la date est passée ; choisissez une date à venir."
        )
    if _waiting(step, data.body_id):
        yield Reason(
            "item_opinion.waiting",
            "Un avis est déjà demandé à cet organisme sur cette remontée : attendez sa réponse.",
        )
    yield from naming(step, {"Question": data.question, "Intitulé": step.subject["title"]})


def _waiting(step: Step, body_id: str) -> bool:
    asked = {"escalation_id": step.subject["id"], "body_id": body_id, "answer": "waiting"}
    return step.get(ItemOpinion, **asked) is not None


@command(ESCALATION, AskItemOpinion, check=_question_obstacles, moves=False)
def ask_item_opinion(step: Step, data: AskItemOpinion) -> None:
    due_on = data.due_on or step.occurred_on + timedelta(days=int(step.setting("opinion_answer_days")))
    opinion_id = step.insert(
        ItemOpinion,
        escalation_id=step.subject["id"],
        body_id=data.body_id,
        question=data.question,
        asked_by=step.actor.id,
        asked_on=step.occurred_on,
        answer_due_on=due_on,
    )
    step.created["item_opinion"] = opinion_id
    step.touch("item_opinion", opinion_id)
    told = f"Votre avis est demandé sur la remontée {step.subject['id']}, avant le {due_on:%d/%m/%Y}."
    step.tell_each(who_answers(step, data.body_id), "news", told)


class AnswerItemOpinion(Data):
    opinion_id: Annotated[int, Ref("item_opinion")] = Field(title="Avis demandé")
    opinion: BodyOpinion = Field(title="Avis")
    words: LongText = Field(default="", title="Explication (sans nom)")


def _answer_obstacles(step: Step, data: AnswerItemOpinion) -> Iterable[Reason]:
    own = {"escalation_id": step.subject["id"], "body_id": step.actor.body_id}
    asked = step.get(ItemOpinion, id=data.opinion_id, **own)
    if asked is None:
        yield Reason(
            "item_opinion.none", "Aucun avis n’est demandé à votre organisme sur cette remontée.", SOURCE
        )
    elif asked["answer"] != "waiting":
        yield Reason("item_opinion.answered", "Cet avis a déjà été donné, ou n’a plus d’objet.")
    yield from unexplained(data.opinion, data.words)


@command(ESCALATION, AnswerItemOpinion, check=_answer_obstacles, moves=False)
def answer_item_opinion(step: Step, data: AnswerItemOpinion) -> None:
    """Late or not, an answer is taken: the date asked stays beside it."""
    asked = step.need(ItemOpinion, "L’avis", id=data.opinion_id)
    step.update(
        ItemOpinion,
        {"id": data.opinion_id},
        answer=data.opinion,
        words=data.words,
        answered_on=step.occurred_on,
        answered_by=step.actor.id,
    )
    step.touch("item_opinion", data.opinion_id)
    told = f"Un avis est rendu sur la remontée {step.subject['id']}."
    step.tell_each([asked["asked_by"], step.subject["author_id"]], "news", told)
