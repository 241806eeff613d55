"""The three ICIs side by side over a period, for the CIL: counts alone, no case, no household, no place.

The counts are whole: `cases/charter/cil.py` hides the small ones before anybody reads them.
"""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection

from db.engine import reading
from db.queries.sitting import Told, contributions
from db.rows import table_of
from db.scope import Scope
from db.tables import ici as tables

SESSION, ITEM = table_of(tables.IciSession), table_of(tables.Escalation)
DECISION, OWED, COURSE = table_of(tables.IciDecision), table_of(tables.Obligation), table_of(tables.IciCourse)
READERS = {"chair", "observer"}
HELD = ("held", "minutes_validated", "closed")
Counts = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Consolidation:
    """`figures`: (what, ICI) → count; `themes` and `kinds`: (code, ICI) → count. `sessions`: held, by ICI."""

    sessions: dict[str, int]
    figures: Counts
    themes: Counts
    kinds: Counts
    told: tuple[Told, ...]


def years() -> tuple[int, ...]:
    """Those of the sessions held, the latest first."""
    query = sa.select(SESSION.c.held_on).where(SESSION.c.state.in_(HELD))
    with reading() as connection:
        return tuple(sorted({day.year for day in connection.execute(query).scalars()}, reverse=True))


def consolidation(scope: Scope, since: date, until: date) -> Consolidation:
    """What the sessions held from `since` to `until`, both included, received, decided and obtained."""
    held = sa.and_(SESSION.c.state.in_(HELD), SESSION.c.held_on.between(since, until))
    if scope.reach != "all" and scope.role not in READERS:
        return Consolidation({}, {}, {}, {}, ())
    with reading() as connection:
        rows = connection.execute(sa.select(SESSION.c.id, SESSION.c.ici).where(held)).all()
        sessions: dict[str, int] = {}
        for row in rows:
            sessions[row.ici] = sessions.get(row.ici, 0) + 1
        figures = _filed(connection, held) | _owed(connection, held)
        themes, kinds = _themes(connection, held), _kinds(connection, held)
    return Consolidation(sessions, figures, themes, kinds, contributions([row.id for row in rows]))


def _filed(connection: Connection, held: sa.ColumnElement[bool]) -> Counts:
    """By the session aimed at: a late item counts where it was late."""
    query = (
        sa.select(
            SESSION.c.ici,
            _count_if(ITEM.c.timing.in_(["late", "exception"])).label("late"),
            _count_if(ITEM.c.timing == "exception").label("exceptions"),
            _count_if(ITEM.c.returns > 0).label("returned"),
        )
        .join(ITEM, ITEM.c.asked_session_id == SESSION.c.id)
        .where(held, ITEM.c.submitted_at.is_not(None))
        .group_by(SESSION.c.ici)
    )
    return _unfold(connection, query)


def _owed(connection: Connection, held: sa.ColumnElement[bool]) -> Counts:
    query = (
        sa.select(
            SESSION.c.ici,
            _count_if(OWED.c.state == "executed").label("executed"),
            _count_if(OWED.c.state.in_(["awaited", "partly"])).label("awaited"),
            _count_if(OWED.c.state == "not_executed").label("not_executed"),
        )
        .join(DECISION, DECISION.c.session_id == SESSION.c.id)
        .join(OWED, OWED.c.decision_id == DECISION.c.id)
        .where(held)
        .group_by(SESSION.c.ici)
    )
    return _unfold(connection, query)


def _count_if(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


def _unfold(connection: Connection, query: sa.Select[tuple[object, ...]]) -> Counts:
    return {
        (name, row["ici"]): int(value)
        for row in connection.execute(query).mappings()
        for name, value in row.items()
        if name != "ici"
    }


def _themes(connection: Connection, held: sa.ColumnElement[bool]) -> Counts:
    query = (
        sa.select(ITEM.c.theme.label("code"), SESSION.c.ici, sa.func.count().label("number"))
        .join(ITEM, ITEM.c.asked_session_id == SESSION.c.id)
        .where(held, ITEM.c.submitted_at.is_not(None))
        .group_by(ITEM.c.theme, SESSION.c.ici)
    )
    return {(row.code, row.ici): row.number for row in connection.execute(query)}


def _kinds(connection: Connection, held: sa.ColumnElement[bool]) -> Counts:
    query = (
        sa.select(DECISION.c.kind.label("code"), SESSION.c.ici, sa.func.count().label("number"))
        .join(DECISION, DECISION.c.session_id == SESSION.c.id)
        .where(held)
        .group_by(DECISION.c.kind, SESSION.c.ici)
    )
    return {(row.code, row.ici): row.number for row in connection.execute(query)}
