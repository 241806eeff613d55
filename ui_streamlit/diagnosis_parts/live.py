"""The results while somebody types, and what an offer would change: asked of the rules that freeze them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cases.actor import Actor
from cases.clock import day_in_paris
from cases.commands.diagnosis_results import computed, monthly_resources, situation, split_findings
from cases.commands.grid import readable
from cases.rules.comparison import Comparison, Dwelt, compare
from cases.rules.diagnosis import outdated_on
from cases.rules.means import HousingBill
from cases.step import Step, settings_now
from db.engine import reading
from db.queries.diagnosis import DiagnosisFile, OfferBill
from db.tables.case import CaseFile


@dataclass(frozen=True, slots=True)
class Live:
    """`results` as they would be frozen; `unread`: the fields of the grid that cannot be read yet."""

    results: Mapping[str, Any]
    unread: frozenset[str]


def live(case_id: str, typed: Mapping[str, Any], actor: Actor, now: datetime) -> Live:
    today = day_in_paris(now)
    grid, unread = readable(typed, today)
    with reading() as connection:
        step = Step(connection, now, today, today, actor, "", settings_now(connection))
        step.about, step.subject = "case", step.need(CaseFile, "Le dossier", id=case_id)
        split = {person: found.as_json() for person, found in split_findings(step, grid).items()}
        return Live(computed(step, grid).as_json() | {"split": split}, unread)


def outdated(signed_on: date) -> date:
    """From when a diagnosis signed that day is to be done again, by the setting of that day."""
    with reading() as connection:
        months = settings_now(connection).int_on("diagnosis_validity_months", signed_on)
    return outdated_on(signed_on, months)


def changes(view: DiagnosisFile, today: date) -> list[tuple[OfferBill, Comparison]]:
    """Before → after for each offer, with the resources of the diagnosis in force; none without them."""
    version = view.in_force
    if version is None or version.grid is None or not view.offers:
        return []
    grid, _ = readable({name: value for name, value in version.grid.items() if name != "agreed"}, today)
    now = situation(today, [], asdict(view.dwelling), grid)
    before = Dwelt(bill=now.bill, surface_m2=now.surface_m2, rent_cut=now.rent_cut)
    with reading() as connection:
        percent = settings_now(connection).value("net_cost_stable_percent", today)
    resources, stable = monthly_resources(grid), Decimal(str(percent))
    return [
        (offer, compare(before, _dwelt(offer), resources, stable_percent=stable)) for offer in view.offers
    ]


def _dwelt(offer: OfferBill) -> Dwelt:
    bill = HousingBill(rent=offer.rent, charges=offer.charges, housing_aid=offer.housing_aid)
    return Dwelt(bill=bill, surface_m2=offer.surface_m2)
