"""Deadlines in the database: reconciled with the facts after each command. `reminders` sweeps them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from cases.deadline_kinds import KINDS, Due, Kind
from cases.recipients import people_of, wanted_owner
from cases.reminders import sweep, sync_ladder
from cases.step import Step
from db import direct, rows
from db.rows import Row
from db.tables.beside import Opinion
from db.tables.case import Attempt, CaseFile, Handover
from db.tables.clock import Deadline
from db.tables.follow_up import Signal
from db.tables.ici import IciSession, Obligation
from db.tables.item import ItemOpinion
from db.tables.rehousing import GroupedAnswer, PlannedAct
from db.tables.support import Obstacle, SupportMeasure

__all__ = ["reconcile", "sweep", "sync_ladder"]

MODELS: Mapping[str, Any] = {
    "case": CaseFile,
    "attempt": Attempt,
    "handover": Handover,
    "opinion": Opinion,
    "signal": Signal,
    "obstacle": Obstacle,
    "support": SupportMeasure,
    "planned_act": PlannedAct,
    "grouped_answer": GroupedAnswer,
    "session": IciSession,
    "obligation": Obligation,
    "item_opinion": ItemOpinion,
}
BY_ABOUT: Mapping[str, list[Kind]] = {
    about: [kind for kind in KINDS.values() if kind.about == about] for about in MODELS
}

_DEADLINE = rows.table_of(Deadline)
_OPEN = sa.select(_DEADLINE).where(_DEADLINE.c.subject == sa.bindparam("of"), _DEADLINE.c.closed_at.is_(None))


def reconcile(step: Step) -> None:
    """Open, move or close the deadlines of every record that the command touched."""
    for about, key in step.touched:
        if about in MODELS:
            _reconcile_one(step, about, key)


def _reconcile_one(step: Step, about: str, key: str) -> None:
    facts = _facts(step, about, key)
    subject = f"{about}:{key}"
    standing = {row["kind"]: row for row in direct.fetch(step.connection, _OPEN, {"of": subject})}
    for kind in BY_ABOUT[about]:
        due = kind.rule(facts, step.settings)
        row = standing.get(kind.name)
        if due is None and row is not None:
            step.update(
                Deadline, {"id": row["id"]}, closed_at=step.now, outcome=_outcome(step, row["due_on"])
            )
        elif due is not None and row is None:
            _open(step, kind, subject, facts, due)
        elif due is not None and row is not None:
            _keep(step, kind, row, facts, due)


def _facts(step: Step, about: str, key: str) -> Row:
    if about == step.about and key == str(step.subject["id"]):
        return step.subject
    numbered = isinstance(rows.table_of(MODELS[about]).c.id.type, sa.Integer)
    row = step.get(MODELS[about], id=int(key) if numbered else key)
    if row is None:
        raise LookupError(f"{about}:{key} was touched but does not exist")
    return row


def _outcome(step: Step, due_on: date) -> str:
    return "met" if step.today <= due_on else "met_late"


def _open(step: Step, kind: Kind, subject: str, facts: Row, due: Due) -> None:
    step.insert(
        Deadline,
        kind=kind.name,
        subject=subject,
        due_on=due.on,
        nature=kind.nature,
        explanation=list(due.because),
        opened_at=step.now,
        remind_on=first_reminder(step, kind, due.on),
        **people_of(step, kind.about, facts),
    )


def _keep(step: Step, kind: Kind, row: Row, facts: Row, due: Due) -> None:
    """Same date and same people: nothing to write. A moved date arms its ladder again from today."""
    same = row["due_on"] == due.on and row["explanation"] == list(due.because)
    if same and row["owner_id"] == wanted_owner(kind.about, facts):
        return
    people = people_of(step, kind.about, facts)
    if same and all(row[name] == value for name, value in people.items()):
        return
    moved = row["due_on"] != due.on
    remind_on = first_reminder(step, kind, due.on) if moved else row["remind_on"]
    step.update(
        Deadline,
        {"id": row["id"]},
        due_on=due.on,
        explanation=list(due.because),
        remind_on=remind_on,
        **people,
    )


def first_reminder(step: Step, kind: Kind, due_on: date) -> date:
    """The first rung not yet behind us. When all are, today: a deadline born late is said once."""
    rungs = [due_on + timedelta(days=days) for days, _ in kind.ladder.rungs(step.settings, step.today)]
    return min((day for day in rungs if day >= step.today), default=step.today)
