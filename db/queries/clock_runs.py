"""The runs of the clock in our own database: whether the morning's sweep is overdue, and the last of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from db.engine import reading
from db.rows import table_of
from db.scope import Scope
from db.tables.clock import ClockRun

RUN = table_of(ClockRun)
DAILY = "daily"
STALE = timedelta(hours=26)  # a day, and two hours for a late start: the morning's run was missed
MOST = 30
READERS = {"administrator", "ici_secretariat"}


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """`good_at`: the last good sweep, None when it never succeeded. `overdue` is False before any run at all:
    a fresh installation has missed nothing yet."""

    overdue: bool
    good_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """`counts`: what it did; of a failed one, `{"error": …}`."""

    flow: str
    day: date
    ended_at: datetime
    good: bool
    counts: dict[str, Any]


def heartbeat(now: datetime) -> Heartbeat:
    """Asked above every page: two look-ups in an index."""
    of_day = sa.select(RUN.c.ended_at).where(RUN.c.flow == DAILY).order_by(RUN.c.id.desc()).limit(1)
    with reading() as connection:
        if connection.execute(of_day).scalar() is None:
            return Heartbeat(False)
        good_at = connection.execute(of_day.where(RUN.c.good.is_(True))).scalar()
    return Heartbeat(good_at is None or now - good_at > STALE, good_at)


def last_runs(scope: Scope) -> tuple[Run, ...]:
    """The last thirty, the newest first."""
    if scope.role not in READERS:
        return ()
    columns = (RUN.c.flow, RUN.c.day, RUN.c.ended_at, RUN.c.good, RUN.c.counts)
    query = sa.select(*columns).order_by(RUN.c.id.desc()).limit(MOST)
    with reading() as connection:
        return tuple(Run(**row) for row in connection.execute(query).mappings())
