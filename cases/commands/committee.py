"""The allocation commission, in both modes: informed of an accepted offer, or deciding (domain 1.3, 5.5)."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from cases.commands.committee_outcome import end_decisions, offer_over
from cases.commands.fields import DayOfFact, LongText, NonAllocation, Text, past
from cases.commands.follow_up import end_attempts
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.step import Step
from db.tables.offer import CommitteeDecision

R441_3 = "CCH R.441-3"


class InformCommittee(Data):
    informed_on: DayOfFact = Field(title="Commission informée le")
    comment: LongText = Field(default="", title="Précisions")


def _informed_obstacles(step: Step, data: InformCommittee) -> Iterable[Reason]:
    yield from past(data.informed_on, step.today, "Commission informée le", "informed_on")


@command(CASE, InformCommittee, check=_informed_obstacles)
def inform_committee(step: Step, data: InformCommittee) -> None:
    """The commission does not deliberate: it is told of the accepted offer."""
    _record(step, "inform", data.informed_on, "informed", reason=data.comment)
    end_attempts(step, step.subject)


class Examined(Data):
    """A commission looks at so many candidates (a setting) for a dwelling, save in the cases of R.441-3."""

    candidates: Annotated[int, Field(ge=1, le=20)] | None = Field(
        default=None, title="Candidats examinés pour ce logement"
    )
    few_candidates: Literal["too_few", "dalo_designated", "subsidised"] | None = Field(
        default=None, title="Trop peu de candidats : pourquoi"
    )


def _too_few(step: Step, data: Examined) -> Iterable[Reason]:
    least = int(step.setting("committee_min_candidates"))
    if data.candidates is not None and data.candidates < least and data.few_candidates is None:
        yield Reason(
            "field.few_candidates",
            f"Candidats examinés : moins de {least} ; dites lequel des cas prévus le permet.",
            R441_3,
        )


class Allocate(Examined):
    decision: Literal["allocation", "allocation_ranked", "allocation_suspensive"] = Field(
        default="allocation", title="Décision (R.441-3)"
    )
    rank: Annotated[int, Field(ge=1, le=20)] | None = Field(default=None, title="Rang")
    condition: Text = Field(default="", title="Condition suspensive : pièce attendue")
    condition_due_on: date | None = Field(default=None, title="Pièce attendue au plus tard le")


def _allocation_obstacles(step: Step, data: Allocate) -> Iterable[Reason]:
    yield from _too_few(step, data)
    if data.decision == "allocation_ranked" and data.rank is None:
        yield Reason("field.rank", "Rang : à renseigner pour une attribution avec rang.", "CCH R.441-3 b")
    if data.decision == "allocation_ranked" and (data.rank or 1) > 1:
        yield Reason(
            "committee.not_first",
            "Rang : seul le rang 1 attribue le logement ; pour un autre rang, utilisez "
            "« Enregistrer un rang d’attente ».",
            "CCH R.441-3 b, R.441-10",
        )
    if data.decision == "allocation_suspensive":
        yield from _condition_obstacles(step, data)


def _condition_obstacles(step: Step, data: Allocate) -> Iterable[Reason]:
    if not data.condition:
        yield Reason("field.condition", "Condition suspensive : précisez la pièce attendue.", "CCH R.441-3 c")
    if data.condition_due_on is None:
        yield Reason(
            "field.condition_due_on",
            "Pièce attendue au plus tard le : indiquez cette date, elle lie le bailleur.",
            "CCH R.441-3 c",
        )
    elif data.condition_due_on < step.occurred_on:
        yield Reason(
            "field.condition_due_on",
            f"Pièce attendue au plus tard le {data.condition_due_on:%d/%m/%Y} : avant la commission ; "
            "corrigez la date.",
            "CCH R.441-3 c",
        )


@command(CASE, Allocate, check=_allocation_obstacles)
def allocate(step: Step, data: Allocate) -> None:
    """The dwelling is the household's, at once or once a missing document is there."""
    suspensive = data.decision == "allocation_suspensive"
    end_decisions(step)
    _record(
        step,
        "decide",
        step.occurred_on,
        data.decision,
        rank=data.rank,
        condition=data.condition if suspensive else "",
        condition_due_on=data.condition_due_on if suspensive else None,
        candidates=data.candidates,
        few_candidates=data.few_candidates or "",
        outcome="waiting" if suspensive else "",
    )
    step.set(condition_due_on=data.condition_due_on if suspensive else None)
    end_attempts(step, step.subject)


class NotAllocate(Examined):
    decision: Literal["not_allocated", "inadmissible"] = Field(
        default="not_allocated", title="Décision (R.441-3)"
    )
    reasons: Annotated[list[NonAllocation], Field(max_length=6)] = Field(
        default=[], title="Motifs de non-attribution"
    )
    rank: Annotated[int, Field(ge=2, le=20)] | None = Field(default=None, title="Rang, si classé")
    reason: LongText = Field(default="", title="Précisions (L.441-2-2)")


def _refused_obstacles(step: Step, data: NotAllocate) -> Iterable[Reason]:
    yield from _too_few(step, data)
    if not data.reasons and not data.reason:
        yield Reason(
            "field.reasons",
            "Motifs de non-attribution : choisissez au moins un motif, ou écrivez-le ; "
            "la décision est notifiée avec son motif.",
            "CCH L.441-2-2",
        )


@command(CASE, NotAllocate, check=_refused_obstacles)
def not_allocate(step: Step, data: NotAllocate) -> None:
    """Back to searching: the reason is kept, the offer is over."""
    end_decisions(step)
    _record(
        step,
        "decide",
        step.occurred_on,
        data.decision,
        rank=data.rank,
        reason=data.reason,
        reasons=list(data.reasons),
        candidates=data.candidates,
        few_candidates=data.few_candidates or "",
    )
    offer_over(step)


class RankCandidate(Examined):
    rank: Annotated[int, Field(ge=2, le=20)] = Field(title="Rang obtenu")
    reason: LongText = Field(default="", title="Précisions")


def _rank_obstacles(step: Step, data: RankCandidate) -> Iterable[Reason]:
    return _too_few(step, data)


@command(CASE, RankCandidate, check=_rank_obstacles)
def rank_candidate(step: Step, data: RankCandidate) -> None:
    """Behind others: the household gets the dwelling if all those before refuse (R.441-10)."""
    end_decisions(step)
    _record(
        step,
        "decide",
        step.occurred_on,
        "allocation_ranked",
        rank=data.rank,
        reason=data.reason,
        candidates=data.candidates,
        few_candidates=data.few_candidates or "",
        outcome="waiting",
    )
    step.set(committee_rank=data.rank)


def _record(step: Step, mode: str, held_on: date, decision: str, **values: object) -> None:
    step.insert(
        CommitteeDecision,
        case_id=step.case_id,
        offer_id=step.subject["accepted_offer_id"],
        mode=mode,
        held_on=held_on,
        decision=decision,
        **({"reasons": []} | values),
    )
