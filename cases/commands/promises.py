"""The charter's promises: judged and frozen when the household moves in; a derogation is noted beside."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from pydantic import Field

from cases import territory
from cases.commands.fields import DayOfFact, PromiseCode, RequiredLong, past
from cases.commands.offer_money import dwelt, present_home, resources_of, signed_grid
from cases.labels.operation import OBJECTIVES
from cases.reasons import Reason
from cases.registry import CASE, Data, command
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
from db.tables.diagnosis import NeedSheet
from db.tables.follow_up import Derogation, Promise
from db.tables.offer import Offer
from db.tables.operation import Building
from db.tables.rehousing import Objective

REHOUSING = "rehousing"


def freeze_promises(step: Step, moved_on: date, new: Row) -> None:
    """Judge the three promises of a household that has just moved in for good. Once: what is frozen stays.

    `new`: what is known of the dwelling where it now lives (an offer, a temporary one, its own after works).
    """
    case = step.subject
    if case["kind"] != REHOUSING or step.get(Promise, case_id=case["id"]) is not None:
        return
    grid = signed_grid(step)
    was = present_home(step, grid)
    for judged in (
        residential_choice(_wishes(step, new, grid)),
        _means(step, was, new, grid, moved_on),
        balance(_place(step, was, new, moved_on)),
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


def _wishes(step: Step, new: Row, grid: Row) -> Wishes:
    """What the household ranked in its diagnosis; where it ranked nothing, the communes of its need sheet."""
    made = [row for row in step.find(Offer, case_id=step.case_id) if row["state"] != "annulled"]
    sheet_id = new.get("need_sheet_id") or step.subject["need_sheet_id"]
    sheet = step.get(NeedSheet, id=sheet_id) if sheet_id else None
    ranked = (grid.get("wished") or {}).get("communes") or (sheet["communes"] if sheet else [])
    return Wishes(
        asked=[_name(code) for code in ranked],
        offered=[_name(row["commune"]) for row in made],
        obtained=_name(new["commune"]) if new.get("commune") else None,
        typology_asked=(sheet["typology_min"], sheet["typology_max"]) if sheet else None,
        typology=new.get("typology"),
    )


def _means(step: Step, was: Row, new: Row, grid: Row, moved_on: date) -> Judged:
    return means(
        dwelt(was),
        dwelt(new),
        resources_of(grid),
        means_rules(step, moved_on),
        same_charges=_same_charges(was, new),
        stated_effort=new.get("effort_rate"),
    )


def _same_charges(was: Row, new: Row) -> bool | None:
    """Is heating in both bills, or in neither? None while one of them does not say."""
    before, after = was.get("heating_included"), new.get("heating_included")
    return None if before is None or after is None else before == after


def _place(step: Step, was: Row, new: Row, moved_on: date) -> Place:
    return Place(
        in_qpv=new.get("in_qpv"),
        from_qpv=_from_qpv(step, was),
        fragility=new.get("fragility"),
        objective=_objectives(step, new, moved_on),
    )


def _from_qpv(step: Step, was: Row) -> bool | None:
    """Said of the dwelling itself, else of its building."""
    if was["in_qpv"] is not None:
        return bool(was["in_qpv"])
    building = step.get(Building, id=was["building_id"]) if was["building_id"] else None
    return building["in_qpv"] if building else None


def _objectives(step: Step, new: Row, on: date) -> str | None:
    """Those in force that day for the commune or the landlord of the new dwelling, in words."""
    found = [
        row
        for row in step.find(Objective, annulled_reason="")
        if row["valid_from"] <= on <= (row["valid_until"] or on)
        and row["landlord_id"] in {None, new.get("landlord_id")}
        and row["commune"] in {None, new.get("commune")}
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
    decided_on: DayOfFact = Field(title="Décidée le")


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
