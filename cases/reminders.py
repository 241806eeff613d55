"""The daily sweep: the reminders that fall due, written in one transaction and two set-based statements."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from cases.deadline_kinds import KINDS
from cases.hearing import Hearing
from cases.step import settings_now
from db import rows
from db.engine import transaction
from db.sql_dates import add_days
from db.tables.clock import Deadline, Ladder, Notice

_DEADLINE = rows.table_of(Deadline)
_LADDER = rows.table_of(Ladder)
_NOTICE = rows.table_of(Notice)


def sync_ladder(connection: Connection, today: date) -> None:
    """The ladders as the settings of that day say, where SQL can join them.

    Another sweep of the same moment writes the same rungs: those just written are left as they are.
    """
    settings = settings_now(connection)
    rungs = [
        {"kind": kind.name, "step": rank, "days": days, "audience": audience}
        for kind in KINDS.values()
        for rank, (days, audience) in enumerate(kind.ladder.rungs(settings, today))
    ]
    connection.execute(sa.delete(_LADDER))
    connection.execute(rows.dialect_insert(connection, Ladder).on_conflict_do_nothing(), rungs)


def sweep(today: date, now: datetime) -> dict[str, int]:
    """Write the reminders that fall due by `today`, in one transaction and two set-based statements.

    A day missed is caught up: only the furthest rung reached is said. Running again the same day writes
    nothing.
    """
    with transaction() as connection:
        sync_ladder(connection, today)
        written = write_once(connection, *_reminders(today, now))
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


def _reminders(today: date, now: datetime) -> tuple[dict[str, Any], sa.Select[Any]]:
    reached = sa.func.coalesce(_rung_reached(today), 0)
    rung, hearing = _LADDER.alias("rung"), Hearing(today, _DEADLINE)
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
        "written_at": sa.literal(now, type_=_NOTICE.c.written_at.type),
    }
    on_rung = sa.and_(rung.c.kind == _DEADLINE.c.kind, rung.c.step == reached)
    query = (
        sa.select(*columns.values())
        .select_from(hearing.joined(_DEADLINE.join(rung, on_rung), wanted))
        .where(_DEADLINE.c.closed_at.is_(None), _DEADLINE.c.remind_on <= today, recipient.is_not(None))
    )
    return columns, query


def write_once(connection: Connection, columns: Mapping[str, Any], query: sa.Select[Any]) -> int:
    """Notices from a query, in one statement; those whose key is already there are left aside."""
    insert = rows.dialect_insert(connection, Notice).from_select(list(columns), query)
    once = insert.on_conflict_do_nothing(index_elements=["key"]).execution_options(preserve_rowcount=True)
    return int(connection.execute(once).rowcount)


def _key(rung: Any, recipient: Any) -> Any:
    """Once for a deadline at its date, a rung and a person; again after the person put it off."""
    key: Any = sa.literal("d")
    for part in (_DEADLINE.c.id, _DEADLINE.c.due_on, rung.c.days, recipient):
        key = key + "/" + sa.cast(part, sa.String)
    return key + sa.func.coalesce("/" + sa.cast(_DEADLINE.c.snoozed_until, sa.String), "")


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
