"""Deadlines in the database: reconciled with the facts after each command, swept once a day in two
statements."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from cases.deadline_kinds import KINDS, Due, Kind
from cases.recipients import people_of, wanted_owner
from cases.step import Step, settings_now
from db import rows
from db.engine import transaction
from db.rows import Row
from db.sql_dates import add_days
from db.tables.beside import Opinion
from db.tables.case import Attempt, CaseFile, Handover
from db.tables.clock import Deadline, Ladder, Notice
from db.tables.follow_up import Signal
from db.tables.ici import IciSession, Obligation
from db.tables.item import ItemOpinion
from db.tables.people import Account
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
    standing = {row["kind"]: row for row in step.connection.execute(_OPEN, {"of": subject}).mappings()}
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
            _keep(step, kind, dict(row), facts, due)


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


# The daily sweep ------------------------------------------------------------------------------------

_LADDER = rows.table_of(Ladder)
_NOTICE = rows.table_of(Notice)
_ACCOUNT = rows.table_of(Account)
_ANY_SECRETARY = (
    sa.select(sa.func.min(_ACCOUNT.c.id))
    .where(_ACCOUNT.c.role == "ici_secretariat", _ACCOUNT.c.active)
    .scalar_subquery()
)


def sync_ladder(connection: Connection, today: date) -> None:
    """The ladders as the settings of that day say, where SQL can join them."""
    settings = settings_now(connection)
    connection.execute(sa.delete(_LADDER))
    rows.insert_many(
        connection,
        Ladder,
        [
            {"kind": kind.name, "step": rank, "days": days, "audience": audience}
            for kind in KINDS.values()
            for rank, (days, audience) in enumerate(kind.ladder.rungs(settings, today))
        ],
    )


def sweep(today: date, now: datetime) -> dict[str, int]:
    """Write the reminders that fall due by `today`, in one transaction and two set-based statements.

    A day missed is caught up: only the furthest rung reached is said. Running again the same day writes
    nothing.
    """
    with transaction() as connection:
        sync_ladder(connection, today)
        written = connection.execute(_reminders(today, now, connection.dialect.name)).rowcount
        moved = connection.execute(_next_rung(today)).rowcount
    return {"reminders": written, "deadlines": moved}


def _rung_reached(today: date) -> sa.ScalarSelect[int]:
    """The furthest step of the ladder that `today` has reached for a deadline."""
    return (
        sa.select(sa.func.max(_LADDER.c.step))
        .where(_LADDER.c.kind == _DEADLINE.c.kind, add_days(_DEADLINE.c.due_on, _LADDER.c.days) <= today)
        .correlate(_DEADLINE)
        .scalar_subquery()
    )


def _reminders(today: date, now: datetime, dialect: str) -> Any:
    reached = sa.func.coalesce(_rung_reached(today), 0)
    audience = _LADDER.alias("rung")
    wanted = sa.case((audience.c.audience == "owner", _DEADLINE.c.owner_id), else_=_DEADLINE.c.lead_id)
    meant = sa.func.coalesce(wanted, _DEADLINE.c.lead_id, _DEADLINE.c.owner_id, _ANY_SECRETARY)
    person, deputy = _ACCOUNT.alias("person"), _ACCOUNT.alias("deputy")
    recipient = sa.func.coalesce(deputy.c.id, meant)
    parts = (
        sa.cast(part, sa.String) for part in (_DEADLINE.c.id, _DEADLINE.c.due_on, audience.c.days, recipient)
    )
    key: Any = sa.literal("d")
    for part in parts:
        key = key + "/" + part
    query = (
        sa.select(
            key,
            recipient,
            sa.literal("reminder"),
            _DEADLINE.c.case_id,
            _DEADLINE.c.subject,
            _DEADLINE.c.id,
            _DEADLINE.c.due_on,
            sa.literal(""),
            sa.literal(now, type_=_NOTICE.c.written_at.type),
        )
        .select_from(_DEADLINE)
        .join(audience, sa.and_(audience.c.kind == _DEADLINE.c.kind, audience.c.step == reached))
        .outerjoin(person, sa.and_(person.c.id == meant, _is_away(person, today)))
        .outerjoin(deputy, sa.and_(deputy.c.id == person.c.deputy_id, deputy.c.active))
        .where(_DEADLINE.c.closed_at.is_(None), _DEADLINE.c.remind_on <= today, recipient.is_not(None))
    )
    columns = [
        "key",
        "recipient_id",
        "kind",
        "case_id",
        "subject",
        "deadline_id",
        "due_on",
        "text",
        "written_at",
    ]
    insert = _dialect_insert(dialect)(_NOTICE).from_select(columns, query)
    return insert.on_conflict_do_nothing(index_elements=["key"]).execution_options(preserve_rowcount=True)


def _is_away(person: Any, today: date) -> sa.ColumnElement[bool]:
    """Absent that day: the deputy hears instead."""
    not_back = sa.or_(person.c.absent_until.is_(None), person.c.absent_until >= today)
    return sa.and_(person.c.absent_from <= today, not_back)


def _dialect_insert(dialect: str) -> Any:
    from sqlalchemy.dialects import postgresql, sqlite  # noqa: PLC0415  # each loads only where it serves

    return postgresql.insert if dialect == "postgresql" else sqlite.insert


def _next_rung(today: date) -> sa.Update:
    following = (
        sa.select(sa.func.min(add_days(_DEADLINE.c.due_on, _LADDER.c.days)))
        .where(_LADDER.c.kind == _DEADLINE.c.kind, add_days(_DEADLINE.c.due_on, _LADDER.c.days) > today)
        .correlate(_DEADLINE)
        .scalar_subquery()
    )
    return (
        sa.update(_DEADLINE)
        .where(_DEADLINE.c.closed_at.is_(None), _DEADLINE.c.remind_on <= today)
        .values(remind_on=following)
    )
