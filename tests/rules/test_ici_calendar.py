"""Years of sessions ahead: the dates of domain 9 come out of the rule."""

from datetime import date

import pytest

from cases.rules.ici_calendar import session_dates


def days(*written: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in written)


def test_the_third_tuesday_stays_a_third_tuesday() -> None:
    """ICI-A and ICI-B of domain 9."""
    assert session_dates(date(2026, 3, 17), 3, 6) == days("2026-03-17", "2026-09-15", "2027-03-16")
    assert session_dates(date(2026, 3, 24), 2, 6) == days("2026-03-24", "2026-09-22")


def test_a_fifth_weekday_becomes_the_fourth_where_there_is_none() -> None:
    assert session_dates(date(2026, 3, 31), 2, 6) == days("2026-03-31", "2026-09-29")
    assert session_dates(date(2026, 9, 29), 2, 5) == days("2026-09-29", "2027-02-23")


def test_a_public_holiday_moves_to_the_next_working_day() -> None:
    """The second Tuesday of May 2029 is the eighth, a holiday."""
    assert session_dates(date(2028, 11, 14), 2, 6) == days("2028-11-14", "2029-05-09")


@pytest.mark.parametrize(("count", "months"), [(0, 6), (2, 0)])
def test_nothing_to_plan_is_an_error(count: int, months: int) -> None:
    with pytest.raises(ValueError, match="at least one session"):
        session_dates(date(2026, 3, 17), count, months)
