"""The day of the ICI desk and of the bodies it asks: sessions, items to objectify, duties."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from db.engine import reading
from db.queries.queue_lines import BODY, COURSE, ESCALATION
from db.queries.waiting import DECISION, OBLIGATION
from db.rows import table_of
from db.scope import Scope
from db.tables.ici import IciSession

SESSION = table_of(IciSession)
TO_OBJECTIFY = ("on_time", "carried_over", "admitted_by_exception")
DESK = {"ici_secretariat", "co_pilot"}
MOST = 30


@dataclass(frozen=True, slots=True)
class SessionTask:
    """A session that is not over: its state says what it waits for."""

    id: str
    ici: str
    state: str
    held_on: date
    limit_on: date
    items: int
    to_objectify: int
    undecided: int


@dataclass(frozen=True, slots=True)
class ToObjectify:
    id: str
    ici: str
    title: str
    theme: str
    state: str
    session_id: str | None
    held_on: date
    cases: int


@dataclass(frozen=True, slots=True)
class Duty:
    """What a body owes because the ICI decided so."""

    id: int
    decision_id: str
    escalation_id: str
    session_id: str
    text: str
    detail: str
    body: str
    state: str
    due_on: date
    reason_missing: bool


def session_tasks(scope: Scope, ici: str | None) -> tuple[SessionTask, ...]:
    """Sessions neither closed nor cancelled, the nearest first; those of one ICI for who has one."""
    if scope.role not in DESK:
        return ()
    listed = ESCALATION.c.session_id == SESSION.c.id
    query = (
        sa.select(
            SESSION.c.id,
            SESSION.c.ici,
            SESSION.c.state,
            SESSION.c.held_on,
            SESSION.c.limit_on,
            _count(listed).label("items"),
            _count(listed, ESCALATION.c.state.in_(TO_OBJECTIFY)).label("to_objectify"),
            _count(listed, ESCALATION.c.state == "on_agenda").label("undecided"),
        )
        .where(SESSION.c.state.not_in(["closed", "cancelled"]), _of_ici(SESSION.c.ici, ici))
        .order_by(SESSION.c.held_on, SESSION.c.id)
        .limit(MOST)
    )
    with reading() as connection:
        return tuple(SessionTask(**row._mapping) for row in connection.execute(query))


def _count(*where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count()).select_from(ESCALATION).where(*where).correlate(SESSION).scalar_subquery()
    )


def _of_ici(column: Any, ici: str | None) -> sa.ColumnElement[bool]:
    return sa.true() if ici is None else column == ici


def to_objectify(scope: Scope, ici: str | None) -> tuple[ToObjectify, ...]:
    """Items of a frozen list that still lack the co-pilots' finding and proposal."""
    if scope.role not in DESK:
        return ()
    carried = (
        sa.select(sa.func.count())
        .where(COURSE.c.escalation_id == ESCALATION.c.id, COURSE.c.ended_on.is_(None))
        .correlate(ESCALATION)
        .scalar_subquery()
    )
    query = (
        sa.select(
            ESCALATION.c.id,
            ESCALATION.c.ici,
            ESCALATION.c.title,
            ESCALATION.c.theme,
            ESCALATION.c.state,
            ESCALATION.c.session_id,
            SESSION.c.held_on,
            carried.label("cases"),
        )
        .join(SESSION, SESSION.c.id == ESCALATION.c.session_id)
        .where(
            ESCALATION.c.state.in_(TO_OBJECTIFY),
            SESSION.c.frozen_at.is_not(None),
            SESSION.c.state.in_(["call_closed", "file_sent"]),
            _of_ici(ESCALATION.c.ici, ici),
        )
        .order_by(SESSION.c.held_on, ESCALATION.c.id)
        .limit(MOST)
    )
    with reading() as connection:
        return tuple(ToObjectify(**row._mapping) for row in connection.execute(query))


def duties(scope: Scope, *, of_body: bool) -> tuple[Duty, ...]:
    """What my body owes, or what every body owes for the ICI desk; a missing written reason is owed too."""
    if not of_body and scope.role not in DESK:
        return ()
    unexplained = sa.and_(OBLIGATION.c.state == "not_executed", OBLIGATION.c.reason == "")
    query = (
        sa.select(
            OBLIGATION.c.id,
            OBLIGATION.c.decision_id,
            DECISION.c.escalation_id,
            DECISION.c.session_id,
            DECISION.c.text,
            OBLIGATION.c.detail,
            BODY.c.name.label("body"),
            OBLIGATION.c.state,
            OBLIGATION.c.due_on,
            unexplained.label("reason_missing"),
        )
        .join(DECISION, DECISION.c.id == OBLIGATION.c.decision_id)
        .join(BODY, BODY.c.id == OBLIGATION.c.body_id)
        .where(sa.or_(OBLIGATION.c.state.in_(["awaited", "partly"]), unexplained))
        .where(OBLIGATION.c.body_id == scope.body_id if of_body else sa.true())
        .order_by(OBLIGATION.c.due_on, OBLIGATION.c.id)
        .limit(MOST)
    )
    with reading() as connection:
        return tuple(Duty(**row._mapping) for row in connection.execute(query))
