"""The calendar of the follow-up at literal dates: windows, tries, what settles a milestone."""

from datetime import date

import pytest

from cases.rules.follow_up import CalendarRules, Contact, Milestone, calendar, window

D = date
RULES = CalendarRules(months=(1, 6, 12), window_days=15, tries=2)
MOVED = D(2026, 3, 2)  # domain 9, case 1


def found(*contacts: Contact, today: date, closed_on: date | None = None) -> dict[int, Milestone]:
    return {item.months: item for item in calendar(MOVED, contacts, RULES, today, closed_on)}


@pytest.mark.parametrize(
    ("moved_on", "months", "opens_on", "closes_on"),
    [
        (D(2026, 3, 2), 6, D(2026, 8, 18), D(2026, 9, 17)),
        (D(2026, 8, 31), 6, D(2027, 2, 13), D(2027, 3, 15)),  # 28 February 2027
        (D(2027, 8, 31), 6, D(2028, 2, 14), D(2028, 3, 15)),  # 29 February 2028
        (D(2026, 1, 31), 1, D(2026, 2, 13), D(2026, 3, 15)),
        (D(2028, 2, 29), 12, D(2029, 2, 13), D(2029, 3, 15)),
    ],
)
def test_the_window_of_a_milestone(moved_on: date, months: int, opens_on: date, closes_on: date) -> None:
    assert window(moved_on, months, 15) == (opens_on, closes_on)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (D(2026, 8, 17), "to_come"),
        (D(2026, 8, 18), "open"),
        (D(2026, 9, 17), "open"),
        (D(2026, 9, 18), "late"),
    ],
)
def test_both_days_of_the_window_are_in_it(today: date, state: str) -> None:
    assert found(today=today)[6].state == state


def test_one_try_leaves_it_open_two_make_the_household_unreachable() -> None:
    first, second = Contact(6, D(2026, 8, 20), False), Contact(6, D(2026, 9, 18), False)
    once = found(first, today=D(2026, 9, 1))[6]
    assert (once.state, once.tries, once.held_on) == ("open", 1, None)
    twice = found(first, second, today=D(2026, 9, 20))[6]
    assert (twice.state, twice.tries, twice.held_on) == ("unreachable", 2, D(2026, 9, 18))
    assert not twice.in_window


def test_a_contact_settles_its_milestone_and_the_earlier_one_is_no_longer_awaited() -> None:
    seen = found(Contact(6, D(2026, 9, 2), True), today=D(2026, 9, 20))
    assert {months: item.state for months, item in seen.items()} == {1: "closed", 6: "done", 12: "to_come"}
    assert seen[6].in_window
    assert seen[12].due_on == D(2027, 3, 2)


def test_what_is_left_when_the_household_has_gone_or_the_case_is_closed() -> None:
    gone = found(Contact(6, D(2026, 9, 2), False, left=True), today=D(2026, 9, 3))
    assert {item.state for item in gone.values()} == {"left"}
    assert found(today=D(2027, 6, 1), closed_on=D(2026, 10, 1))[12].state == "closed"
