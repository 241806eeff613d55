"""The charter's promises: judged and frozen when the household moves in; a derogation is noted beside."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field

from cases import territory
from cases.commands.fields import PromiseCode, RequiredLong, past
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

REHOUSING = "rehousing"


def freeze_promises(step: Step, moved_on: date, *, fragility: int | None = None) -> None:
    """Judge the three promises of a household that has just moved in for good. Once: what is frozen stays."""
    case = step.subject
    if case["kind"] != REHOUSING or step.get(Promise, case_id=case["id"]) is not None:
        return
    offer = step.get(Offer, id=case["accepted_offer_id"]) if case["accepted_offer_id"] else None
    sheet = step.get(NeedSheet, id=offer["need_sheet_id"]) if offer else None
    for judged in (
        residential_choice(_wishes(step, offer, sheet)),
        _means(step, offer, moved_on),
        balance(Place(in_qpv=offer["in_qpv"] if offer else None, fragility=fragility)),
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


def _wishes(step: Step, offer: Row | None, sheet: Row | None) -> Wishes:
    made = [row for row in step.find(Offer, case_id=step.case_id) if row["state"] != "annulled"]
    return Wishes(
        asked=[_name(code) for code in sheet["communes"]] if sheet else (),
        offered=[_name(row["commune"]) for row in made],
        obtained=_name(offer["commune"]) if offer else None,
        typology_asked=(sheet["typology_min"], sheet["typology_max"]) if sheet else None,
        typology=offer["typology"] if offer else None,
    )


def _means(step: Step, offer: Row | None, moved_on: date) -> Judged:
    left = step.need(Dwelling, "Le logement", id=step.subject["dwelling_id"])
    new: Row = offer or dict.fromkeys(("rent", "charges", "housing_aid", "surface_m2", "effort_rate"))
    return means(
        _dwelt(left),
        _dwelt(new),
        _resources(step),
        means_rules(step, moved_on),
        same_charges=_same_charges(left, new),
        stated_effort=new["effort_rate"],
    )


def _dwelt(row: Row) -> Dwelt:
    bill = HousingBill(rent=row["rent"], charges=row["charges"], housing_aid=row["housing_aid"])
    return Dwelt(bill=bill, surface_m2=row["surface_m2"], rent_cut=row.get("rent_cut") or Decimal(0))


def _same_charges(left: Row, new: Row) -> bool | None:
    """Is heating in both bills, or in neither? None while one of them does not say."""
    was, is_now = left.get("heating_included"), new.get("heating_included")
    return None if was is None or is_now is None else was == is_now


def _resources(step: Step) -> Decimal | None:
    """Of the month of the diagnosis in force; None when none was signed or none was said."""
    diagnosis = step.get(Diagnosis, id=step.subject["diagnosis_id"]) if step.subject["diagnosis_id"] else None
    stated: list[dict[str, Any]] = diagnosis["grid"].get("resources", []) if diagnosis else []
    return sum((Decimal(str(item["monthly"])) for item in stated), Decimal(0)) if stated else None


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
