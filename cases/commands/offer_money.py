"""What an offer would change for the household's money, gathered from its case (domain 1.5)."""

from decimal import Decimal
from typing import Protocol

from cases.rules.comparison import Comparison, Dwelt, compare
from cases.rules.means import HousingBill
from cases.step import Step
from db.rows import Row
from db.tables.diagnosis import Diagnosis
from db.tables.operation import Dwelling


class Offered(Protocol):
    """What is known, or typed so far, of the dwelling offered."""

    @property
    def rent(self) -> Decimal | None: ...
    @property
    def charges(self) -> Decimal | None: ...
    @property
    def housing_aid(self) -> Decimal | None: ...
    @property
    def surface_m2(self) -> Decimal | None: ...


def money_of(step: Step, offered: Offered) -> Comparison:
    """The present dwelling beside the one offered, for the resources of the last diagnosis."""
    now = step.need(Dwelling, "Le logement", id=step.subject["dwelling_id"])
    return compare(
        Dwelt(bill=_bill(now["rent"], now["charges"], now["housing_aid"]), surface_m2=now["surface_m2"]),
        Dwelt(bill=_bill(offered.rent, offered.charges, offered.housing_aid), surface_m2=offered.surface_m2),
        _resources(step),
        stable_percent=Decimal(str(step.setting("net_cost_stable_percent"))),
    )


def effort_of(money: Comparison) -> Decimal | None:
    """The effort rate after the move as an offer keeps it; None when it cannot be computed or is absurd."""
    rate = money.effort_after.value
    return None if rate is None or not 0 <= rate <= 10 else rate


def _bill(rent: Decimal | None, charges: Decimal | None, housing_aid: Decimal | None) -> HousingBill:
    return HousingBill(rent=rent, charges=charges, housing_aid=housing_aid)


def _resources(step: Step) -> Decimal | None:
    """€ a month of all who live there, by the last signed diagnosis; None when nobody said."""
    diagnosis = step.get(Diagnosis, id=step.subject["diagnosis_id"]) if step.subject["diagnosis_id"] else None
    if diagnosis is None:
        return None
    return _sum(diagnosis["grid"])


def _sum(grid: Row) -> Decimal | None:
    found = grid.get("resources") or []
    if not found:
        return Decimal(0) if grid.get("no_resources") else None
    return sum((Decimal(str(item["monthly"])) for item in found), Decimal(0))
