"""What the clock did on each day of a demonstration: its passes, what it changed, the dates that fell."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from db.engine import reading
from db.rows import table_of
from db.tables.clock import ClockRun, Deadline
from db.tables.ici import IciSession
from db.tables.journal import JournalEntry

RUN, DEADLINE, SESSION = table_of(ClockRun), table_of(Deadline), table_of(IciSession)
ENTRY = table_of(JournalEntry)
CLOCK = "clock."  # how the identifiers of its commands begin
OVER = ("closed", "cancelled")


@dataclass(frozen=True, slots=True)
class NextSession:
    id: str
    ici: str
    held_on: date


@dataclass(frozen=True, slots=True)
class LivedDay:
    """`counts`: of every pass of that day. `done`: (command, record) that the clock did by itself.

    `fallen`: deadlines of that day still open; `sessions`: those held that day.
    """

    day: date
    counts: dict[str, int]
    done: tuple[tuple[str, str], ...]
    fallen: int
    sessions: tuple[str, ...]


def next_session(today: date) -> NextSession | None:
    """The first of the three ICIs after today."""
    query = (
        sa.select(SESSION.c.id, SESSION.c.ici, SESSION.c.held_on)
        .where(SESSION.c.held_on > today, SESSION.c.state.not_in(OVER))
        .order_by(SESSION.c.held_on, SESSION.c.id)
        .limit(1)
    )
    with reading() as connection:
        row = connection.execute(query).first()
    return NextSession(**row._mapping) if row is not None else None


def lived_days(since: date, until: date) -> tuple[LivedDay, ...]:
    """The days after `since`, latest first. Figures and references of sessions and escalations only."""
    within = sa.and_(RUN.c.day > since, RUN.c.day <= until)
    runs = sa.select(RUN.c.day, RUN.c.counts).where(within, RUN.c.good).order_by(RUN.c.id)
    with reading() as connection:
        counts: dict[date, Counter[str]] = {}
        for row in connection.execute(runs):
            counts.setdefault(row.day, Counter()).update(row.counts)
        done = _done(connection, since, until)
        fallen = _per_day(connection, DEADLINE.c.due_on, since, until, DEADLINE.c.closed_at.is_(None))
        held = sa.select(SESSION.c.held_on, SESSION.c.id).where(SESSION.c.held_on > since)
        sessions: dict[date, list[str]] = {}
        for row in connection.execute(held.where(SESSION.c.held_on <= until, SESSION.c.state.not_in(OVER))):
            sessions.setdefault(row.held_on, []).append(row.id)
    return tuple(
        LivedDay(
            day, dict(counts[day]), tuple(done.get(day, ())), fallen.get(day, 0), tuple(sessions.get(day, ()))
        )
        for day in sorted(counts, reverse=True)
    )


def _done(connection: sa.Connection, since: date, until: date) -> dict[date, list[tuple[str, str]]]:
    query = (
        sa.select(ENTRY.c.occurred_on, ENTRY.c.type, ENTRY.c.subject)
        .where(ENTRY.c.command_id.startswith(CLOCK, autoescape=True))
        .where(ENTRY.c.occurred_on > since, ENTRY.c.occurred_on <= until)
        .order_by(ENTRY.c.number)
    )
    found: dict[date, list[tuple[str, str]]] = {}
    for row in connection.execute(query):
        about, _, key = row.subject.partition(":")
        if about != "case":
            found.setdefault(row.occurred_on, []).append((row.type, key))
    return found


def _per_day(
    connection: sa.Connection, column: Any, since: date, until: date, *where: sa.ColumnElement[bool]
) -> dict[date, int]:
    query = sa.select(column, sa.func.count()).where(column > since, column <= until, *where).group_by(column)
    return {row[0]: row[1] for row in connection.execute(query)}
