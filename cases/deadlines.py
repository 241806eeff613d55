"""Deadlines in the database: reconciled with the facts after each command, swept once a day in two
statements."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from cases.deadline_kinds import KINDS, Due, Kind
from cases.step import Step
from db import rows
from db.engine import transaction
from db.rows import Row
from db.sql_dates import add_days
from db.tables.case import Attempt, CaseFile, Handover
from db.tables.clock import Deadline, Ladder, Notice
from db.tables.ici import IciSession, Obligation
from db.tables.people import Account

__all__ = ["reconcile", "sweep", "sync_ladder"]

MODELS: Mapping[str, Any] = {
    "case": CaseFile,
    "attempt": Attempt,
    "handover": Handover,
    "session": IciSession,
    "obligation": Obligation,
}
KEY_TYPES: Mapping[str, Any] = {"attempt": int, "handover": int, "obligation": int}
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
    row = step.get(MODELS[about], id=KEY_TYPES.get(about, str)(key))
    if row is None:
        raise LookupError(f"{about}:{key} was touched but does not exist")
    return row


def _outcome(step: Step, due_on: date) -> str:
    return "met" if step.today <= due_on else "met_late"


def _open(step: Step, kind: Kind, subject: str, facts: Row, due: Due) -> None:
    owner = _owner(step, kind.about, facts)
    step.insert(
        Deadline,
        kind=kind.name,
        subject=subject,
        due_on=due.on,
        nature=kind.nature,
        explanation=list(due.because),
        opened_at=step.now,
        remind_on=first_reminder(kind, due.on, step.today),
        **owner,
    )


def _keep(step: Step, kind: Kind, row: Row, facts: Row, due: Due) -> None:
    """Same date and same person: nothing to write. A moved date arms its ladder again from today."""
    owner_id = _owner_id(kind.about, facts)
    if row["due_on"] == due.on and row["owner_id"] == owner_id and row["explanation"] == list(due.because):
        return
    moved = row["due_on"] != due.on
    remind_on = first_reminder(kind, due.on, step.today) if moved else row["remind_on"]
    step.update(
        Deadline,
        {"id": row["id"]},
        due_on=due.on,
        explanation=list(due.because),
        remind_on=remind_on,
        **_owner(step, kind.about, facts),
    )


def first_reminder(kind: Kind, due_on: date, today: date) -> date | None:
    """The first rung not yet behind us. When all are, today: a deadline born late is said once."""
    rungs = [due_on + timedelta(days=days) for days, _ in kind.ladder]
    ahead = [day for day in rungs if day >= today]
    return min(ahead) if ahead else today


def _owner_id(about: str, facts: Row) -> str | None:
    column = {"case": "owner_id", "handover": "to_id"}.get(about)
    found: str | None = facts[column] if column else None
    return found


def _owner(step: Step, about: str, facts: Row) -> dict[str, Any]:
    """Who is reminded: the holder and the lead of the service in charge; for the ICI, its secretariat."""
    if about == "session":
        secretary = _secretary(step, facts["ici"])
        return {"owner_id": secretary, "lead_id": secretary, "body_id": None, "case_id": None}
    if about == "obligation":
        lead = step.lead_of(facts["body_id"])
        return {
            "owner_id": lead,
            "lead_id": _secretary(step, None),
            "body_id": facts["body_id"],
            "case_id": None,
        }
    case = facts if about == "case" else step.need(CaseFile, "Le dossier", id=facts["case_id"])
    owner_id = facts["to_id"] if about == "handover" else case["owner_id"]
    return {
        "owner_id": owner_id,
        "lead_id": lead_or_secretary(step, case["body_id"]),
        "body_id": case["body_id"],
        "case_id": case["id"],
    }


def lead_or_secretary(step: Step, body_id: str) -> str | None:
    """The lead of the service in charge; where there is none, the secretariat: somebody always hears."""
    return step.lead_of(body_id) or _secretary(step, None)


def _secretary(step: Step, ici: str | None) -> str | None:
    found = step.find(Account, role="ici_secretariat", active=True)
    own = [row for row in found if row["ici"] == ici]
    chosen = own or found
    return chosen[0]["id"] if chosen else None


# The daily sweep ------------------------------------------------------------------------------------

_LADDER = rows.table_of(Ladder)
_NOTICE = rows.table_of(Notice)
_ACCOUNT = rows.table_of(Account)


def sync_ladder(connection: Connection) -> None:
    """Copy the registry's ladders where SQL can join them."""
    connection.execute(sa.delete(_LADDER))
    rows.insert_many(
        connection,
        Ladder,
        [
            {"kind": kind.name, "step": rank, "days": days, "audience": audience}
            for kind in KINDS.values()
            for rank, (days, audience) in enumerate(kind.ladder)
        ],
    )


def sweep(today: date, now: datetime) -> dict[str, int]:
    """Write the reminders that fall due by `today`, in one transaction and two set-based statements.

    A day missed is caught up: only the furthest rung reached is said. Running again the same day writes
    nothing.
    """
    with transaction() as connection:
        sync_ladder(connection)
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
    recipient = sa.func.coalesce(wanted, _DEADLINE.c.lead_id, _DEADLINE.c.owner_id)
    parts = (
        sa.cast(part, sa.String) for part in (_DEADLINE.c.id, _DEADLINE.c.due_on, audience.c.step, recipient)
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
