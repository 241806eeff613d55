"""What a household pays now and what it would pay elsewhere, on the same scope (domain 1.5)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

from cases.rules.finding import Finding, missing_facts
from cases.rules.means import HousingBill, cents, effort_rate, net_housing_cost

SOURCE = "Reste à charge avant et après, même périmètre (kit ANRU, usage) ; clause de la charte non lue"
PRESENT, OFFERED = "du logement actuel", "du logement proposé"
_SENTENCES = {
    "before": "Le reste à charge actuel n’est pas connu : complétez loyer, charges et aide.",
    "after": "Le reste à charge proposé n’est pas connu : complétez la proposition.",
    "surface_before": "La surface du logement actuel manque : indiquez-la en m².",
    "surface_after": "La surface du logement proposé manque : demandez-la au bailleur.",
}


class Trend(StrEnum):
    """Stable within so many per cent of what was paid before."""

    DOWN = "down"
    STABLE = "stable"
    UP = "up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dwelt:
    """A dwelling as it is paid for: € a month, m². `rent_cut` is the RLS."""

    bill: HousingBill
    surface_m2: Decimal | None = None
    rent_cut: Decimal = Decimal(0)

    def net_cost(self, whose: str) -> Finding[Decimal]:
        bill = self.bill
        return net_housing_cost(bill.rent, bill.charges, bill.housing_aid, self.rent_cut, whose=whose)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Before → after. `change` in € a month; `change_equal_surface` is what the rise would be for the same
    m²; `trend` says down, stable or up; effort rates are ratios (0.285 is 28.5 %).
    """

    net_before: Finding[Decimal]
    net_after: Finding[Decimal]
    change: Finding[Decimal]
    change_equal_surface: Finding[Decimal]
    trend: Finding[Trend]
    effort_before: Finding[Decimal]
    effort_after: Finding[Decimal]

    def as_json(self) -> dict[str, Any]:
        """Plain dict, one entry for each finding."""
        return {field.name: getattr(self, field.name).as_json() for field in fields(self)}


def compare(
    before: Dwelt, after: Dwelt, monthly_resources: Decimal | None, *, stable_percent: Decimal
) -> Comparison:
    """Both bills side by side; nothing is guessed for a fact that is not known."""
    was, would_be = before.net_cost(PRESENT), after.net_cost(OFFERED)
    return Comparison(
        net_before=was,
        net_after=would_be,
        change=_change({"before": was.value, "after": would_be.value}),
        change_equal_surface=_equal_surface(was.value, would_be.value, before.surface_m2, after.surface_m2),
        trend=_trend(was.value, would_be.value, stable_percent),
        effort_before=effort_rate(before.bill, monthly_resources, whose=PRESENT),
        effort_after=effort_rate(after.bill, monthly_resources, whose=OFFERED),
    )


def _lacking(facts: Mapping[str, object]) -> Finding[Any]:
    named = {name: text for name, text in _SENTENCES.items() if name in facts}
    return Finding(None, facts, SOURCE, "E", missing_facts(facts, named))


def _change(facts: Mapping[str, Decimal | None]) -> Finding[Decimal]:
    before, after = facts["before"], facts["after"]
    if before is None or after is None:
        return _lacking(facts)
    return Finding(cents(after - before), facts, SOURCE, "E")


def _equal_surface(
    before: Decimal | None, after: Decimal | None, m2_before: Decimal | None, m2_after: Decimal | None
) -> Finding[Decimal]:
    facts = {"before": before, "after": after, "surface_before": m2_before, "surface_after": m2_after}
    if before is None or after is None or not m2_before or not m2_after:
        return _lacking(facts)
    return Finding(cents(after / m2_after * m2_before - before), facts, SOURCE, "E")


def _trend(before: Decimal | None, after: Decimal | None, stable_percent: Decimal) -> Finding[Trend]:
    facts = {"before": before, "after": after, "stable_percent": stable_percent}
    if before is None or after is None:
        return _lacking({"before": before, "after": after})
    margin = abs(before) * stable_percent / 100  # compared without dividing, for what cost nothing before
    if abs(after - before) <= margin:
        return Finding(Trend.STABLE, facts, SOURCE, "E")
    return Finding(Trend.DOWN if after < before else Trend.UP, facts, SOURCE, "E")
