"""Dates of deadlines, as literal cases: months, days of Paris, both clock changes, working days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.clock import PARIS, day_in_paris
from cases.rules.dates import (
    add_months,
    add_working_days,
    days_between,
    end_of_day,
    is_working_day,
    on_time,
    pre_ici_limit,
)

D = date
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (D(2026, 1, 31), 1, D(2026, 2, 28)),
        (D(2028, 1, 31), 1, D(2028, 2, 29)),
        (D(2027, 8, 31), 6, D(2028, 2, 29)),
        (D(2026, 8, 31), 6, D(2027, 2, 28)),
        (D(2026, 8, 30), 6, D(2027, 2, 28)),
        (D(2026, 8, 29), 6, D(2027, 2, 28)),
        (D(2026, 8, 28), 6, D(2027, 2, 28)),
        (D(2028, 2, 29), 12, D(2029, 2, 28)),
        (D(2028, 2, 29), 48, D(2032, 2, 29)),
        (D(2026, 3, 31), 1, D(2026, 4, 30)),
        (D(2026, 10, 31), 1, D(2026, 11, 30)),
        (D(2026, 12, 31), 2, D(2027, 2, 28)),
        (D(2026, 12, 15), 1, D(2027, 1, 15)),
        (D(2026, 5, 10), 0, D(2026, 5, 10)),
        (D(2026, 3, 31), -1, D(2026, 2, 28)),
        (D(2028, 4, 30), -2, D(2028, 2, 29)),
        # Domain section 9: follow-ups, the end of the right to stay, the execution of a decision.
        (D(2026, 3, 2), 6, D(2026, 9, 2)),
        (D(2026, 4, 22), 6, D(2026, 10, 22)),
        (D(2026, 9, 15), 6, D(2027, 3, 15)),
        (D(2027, 2, 1), 6, D(2027, 8, 1)),
        (D(2027, 2, 26), 6, D(2027, 8, 26)),
    ],
)
def test_months_are_counted_from_the_origin_and_clipped(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("session_on", "policy", "expected"),
    [
        (D(2026, 9, 15), "keep", D(2026, 7, 15)),
        (D(2026, 9, 22), "keep", D(2026, 7, 22)),
        (D(2026, 3, 17), "keep", D(2026, 1, 17)),
        (D(2026, 3, 24), "keep", D(2026, 1, 24)),
        (D(2027, 3, 16), "keep", D(2027, 1, 16)),
        (D(2026, 4, 30), "keep", D(2026, 2, 28)),
        (D(2028, 4, 30), "keep", D(2028, 2, 29)),
        (D(2026, 9, 15), "previous_working_day", D(2026, 7, 15)),
        (D(2026, 3, 17), "previous_working_day", D(2026, 1, 16)),
        (D(2026, 3, 24), "previous_working_day", D(2026, 1, 23)),
        (D(2027, 3, 16), "previous_working_day", D(2027, 1, 15)),
        (D(2026, 4, 30), "previous_working_day", D(2026, 2, 27)),
        (D(2026, 9, 14), "previous_working_day", D(2026, 7, 13)),  # 14 July
        (D(2026, 7, 14), "previous_working_day", D(2026, 5, 13)),  # Ascension is a Thursday
        (D(2026, 6, 6), "previous_working_day", D(2026, 4, 3)),  # Easter Monday, then the weekend
    ],
)
def test_the_limit_before_an_ici_is_two_months_ahead(session_on: date, policy: str, expected: date) -> None:
    assert pre_ici_limit(session_on, 2, policy) == expected  # type: ignore[arg-type]


def test_an_unknown_policy_or_a_negative_delay_is_refused() -> None:
    with pytest.raises(ValueError, match="policy"):
        pre_ici_limit(D(2026, 9, 15), 2, "next_monday")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="negative"):
        pre_ici_limit(D(2026, 9, 15), -2)


@pytest.mark.parametrize(
    ("day", "limit"),
    [
        (D(2026, 1, 17), datetime(2026, 1, 17, 23, 0, tzinfo=UTC)),
        (D(2026, 7, 15), datetime(2026, 7, 15, 22, 0, tzinfo=UTC)),
        # The clock moves forward on 29/03/2026 and 28/03/2027, back on 25/10/2026 and 31/10/2027.
        (D(2026, 3, 28), datetime(2026, 3, 28, 23, 0, tzinfo=UTC)),
        (D(2026, 3, 29), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
        (D(2026, 10, 24), datetime(2026, 10, 24, 22, 0, tzinfo=UTC)),
        (D(2026, 10, 25), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
        (D(2027, 3, 27), datetime(2027, 3, 27, 23, 0, tzinfo=UTC)),
        (D(2027, 3, 28), datetime(2027, 3, 28, 22, 0, tzinfo=UTC)),
        (D(2027, 10, 30), datetime(2027, 10, 30, 22, 0, tzinfo=UTC)),
        (D(2027, 10, 31), datetime(2027, 10, 31, 23, 0, tzinfo=UTC)),
        (D(2026, 12, 31), datetime(2026, 12, 31, 23, 0, tzinfo=UTC)),
        (D(2028, 2, 29), datetime(2028, 2, 29, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_in_paris(day: date, limit: datetime) -> None:
    assert end_of_day(day) == limit
    assert end_of_day(day).tzinfo is UTC


@pytest.mark.parametrize(
    ("recorded_at", "limit_on", "expected"),
    [
        (datetime(2026, 7, 15, 23, 59, 59, tzinfo=PARIS), D(2026, 7, 15), True),
        (datetime(2026, 7, 15, 23, 59, 59, 999999, tzinfo=PARIS), D(2026, 7, 15), True),
        (datetime(2026, 7, 16, 0, 0, 0, tzinfo=PARIS), D(2026, 7, 15), False),
        (datetime(2026, 7, 15, 21, 59, 59, tzinfo=UTC), D(2026, 7, 15), True),
        (datetime(2026, 7, 15, 22, 30, tzinfo=UTC), D(2026, 7, 15), False),
        (datetime(2026, 7, 16, 9, 12, tzinfo=PARIS), D(2026, 7, 15), False),
        (datetime(2026, 7, 10, 14, 0, tzinfo=PARIS), D(2026, 7, 15), True),
        (datetime(2026, 7, 8, 11, 0, tzinfo=PARIS), D(2026, 7, 15), True),
        (datetime(2026, 1, 17, 22, 30, tzinfo=UTC), D(2026, 1, 17), True),
        (datetime(2026, 1, 17, 23, 0, tzinfo=UTC), D(2026, 1, 17), False),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), D(2026, 3, 29), True),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), D(2026, 3, 29), False),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), D(2026, 10, 25), True),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), D(2026, 10, 25), False),
    ],
)
def test_the_last_day_counts_whole_in_paris(recorded_at: datetime, limit_on: date, expected: bool) -> None:
    assert on_time(recorded_at, limit_on) is expected


def test_an_instant_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        on_time(datetime(2026, 7, 15, 12, 0), D(2026, 7, 15))  # noqa: DTZ001 the naive instant is the case


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (D(2026, 1, 1), False),
        (D(2026, 1, 2), True),
        (D(2026, 1, 17), False),
        (D(2026, 4, 3), True),  # Good Friday is worked in Lille
        (D(2026, 4, 6), False),
        (D(2026, 5, 1), False),
        (D(2026, 5, 8), False),
        (D(2026, 5, 14), False),
        (D(2026, 5, 25), False),
        (D(2026, 7, 14), False),
        (D(2026, 11, 11), False),
        (D(2026, 12, 25), False),
        (D(2026, 12, 26), False),  # a Saturday
        (D(2027, 3, 29), False),
        (D(2027, 12, 27), True),
    ],
)
def test_public_holidays_and_weekends_are_not_worked(day: date, expected: bool) -> None:
    assert is_working_day(day) is expected


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (D(2026, 4, 30), 1, D(2026, 5, 4)),
        (D(2026, 5, 13), 1, D(2026, 5, 15)),
        (D(2026, 12, 24), 2, D(2026, 12, 29)),
        (D(2026, 12, 31), 1, D(2027, 1, 4)),
        (D(2026, 7, 13), 10, D(2026, 7, 28)),
        (D(2026, 5, 4), -1, D(2026, 4, 30)),
        (D(2026, 1, 17), 0, D(2026, 1, 17)),
    ],
)
def test_working_days_skip_what_is_closed(day: date, n: int, expected: date) -> None:
    assert add_working_days(day, n) == expected


def test_days_between_are_calendar_days() -> None:
    assert days_between(D(2026, 10, 10), D(2026, 10, 22)) == 12
    assert days_between(D(2026, 3, 1), D(2026, 2, 28)) == -1


@given(DAYS, st.integers(0, 120))
def test_adding_months_lands_in_the_month_meant(day: date, months: int) -> None:
    result = add_months(day, months)
    assert (result.year * 12 + result.month) - (day.year * 12 + day.month) == months
    assert result.day <= day.day


@given(DAYS)
def test_the_end_of_a_day_is_the_first_instant_of_the_next(day: date) -> None:
    limit = end_of_day(day)
    assert day_in_paris(limit) == day + timedelta(days=1)
    assert day_in_paris(limit - timedelta(microseconds=1)) == day


@given(DAYS, st.integers(1, 20))
def test_working_days_go_forth_and_back(day: date, n: int) -> None:
    forth = add_working_days(day, n)
    assert is_working_day(forth)
    assert forth > day
    if is_working_day(day):
        assert add_working_days(forth, -n) == day


@given(DAYS)
def test_the_previous_working_day_is_never_later(session_on: date) -> None:
    limit = pre_ici_limit(session_on, 2, "previous_working_day")
    assert is_working_day(limit)
    assert limit <= pre_ici_limit(session_on, 2)
