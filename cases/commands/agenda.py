"""From the frozen list to the agenda: the co-pilots objectify, items are ordered, postponed, returned."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from cases.commands.escalation import move_courses, withdraw_if_empty
from cases.commands.fields import AnyBody, DecisionKind, LongText, RequiredLong
from cases.commands.filing import carry
from cases.commands.freeze import duties_due
from cases.lifecycle import next_session
from cases.reasons import Reason
from cases.registry import ESCALATION, Data, NoData, command
from cases.step import Step
from db.tables.ici import Obligation
from db.tables.people import Body


class Objectify(Data):
    objectification: RequiredLong = Field(title="Constat des co-pilotes")
    proposal: RequiredLong = Field(title="Proposition pour la séance")
    proposed_kind: DecisionKind | None = Field(default=None, title="Nature de la décision proposée")
    proposed_body_ids: Annotated[list[AnyBody], Field(max_length=20)] = Field(
        default=[], title="Organismes qui devraient agir"
    )
    minutes: Annotated[int, Field(ge=1, le=90)] | None = Field(default=None, title="Durée (minutes)")


def _bodies_exist(step: Step, data: Objectify) -> Iterable[Reason]:
    for body_id in data.proposed_body_ids:
        step.need(Body, "L’organisme", id=body_id)
    return ()


@command(ESCALATION, Objectify, check=_bodies_exist)
def objectify(step: Step, data: Objectify) -> None:
    """Work ahead of the session, with a proposal that the session may adopt as it is (seed: temps 2)."""
    minutes = data.minutes or int(step.setting("ici_default_item_minutes"))
    step.set(**data.model_dump() | {"minutes": minutes})


class PutOnAgenda(Data):
    rank: Annotated[int, Field(ge=1, le=500)] | None = Field(default=None, title="Ordre")


@command(ESCALATION, PutOnAgenda)
def put_on_agenda(step: Step, data: PutOnAgenda) -> None:
    step.set(rank=data.rank)
    move_courses(step, "put_on_agenda")


class Postpone(Data):
    reason: LongText = Field(default="", title="Motif du report")


@command(ESCALATION, Postpone)
def postpone(step: Step, data: Postpone) -> None:
    """Not dealt with in session: the next one takes it."""
    carry(step)


def _something_is_due(step: Step, data: NoData) -> Iterable[Reason]:
    if not duties_due(step, step.subject["id"]):
        yield Reason(
            "execution.not_due",
            "Rien de ce qui est attendu n’est encore dû : attendez la date fixée par la décision.",
            "ICI, temps 2",
        )


@command(ESCALATION, check=_something_is_due)
def mark_not_executed(step: Step, data: NoData) -> None:
    """The session has come and something due is still awaited: each body owes its written reason (case 6).

    What is due later stays awaited. With no case left, the item does not come back.
    """
    for row in duties_due(step, step.subject["id"]):
        step.update(Obligation, {"id": row["id"]}, state="not_executed", settled_on=step.occurred_on)
        step.touch("obligation", row["id"])
        step.tell(
            step.lead_of(row["body_id"]),
            "news",
            f"Décision {row['decision_id']} non exécutée : donnez le motif par écrit.",
        )
    move_courses(step, "fail")
    step.set(state="not_executed")
    withdraw_if_empty(step, step.subject["id"])


@command(ESCALATION)
def return_to_agenda(step: Step, data: NoData) -> None:
    """Back among the returns, first on the agenda; its number is kept and the return is counted."""
    step.set(
        session_id=step.subject["return_session_id"] or _next_session_id(step),
        returns=step.subject["returns"] + 1,
        provisional=False,
        return_session_id=None,
        rank=None,
    )
    move_courses(step, "return_to_agenda")
    step.tell(
        step.subject["author_id"], "news", f"Remontée {step.subject['id']} de retour à l’ordre du jour."
    )


def _next_session_id(step: Step) -> str | None:
    following = next_session(step, step.subject["ici"], None)
    return following["id"] if following else None
