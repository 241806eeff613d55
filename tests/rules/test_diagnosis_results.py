"""What the diagnosis computes, by hand: the household of domain case 10, ceilings of 5.6, notes that say."""

from datetime import date
from decimal import Decimal as E
from typing import Any

import pytest

from cases.rules.diagnosis import (
    DEPENDANTS_NOTE,
    Situation,
    Thresholds,
    category_of,
    diagnose,
    old_enough,
    outdated_on,
)
from cases.rules.means import HousingBill, IncomeGroup, IncomeGroupRules
from cases.rules.occupancy import Occupant

RULES = Thresholds(
    manifest_lack=2,
    residual_alert=E(10),
    rsa_single=E("651.69"),
    groups=IncomeGroupRules(very_modest_below=E(1), modest_below=E(2)),
)
CHILDREN = (15, 12, 10, 8, 3)
MME_A = Situation(
    on=date(2026, 6, 12),
    occupants=(Occupant(38, "F"), *(Occupant(age) for age in CHILDREN)),
    children=CHILDREN,
    rooms=3,
    surface_m2=E(62),
    bill=HousingBill(rent=E(410), charges=E(90), housing_aid=E(320)),
    monthly_resources=E(1620),
    reference_income=E(14000),
    burdens=E(60),
)


def values(facts: Situation, rules: Thresholds = RULES) -> dict[str, Any]:
    return {code: found.value for code, found in diagnose(facts, rules).means.items()}


def but(**changes: Any) -> Situation:
    known = {name: getattr(MME_A, name) for name in Situation.__dataclass_fields__}
    return Situation(**known | changes)


def test_mme_a_her_occupation_and_her_means() -> None:
    result = diagnose(MME_A, RULES)
    assert result.occupancy.over_occupied_by_surface.value is False  # 62 m², 52 needed for six
    assert result.occupancy.rooms_index.value == -2
    assert values(MME_A) == {
        "need_typology": (5, 6),
        "consumption_units": E("2.7"),  # 1 + 0.5 + 4 × 0.3
        "resources_per_uc": E("7200.00"),  # 1 620 × 12 ÷ 2.7
        "first_quartile": None,
        "income_group": IncomeGroup.VERY_MODEST,
        "financing_class": "PLAI",
        "ceiling_plai": E(36776),  # category 7: 60 156 × 0.55 + 6 710 × 0.55
        "ceiling_plus": E(66866),  # one adult, five dependants: category 7, 60 156 + 6 710
        "ceiling_pls": E(86926),
        "net_housing_cost": E("180.00"),
        "effort_rate": E("0.111"),
        "residual_income": E("17.04"),  # (1 620 − 180 − 60) ÷ 2.7 ÷ 30
        "residual_alert": False,
    }


def test_the_quartile_is_refused_without_its_threshold_then_computed() -> None:
    assert diagnose(MME_A, RULES).means["first_quartile"].missing[0].sentence.startswith("Seuil non")
    known = Thresholds(manifest_lack=2, residual_alert=E(10), quartile=E(8281), groups=RULES.groups)
    assert values(MME_A, known)["first_quartile"] is True
    assert values(MME_A, known)["income_group"] is None  # no RSA amount for that day


def test_a_later_income_lower_by_ten_percent_or_more_replaces_that_of_the_notice() -> None:
    """Domain 4.1: RFR N-2, or N-1 or the last twelve months when they are at least 10 % lower."""
    for later, retained in (("18000", "18000"), ("18000.01", "20000"), ("25000", "20000")):
        found = diagnose(but(reference_income=E(20000), later_income=E(later)), RULES).means
        assert found["retained_income"].value == E(retained)
        assert "10 %" in found["retained_income"].note
    assert "retained_income" not in values(MME_A)
    alone = but(occupants=(Occupant(40),), children=(), reference_income=E(24000), later_income=E(12000))
    assert values(alone)["financing_class"] == "PLAI"  # 12 872 for one person: 23 403 × 0.55
    assert values(but(reference_income=None, later_income=E(9000)))["retained_income"] is None


def test_less_than_ten_euros_a_day_is_an_alert_to_be_validated() -> None:
    found = diagnose(but(monthly_resources=E(1000)), RULES).means
    assert found["residual_income"].value == E("9.38")
    assert found["residual_alert"].value is True
    assert found["residual_alert"].to_validate


def test_a_child_to_be_born_counts_as_one_more_person() -> None:
    result = diagnose(but(unborn=True), RULES)
    assert result.occupancy.over_occupied_by_surface.inputs["legal_minimum_m2"] == 61
    assert result.occupancy.over_occupied_by_surface.value is False
    assert result.means["consumption_units"].value == E("3.0")
    assert "naissance attendue" in result.means["ceiling_plus"].note


COUPLE = (Occupant(27, "F", in_couple=True), Occupant(28, "M", in_couple=True))


@pytest.mark.parametrize(
    ("changes", "category"),
    [
        ({"occupants": (Occupant(40),), "children": ()}, 1),
        ({"occupants": COUPLE, "children": ()}, 3),  # 27 + 28 = 55: a young couple
        ({"occupants": (*COUPLE[:1], Occupant(29, "M", in_couple=True)), "children": ()}, 2),
        ({"occupants": (Occupant(40), Occupant(9)), "children": (9,)}, 3),
        ({"occupants": (Occupant(40), Occupant(22)), "children": (22,)}, 2),  # 22: no dependant by default
        ({"occupants": (Occupant(40), Occupant(22)), "children": (22,), "dependants": 1}, 3),
        ({"occupants": (Occupant(40),), "children": (), "lifted": True}, 2),
        ({"occupants": COUPLE, "children": (), "unborn": True}, 3),
    ],
)
def test_the_category_follows_composition_dependants_and_lifts(
    changes: dict[str, Any], category: int
) -> None:
    assert category_of(but(**changes)) == category


def test_dependants_taken_by_default_are_said() -> None:
    assert DEPENDANTS_NOTE in diagnose(MME_A, RULES).means["ceiling_plus"].note
    assert DEPENDANTS_NOTE not in diagnose(but(dependants=5), RULES).means["ceiling_plus"].note


def test_nothing_is_guessed_of_an_empty_household_or_dwelling() -> None:
    empty = Situation(on=date(2026, 6, 12), occupants=())
    found = diagnose(empty, RULES).means
    assert set(found) == {
        "consumption_units", "resources_per_uc", "first_quartile", "net_housing_cost", "effort_rate",
        "residual_income", "residual_alert",
    }  # fmt: skip
    assert all(one.value is None and one.missing for one in found.values())


@pytest.mark.parametrize(
    ("signed", "outdated"),
    [
        (date(2026, 1, 31), date(2027, 1, 31)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2026, 3, 29), date(2027, 3, 29)),
    ],
)
def test_a_diagnosis_is_to_be_done_again_after_twelve_months(signed: date, outdated: date) -> None:
    assert outdated_on(signed, 12) == outdated


def test_a_decohabitation_asks_two_years_of_presence() -> None:
    assert old_enough(date(2024, 4, 14), date(2026, 4, 14), 2)
    assert not old_enough(date(2024, 4, 15), date(2026, 4, 14), 2)
