"""Income ceilings of social housing, "other regions" (the MEL): PLUS, PLAI, PLS by year, in € a year.

Source: arrêté of 29 July 1987, annexe I (figures of openfisca-france 176.1.8). PLAI is known for 2022
only: other years are estimated from its ratio to PLUS, and say so.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Literal

from cases.reasons import Reason
from cases.rules.finding import Finding

Product = Literal["PLUS", "PLAI", "PLS"]

SOURCE = "Arrêté du 29 juillet 1987, annexe I"
ESTIMATE_NOTE = "Estimation : le plafond PLAI de cette année n’est pas connu, il est déduit du plafond PLUS."

# Categories 1 to 6, then the amount for each further person.
Scale = tuple[int, int, int, int, int, int, int]
PLUS: Mapping[int, Scale] = MappingProxyType(
    {
        2017: (20123, 26872, 32316, 39013, 45895, 51723, 5769),
        2022: (21139, 28231, 33949, 40985, 48214, 54338, 6061),
        2024: (22642, 30238, 36362, 43899, 51641, 58200, 6492),
        2025: (23201, 30984, 37259, 44982, 52915, 59636, 6652),
        2026: (23403, 31254, 37584, 45374, 53376, 60156, 6710),
    }
)
PLAI: Mapping[int, Scale] = MappingProxyType({2022: (11626, 16939, 20370, 22665, 26519, 29886, 3333)})
PLS_TO_PLUS = Decimal("1.30")
PLAI_TO_PLUS = Decimal("0.55")
PLAI_TO_PLUS_BY_CATEGORY: Mapping[int, Decimal] = MappingProxyType({2: Decimal("0.60"), 3: Decimal("0.60")})
LAST_CATEGORY = 6


def household_category(
    persons: int, dependants: int, young_couple: bool = False, disabled: bool = False
) -> int:
    """Category 1 to 6 of the arrêté; 7 is category 6 and one further person, and so on.

    A person alone with dependants counts one category more, as do a young couple without dependants
    (sum of ages at most 55) and a household with a disabled person (CMI invalidité).
    Raises ValueError when there are no persons or nobody but dependants.
    """
    if persons < 1 or not 0 <= dependants < persons:
        raise ValueError("a household has at least one person who is not a dependant")
    alone_with_dependants = dependants > 0 and persons - dependants == 1
    couple_lift = young_couple and persons == 2 and dependants == 0
    return persons + (alone_with_dependants or couple_lift) + disabled


def ceiling(product: Product, year: int, category: int, plus: Mapping[int, Scale] = PLUS) -> Finding[Decimal]:
    """Yearly income (RFR) not to exceed, in euros; `missing` when the scale of `year` is not in `plus`.

    `plus`: the PLUS scale by year, with what the territory has entered since. PLS is 130 % of PLUS.
    An estimated PLAI has certainty E and its note. Raises ValueError for a category under 1.
    """
    if category < 1:
        raise ValueError("categories start at 1")
    inputs: dict[str, object] = {"product": product, "year": year, "category": category}
    if year not in plus:
        reason = Reason(
            "ceiling_year_missing",
            f"Le barème des plafonds de {year} manque : complétez-le.",
            SOURCE,
        )
        return Finding(None, inputs, SOURCE, "C", (reason,))
    if product == "PLAI" and year not in PLAI:
        return Finding(_estimated_plai(plus[year], category), inputs, SOURCE, "E", note=ESTIMATE_NOTE)
    if product == "PLAI":
        return Finding(Decimal(_amount(PLAI[year], category)), inputs, SOURCE, "C")
    amount = Decimal(_amount(plus[year], category))
    return Finding(amount if product == "PLUS" else _euros(amount * PLS_TO_PLUS), inputs, SOURCE, "C")


def financing_class(
    reference_income: Decimal | None, year: int, category: int, plus: Mapping[int, Scale] = PLUS
) -> Finding[str]:
    """The most social product the household may enter: "PLAI", "PLUS", "PLS", or "above" all ceilings.

    Ceilings are waivable in a rehousing: the result informs, it excludes nobody by itself.
    """
    steps = [(product, ceiling(product, year, category, plus)) for product in ("PLAI", "PLUS", "PLS")]
    inputs: dict[str, object] = {"reference_income": reference_income, "year": year, "category": category}
    if reference_income is None:
        reason = Reason(
            "reference_income_missing",
            "Le revenu fiscal de référence manque : demandez l’avis d’impôt.",
        )
        return Finding(None, inputs, SOURCE, "C", (reason,))
    for product, limit in steps:
        if limit.value is None:
            return Finding(None, inputs, SOURCE, "C", limit.missing)
        if reference_income <= limit.value:
            # What is not PLAI is known from the PLAI ceiling too: an estimate there stays one here.
            rests_on = limit if product == "PLS" else steps[0][1]
            facts = {**inputs, "ceiling": limit.value}
            return Finding(product, facts, SOURCE, rests_on.certainty, note=rests_on.note)
    return Finding("above", inputs, SOURCE, "C")


def _amount(scale: Scale, category: int) -> int:
    further = max(0, category - LAST_CATEGORY)
    return scale[min(category, LAST_CATEGORY) - 1] + further * scale[LAST_CATEGORY]


def _estimated_plai(plus: Scale, category: int) -> Decimal:
    base = min(category, LAST_CATEGORY)
    ratio = PLAI_TO_PLUS_BY_CATEGORY.get(base, PLAI_TO_PLUS)
    further = Decimal(_amount(plus, category) - plus[base - 1])
    return _euros(plus[base - 1] * ratio + further * PLAI_TO_PLUS)


def _euros(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)
