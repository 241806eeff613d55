"""Transfer of the lease after a death: case 3 of the domain, then each condition failed or unknown alone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from cases.rules.finding import Finding
from cases.rules.succession import Succession, conditions

# Mme P.'s son: in the dwelling since 2019, alone in a T2, income under the PLUS ceiling of 2026 (23 403 €).
SON = Succession(
    link="child",
    present_since=date(2019, 3, 1),
    died_on=date(2026, 4, 18),
    reference_income=Decimal(14200),
    ages=(51,),
    rooms=2,
    year=2026,
    presence_months=12,
)


def values(facts: Succession) -> dict[str, bool | None]:
    return {code: found.value for code, found in conditions(facts).items()}


def found(facts: Succession, code: str) -> Finding[bool]:
    return conditions(facts)[code]


def test_the_son_of_case_3_takes_over() -> None:
    assert values(SON) == {"presence": True, "ceilings": True, "occupation": True}
    assert found(SON, "ceilings").inputs["ceiling"] == Decimal(23403)
    assert "F1170" in found(SON, "presence").source


def test_a_year_to_the_day_is_enough_and_a_day_less_is_not() -> None:
    assert values(replace(SON, present_since=date(2025, 4, 18)))["presence"] is True
    assert values(replace(SON, present_since=date(2025, 4, 19)))["presence"] is False


def test_the_ceiling_itself_is_allowed() -> None:
    assert values(replace(SON, reference_income=Decimal(23403)))["ceilings"] is True
    assert values(replace(SON, reference_income=Decimal("23403.01")))["ceilings"] is False


def test_a_couple_in_a_t4_is_under_occupied_and_in_a_t3_is_not() -> None:
    """F1170, L.621-2: more habitable rooms than persons plus one."""
    couple = replace(SON, ages=(51, 49))
    assert values(replace(couple, rooms=4))["occupation"] is False
    assert values(replace(couple, rooms=3))["occupation"] is True


def test_what_is_not_known_is_asked_for() -> None:
    bare = replace(SON, present_since=None, reference_income=None)
    assert values(bare) == {"presence": None, "ceilings": None, "occupation": True}
    assert found(bare, "presence").missing[0].code == "present_since_missing"
    assert found(bare, "ceilings").missing[0].code == "reference_income_missing"


def test_the_spouse_takes_over_without_condition_and_that_is_to_be_validated() -> None:
    spouse = replace(SON, link="spouse", present_since=None, reference_income=Decimal(90000), rooms=5)
    assert set(values(spouse).values()) == {True}
    assert found(spouse, "ceilings").to_validate
