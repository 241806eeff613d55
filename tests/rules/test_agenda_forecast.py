"""The agenda forecast, by hand: 90 minutes of temps 2, 10 minutes an item."""

from datetime import date

from cases.rules.agenda_forecast import Ahead, Assumed, Known, forecast

ASSUMED = Assumed(item_minutes=10, return_percent=50, raised_percent=20, cases_per_item=2, available=90)
MARCH, SEPTEMBER = date(2027, 3, 16), date(2027, 9, 14)


def test_what_is_known_then_what_is_expected_and_what_overflows_goes_on() -> None:
    """March: 7 filed + 4 owed × 50 % + 20 blocked × 20 % / 2 = 11 items, 110 min, 20 too many = 2 items.

    September: half of the 9 items that March decides, the 2 left over, 2 blocked again = 8.5 items.
    """
    sessions = [
        Ahead("s1", MARCH, False, {"filed": Known(7, 70)}, owed=4),
        Ahead("s2", SEPTEMBER, False, {}, owed=0),
    ]
    found = forecast(sessions, 20, ASSUMED)
    assert found.value is not None
    first, second = found.value
    assert (first.items, first.minutes, first.over) == (11, 110, 20)
    assert {part: known.items for part, known in second.parts.items()} == {
        "returns_expected": 4.5, "carried_expected": 2, "blocked_expected": 2,
    }  # fmt: skip
    assert (second.minutes, second.over) == (85, 0)
    assert found.certainty == "E"
    assert found.to_validate
    assert found.inputs["blocked"] == 20


def test_a_frozen_list_takes_no_more_blocked_case_and_own_minutes_count() -> None:
    found = forecast(
        [Ahead("s1", MARCH, True, {"filed": Known(2, 45), "returned": Known(1, 15)}, 0)], 500, ASSUMED
    )
    assert found.value is not None
    assert (found.value[0].items, found.value[0].minutes) == (3, 60)


def test_nothing_planned_forecasts_nothing() -> None:
    assert forecast([], 12, ASSUMED).value == ()
