"""The dates of the sessions of an ICI, years ahead: the same weekday of the same rank, every six months."""

from collections.abc import Iterator
from datetime import date, timedelta

from cases.rules.dates import add_months, is_working_day

WEEK = 7


def session_dates(first_on: date, count: int, months: int) -> tuple[date, ...]:
    """`count` dates from `first_on`, `months` apart: the third Tuesday stays a third Tuesday.

    A fifth weekday that a month lacks becomes its fourth; a public holiday moves to the next working day.
    Raises ValueError when `count` or `months` is under 1.
    """
    if count < 1 or months < 1:
        raise ValueError("at least one session, at least a month apart")
    return tuple(_dates(first_on, count, months))


def _dates(first_on: date, count: int, months: int) -> Iterator[date]:
    rank = (first_on.day - 1) // WEEK
    yield first_on
    for number in range(1, count):
        start = add_months(first_on.replace(day=1), number * months)
        yield _open_day(_nth(start, first_on.weekday(), rank))


def _nth(start: date, weekday: int, rank: int) -> date:
    """`start` is the first of a month; rank 0 is its first such weekday."""
    first = start + timedelta(days=(weekday - start.weekday()) % WEEK)
    found = first + timedelta(weeks=rank)
    return found if found.month == start.month else found - timedelta(weeks=1)


def _open_day(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
