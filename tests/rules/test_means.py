"""Money of the household: worked examples by hand, and what is said when a fact is missing."""

import json
from decimal import Decimal as E

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.ceilings import ceiling, financing_class, household_category
from cases.rules.means import (
    HousingBill,
    IncomeGroup,
    IncomeGroupRules,
    consumption_units,
    effort_rate,
    first_quartile,
    income_group,
    net_housing_cost,
    residual_income,
    resources_per_uc,
    rsa_equivalent,
)

GROUPS = IncomeGroupRules(very_modest_below=E(1), modest_below=E(2))
AGES = st.lists(st.integers(0, 100), min_size=1, max_size=10)


@pytest.mark.parametrize(
    ("ages", "units"),
    [
        ([58], "1"),
        ([40, 41], "1.5"),
        ([40, 41, 14], "2.0"),
        ([40, 41, 13], "1.8"),
        ([13, 40], "1.3"),
        ([38, 15, 12, 10, 8, 3], "2.7"),
    ],
)
def test_units_are_one_then_a_half_from_14_and_a_third_under(ages: list[int], units: str) -> None:
    assert consumption_units(ages).value == E(units)


@given(AGES, st.randoms())
def test_units_do_not_depend_on_the_order_of_entry(ages: list[int], random: object) -> None:
    assert consumption_units(ages).value == consumption_units(list(reversed(ages))).value


def test_resources_per_unit_are_yearly() -> None:
    assert resources_per_uc(E(1500), [40, 41]).value == E("12000.00")
    assert resources_per_uc(E(1500), []).missing[0].code == "ages_missing"
    assert resources_per_uc(None, [40]).missing[0].code == "monthly_resources_missing"


def test_the_quartile_includes_its_threshold() -> None:
    assert first_quartile(E(8281), E(8281)).value is True
    assert first_quartile(E("8281.01"), E(8281)).value is False


def test_the_quartile_is_not_computed_without_the_threshold() -> None:
    result = first_quartile(E(8000), None)
    assert result.value is None
    assert result.missing[0].sentence.startswith("Seuil non renseigné")


@pytest.mark.parametrize(
    ("resources", "group"),
    [
        (E(0), IncomeGroup.VERY_MODEST),
        (E("651.68"), IncomeGroup.VERY_MODEST),
        (E("651.69"), IncomeGroup.MODEST),
        (E("1303.38"), IncomeGroup.INTERMEDIATE),
        (E(1950), IncomeGroup.INTERMEDIATE),
        (E(1951), IncomeGroup.HIGHER),
        (E("1950.25"), IncomeGroup.HIGHER),
    ],
)
def test_the_income_group_compares_with_the_rsa_then_with_the_plus_ceiling(
    resources: E, group: IncomeGroup
) -> None:
    result = income_group(resources, E("651.69"), None, E(23403), GROUPS)
    assert result.value is group
    assert result.to_validate


def test_the_income_group_says_which_fact_it_lacks() -> None:
    assert income_group(None, None, None, None, GROUPS).missing[1].code == "rsa_equivalent_missing"
    assert income_group(E(100), E(600), None, None, GROUPS).value is IncomeGroup.VERY_MODEST
    assert income_group(E(3000), E(600), None, None, GROUPS).missing[0].code == "plus_ceiling_missing"
    assert income_group(E(1500), E(600), E(30000), E(23403), GROUPS).value is IncomeGroup.HIGHER


@pytest.mark.parametrize(
    ("persons", "couple", "coefficient"),
    [
        (1, False, "1"),
        (2, False, "1.5"),
        (2, True, "1.5"),
        (3, False, "1.8"),
        (4, True, "2.1"),
        (4, False, "2.2"),
        (5, True, "2.5"),
    ],
)
def test_the_rsa_grows_with_the_household(persons: int, couple: bool, coefficient: str) -> None:
    assert rsa_equivalent(E(100), persons, couple).value == E(100) * E(coefficient)


def test_the_rsa_of_a_couple_needs_two_persons() -> None:
    with pytest.raises(ValueError, match="adults"):
        rsa_equivalent(E(100), 1, True)


def test_the_net_cost_is_rent_and_charges_less_aids() -> None:
    assert net_housing_cost(E(400), E(80), E(210), E("12.50")).value == E("257.50")
    missing = net_housing_cost(E(400), None, None).missing
    assert [reason.code for reason in missing] == ["charges_missing", "housing_aid_missing"]


def test_the_effort_rate_is_the_bill_less_the_aid_over_resources() -> None:
    bill = HousingBill(
        rent=E(400),
        charges=E(80),
        housing_aid=E(210),
        annex_rent=E(20),
        energy_contribution=E(12),
        utilities_flat=E(18),
    )
    assert effort_rate(bill, E(1200)).value == E("0.267")


@pytest.mark.parametrize("resources", [E(0), E(-5)])
def test_the_effort_rate_never_divides_by_nothing(resources: E) -> None:
    bill = HousingBill(rent=E(400), charges=E(80), housing_aid=E(0))
    result = effort_rate(bill, resources)
    assert result.value is None
    assert result.missing[0].code == "no_resources"
    assert effort_rate(bill, None).missing[0].code == "monthly_resources_missing"


def test_the_residual_income_is_per_day_and_unit() -> None:
    assert residual_income(E(1200), E(270), E(120), [40, 41]).value == E("18.00")
    assert residual_income(E(300), E(270), E(120), [40]).value == E("-3.00")
    assert residual_income(E(1200), None, E(0), [40]).missing[0].code == "net_cost_missing"


@given(AGES, st.decimals(0, 10000, places=2), st.decimals(0, 3000, places=2))
def test_more_resources_never_leave_less_to_live_on(ages: list[int], resources: E, cost: E) -> None:
    less = residual_income(resources, cost, E(0), ages).value
    more = residual_income(resources + 100, cost, E(0), ages).value
    assert less is not None
    assert more is not None
    assert more > less


@pytest.mark.parametrize(
    ("facts", "category"),
    [
        ((1, 0), 1),
        ((2, 0), 2),
        ((2, 0, True), 3),
        ((2, 1), 3),
        ((3, 0), 3),
        ((3, 1), 3),
        ((3, 2), 4),
        ((4, 2), 4),
        ((5, 4), 6),
        ((6, 4), 6),
        ((6, 5), 7),
        ((8, 6), 8),
        ((1, 0, False, True), 2),
        ((3, 1, True), 3),
    ],
)
def test_the_category_counts_persons_and_lifts(facts: tuple[int, ...], category: int) -> None:
    assert household_category(*facts) == category  # type: ignore[arg-type]


def test_a_household_of_dependants_alone_has_no_category() -> None:
    with pytest.raises(ValueError, match="dependant"):
        household_category(2, 2)


@pytest.mark.parametrize(
    ("product", "year", "category", "amount", "certainty"),
    [
        ("PLUS", 2026, 1, 23403, "C"),
        ("PLUS", 2026, 6, 60156, "C"),
        ("PLUS", 2026, 8, 60156 + 2 * 6710, "C"),
        ("PLUS", 2017, 3, 32316, "C"),
        ("PLUS", 2024, 5, 51641, "C"),
        ("PLUS", 2025, 2, 30984, "C"),
        ("PLS", 2026, 1, 30424, "C"),
        ("PLAI", 2022, 2, 16939, "C"),
        ("PLAI", 2022, 7, 29886 + 3333, "C"),
        ("PLAI", 2026, 1, 12872, "E"),
        ("PLAI", 2026, 3, 22550, "E"),
        ("PLAI", 2026, 7, 36776, "E"),
    ],
)
def test_ceilings_are_those_of_the_year_and_the_estimate_says_so(
    product: str, year: int, category: int, amount: int, certainty: str
) -> None:
    result = ceiling(product, year, category)  # type: ignore[arg-type]
    assert result.value == amount
    assert result.certainty == certainty
    assert bool(result.note) is (certainty == "E")


def test_a_year_without_its_scale_is_said() -> None:
    assert ceiling("PLUS", 2023, 1).missing[0].code == "ceiling_year_missing"
    assert financing_class(E(1000), 2023, 1).missing[0].code == "ceiling_year_missing"
    with pytest.raises(ValueError, match="start at 1"):
        ceiling("PLUS", 2026, 0)


@pytest.mark.parametrize(
    ("income", "product", "certainty"),
    [
        (E(12872), "PLAI", "E"),
        (E(12873), "PLUS", "E"),
        (E(23404), "PLS", "C"),
        (E(30425), "above", "C"),
        (None, None, "C"),
    ],
)
def test_the_financing_class_is_the_lowest_ceiling_met(
    income: E | None, product: str | None, certainty: str
) -> None:
    result = financing_class(income, 2026, 1)
    assert (result.value, result.certainty) == (product, certainty)


def test_every_result_is_plain_json_with_its_source() -> None:
    bill = HousingBill(rent=E(400), charges=E(80), housing_aid=E(0))
    for result in (
        consumption_units([3]),
        resources_per_uc(E(3), [4]),
        income_group(E(1), E(2), None, None, GROUPS),
        effort_rate(bill, None),
        ceiling("PLAI", 2026, 1),
    ):
        assert json.loads(json.dumps(result.as_json())) == result.as_json()
        assert result.source
