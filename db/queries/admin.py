"""The administration page: accounts, organisations, runs of the clock, size of the journal."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from db.engine import reading
from db.rows import table_of
from db.scope import Scope
from db.tables.clock import ClockRun
from db.tables.journal import JournalEntry, JournalHead
from db.tables.people import Account, Body

ACCOUNT, BODY = table_of(Account), table_of(Body)
RUN, HEAD, ENTRY = table_of(ClockRun), table_of(JournalHead), table_of(JournalEntry)

ADMINISTRATOR, SECRETARIAT = "administrator", "ici_secretariat"


@dataclass(frozen=True, slots=True)
class AccountLine:
    id: str
    name: str
    email: str
    role: str
    body: str
    is_lead: bool
    ici: str | None
    active: bool
    absent_from: date | None
    absent_until: date | None
    deputy: str | None
    has_password: bool


@dataclass(frozen=True, slots=True)
class BodyLine:
    """`accounts`: how many may sign in. `successor`: the organisation that it became."""

    id: str
    name: str
    kind: str
    commune: str | None
    successor: str | None
    accounts: int


@dataclass(frozen=True, slots=True)
class FlowRuns:
    """The last good run of one flow, and its last run whatever it was, in our own database."""

    flow: str
    good_at: datetime | None
    good_day: date | None
    counts: dict[str, Any]
    last_at: datetime
    last_good: bool


@dataclass(frozen=True, slots=True)
class JournalSize:
    lines: int
    last_at: datetime | None


def accounts(scope: Scope) -> tuple[AccountLine, ...]:
    """Every account but the system's own, those in use first."""
    if scope.role != ADMINISTRATOR:
        return ()
    deputy = ACCOUNT.alias("deputy")
    plain = ("id", "name", "email", "role", "is_lead", "ici", "active", "absent_from", "absent_until")
    query = (
        sa.select(
            *(ACCOUNT.c[name] for name in plain),
            BODY.c.name.label("body"),
            deputy.c.name.label("deputy"),
            (ACCOUNT.c.password_hash != "").label("has_password"),
        )
        .join(BODY, BODY.c.id == ACCOUNT.c.body_id)
        .outerjoin(deputy, deputy.c.id == ACCOUNT.c.deputy_id)
        .where(ACCOUNT.c.role != "system")
        .order_by(ACCOUNT.c.active.desc(), BODY.c.name, ACCOUNT.c.name)
    )
    with reading() as connection:
        return tuple(AccountLine(**row) for row in connection.execute(query).mappings())


def bodies(scope: Scope) -> tuple[BodyLine, ...]:
    if scope.role != ADMINISTRATOR:
        return ()
    successor = BODY.alias("successor")
    count = (
        sa.select(sa.func.count())
        .where(ACCOUNT.c.body_id == BODY.c.id, ACCOUNT.c.active.is_(True), ACCOUNT.c.role != "system")
        .scalar_subquery()
    )
    query = (
        sa.select(
            BODY.c.id,
            BODY.c.name,
            BODY.c.kind,
            BODY.c.commune,
            successor.c.name.label("successor"),
            count.label("accounts"),
        )
        .outerjoin(successor, successor.c.id == BODY.c.successor_id)
        .order_by(BODY.c.kind, BODY.c.name)
    )
    with reading() as connection:
        return tuple(BodyLine(**row) for row in connection.execute(query).mappings())


def flow_runs(scope: Scope) -> tuple[FlowRuns, ...]:
    """One line for each flow that ever ran."""
    if scope.role not in {ADMINISTRATOR, SECRETARIAT}:
        return ()
    last = sa.select(RUN.c.flow, sa.func.max(RUN.c.id).label("last_id")).group_by(RUN.c.flow).subquery()
    good = (
        sa.select(RUN.c.flow, sa.func.max(RUN.c.id).label("good_id"))
        .where(RUN.c.good.is_(True))
        .group_by(RUN.c.flow)
        .subquery()
    )
    latest, best = RUN.alias("latest"), RUN.alias("best")
    query = (
        sa.select(
            last.c.flow,
            best.c.ended_at.label("good_at"),
            best.c.day.label("good_day"),
            best.c.counts,
            latest.c.ended_at.label("last_at"),
            latest.c.good.label("last_good"),
        )
        .select_from(last)
        .join(latest, latest.c.id == last.c.last_id)
        .outerjoin(good, good.c.flow == last.c.flow)
        .outerjoin(best, best.c.id == good.c.good_id)
        .order_by(last.c.flow)
    )
    with reading() as connection:
        rows = connection.execute(query).mappings()
        return tuple(FlowRuns(**(dict(row) | {"counts": row["counts"] or {}})) for row in rows)


def journal_size(scope: Scope) -> JournalSize:
    """How many accepted commands there are, and when the last one was."""
    if scope.role != ADMINISTRATOR:
        return JournalSize(0, None)
    number = sa.select(HEAD.c.number).where(HEAD.c.id == 1)
    with reading() as connection:
        lines = int(connection.execute(number).scalar() or 0)
        last = sa.select(ENTRY.c.recorded_at).where(ENTRY.c.number == lines)
        return JournalSize(lines, connection.execute(last).scalar())
