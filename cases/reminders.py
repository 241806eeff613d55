"""The daily sweep: the reminders that fall due, written in one transaction and two set-based statements."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from cases.deadline_kinds import KINDS
from cases.hearing import Hearing
from cases.step import settings_now
from db import direct, rows
from db.engine import transaction
from db.sql_dates import add_days
from db.tables.clock import Deadline, Ladder, Notice

_DEADLINE = rows.table_of(Deadline)
_LADDER = rows.table_of(Ladder)
_NOTICE = rows.table_of(Notice)
_RUNGS = sa.select(_LADDER)
_TODAY = sa.bindparam("today", type_=sa.Date())


def sync_ladder(connection: Connection, today: date) -> None:
    """The ladders as the settings of that day say, where SQL can join them; written when they change.

    Those that another sweep of the same moment has just written become ours.
    """
    settings = settings_now(connection)
    rungs = [
        {
            "kind": kind.name,
            "step": rank,
            "days": days,
            "due_by": today - timedelta(days=days),
            "audience": audience,
        }
        for kind in KINDS.values()
        for rank, (days, audience) in enumerate(kind.ladder.rungs(settings, today))
    ]
    known = direct.fetch(connection, _RUNGS, {})
    if sorted(known, key=_rank) == sorted(rungs, key=_rank):
        return
    insert: Any = rows.dialect_insert(connection, Ladder)
    ours = {name: insert.excluded[name] for name in ("days", "due_by", "audience")}
    connection.execute(sa.delete(_LADDER))
    connection.execute(insert.on_conflict_do_update(index_elements=["kind", "step"], set_=ours), rungs)


def _rank(rung: Mapping[str, Any]) -> tuple[str, int]:
    return rung["kind"], rung["step"]


def sweep(today: date, now: datetime) -> dict[str, int]:
    """Write the reminders that fall due by `today`, in one transaction and two set-based statements.

    A day missed is caught up: only the furthest rung reached is said. Running again the same day writes
    nothing.
    """
    with transaction() as connection:
        sync_ladder(connection, today)
        written = direct.change(connection, _reminders(), {"today": today, "now": now})
        moved = direct.change(connection, _next_rung(), {"today": today})
    return {"reminders": written, "deadlines": moved}


def _rung_reached() -> sa.ScalarSelect[int]:
    """The furthest step of its ladder that a deadline has reached."""
    return (
        sa.select(sa.func.max(_LADDER.c.step))
        .where(_LADDER.c.kind == _DEADLINE.c.kind, _DEADLINE.c.due_on <= _LADDER.c.due_by)
        .correlate(_DEADLINE)
        .scalar_subquery()
    )


@cache
def _reminders() -> sa.Insert:
    """Of the day `today`, written at `now`: built once, given these at each sweep."""
    reached = sa.func.coalesce(_rung_reached(), 0)
    rung, hearing = _LADDER.alias("rung"), Hearing(_TODAY, _DEADLINE)
    wanted = sa.case((rung.c.audience == "owner", _DEADLINE.c.owner_id), else_=_DEADLINE.c.lead_id)
    recipient = hearing.of(wanted, _DEADLINE.c.lead_id, _DEADLINE.c.owner_id)
    planned: Any = add_days(_DEADLINE.c.due_on, rung.c.days)
    columns: dict[str, Any] = {
        "key": _key(rung, recipient),
        "recipient_id": recipient,
        "kind": sa.literal("reminder"),
        "case_id": _DEADLINE.c.case_id,
        "subject": _DEADLINE.c.subject,
        "deadline_id": _DEADLINE.c.id,
        "due_on": _DEADLINE.c.due_on,
        # A deadline born or moved late is armed after its rung: that is no delay of the clock.
        "planned_on": sa.case((_DEADLINE.c.remind_on <= planned, planned), else_=sa.null()),
        "text": sa.literal(""),
        "written_at": sa.bindparam("now", type_=_NOTICE.c.written_at.type),
    }
    on_rung = sa.and_(rung.c.kind == _DEADLINE.c.kind, rung.c.step == reached)
    query = (
        sa.select(*columns.values())
        .select_from(hearing.joined(_DEADLINE.join(rung, on_rung), wanted))
        .where(_DEADLINE.c.closed_at.is_(None), _DEADLINE.c.remind_on <= _TODAY, recipient.is_not(None))
    )
    return once(columns, query)


def once(columns: Mapping[str, Any], query: sa.Select[Any]) -> sa.Insert:
    """Notices from a query with a condition, in one statement; those whose key is already there are left.

    Said as a suffix, the conflict leaves the statement one that SQLAlchemy compiles once.
    """
    new = query.suffix_with("ON CONFLICT (key) DO NOTHING")
    return sa.insert(_NOTICE).from_select(list(columns), new).execution_options(preserve_rowcount=True)


def _key(rung: Any, recipient: Any) -> Any:
    """Once for a deadline at its date, a rung and a person; again after the person put it off."""
    key: Any = sa.literal("d")
    for part in (_DEADLINE.c.id, _DEADLINE.c.due_on, rung.c.days, recipient):
        key = key + "/" + sa.cast(part, sa.String)
    return key + sa.func.coalesce("/" + sa.cast(_DEADLINE.c.snoozed_until, sa.String), "")


@cache
def _next_rung() -> sa.Update:
    following = (
        sa.select(add_days(_DEADLINE.c.due_on, _LADDER.c.days))
        .where(_LADDER.c.kind == _DEADLINE.c.kind, _DEADLINE.c.due_on > _LADDER.c.due_by)
        .order_by(_LADDER.c.step)
        .limit(1)
        .correlate(_DEADLINE)
        .scalar_subquery()
    )
    return (
        sa.update(_DEADLINE)
        .where(_DEADLINE.c.closed_at.is_(None), _DEADLINE.c.remind_on <= _TODAY)
        .values(remind_on=following)
    )
