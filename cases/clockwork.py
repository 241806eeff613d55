"""What the calendar makes happen through the door, as `system`: calls opened, lists frozen, decisions come
due.

Every command has an identifier made of what it does and to what: killed and started again, nothing is done
twice.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from cases import journal
from cases.actor import SYSTEM
from cases.call_reminders import remind_unraised
from cases.clock import day_in_paris
from cases.command import Command
from cases.commands import execute
from cases.deadlines import sweep
from cases.document_sweep import erase_removed
from cases.rules.dates import add_months, on_time
from cases.step import settings_at
from db import rows
from db.engine import reading
from db.rows import Row
from db.tables.case import Attempt, CaseFile
from db.tables.ici import Escalation, IciSession, Obligation
from db.tables.ici import IciDecision as Decided

Counts = dict[str, int]
Watch = Callable[[date, datetime], Counts]
_SESSION, _ESCALATION = rows.table_of(IciSession), rows.table_of(Escalation)
_DECIDED, _OBLIGATION, _CASE = rows.table_of(Decided), rows.table_of(Obligation), rows.table_of(CaseFile)
_ATTEMPT = rows.table_of(Attempt)
FOLLOW_UP_AFTER_DAYS = 1


def every_day(today: date, now: datetime) -> Counts:
    """The reminders that fall due, the silence of the landlords whose date has passed, removed documents."""
    noted = sum(_do("note_silence", case_id, today, now, today) for case_id in _silent(today))
    return sweep(today, now) | {"silences": noted} | erase_removed(today, now)


def before_ici(today: date, now: datetime) -> Counts:
    """Open the calls that are due, freeze the lists whose limit has passed (at 00:00 of the next day), tell
    who follows a blocked case that nobody raised."""
    opened = sum(_do("open_call", row["id"], today, now) for row in _calls_due(today))
    frozen = sum(
        _do("close_call", row["id"], today, now) for row in _sessions("call_open") if _passed(row, now)
    )
    carried = sum(_do("carry_over", row["id"], today, now) for row in _escalations("late"))
    told = remind_unraised(today, now)
    return {
        "calls_opened": opened,
        "lists_frozen": frozen,
        "carried_over": carried,
        "call_reminders": told,
    }


def six_months(today: date, now: datetime) -> Counts:
    """On the day of a session what is still awaited is not executed and comes back; follow-ups open."""
    late = [row for row in _unexecuted(today) if _return_is_due(row, today)]
    marked = sum(_do("mark_not_executed", row["id"], today, now, row["return_session_id"]) for row in late)
    returned = sum(
        _do("return_to_agenda", row["id"], today, now, row["return_session_id"])
        for row in _escalations("not_executed")
    )
    started = sum(
        _do("start_follow_up", row["id"], today, now, row["moved_in_on"]) for row in _moved_in(today)
    )
    return {"not_executed": marked, "returned": returned, "follow_ups": started}


def _do(kind: str, target: str, today: date, now: datetime, once: object = "") -> int:
    """1 when the command was accepted now; 0 when it was done before or has no object any more."""
    key = f"clock.{kind}.{target}.{once}".rstrip(".").replace("/", "-")
    outcome = execute(
        Command(id=key, type=kind, target=target, occurred_on=min(today, day_in_paris(now))),
        now=now,
        actor=SYSTEM,
    )
    return int(outcome.status == "accepted")


def _passed(session: Row, now: datetime) -> bool:
    return not on_time(now, session["limit_on"])


def _sessions(state: str) -> list[Row]:
    with reading() as connection:
        return rows.find(connection, IciSession, state=state)


def _calls_due(today: date) -> list[Row]:
    with reading() as connection:
        settings = settings_at(connection, journal.read_head(connection).settings_version)
    months = settings.int_on("session_call_months", today)
    return [row for row in _sessions("planned") if add_months(row["held_on"], -months) <= today]


def _escalations(state: str) -> list[Row]:
    with reading() as connection:
        return rows.find(connection, Escalation, state=state)


def _unexecuted(today: date) -> list[Row]:
    """Decided escalations, placed provisionally on a list, for which something due is still awaited."""
    query = (
        sa.select(_ESCALATION, _SESSION.c.held_on)
        .join(_SESSION, _SESSION.c.id == _ESCALATION.c.return_session_id)
        .where(
            _ESCALATION.c.state.in_(["decided", "partly_executed"]),
            sa.exists()
            .where(_DECIDED.c.escalation_id == _ESCALATION.c.id, _OBLIGATION.c.decision_id == _DECIDED.c.id)
            .where(_OBLIGATION.c.state.in_(["awaited", "partly"]), _OBLIGATION.c.due_on <= today),
        )
        .order_by(_ESCALATION.c.id)
    )
    with reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def _return_is_due(row: Row, today: date) -> bool:
    held_on: date = row["held_on"]
    return held_on <= today


def _silent(today: date) -> list[str]:
    """Open cases for which a landlord has let its date pass, not yet noted."""
    query = (
        sa.select(_ATTEMPT.c.case_id)
        .join(_CASE, _CASE.c.id == _ATTEMPT.c.case_id)
        .where(_ATTEMPT.c.answer == "waiting", _ATTEMPT.c.answer_due_on < today)
        .where(_ATTEMPT.c.silence_noted_on.is_(None), _CASE.c.closed_on.is_(None))
        .distinct()
        .order_by(_ATTEMPT.c.case_id)
    )
    with reading() as connection:
        return list(connection.execute(query).scalars())


def _moved_in(today: date) -> list[Row]:
    query = (
        sa.select(_CASE.c.id, _CASE.c.moved_in_on)
        .where(
            _CASE.c.state == "moved_in", _CASE.c.moved_in_on <= today - timedelta(days=FOLLOW_UP_AFTER_DAYS)
        )
        .order_by(_CASE.c.id)
    )
    with reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]
