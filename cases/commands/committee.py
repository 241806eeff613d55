"""The allocation commission, in both modes: informed of a demolition rehousing, or deciding (domain 1.3,
5.5)."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from cases.commands.fields import LongText, RequiredLong, Text, past
from cases.commands.follow_up import end_attempts
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.step import Step
from db.tables.offer import CommitteeDecision, Offer


class InformCommittee(Data):
    informed_on: date = Field(title="Commission informée le")
    comment: LongText = Field(default="", title="Précisions")


def _informed_obstacles(step: Step, data: InformCommittee) -> Iterable[Reason]:
    yield from past(data.informed_on, step.today, "Commission informée le", "informed_on")


@command(CASE, InformCommittee, check=_informed_obstacles)
def inform_committee(step: Step, data: InformCommittee) -> None:
    """The commission does not deliberate: it is told of the accepted offer."""
    _record(step, "inform", data.informed_on, "informed", reason=data.comment)
    end_attempts(step, step.subject)


class Allocate(Data):
    decision: Literal["allocation", "allocation_ranked", "allocation_suspensive"] = Field(
        default="allocation", title="Décision (R.441-3)"
    )
    rank: Annotated[int, Field(ge=1, le=20)] | None = Field(default=None, title="Rang")
    condition: Text = Field(default="", title="Condition suspensive")
    condition_due_on: date | None = Field(default=None, title="Condition à lever avant le")


def _allocation_obstacles(step: Step, data: Allocate) -> Iterable[Reason]:
    if data.decision == "allocation_ranked" and data.rank is None:
        yield Reason("field.rank", "Rang : à renseigner pour une attribution avec rang.", "CCH R.441-3 b")
    if data.decision == "allocation_ranked" and (data.rank or 1) > 1:
        yield Reason(
            "committee.not_first",
            "Rang : seul le rang 1 attribue le logement ; pour un autre rang, enregistrez une "
            "non-attribution.",
            "CCH R.441-3 b, R.441-10",
        )
    if data.decision == "allocation_suspensive" and not data.condition:
        yield Reason("field.condition", "Condition suspensive : précisez la pièce attendue.", "CCH R.441-3 c")


@command(CASE, Allocate, check=_allocation_obstacles)
def allocate(step: Step, data: Allocate) -> None:
    _record(
        step,
        "decide",
        step.occurred_on,
        data.decision,
        rank=data.rank,
        condition=data.condition,
        condition_due_on=data.condition_due_on,
    )
    end_attempts(step, step.subject)


class NotAllocate(Data):
    decision: Literal["not_allocated", "inadmissible"] = Field(
        default="not_allocated", title="Décision (R.441-3)"
    )
    rank: Annotated[int, Field(ge=2, le=20)] | None = Field(default=None, title="Rang, si classé")
    reason: RequiredLong = Field(title="Motif (L.441-2-2)")


@command(CASE, NotAllocate)
def not_allocate(step: Step, data: NotAllocate) -> None:
    """Back to searching: the reason is kept, the offer is over."""
    offer_id = step.subject["accepted_offer_id"]
    _record(step, "decide", step.occurred_on, data.decision, rank=data.rank, reason=data.reason)
    step.update(Offer, {"id": offer_id}, state="not_allocated")
    step.set(accepted_offer_id=None)


def _record(step: Step, mode: str, held_on: date, decision: str, **values: object) -> None:
    step.insert(
        CommitteeDecision,
        case_id=step.case_id,
        offer_id=step.subject["accepted_offer_id"],
        mode=mode,
        held_on=held_on,
        decision=decision,
        **values,
    )
