"""What follows from moving a session: said before it is confirmed, done after, from the same reading."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from cases.commands.freeze import STILL_DUE
from cases.commands.ici_session import session_limit
from cases.rules.session_move import Dates, Outlook, follows_the_session, outlook
from cases.step import settings_now
from cases.territory import Settings
from db import rows
from db.engine import reading
from db.rows import Row
from db.tables.case import CaseFile
from db.tables.ici import Escalation, IciCourse, IciDecision, IciSession, Obligation
from db.tables.people import Account, Body
from db.tables.sitting import IciCall

_ITEM, _COURSE, _CASE = rows.table_of(Escalation), rows.table_of(IciCourse), rows.table_of(CaseFile)
_SESSION, _DECIDED, _OWED = rows.table_of(IciSession), rows.table_of(IciDecision), rows.table_of(Obligation)
_ACCOUNT, _BODY, _CALL = rows.table_of(Account), rows.table_of(Body), rows.table_of(IciCall)
OVER = ("withdrawn", "executed")


@dataclass(frozen=True, slots=True)
class MovedItem:
    """An escalation of this session, or a draft that aims at it."""

    id: str
    title: str
    state: str
    author_id: str
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class MovedCase:
    """A case of one of them, by its reference."""

    id: str
    escalation_id: str
    owner_id: str | None
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class MovedDuty:
    """What a body owes at this session. `due`: the same date twice where the decision gave its own."""

    id: int
    decision_id: str
    body_id: str
    body: str
    due: Dates


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who will hear of it, and whether because they were called to file."""

    id: str
    name: str
    called_only: bool


@dataclass(frozen=True, slots=True)
class ForeseenMove:
    """`crossed`: sessions of the same ICI that it would pass."""

    ici: str
    frozen: bool
    held: Dates
    limit: Dates
    limit_passed: bool
    items: tuple[MovedItem, ...]
    cases: tuple[MovedCase, ...]
    duties: tuple[MovedDuty, ...]
    told: tuple[Told, ...]
    crossed: tuple[date, ...]


def foresee_move(session_id: str, held_on: date, *, now: datetime) -> ForeseenMove:
    """What `move_session` would do. For who steers the ICI: references of cases, no name, no commune."""
    with reading() as connection:
        session = rows.get(connection, IciSession, id=session_id)
        if session is None:
            raise LookupError(f"session {session_id} does not exist")
        return move_effects(connection, settings_now(connection), session, held_on, now)


def move_effects(
    connection: Connection, settings: Settings, session: Row, held_on: date, now: datetime
) -> ForeseenMove:
    frozen = session["frozen_at"] is not None
    limit = Dates(session["limit_on"], session["limit_on"] if frozen else session_limit(settings, held_on))
    held = Dates(session["held_on"], held_on)
    items = _items(connection, session["id"], limit, now)
    cases = _cases(connection, {item.id: item for item in items})
    duties = _duties(connection, session, held)
    near = [item.author_id for item in items] + [case.owner_id for case in cases if case.owner_id]
    near += leads_of(connection, [duty.body_id for duty in duties if duty.due.moved])
    return ForeseenMove(
        ici=session["ici"],
        frozen=frozen,
        held=held,
        limit=limit,
        limit_passed=not frozen and outlook(None, limit, now) in {"loses_time", "no_time"},
        items=items,
        cases=cases,
        duties=duties,
        told=_told(connection, near, session["id"] if limit.moved else None),
        crossed=_crossed(connection, session, held),
    )


def _items(connection: Connection, session_id: str, limit: Dates, now: datetime) -> tuple[MovedItem, ...]:
    here = (_ITEM.c.session_id == session_id, _ITEM.c.return_session_id == session_id)
    aiming = sa.and_(_ITEM.c.asked_session_id == session_id, _ITEM.c.state == "draft")
    query = (
        sa.select(_ITEM.c.id, _ITEM.c.title, _ITEM.c.state, _ITEM.c.author_id, _ITEM.c.timing)
        .where(sa.or_(*here, aiming), _ITEM.c.state.not_in(OVER))
        .order_by(_ITEM.c.id)
    )
    return tuple(
        MovedItem(row.id, row.title, row.state, row.author_id, outlook(row.timing, limit, now))
        for row in connection.execute(query)
    )


def _cases(connection: Connection, items: dict[str, MovedItem]) -> tuple[MovedCase, ...]:
    query = (
        sa.select(_CASE.c.id, _COURSE.c.escalation_id, _CASE.c.owner_id)
        .join(_CASE, _CASE.c.id == _COURSE.c.case_id)
        .where(_COURSE.c.escalation_id.in_(items), _COURSE.c.ended_on.is_(None))
        .order_by(_CASE.c.id)
    )
    return tuple(
        MovedCase(row.id, row.escalation_id, row.owner_id, items[row.escalation_id].outlook)
        for row in connection.execute(query)
    )


def _duties(connection: Connection, session: Row, held: Dates) -> tuple[MovedDuty, ...]:
    """Owed to this ICI: due on the day of the session, or on its agenda though due after the new day."""
    query = (
        sa.select(_OWED.c.id, _OWED.c.decision_id, _OWED.c.body_id, _OWED.c.due_on, _BODY.c.name)
        .join(_DECIDED, _DECIDED.c.id == _OWED.c.decision_id)
        .join(_SESSION, _SESSION.c.id == _DECIDED.c.session_id)
        .join(_ITEM, _ITEM.c.id == _DECIDED.c.escalation_id)
        .join(_BODY, _BODY.c.id == _OWED.c.body_id)
        .where(_SESSION.c.ici == session["ici"], _SESSION.c.id != session["id"])
        .where(_OWED.c.state.in_(STILL_DUE))
        .where(
            sa.or_(
                _OWED.c.due_on == held.old,
                sa.and_(_ITEM.c.return_session_id == session["id"], _OWED.c.due_on > held.new),
            )
        )
        .order_by(_OWED.c.id)
    )
    return tuple(
        MovedDuty(row.id, row.decision_id, row.body_id, row.name, Dates(row.due_on, _due(row.due_on, held)))
        for row in connection.execute(query)
    )


def _due(due_on: date, held: Dates) -> date:
    return held.new if follows_the_session(due_on, held.old) else due_on


def leads_of(connection: Connection, bodies: list[str]) -> list[str]:
    query = sa.select(_ACCOUNT.c.id).where(_ACCOUNT.c.body_id.in_(bodies), _ACCOUNT.c.is_lead)
    return list(connection.execute(query).scalars())


def _told(connection: Connection, near: list[str], called_for: str | None) -> tuple[Told, ...]:
    """Those concerned, then those who had been called with the former limit."""
    concerned = set(near)
    called = sa.select(_CALL.c.account_id).where(_CALL.c.session_id == called_for)
    wanted = sa.or_(_ACCOUNT.c.id.in_(concerned), _ACCOUNT.c.id.in_(called))
    query = sa.select(_ACCOUNT.c.id, _ACCOUNT.c.name).where(_ACCOUNT.c.active, wanted)
    found = connection.execute(query.order_by(_ACCOUNT.c.name))
    people = [Told(row.id, row.name, row.id not in concerned) for row in found]
    return tuple(sorted(people, key=lambda person: person.called_only))


def _crossed(connection: Connection, session: Row, held: Dates) -> tuple[date, ...]:
    between = _SESSION.c.held_on.between(min(held.old, held.new), max(held.old, held.new))
    query = sa.select(_SESSION.c.held_on).where(
        _SESSION.c.ici == session["ici"],
        _SESSION.c.id != session["id"],
        _SESSION.c.state != "cancelled",
        between,
    )
    return tuple(sorted(connection.execute(query).scalars()))
