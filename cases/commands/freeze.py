"""The list of a session, frozen at its limit with a digest; later additions are numbered addenda."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import orjson

from cases.registry import SESSION, NoData, command
from cases.step import Step
from db.rows import Row
from db.tables.ici import Escalation, FrozenList, IciCourse, IciSession, Obligation
from db.tables.ici import IciDecision as Decided
from db.tables.people import Account

ON_LIST = ("on_time", "carried_over", "admitted_by_exception", "objectified", "on_agenda")
UNEXECUTED = ("decided", "partly_executed")
STILL_DUE = ("awaited", "partly")
NAMED = 30  # references named in a notice


def digest_of(content: list[dict[str, Any]]) -> str:
    """The same content gives the same digest, whoever computes it."""
    return sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


@command(SESSION)
def close_call(step: Step, data: NoData) -> None:
    """At 00:00 after the limit the list freezes; unexecuted decisions enter it provisionally (case 6)."""
    step.set(frozen_at=step.now)
    filed = [
        row for state in ON_LIST for row in step.find(Escalation, session_id=step.subject["id"], state=state)
    ]
    returns = _provisional_returns(step)
    content = [_item(step, row) for row in sorted(filed, key=lambda row: row["id"])]
    content += [_item(step, row) for row in returns]
    _write_list(step, step.subject["id"], 0, content)
    _tell_the_co_pilots(step, [item["escalation"] for item in content])


def _tell_the_co_pilots(step: Step, listed: list[str]) -> None:
    """Their work begins: what is on the list, and when their proposals are due. References only."""
    held_on = step.subject["held_on"]
    due_on = held_on - timedelta(days=step.settings.int_on("objectification_days", held_on))
    beyond = f" et {len(listed) - NAMED} de plus" if len(listed) > NAMED else ""
    words = f"{', '.join(listed[:NAMED])}{beyond}" if listed else "aucune remontée"
    text = (
        f"Liste de la séance {step.subject['id']} du {held_on:%d/%m/%Y} arrêtée : {words}. "
        f"Constats et propositions attendus pour le {due_on:%d/%m/%Y}."
    )
    pilots = step.find(Account, role="co_pilot", active=True)
    step.tell_each([row["id"] for row in pilots], "news", text)


def _provisional_returns(step: Step) -> list[Row]:
    found = []
    for state in UNEXECUTED:
        for row in step.find(Escalation, ici=step.subject["ici"], state=state):
            if row["return_session_id"] is None and _still_awaited(step, row["id"]):
                step.update(
                    Escalation, {"id": row["id"]}, provisional=True, return_session_id=step.subject["id"]
                )
                found.append(row | {"provisional": True})
    return sorted(found, key=lambda row: row["id"])


def _still_awaited(step: Step, escalation_id: str) -> bool:
    decisions = step.find(Decided, escalation_id=escalation_id)
    return any(
        step.find(Obligation, decision_id=row["id"], state=state) for row in decisions for state in STILL_DUE
    )


def release_what_is_not_due(step: Step) -> None:
    """The session is here and nothing of a provisional return is due yet: it leaves, the next list takes it.

    A session that was moved earlier, or a decision whose date lies beyond it (case 6).
    """
    waiting = step.find(Escalation, return_session_id=step.subject["id"], provisional=True)
    for row in (found for found in waiting if not duties_due(step, found["id"])):
        step.update(Escalation, {"id": row["id"]}, provisional=False, return_session_id=None)
        words = f"Remontée {row['id']} : rien n’est encore dû, elle quitte l’ordre du jour de la séance."
        step.tell(row["author_id"], "news", words)


def duties_due(step: Step, escalation_id: str) -> list[Row]:
    """What was to be done by this day, and is not."""
    decisions = step.find(Decided, escalation_id=escalation_id)
    owed = [row for decision in decisions for row in step.find(Obligation, decision_id=decision["id"])]
    return [row for row in owed if row["state"] in STILL_DUE and row["due_on"] <= step.occurred_on]


def _item(step: Step, row: Row) -> dict[str, Any]:
    """References and blockage only: nothing on a frozen list names or locates a household (domain 6.3)."""
    courses = step.find(IciCourse, escalation_id=row["id"])
    return {
        "escalation": row["id"],
        "title": row["title"],
        "theme": row["theme"],
        "scale": row["scale"],
        "timing": row["timing"],
        "returns": row["returns"],
        "provisional": row["provisional"],
        "cases": sorted(course["case_id"] for course in courses if course["ended_on"] is None),
    }


def _write_list(step: Step, session_id: str, number: int, content: list[dict[str, Any]]) -> None:
    step.insert(
        FrozenList,
        session_id=session_id,
        number=number,
        frozen_at=step.now,
        content=content,
        digest=digest_of(content),
        journal_head=step.head_digest,
    )
    step.created |= {"frozen_list": number, "digest": digest_of(content)}


def add_addendum(step: Step) -> None:
    """An item admitted after the freeze; the frozen list itself never changes."""
    session = step.need(IciSession, "La séance", id=step.subject["session_id"])
    if session["frozen_at"] is None:
        return
    number = len(step.find(FrozenList, session_id=session["id"]))
    _write_list(step, session["id"], number, [_item(step, step.subject)])
