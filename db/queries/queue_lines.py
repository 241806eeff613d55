"""Cases as lines of a list: fetched by reference for one page, already redacted for who reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.queries.visible import CASE, OPENED, PROTECTED, READER, named, opens
from db.rows import table_of
from db.scope import Scope
from db.tables.case import Blockage, Household
from db.tables.clock import Deadline
from db.tables.ici import Escalation, IciCourse
from db.tables.people import Account, Body
from db.tables.territory import Commune

HOUSEHOLD, ACCOUNT, BODY, COMMUNE = (table_of(model) for model in (Household, Account, Body, Commune))
BLOCKAGE, DEADLINE = table_of(Blockage), table_of(Deadline)
COURSE, ESCALATION = table_of(IciCourse), table_of(Escalation)
VIOLENCE = "violence_other_commune"  # a theme that only readers of `safety` are told


@dataclass(frozen=True, slots=True)
class Next:
    """The nearest open deadline of a case."""

    kind: str
    due_on: date
    nature: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """`opens` is False for a protected case whose reader is not named: then nothing locates the household."""

    id: str
    kind: str
    state: str
    version: int
    opens: bool
    protected: bool
    urgent: bool
    household: str
    commune: str | None
    owner_id: str | None
    owner: str | None
    service: str | None
    referred_on: date
    stage_since: date
    offers_made: int
    course: str | None
    ici: str | None
    next: Next | None = None
    blockages: tuple[str, ...] = ()


def case_lines(connection: Connection, scope: Scope, ids: Sequence[str]) -> tuple[CaseLine, ...]:
    """The lines of these cases, in the order given: three statements, however many there are."""
    if not ids or not scope.sees("common"):
        return ()
    rows = {
        row.id: dict(row._mapping) for row in connection.execute(_columns(scope).where(CASE.c.id.in_(ids)))
    }
    due, blocked = _next(connection, ids), _blockages(connection, scope, ids)
    return tuple(
        CaseLine(**rows[key], next=due.get(key), blockages=blocked.get(key, ())) for key in ids if key in rows
    )


def _columns(scope: Scope) -> sa.Select[Any]:
    """Whether the reader is named is found once: for each column, it took longer to plan than to read."""

    def shown(column: sa.ColumnElement[Any], instead: str | None = None) -> sa.ColumnElement[Any]:
        return sa.case((OPENED, column), else_=instead)

    return (
        sa.select(
            CASE.c.id,
            CASE.c.kind,
            CASE.c.state,
            CASE.c.version,
            OPENED.label("opens"),
            CASE.c.protected,
            CASE.c.urgent,
            shown(HOUSEHOLD.c.name, PROTECTED).label("household"),
            shown(COMMUNE.c.name).label("commune"),
            CASE.c.owner_id,
            ACCOUNT.c.name.label("owner"),
            shown(BODY.c.name).label("service"),
            CASE.c.referred_on,
            CASE.c.stage_since,
            CASE.c.offers_made,
            shown(COURSE.c.state).label("course"),
            shown(ESCALATION.c.ici).label("ici"),
        )
        .select_from(CASE)
        .join(HOUSEHOLD, HOUSEHOLD.c.id == CASE.c.household_id)
        .join(COMMUNE, COMMUNE.c.insee == CASE.c.commune)
        .join(BODY, BODY.c.id == CASE.c.body_id)
        .outerjoin(READER, named(scope))
        .outerjoin(ACCOUNT, ACCOUNT.c.id == CASE.c.owner_id)
        .outerjoin(COURSE, COURSE.c.id == CASE.c.course_id)
        .outerjoin(ESCALATION, ESCALATION.c.id == COURSE.c.escalation_id)
    )


def _next(connection: Connection, ids: Sequence[str]) -> dict[str, Next]:
    """The end of retention is the data office's affair, not the next step of a household."""
    query = (
        sa.select(DEADLINE.c.case_id, DEADLINE.c.kind, DEADLINE.c.due_on, DEADLINE.c.nature)
        .where(DEADLINE.c.case_id.in_(ids), DEADLINE.c.closed_at.is_(None), DEADLINE.c.kind != "retention")
        .order_by(DEADLINE.c.due_on.desc(), DEADLINE.c.id.desc())
    )
    return {row.case_id: Next(row.kind, row.due_on, row.nature) for row in connection.execute(query)}


def _blockages(connection: Connection, scope: Scope, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    query = (
        sa.select(BLOCKAGE.c.case_id, BLOCKAGE.c.theme)
        .join(CASE, CASE.c.id == BLOCKAGE.c.case_id)
        .where(BLOCKAGE.c.case_id.in_(ids), BLOCKAGE.c.until.is_(None), opens(scope))
        .order_by(BLOCKAGE.c.since, BLOCKAGE.c.id)
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(query):
        if row.theme != VIOLENCE or scope.sees("safety"):
            found[row.case_id] = (*found.get(row.case_id, ()), row.theme)
    return found


def row_by_row(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """The same, asked of each row found: its own indexes would tempt SQLite away from a better one."""
    return sa.case((condition, 1), else_=0) == 1
