"""The charter's promises: judged and frozen when the household moves in; a derogation is noted beside."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field

from cases import territory
from cases.commands.fields import PromiseCode, RequiredLong, past
from cases.labels.operation import OBJECTIVES
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.rules.comparison import Dwelt
from cases.rules.means import HousingBill
from cases.rules.promises import (
    UNREAD,
    Judged,
    MeansRules,
    Place,
    Wishes,
    balance,
    means,
    residential_choice,
)
from cases.step import Step
from db.rows import Row
from db.tables.diagnosis import Diagnosis, NeedSheet
from db.tables.follow_up import Derogation, Promise
from db.tables.offer import Offer
from db.tables.operation import Dwelling
from db.tables.rehousing import Objective

REHOUSING = "rehousing"
AMOUNTS = (
    "rent", "charges", "housing_aid", "rent_cut", "over_income_rent", "utilities_flat", "surface_m2",
)  # fmt: skip


def freeze_promises(step: Step, moved_on: date, *, fragility: int | None = None) -> None:
    """Judge the three promises of a household that has just moved in for good. Once: what is frozen stays."""
    case = step.subject
    if case["kind"] != REHOUSING or step.get(Promise, case_id=case["id"]) is not None:
        return
    offer = step.get(Offer, id=case["accepted_offer_id"]) if case["accepted_offer_id"] else None
    diagnosis = step.get(Diagnosis, id=case["diagnosis_id"]) if case["diagnosis_id"] else None
    grid: Row = diagnosis["grid"] if diagnosis else {}
    for judged in (
        residential_choice(_wishes(step, offer, grid)),
        _means(step, offer, grid, moved_on),
        balance(_place(step, offer, moved_on, fragility)),
    ):
        _freeze(step, judged, moved_on)


def _freeze(step: Step, judged: Judged, moved_on: date) -> None:
    step.insert(
        Promise,
        case_id=step.case_id,
        code=judged.code,
        verdict=judged.verdict,
        sentence=judged.sentence,
        inputs=dict(judged.inputs),
        source=judged.source,
        certainty=judged.certainty,
        judged_on=moved_on,
    )


def _name(insee: str) -> str:
    return territory.commune(insee).name


def _wishes(step: Step, offer: Row | None, grid: Row) -> Wishes:
    """What the household ranked in its diagnosis; where it ranked nothing, the communes of its need sheet."""
    made = [row for row in step.find(Offer, case_id=step.case_id) if row["state"] != "annulled"]
    sheet = step.get(NeedSheet, id=offer["need_sheet_id"]) if offer else None
    ranked = (grid.get("wished") or {}).get("communes") or (sheet["communes"] if sheet else [])
    return Wishes(
        asked=[_name(code) for code in ranked],
        offered=[_name(row["commune"]) for row in made],
        obtained=_name(offer["commune"]) if offer else None,
        typology_asked=(sheet["typology_min"], sheet["typology_max"]) if sheet else None,
        typology=offer["typology"] if offer else None,
    )


def _means(step: Step, offer: Row | None, grid: Row, moved_on: date) -> Judged:
    left = step.need(Dwelling, "Le logement", id=step.subject["dwelling_id"])
    seen: Row = {name: value for name, value in (grid.get("dwelling") or {}).items() if value is not None}
    was, new = left | seen, offer or {}
    return means(
        _dwelt(was),
        _dwelt(new),
        _resources(grid),
        means_rules(step, moved_on),
        same_charges=_same_charges(was, new),
        stated_effort=new.get("effort_rate"),
    )


def _dwelt(row: Row) -> Dwelt:
    """A survey keeps its amounts as text, a record as decimals."""
    known = {name: _amount(row.get(name)) for name in AMOUNTS}
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


def _same_charges(was: Row, new: Row) -> bool | None:
    """Is heating in both bills, or in neither? None while one of them does not say."""
    before, after = was.get("heating_included"), new.get("heating_included")
    return None if before is None or after is None else before == after


def _resources(grid: Row) -> Decimal | None:
    """Of the month of the diagnosis; None when nobody said."""
    stated: list[dict[str, Any]] = grid.get("resources") or []
    if stated:
        return sum((Decimal(str(item["monthly"])) for item in stated), Decimal(0))
    return Decimal(0) if grid.get("no_resources") else None


def _place(step: Step, offer: Row | None, moved_on: date, fragility: int | None) -> Place:
    return Place(
        in_qpv=offer["in_qpv"] if offer else None,
        fragility=fragility,
        objective=_objectives(step, offer, moved_on) if offer else None,
    )


def _objectives(step: Step, offer: Row, on: date) -> str | None:
    """Those in force that day for the commune or the landlord of the new dwelling, in words."""
    found = [
        row
        for row in step.find(Objective, annulled_reason="")
        if row["valid_from"] <= on <= (row["valid_until"] or on)
        and row["landlord_id"] in {None, offer["landlord_id"]}
        and row["commune"] in {None, offer["commune"]}
    ]
    said = (f"{OBJECTIVES[row['kind']]} : {row['value']} ({row['amendment']})" for row in found)
    return " ; ".join(said) or None


def means_rules(step: Step, on: date) -> MeansRules:
    """The settings in force the day of the move; a clause counts as read once its certainty says so."""
    limit = step.settings.setting("max_effort_rate", on)
    cost = step.settings.setting("net_cost_equivalent_surface", on)
    return MeansRules(
        limit_percent=Decimal(str(step.settings.float_on("max_effort_rate", on))),
        limit_read=limit.certainty != UNREAD,
        limit_certainty=limit.certainty,
        equal_surface=step.settings.bool_on("net_cost_equivalent_surface", on),
        cost_read=cost.certainty != UNREAD,
        cost_certainty=cost.certainty,
        stable_percent=Decimal(str(step.settings.float_on("net_cost_stable_percent", on))),
    )


class RecordDerogation(Data):
    promise: PromiseCode = Field(title="Promesse")
    reason: RequiredLong = Field(title="Motif de la dérogation")
    decided_on: date = Field(title="Décidée le")


def _derogation_obstacles(step: Step, data: RecordDerogation) -> Iterable[Reason]:
    yield from past(data.decided_on, step.today, "Décidée le", "decided_on")
    if step.subject["kind"] != REHOUSING:
        yield Reason(
            "promise.rehousing_only",
            "Les trois promesses de la charte concernent les relogements : ce dossier est une mutation.",
            "Charte métropolitaine de relogement",
        )


@command(CASE, RecordDerogation, check=_derogation_obstacles, moves=False)
def record_derogation(step: Step, data: RecordDerogation) -> None:
    """Said beside the verdict, with its author; the verdict stays as it was frozen."""
    step.created["derogation"] = step.insert(
        Derogation,
        case_id=step.case_id,
        code=data.promise,
        reason=data.reason,
        decided_on=data.decided_on,
        author_id=step.actor.id,
    )
