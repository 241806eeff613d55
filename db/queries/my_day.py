"""The day of somebody who follows cases: what is due, what waits for others, what has gone silent.

Lateness and silence are computed from dates here, never stored. Every line is redacted for its reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from db.engine import reading
from db.queries.queue_lines import ACCOUNT, DEADLINE, HOUSEHOLD, CaseLine, case_lines, row_by_row
from db.queries.visible import CASE, PROTECTED, opens, sees
from db.scope import Scope

MOST = 30


@dataclass(frozen=True, slots=True)
class DueLine:
    """One open deadline. `reference` is the case, the session or the decision; `case_id` is None without a
    case in sight. `opens` False: the household and the reasons of the date stay hidden."""

    id: int
    kind: str
    subject: str
    due_on: date
    nature: str
    explanation: tuple[str, ...]
    owner: str | None
    case_id: str | None
    case_kind: str | None
    state: str | None
    household: str | None
    opens: bool


@dataclass(frozen=True, slots=True)
class Due:
    """The nearest of them and how many there are in all."""

    lines: tuple[DueLine, ...] = ()
    total: int = 0


def due_lines(
    scope: Scope, *, before: date, since: date | None = None, whose: str = "me", limit: int = MOST
) -> Due:
    """Open deadlines due before `before` (and from `since` on), the oldest first.

    `whose`: "me", "service" (of the reader's organisation and held by somebody else or nobody), "body" (owed
    by the organisation), "referred" (complements asked about what it referred), "ici" (of the ICI desk).
    """
    where = [DEADLINE.c.closed_at.is_(None), DEADLINE.c.due_on < before, _whose(scope, whose)]
    if since is not None:
        where.append(DEADLINE.c.due_on >= since)
    joined = DEADLINE.outerjoin(CASE, CASE.c.id == DEADLINE.c.case_id)
    count = sa.select(sa.func.count()).select_from(joined).where(*where)
    query = due_columns(scope, joined).where(*where).order_by(DEADLINE.c.due_on, DEADLINE.c.id).limit(limit)
    with reading() as connection:
        rows = connection.execute(query).mappings().all()
        total = len(rows) if len(rows) < limit else connection.execute(count).scalar_one()
    return Due(tuple(due_line(row) for row in rows), total)


def _whose(scope: Scope, whose: str) -> sa.ColumnElement[bool]:
    me, mine = DEADLINE.c.owner_id == scope.account_id, DEADLINE.c.lead_id == scope.account_id
    followed = DEADLINE.c.kind != "retention"
    not_me = sa.or_(DEADLINE.c.owner_id.is_(None), DEADLINE.c.owner_id != scope.account_id)
    owed = sa.and_(DEADLINE.c.kind == "execution", DEADLINE.c.body_id == scope.body_id)
    return {
        "me": sa.and_(me, sa.or_(followed, mine)),
        "service": sa.and_(
            sa.literal(scope.reach == "body"),
            DEADLINE.c.body_id == scope.body_id,
            not_me,
            followed,
            DEADLINE.c.kind != "execution",
        ),
        "body": owed,
        "referred": sa.and_(
            DEADLINE.c.kind == "information_due", CASE.c.referrer_body_id == scope.body_id, sees(scope)
        ),
        "ici": sa.and_(
            sa.literal(scope.reach == "all"),
            DEADLINE.c.kind.in_(["escalation_limit", "objectification", "execution"]),
        ),
    }[whose]


def due_columns(scope: Scope, joined: Any) -> sa.Select[Any]:
    """A hand-over proposes a case that its receiver does not see yet: only its number is told."""
    in_sight = sa.and_(sees(scope), opens(scope))
    hidden = sa.case((CASE.c.protected.is_(True), PROTECTED), else_=None)
    return (
        sa.select(
            DEADLINE.c.id,
            DEADLINE.c.kind,
            DEADLINE.c.subject,
            DEADLINE.c.due_on,
            DEADLINE.c.nature,
            DEADLINE.c.explanation,
            ACCOUNT.c.name.label("owner"),
            DEADLINE.c.case_id,
            CASE.c.kind.label("case_kind"),
            CASE.c.state,
            sa.case((in_sight, HOUSEHOLD.c.name), else_=hidden).label("household"),
            sa.case((CASE.c.id.is_(None), sa.true()), else_=in_sight).label("opens"),
        )
        .select_from(joined)
        .outerjoin(HOUSEHOLD, HOUSEHOLD.c.id == CASE.c.household_id)
        .outerjoin(ACCOUNT, ACCOUNT.c.id == DEADLINE.c.owner_id)
    )


def due_line(row: Any) -> DueLine:
    shown = {**row, "explanation": tuple(row["explanation"]) if row["opens"] else ()}
    return DueLine(**shown | {"opens": bool(row["opens"])})


def silent_cases(
    scope: Scope, *, before: datetime, urgent_before: datetime, limit: int = MOST
) -> tuple[CaseLine, ...]:
    """My open cases on which nothing has happened since then, the longest silent first; a suspended one is
    reminded of by its own date."""
    quiet = sa.or_(
        CASE.c.touched_at < before, sa.and_(CASE.c.urgent.is_(True), CASE.c.touched_at < urgent_before)
    )
    mine = [CASE.c.owner_id == scope.account_id, CASE.c.suspended_until.is_(None), quiet]
    return _listed(scope, mine, CASE.c.touched_at, limit)


def unassigned_cases(scope: Scope, limit: int = MOST) -> tuple[CaseLine, ...]:
    """Open cases of my service that nobody follows, the oldest first."""
    where = [CASE.c.owner_id.is_(None), row_by_row(CASE.c.body_id == scope.body_id)]
    return _listed(scope, where, CASE.c.referred_on, limit)


def referred_cases(scope: Scope, limit: int = MOST) -> tuple[CaseLine, ...]:
    """Open cases that my organisation reported, the last moved first."""
    where = [CASE.c.referrer_body_id == scope.body_id, sees(scope)]
    return _listed(scope, where, CASE.c.touched_at.desc(), limit)


def _listed(
    scope: Scope, where: Sequence[sa.ColumnElement[bool]], order: Any, limit: int
) -> tuple[CaseLine, ...]:
    if scope.reach == "none":
        return ()
    query = sa.select(CASE.c.id).where(CASE.c.closed_on.is_(None), *where).order_by(order, CASE.c.id)
    with reading() as connection:
        ids = list(connection.execute(query.limit(limit)).scalars())
        return case_lines(connection, scope, ids)
