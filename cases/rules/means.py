"""Can the household pay? Units, quartile, income group, what housing costs and leaves. Decimal euros."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from cases.reasons import Reason
from cases.rules.finding import Certainty, Finding, missing_facts

UNITS_SOURCE = "Échelle de l’OCDE modifiée (INSEE)"
QUARTILE_SOURCE = "CCH, art. L.441-1 ; arrêté annuel des seuils du premier quartile"
EFFORT_SOURCE = "Arrêté du 10 mars 2011 ; CCH, art. R.441-3-1"
NET_COST_SOURCE = "Loyer + charges − APL − RLS (usage)"
RESIDUAL_SOURCE = "Reste pour vivre : USH, Repères n° 47, livret 2 (usage)"
GROUPS_SOURCE = "Groupes de revenus : définition par défaut du territoire"

# OECD-modified scale: 1 for the first person, then 0.5 from 14 years and 0.3 under.
FIRST_UNIT, ADULT_UNIT, CHILD_UNIT = Decimal("1"), Decimal("0.5"), Decimal("0.3")
ADULT_UNIT_AGE = 14
MONTHS_IN_YEAR = 12
# The trade counts months of 30 days for the residual income.
DAYS_IN_MONTH = 30
CENT = Decimal("0.01")
RATIO_STEP = Decimal("0.001")

_SENTENCES = {
    "ages": "La composition du ménage n’est pas renseignée : ajoutez l’âge des personnes.",
    "monthly_resources": "Les ressources mensuelles ne sont pas renseignées : complétez le diagnostic.",
    "resources_per_uc": "Les ressources par unité de consommation manquent : complétez le diagnostic.",
    "threshold": "Seuil non renseigné : saisissez le seuil du premier quartile de l’année pour la métropole.",
    "rsa_equivalent": "Le RSA équivalent du ménage manque : complétez les réglages du territoire.",
    "plus_ceiling": "Le plafond PLUS de l’année n’est pas renseigné : complétez les réglages du territoire.",
    "rent": "Le loyer{whose} n’est pas renseigné : demandez-le au bailleur.",
    "charges": "Les charges{whose} ne sont pas renseignées : demandez-les au bailleur.",
    "housing_aid": (
        "L’APL{whose} n’est pas renseignée : faites une estimation, ou indiquez 0 s’il n’y en a pas."
    ),
    "burdens": "Les autres charges fixes ne sont pas renseignées : complétez le diagnostic.",
    "net_cost": "Le reste à charge n’est pas connu : complétez le loyer, les charges et l’APL.",
}
_NO_RESOURCES = Reason(
    "no_resources",
    "Les ressources sont nulles, le taux d’effort ne se calcule pas : vérifiez les droits du ménage.",
    EFFORT_SOURCE,
)


class IncomeGroup(StrEnum):
    """The income groups of the CIET, the first one split in two."""

    VERY_MODEST = "very_modest"
    MODEST = "modest"
    INTERMEDIATE = "intermediate"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeGroupRules:
    """Multiples of the RSA-equivalent under which a household is very modest, then modest (defaults: E)."""

    very_modest_below: Decimal
    modest_below: Decimal


def cents(amount: Decimal) -> Decimal:
    """An amount rounded to the cent, half up."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def _lacking(facts: Mapping[str, object], whose: str = "") -> tuple[Reason, ...]:
    """`whose` says of which dwelling it is: « du logement proposé »."""
    of = f" {whose}" if whose else ""
    return missing_facts(
        facts, {name: text.format(whose=of) for name, text in _SENTENCES.items() if name in facts}
    )


def consumption_units(ages: Sequence[int]) -> Finding[Decimal]:
    """Units of the household from the ages in years: 1, then 0.5 from 14 years and 0.3 under."""
    facts: dict[str, object] = {"ages": tuple(ages) or None}
    if not ages:
        return Finding(None, facts, UNITS_SOURCE, "C", _lacking(facts))
    # The first unit goes to the eldest, so that the order of entry does not change the result.
    others = sorted(ages, reverse=True)[1:]
    units = FIRST_UNIT + sum(
        (ADULT_UNIT if age >= ADULT_UNIT_AGE else CHILD_UNIT for age in others), Decimal(0)
    )
    return Finding(units, facts, UNITS_SOURCE, "C")


def resources_per_uc(monthly_resources: Decimal | None, ages: Sequence[int]) -> Finding[Decimal]:
    """Euros a year and unit: resources declared per month × 12 ÷ units (domain 5.7)."""
    units = consumption_units(ages).value
    facts: dict[str, object] = {"monthly_resources": monthly_resources, "ages": tuple(ages) or None}
    if monthly_resources is None or units is None:
        return Finding(None, facts, QUARTILE_SOURCE, "C", _lacking(facts))
    value = cents(monthly_resources * MONTHS_IN_YEAR / units)
    return Finding(value, {**facts, "consumption_units": units}, QUARTILE_SOURCE, "C")


def first_quartile(resources: Decimal | None, threshold: Decimal | None) -> Finding[bool]:
    """True when yearly resources per unit are at most the threshold of the EPCI and year.

    Refuses to compute without the threshold: `missing` then says "Seuil non renseigné".
    """
    facts: dict[str, object] = {"resources_per_uc": resources, "threshold": threshold}
    if resources is None or threshold is None:
        return Finding(None, facts, QUARTILE_SOURCE, "C", _lacking(facts))
    return Finding(resources <= threshold, facts, QUARTILE_SOURCE, "C")


def income_group(
    monthly_resources: Decimal | None,
    rsa_equivalent: Decimal | None,
    reference_income: Decimal | None,
    plus_ceiling: Decimal | None,
    rules: IncomeGroupRules,
) -> Finding[IncomeGroup]:
    """The group of the household. `rsa_equivalent` in € a month for its size (see `rsa_equivalent`).

    `reference_income` (RFR, € a year; twelve months of resources stand in when it is None) is compared
    with the yearly `plus_ceiling`, which is only needed above the modest group.
    """
    facts: dict[str, object] = {"monthly_resources": monthly_resources, "rsa_equivalent": rsa_equivalent}
    if monthly_resources is None or rsa_equivalent is None:
        return Finding(None, facts, GROUPS_SOURCE, "E", _lacking(facts))
    if monthly_resources < rules.very_modest_below * rsa_equivalent:
        return Finding(IncomeGroup.VERY_MODEST, facts, GROUPS_SOURCE, "E")
    if monthly_resources < rules.modest_below * rsa_equivalent:
        return Finding(IncomeGroup.MODEST, facts, GROUPS_SOURCE, "E")
    yearly = monthly_resources * MONTHS_IN_YEAR if reference_income is None else reference_income
    facts |= {"yearly_income": yearly, "plus_ceiling": plus_ceiling}
    if plus_ceiling is None:
        return Finding(None, facts, GROUPS_SOURCE, "E", _lacking(facts))
    group = IncomeGroup.INTERMEDIATE if yearly < plus_ceiling else IncomeGroup.HIGHER
    return Finding(group, facts, GROUPS_SOURCE, "E")


def rsa_equivalent(base: Decimal, persons: int, couple: bool) -> Finding[Decimal]:
    """RSA in € a month for a household, from the amount `base` of one person.

    +50 % for the second person, +30 % for each further one, +40 % from the third child (CASF R.262-1, E).
    Raises ValueError for fewer than one person, or a couple of fewer than two.
    """
    children = persons - (2 if couple else 1)
    if children < 0:
        raise ValueError("more adults than persons")
    coefficient = Decimal(1)
    for rank in range(2, persons + 1):
        child_rank = rank - (2 if couple else 1)
        coefficient += Decimal("0.5") if rank == 2 else Decimal("0.4") if child_rank > 2 else Decimal("0.3")
    facts: dict[str, object] = {
        "base": base,
        "persons": persons,
        "couple": couple,
        "coefficient": coefficient,
    }
    return Finding(cents(base * coefficient), facts, "CASF, art. R.262-1", "E")


def net_housing_cost(
    rent: Decimal | None,
    charges: Decimal | None,
    housing_aid: Decimal | None,
    rent_cut: Decimal = Decimal(0),
    *,
    whose: str = "",
) -> Finding[Decimal]:
    """Reste à charge in € a month: rent + charges − APL − RLS. Compare on the same scope of charges."""
    facts: dict[str, object] = {"rent": rent, "charges": charges, "housing_aid": housing_aid}
    if rent is None or charges is None or housing_aid is None:
        return Finding(None, facts, NET_COST_SOURCE, "E", _lacking(facts, whose))
    value = cents(rent + charges - housing_aid - rent_cut)
    return Finding(value, {**facts, "rent_cut": rent_cut}, NET_COST_SOURCE, "E")


@dataclass(frozen=True, slots=True, kw_only=True)
class HousingBill:
    """What a dwelling costs, € a month. `utilities_flat`: flat amount for individual water and heating."""

    rent: Decimal | None
    charges: Decimal | None
    housing_aid: Decimal | None
    annex_rent: Decimal = Decimal(0)
    energy_contribution: Decimal = Decimal(0)
    utilities_flat: Decimal = Decimal(0)


def effort_rate(bill: HousingBill, monthly_resources: Decimal | None, *, whose: str = "") -> Finding[Decimal]:
    """Taux d'effort as a ratio (0.285 is 28.5 %): the bill less housing aid ÷ resources of all dwellers.

    Source: arrêté of 10 March 2011. Never divides by zero: no resources is said as a missing fact.
    """
    certainty: Certainty = "C"
    facts: dict[str, object] = {
        "rent": bill.rent,
        "charges": bill.charges,
        "housing_aid": bill.housing_aid,
        "monthly_resources": monthly_resources,
    }
    if bill.rent is None or bill.charges is None or bill.housing_aid is None or monthly_resources is None:
        return Finding(None, facts, EFFORT_SOURCE, certainty, _lacking(facts, whose))
    if monthly_resources <= 0:
        return Finding(None, facts, EFFORT_SOURCE, certainty, (_NO_RESOURCES,))
    extras = bill.annex_rent + bill.energy_contribution + bill.utilities_flat
    cost = bill.rent + bill.charges + extras - bill.housing_aid
    ratio = (cost / monthly_resources).quantize(RATIO_STEP, rounding=ROUND_HALF_UP)
    return Finding(ratio, {**facts, "extras": extras}, EFFORT_SOURCE, certainty)


def residual_income(
    monthly_resources: Decimal | None, net_cost: Decimal | None, burdens: Decimal | None, ages: Sequence[int]
) -> Finding[Decimal]:
    """Reste pour vivre in € a day and unit: (resources − housing cost − other fixed burdens) ÷ UC ÷ 30.

    Negative when burdens exceed resources. The alert level is the territory's, not this rule's.
    """
    units = consumption_units(ages).value
    facts: dict[str, object] = {
        "monthly_resources": monthly_resources,
        "net_cost": net_cost,
        "burdens": burdens,
        "ages": tuple(ages) or None,
    }
    if monthly_resources is None or net_cost is None or burdens is None or units is None:
        return Finding(None, facts, RESIDUAL_SOURCE, "E", _lacking(facts))
    value = cents((monthly_resources - net_cost - burdens) / units / DAYS_IN_MONTH)
    return Finding(value, {**facts, "consumption_units": units}, RESIDUAL_SOURCE, "E")
