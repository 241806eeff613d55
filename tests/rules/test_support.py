"""The usual end of a support measure, at the lengths of domain 1.6."""

from datetime import date

import pytest

from cases.labels import OBSTACLES
from cases.rules.obstacles import USUAL_ACTIONS, Noted, to_follow
from cases.rules.support import extension_setting, length_setting, support_end
from cases.territory import load_settings

D = date
FSL = "services.lenord.fr"


@pytest.mark.parametrize(
    ("kind", "specific", "started_on", "end"),
    [
        ("asll", False, D(2026, 1, 31), D(2026, 7, 31)),
        ("asll", False, D(2026, 8, 31), D(2027, 2, 28)),
        ("asll", True, D(2028, 2, 29), D(2029, 2, 28)),
        ("avdl", False, D(2027, 8, 31), D(2028, 2, 29)),
        ("cesf", True, D(2026, 5, 4), D(2026, 11, 4)),
    ],
)
def test_the_usual_end_is_months_from_the_first_day(
    kind: str, specific: bool, started_on: date, end: date
) -> None:
    key = length_setting(kind, specific=specific)
    assert key is not None
    months = load_settings().int_on(key, started_on)
    found = support_end(started_on, months, FSL, "D")
    assert (found.value, found.missing) == (end, ())
    assert found.inputs == {"started_on": started_on, "months": months}


def test_a_judge_says_how_long_a_guardianship_lasts() -> None:
    assert length_setting("guardianship", specific=False) is None
    found = support_end(D(2026, 5, 4), None, "Code civil, art. 441", "C")
    assert found.value is None
    assert [reason.code for reason in found.missing] == ["support.until"]


def test_the_fsl_is_extended_by_the_same_again_and_the_others_by_their_own_setting() -> None:
    assert extension_setting("asll", specific=True) == "support_fsl_specific_months"
    assert extension_setting("asll", specific=False) == "support_fsl_months"
    assert extension_setting("guardianship", specific=False) == "support_extension_months"
    assert extension_setting("ccas", specific=False) == "support_extension_months"


def test_an_obstacle_of_the_grid_waits_until_somebody_follows_it() -> None:
    signed = date(2026, 1, 26)
    noted = [
        Noted("digital", date(2026, 1, 10), open=True),  # before, still open
        Noted("arrears", date(2026, 1, 10), open=False),  # settled before: seen again since
        Noted("mobility", date(2026, 2, 1), open=False),  # followed since, and settled
    ]
    assert to_follow(["digital", "arrears", "mobility", "other"], signed, noted) == ("arrears", "other")
    assert set(USUAL_ACTIONS) == set(OBSTACLES)
