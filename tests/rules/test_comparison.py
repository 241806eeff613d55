"""What is paid before and after, worked by hand; a fact not known is said, never guessed."""

import json
from decimal import Decimal as E

import pytest

from cases.rules.comparison import Comparison, Dwelt, Trend, compare
from cases.rules.means import HousingBill

BEFORE = Dwelt(bill=HousingBill(rent=E(400), charges=E(80), housing_aid=E(210)), surface_m2=E(60))


def after(rent: int, surface: int | None = 75, **more: E) -> Dwelt:
    bill = HousingBill(rent=E(rent), charges=E(90), housing_aid=E(230))
    return Dwelt(bill=bill, surface_m2=None if surface is None else E(surface), **more)


def compared(new: Dwelt, resources: E | None = E(1200)) -> Comparison:
    return compare(BEFORE, new, resources, stable_percent=E(5))


def test_the_net_cost_rises_by_fifty_euros_but_falls_for_the_same_surface() -> None:
    found = compared(after(460))
    assert (found.net_before.value, found.net_after.value) == (E("270.00"), E("320.00"))
    assert found.change.value == E("50.00")
    assert found.change_equal_surface.value == E("-14.00")  # 320 ÷ 75 × 60 − 270
    assert (found.effort_before.value, found.effort_after.value) == (E("0.225"), E("0.267"))
    assert found.trend.value is Trend.UP
    assert found.change.to_validate


@pytest.mark.parametrize(
    ("rent", "trend"),
    [
        (423, Trend.STABLE),  # 283 € is 13 € more: within 5 % of 270 (13.50)
        (424, Trend.UP),
        (397, Trend.STABLE),
        (396, Trend.DOWN),
    ],
)
def test_stable_is_within_the_percentage_of_what_was_paid(rent: int, trend: Trend) -> None:
    assert compared(after(rent)).trend.value is trend


def test_the_rent_cut_lowers_what_is_left_to_pay() -> None:
    assert compared(after(460, rent_cut=E("12.50"))).net_after.value == E("307.50")


def test_what_is_not_known_is_said() -> None:
    unknown = Dwelt(bill=HousingBill(rent=E(460), charges=None, housing_aid=None))
    found = compared(unknown, None)
    assert [reason.code for reason in found.net_after.missing] == ["charges_missing", "housing_aid_missing"]
    assert [reason.code for reason in found.change.missing] == ["after_missing"]
    assert [reason.code for reason in found.change_equal_surface.missing] == [
        "after_missing",
        "surface_after_missing",
    ]
    assert found.trend.value is None
    assert found.effort_before.missing[0].code == "monthly_resources_missing"


def test_the_result_is_plain_json_with_its_source() -> None:
    plain = compared(after(460)).as_json()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["trend"]["value"] == "up"
    assert "non lue" in plain["change"]["source"]
