"""Calendar arithmetic of deadlines. Every date is an argument; days are days of Europe/Paris."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

import holidays
from dateutil.relativedelta import relativedelta

from cases.clock import PARIS

WeekendPolicy = Literal["keep", "previous_working_day"]

SATURDAY = 5


def add_months(day: date, months: int) -> date:
    """`day` moved by `months` (negative goes back), clipped to the end of a shorter month.

    Always count from the origin: adding 1 month twice to 31 January is not adding 2 months.
    Raises ValueError outside the years 1 to 9999.
    """
    return day + relativedelta(months=months)


def end_of_day(day: date) -> datetime:
    """The exclusive limit of `day`: 00:00 Europe/Paris of the next day, as an aware instant in UTC."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=PARIS).astimezone(UTC)


def on_time(recorded_at: datetime, limit_on: date) -> bool:
    """True when the server recorded it on or before `limit_on`, that is until 23:59:59 in Paris.

    Raises ValueError for a naive instant: without its zone an hour around midnight cannot be judged.
    """
    if recorded_at.tzinfo is None:
        raise ValueError("recorded_at must be aware")
    return recorded_at < end_of_day(limit_on)


def pre_ici_limit(session_on: date, months: int, weekend_policy: WeekendPolicy = "keep") -> date:
    """Last day, inclusive, to raise a blockage for the ICI session of `session_on`.

    `months` calendar months before the session, clipped (seed: two months ahead; domain 2.3).
    `keep` leaves a Saturday as it is; `previous_working_day` goes back to an open day.
    Raises ValueError for a negative `months` or an unknown policy.
    """
    if months < 0:
        raise ValueError("months before the session cannot be negative")
    limit = add_months(session_on, -months)
    if weekend_policy == "keep":
        return limit
    if weekend_policy != "previous_working_day":
        raise ValueError(f"unknown weekend policy {weekend_policy!r}")
    return limit if is_working_day(limit) else add_working_days(limit, -1)


def days_between(start: date, end: date) -> int:
    """Calendar days from `start` to `end`: 0 on the same day, negative when `end` is earlier."""
    return (end - start).days


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FR", years=year))


def is_working_day(day: date) -> bool:
    """Monday to Friday and not a public holiday of France (metropolitan list, without Alsace-Moselle)."""
    return day.weekday() < SATURDAY and day not in _public_holidays(day.year)


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after `day` (before it when `n` is negative); `n` = 0 gives `day` unchanged."""
    step = timedelta(days=1 if n > 0 else -1)
    remaining = abs(n)
    while remaining:
        day += step
        remaining -= is_working_day(day)
    return day
