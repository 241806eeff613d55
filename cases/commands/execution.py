"""What named bodies did of a decision: executed, partly, or the written reason why not."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from cases.actor import Role
from cases.commands.escalation import end_courses, follow, open_courses
from cases.commands.fields import LongText, Ref, RequiredLong
from cases.reasons import Reason, refuse
from cases.registry import ESCALATION, Data, command
from cases.step import Step
from db.rows import Row
from db.tables.ici import IciDecision as Decided
from db.tables.ici import Obligation


class RecordExecution(Data):
    obligation_id: Annotated[int, Ref("obligation")] = Field(title="Décision")
    result: Literal["executed", "partly"] = Field(default="executed", title="Résultat")
    detail: LongText = Field(default="", title="Ce qui a été fait")


def _obligation(step: Step, obligation_id: int) -> Row:
    row = step.need(Obligation, "L’obligation", id=obligation_id)
    decision = step.need(Decided, "La décision", id=row["decision_id"])
    if decision["escalation_id"] != step.subject["id"]:
        raise refuse("obligation.other", "Cette obligation est celle d’une autre remontée.")
    return row


def _own_obligation(step: Step, data: "RecordExecution | GiveReason") -> Iterable[Reason]:
    row = _obligation(step, data.obligation_id)
    if step.actor.role not in {Role.ICI_SECRETARIAT, Role.CO_PILOT} and row["body_id"] != step.actor.body_id:
        yield Reason("obligation.body", "Cette obligation est celle d’un autre organisme.")


@command(ESCALATION, RecordExecution, check=_own_obligation, moves=False)
def record_execution(step: Step, data: RecordExecution) -> None:
    """What was done. When all is done before the session, the item leaves its agenda by itself."""
    step.update(
        Obligation,
        {"id": data.obligation_id},
        state=data.result,
        settled_on=step.occurred_on,
        detail=data.detail,
    )
    step.touch("obligation", data.obligation_id)
    if _left_to_do(step, data.obligation_id):
        if step.subject["state"] == "decided":
            follow(step, "record_part")
        return
    follow(step, "record_execution")
    step.set(provisional=False, return_session_id=None)
    end_courses(step, "execute", open_courses(step, step.subject["id"]), executed_on=step.occurred_on)
    step.tell(
        step.subject["author_id"],
        "news",
        f"Remontée {step.subject['id']} exécutée : elle quitte l’ordre du jour.",
    )


def _left_to_do(step: Step, recorded_id: int) -> list[Row]:
    """What is still awaited, and what the same decision asked of others who have not done it."""
    decisions = step.find(Decided, escalation_id=step.subject["id"])
    found = [row for decision in decisions for row in step.find(Obligation, decision_id=decision["id"])]
    decision_id = next(row["decision_id"] for row in found if row["id"] == recorded_id)
    return [
        row
        for row in found
        if row["state"] in {"awaited", "partly"}
        or (row["state"] == "not_executed" and row["decision_id"] == decision_id)
    ]


class GiveReason(Data):
    obligation_id: Annotated[int, Ref("obligation")] = Field(title="Décision")
    reason: RequiredLong = Field(title="Motif écrit de la non-exécution")


def _reason_obstacles(step: Step, data: GiveReason) -> Iterable[Reason]:
    yield from _own_obligation(step, data)
    if _obligation(step, data.obligation_id)["state"] != "not_executed":
        yield Reason("obligation.not_late", "Cette décision n’est pas constatée comme non exécutée.")


@command(ESCALATION, GiveReason, check=_reason_obstacles, moves=False)
def give_reason(step: Step, data: GiveReason) -> None:
    step.update(Obligation, {"id": data.obligation_id}, reason=data.reason)
