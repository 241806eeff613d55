"""Every open deadline in the reach of a reader: how near it is, day by day, and what is about to be said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from db.engine import reading
from db.queries.my_day import DueLine, due_columns, due_line
from db.queries.queue_lines import DEADLINE
from db.queries.visible import CASE, opens, sees
from db.rows import table_of
from db.scope import Scope
from db.tables.ici import IciSession

SESSION = table_of(IciSession)
PAGE_SIZE = 20
WEEK = timedelta(days=7)
LATE, SOON, LATER = "late", "week", "later"
BUCKETS = (LATE, SOON, LATER)
JOINED = DEADLINE.outerjoin(CASE, CASE.c.id == DEADLINE.c.case_id)
Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Wanted:
    """`communes`: those of one ICI (then protected cases of others are left out, as in the queues)."""

    mine: bool = False
    kind: str = ""
    nature: str = ""
    ici: str = ""
    communes: frozenset[str] = frozenset()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class DuePage:
    """`number` starts at 1 and is never beyond `pages`."""

    lines: tuple[DueLine, ...]
    total: int
    number: int
    pages: int


def due_page(scope: Scope, bucket: str, wanted: Wanted, *, today: date, number: int = 1) -> DuePage:
    """One page of "late", "week" (today and the seven days after it) or "later", the nearest first."""
    where = [*_wanted(scope, wanted), _bucket(bucket, today)]
    if wanted.day is not None:
        where.append(DEADLINE.c.due_on == wanted.day)
    count = sa.select(sa.func.count()).select_from(JOINED).where(*where)
    order = (DEADLINE.c.due_on, DEADLINE.c.id)
    with reading() as connection:
        total = connection.execute(count).scalar_one()
        pages = max(1, -(-total // PAGE_SIZE))
        shown = min(max(1, number), pages)
        query = due_columns(scope, JOINED).where(*where).order_by(*order)
        rows = connection.execute(query.limit(PAGE_SIZE).offset((shown - 1) * PAGE_SIZE)).mappings().all()
    return DuePage(tuple(due_line(row) for row in rows), total, shown, pages)


def due_counts(scope: Scope, wanted: Wanted, today: date) -> dict[str, int]:
    """How many in each bucket."""
    with reading() as connection:
        return {
            bucket: connection.execute(
                sa.select(sa.func.count())
                .select_from(JOINED)
                .where(*_wanted(scope, wanted), _bucket(bucket, today))
            ).scalar_one()
            for bucket in BUCKETS
        }


def due_by_day(scope: Scope, wanted: Wanted, first: date, last: date) -> Mapping[date, int]:
    """How many fall on each day from `first` to `last`, both included; days without any are left out."""
    inside = DEADLINE.c.due_on.between(first, last)
    query = (
        sa.select(DEADLINE.c.due_on, sa.func.count())
        .select_from(JOINED)
        .where(*_wanted(scope, wanted), inside)
        .group_by(DEADLINE.c.due_on)
    )
    with reading() as connection:
        return {day: int(count) for day, count in connection.execute(query)}


def about_to_be_said(scope: Scope, day: date, limit: int = PAGE_SIZE) -> tuple[DueLine, ...]:
    """The deadlines that the sweep of `day` will remind somebody of, as things stand now."""
    where = [*_wanted(scope, Wanted()), DEADLINE.c.remind_on <= day]
    query = due_columns(scope, JOINED).where(*where).order_by(DEADLINE.c.due_on, DEADLINE.c.id).limit(limit)
    with reading() as connection:
        return tuple(due_line(row) for row in connection.execute(query).mappings())


def _bucket(bucket: str, today: date) -> Condition:
    end = today + WEEK
    return {
        LATE: DEADLINE.c.due_on < today,
        SOON: DEADLINE.c.due_on.between(today, end),
        LATER: DEADLINE.c.due_on > end,
    }[bucket]


def _wanted(scope: Scope, wanted: Wanted) -> list[Condition]:
    where: list[Condition] = [DEADLINE.c.closed_at.is_(None), DEADLINE.c.kind != "retention", _reach(scope)]
    if wanted.mine:
        where.append(DEADLINE.c.owner_id == scope.account_id)
    for column, value in (("kind", wanted.kind), ("nature", wanted.nature)):
        if value:
            where.append(DEADLINE.c[column] == value)
    if wanted.ici:
        where.append(_of_ici(scope, wanted))
    return where


def _reach(scope: Scope) -> Condition:
    me: Any = DEADLINE.c.owner_id == scope.account_id
    if scope.reach == "all":
        return sa.true()
    if scope.reach == "body":
        return sa.or_(me, DEADLINE.c.body_id == scope.body_id)
    if scope.reach == "own":
        return sa.or_(me, sa.and_(CASE.c.id.is_not(None), sees(scope)))
    return sa.false()


def _of_ici(scope: Scope, wanted: Wanted) -> Condition:
    """A case of its communes, or a session of its own."""
    sessions = sa.select(sa.literal("session:") + SESSION.c.id).where(SESSION.c.ici == wanted.ici)
    of_case = sa.and_(CASE.c.commune.in_(sorted(wanted.communes)), opens(scope))
    return sa.or_(of_case, DEADLINE.c.subject.in_(sessions))
