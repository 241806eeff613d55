"""What refusals bring about, and who is never first: literal examples of domain 1.4 and 5.5."""

from datetime import date

import pytest

from cases.labels import REFUSALS
from cases.rules.offer_effects import KNOWN, Effect, Effects
from cases.rules.runner_up import Presentation, runner_up
from cases.territory import load_settings

D = date
ROWS = (
    ("school_year", "counts", "pause"),
    ("no_lift", "counts", "need"),
    ("health_event", "excluded", "pause", "need"),
)
TABLE = Effects(ROWS, pause_days=60)


def test_each_effect_once_with_the_first_reason_that_brings_it() -> None:
    found = TABLE.of(["no_lift", "health_event", "location"], D(2026, 4, 3))
    assert found == (Effect("pause", "health_event", D(2026, 6, 2)), Effect("need", "no_lift"))
    assert TABLE.of(["school_year"], D(2026, 4, 3), D(2026, 7, 6)) == (
        Effect("pause", "school_year", D(2026, 7, 6)),
    )
    assert TABLE.of(["unknown_reason"], D(2026, 4, 3)) == ()
    assert TABLE.excluded() == {"health_event"}


def test_the_table_of_the_territory_names_every_reason_and_known_effects() -> None:
    rows = load_settings().list_on("refusal_effects", D(2026, 11, 24))
    assert {row[0] for row in rows} == set(REFUSALS)  # type: ignore[index]
    assert {cell for row in rows for cell in row[1:]} <= {"counts", "excluded", *KNOWN}  # type: ignore[index]


def seen(day: date, rank: int | None = None, *, awarded: bool = False) -> Presentation:
    return Presentation(day, rank, awarded)


TWICE = [seen(D(2025, 3, 10), 2), seen(D(2025, 9, 8), 3)]


@pytest.mark.parametrize(
    ("presented", "leased", "expected"),
    [
        ([*TWICE, seen(D(2026, 2, 2))], False, True),
        ([*TWICE, seen(D(2026, 2, 2))], True, False),
        (TWICE, False, False),
        ([*TWICE, seen(D(2026, 2, 2), 2, awarded=True)], False, False),
        ([seen(D(2024, 3, 4), 2), *TWICE], False, True),  # the very day twenty-four months ago
        ([seen(D(2024, 3, 3), 2), *TWICE], False, False),
    ],
)
def test_three_presentations_in_two_years_and_never_first(
    presented: list[Presentation], leased: bool, expected: bool
) -> None:
    found = runner_up(presented, leased=leased, times=3, months=24, today=D(2026, 3, 4))
    assert found.value is expected
    assert found.to_validate
    assert found.inputs["since"] == D(2024, 3, 4)
