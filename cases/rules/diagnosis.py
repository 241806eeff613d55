"""Everything the diagnosis computes, from plain facts: each result with its inputs, source and certainty.

The same function serves the page while somebody types and the signature that freezes the results.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from cases.rules.ceilings import PLUS, Scale, ceiling, financing_class, household_category
from cases.rules.dates import add_months
from cases.rules.finding import Finding
from cases.rules.means import (
    RESIDUAL_SOURCE,
    HousingBill,
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
from cases.rules.occupancy import Occupancy, Occupant, need_typology_default, occupancy
from cases.rules.retained_income import retained_income

YOUNG_COUPLE_AGES = 55  # arrêté of 29 July 1987: sum of the ages
DEPENDANT_UNTIL = 21  # when nobody says who is a dependant: children under this age (E)
DEPENDANTS_NOTE = "Personnes à charge non renseignées : les enfants de moins de 21 ans sont pris par défaut."
UNBORN_NOTE = "Une naissance attendue, attestée par certificat, est comptée."


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The household and its present dwelling on the day `on`. Money in € a month, income (RFR) in € a year.

    `later_income`: of N-1 or of the last twelve months, when it is known beside that of N-2.
    `dependants` is None when nobody said who is one. `unborn`: a pregnancy with its certificate counts
    as one more person (service-public F10007). `lifted`: somebody holds the CMI « invalidité ».
    """

    on: date
    occupants: tuple[Occupant, ...]
    children: tuple[int, ...] = ()
    dependants: int | None = None
    unborn: bool = False
    lifted: bool = False
    rooms: int | None = None
    surface_m2: Decimal | None = None
    bill: HousingBill = field(default_factory=lambda: HousingBill(rent=None, charges=None, housing_aid=None))
    rent_cut: Decimal = Decimal(0)
    monthly_resources: Decimal | None = None
    reference_income: Decimal | None = None
    later_income: Decimal | None = None
    burdens: Decimal | None = Decimal(0)

    @property
    def people(self) -> tuple[Occupant, ...]:
        """Those who live there, and who is about to be born."""
        return (*self.occupants, Occupant(age=0)) if self.unborn else self.occupants

    @property
    def couple(self) -> bool:
        return sum(person.in_couple for person in self.occupants) >= 2  # a pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The territory's values in force that day; None: nobody has given it."""

    manifest_lack: int
    residual_alert: Decimal
    income_drop_percent: int = 10
    quartile: Decimal | None = None
    rsa_single: Decimal | None = None
    groups: IncomeGroupRules
    plus: Mapping[int, Scale] = field(default_factory=lambda: PLUS)


@dataclass(frozen=True, slots=True)
class Results:
    """`means` by code, in the order in which they are read."""

    occupancy: Occupancy
    means: Mapping[str, Finding[Any]]

    def as_json(self) -> dict[str, Any]:
        """What the signature freezes: {"occupancy": {...}, "means": {...}}."""
        return {
            "occupancy": self.occupancy.as_json(),
            "means": {code: found.as_json() for code, found in self.means.items()},
        }


def diagnose(facts: Situation, rules: Thresholds) -> Results:
    """Occupation of the present dwelling, then the means of the household."""
    people = facts.people
    found = occupancy(people, facts.rooms, facts.surface_m2, manifest_lack=rules.manifest_lack)
    return Results(found, {**_need(facts), **_income(facts, rules), **_housing(facts, rules)})


def _need(facts: Situation) -> dict[str, Finding[Any]]:
    if not facts.people:
        return {}
    return {"need_typology": need_typology_default(len(facts.people), facts.couple)}


def _income(facts: Situation, rules: Thresholds) -> dict[str, Finding[Any]]:
    ages = [person.age for person in facts.people]
    per_unit = resources_per_uc(facts.monthly_resources, ages)
    found: dict[str, Finding[Any]] = {
        "consumption_units": consumption_units(ages),
        "resources_per_uc": per_unit,
        "first_quartile": first_quartile(per_unit.value, rules.quartile),
    }
    if not facts.people:
        return found
    category = category_of(facts)
    year, plus = facts.on.year, rules.plus
    limits = {product: ceiling(product, year, category, plus) for product in ("PLAI", "PLUS", "PLS")}
    retained = retained_income(facts.reference_income, facts.later_income, rules.income_drop_percent)
    return {
        **found,
        **({"retained_income": retained} if facts.later_income is not None else {}),
        "income_group": _group(facts, rules, retained.value, limits["PLUS"].value),
        "financing_class": _noted(financing_class(retained.value, year, category, plus), facts),
        **{f"ceiling_{product.lower()}": _noted(limit, facts) for product, limit in limits.items()},
    }


def category_of(facts: Situation) -> int:
    """The category of the arrêté, with at least one person who is not a dependant."""
    persons = len(facts.people)
    dependants = min(_dependants(facts), persons - 1)
    young = (
        facts.couple
        and len(facts.people) == 2  # the couple alone
        and sum(person.age for person in facts.people) <= YOUNG_COUPLE_AGES
    )
    return household_category(persons, dependants, young, facts.lifted)


def _dependants(facts: Situation) -> int:
    given = facts.dependants
    known = sum(age < DEPENDANT_UNTIL for age in facts.children) if given is None else given
    return known + facts.unborn


def _noted(found: Finding[Any], facts: Situation) -> Finding[Any]:
    """The same, saying what was taken for granted in the category."""
    notes = [found.note] if found.note else []
    if facts.dependants is None and facts.children:
        notes.append(DEPENDANTS_NOTE)
    if facts.unborn:
        notes.append(UNBORN_NOTE)
    return Finding(found.value, found.inputs, found.source, found.certainty, found.missing, " ".join(notes))


def _group(
    facts: Situation, rules: Thresholds, income: Decimal | None, plus_ceiling: Decimal | None
) -> Finding[Any]:
    base = rules.rsa_single
    equivalent = None if base is None else rsa_equivalent(base, len(facts.people), facts.couple).value
    return income_group(facts.monthly_resources, equivalent, income, plus_ceiling, rules.groups)


def _housing(facts: Situation, rules: Thresholds) -> dict[str, Finding[Any]]:
    ages = [person.age for person in facts.people]
    net = net_housing_cost(facts.bill.rent, facts.bill.charges, facts.bill.housing_aid, facts.rent_cut)
    left = residual_income(facts.monthly_resources, net.value, facts.burdens, ages)
    return {
        "net_housing_cost": net,
        "effort_rate": effort_rate(facts.bill, facts.monthly_resources),
        "residual_income": left,
        "residual_alert": _alert(left, rules.residual_alert),
    }


def _alert(left: Finding[Decimal], threshold: Decimal) -> Finding[bool]:
    """True when less is left to live on than the local alert level (E)."""
    facts = {"residual_income": left.value, "residual_alert": threshold}
    below = None if left.value is None else left.value < threshold
    return Finding(below, facts, RESIDUAL_SOURCE, "E", left.missing)


def outdated_on(signed_on: date, validity_months: int) -> date:
    """The first day on which a diagnosis signed that day is to be done again."""
    return add_months(signed_on, validity_months)


def old_enough(present_since: date, on: date, years: int) -> bool:
    """Décohabitation: present for the years that the rule asks (domain 1.3, D)."""
    return add_months(present_since, 12 * years) <= on
