"""What a dwelling costs a household, before and after, gathered from its case (domain 1.5)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cases.rules.comparison import Comparison, Dwelt, compare
from cases.rules.means import HousingBill
from cases.step import Step
from db.rows import Row
from db.tables.diagnosis import Diagnosis
from db.tables.operation import Dwelling

AMOUNTS = (
    "rent", "charges", "housing_aid", "rent_cut", "over_income_rent", "utilities_flat", "surface_m2",
)  # fmt: skip


def money_of(step: Step, offered: Mapping[str, Any]) -> Comparison:
    """The present dwelling beside the one offered (as far as it is typed), for the resources of the last
    diagnosis."""
    grid = signed_grid(step)
    return compare(
        dwelt(present_home(step, grid)),
        dwelt(offered),
        resources_of(grid),
        stable_percent=Decimal(str(step.setting("net_cost_stable_percent"))),
    )


def effort_of(money: Comparison) -> Decimal | None:
    """The effort rate after the move as an offer keeps it; None when it cannot be computed or is absurd."""
    rate = money.effort_after.value
    return None if rate is None or not 0 <= rate <= 10 else rate


def signed_grid(step: Step) -> Row:
    """The last signed diagnosis; empty when there is none."""
    diagnosis = step.get(Diagnosis, id=step.subject["diagnosis_id"]) if step.subject["diagnosis_id"] else None
    return diagnosis["grid"] if diagnosis else {}


def present_home(step: Step, grid: Row) -> Row:
    """The dwelling of the case, as it was last corrected, with what only the survey asks."""
    left = step.need(Dwelling, "Le logement", id=step.subject["dwelling_id"])
    known = {name: value for name, value in left.items() if value is not None}
    return dict(left) | (grid.get("dwelling") or {}) | known


def dwelt(home: Mapping[str, Any]) -> Dwelt:
    """A survey keeps its amounts as text, a record as decimals."""
    known = {name: _amount(home.get(name)) for name in AMOUNTS}
    zero = Decimal(0)
    bill = HousingBill(
        rent=known["rent"],
        charges=known["charges"],
        housing_aid=known["housing_aid"],
        annex_rent=known["over_income_rent"] or zero,
        utilities_flat=known["utilities_flat"] or zero,
    )
    return Dwelt(bill=bill, surface_m2=known["surface_m2"], rent_cut=known["rent_cut"] or zero)


def _amount(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def resources_of(grid: Row) -> Decimal | None:
    """€ a month of all who live there, the month of the diagnosis; None when nobody said."""
    stated: list[dict[str, Any]] = grid.get("resources") or []
    if stated:
        return sum((Decimal(str(item["monthly"])) for item in stated), Decimal(0))
    return Decimal(0) if grid.get("no_resources") else None
