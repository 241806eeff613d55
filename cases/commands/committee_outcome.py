"""What becomes of a rank behind others and of a suspensive condition (R.441-3 b and c, R.441-10)."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from cases.commands.fields import DayOfFact, LongText, RequiredLong, past
from cases.commands.follow_up import end_attempts
from cases.commands.vacancy import put_back
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.step import Step
from db.tables.offer import CommitteeDecision, Offer


class AwardNextRank(Data):
    refused_on: DayOfFact = Field(title="Dernier refus d’un candidat mieux classé, le")
    reason: LongText = Field(default="", title="Précisions")


def _award_obstacles(step: Step, data: AwardNextRank) -> Iterable[Reason]:
    yield from past(data.refused_on, step.today, "Dernier refus", "refused_on")


@command(CASE, AwardNextRank, check=_award_obstacles)
def award_next_rank(step: Step, data: AwardNextRank) -> None:
    """Those before have all refused: the dwelling is this household's, by the same decision."""
    _settle(step, "awarded")
    step.set(committee_rank=None)
    end_attempts(step, step.subject)


class LiftCondition(Data):
    received_on: DayOfFact = Field(title="Pièce reçue le")


def _lift_obstacles(step: Step, data: LiftCondition) -> Iterable[Reason]:
    yield from past(data.received_on, step.today, "Pièce reçue le", "received_on")
    due_on = step.subject["condition_due_on"]
    if due_on is None:
        yield Reason(
            "committee.no_condition", "Aucune condition suspensive n’attend de pièce.", "CCH R.441-3 c"
        )
    elif data.received_on > due_on:
        yield Reason(
            "committee.condition_late",
            f"Pièce reçue le : après le {due_on:%d/%m/%Y}, l’attribution ne lie plus le bailleur ; "
            "constatez que la condition n’est pas levée.",
            "CCH R.441-3 c",
        )


@command(CASE, LiftCondition, check=_lift_obstacles, moves=False)
def lift_condition(step: Step, data: LiftCondition) -> None:
    """The document came in time: the landlord must sign the lease (R.441-3 c)."""
    _settle(step, "lifted", data.received_on)
    step.set(condition_due_on=None)


class FailCondition(Data):
    reason: RequiredLong = Field(title="Ce qui a manqué")


def _fail_obstacles(step: Step, data: FailCondition) -> Iterable[Reason]:
    due_on = step.subject["condition_due_on"]
    if due_on is not None and step.occurred_on <= due_on:
        yield Reason(
            "committee.condition_running",
            f"La pièce peut être remise jusqu’au {due_on:%d/%m/%Y} inclus : attendez le lendemain.",
            "CCH R.441-3 c",
        )


@command(CASE, FailCondition, check=_fail_obstacles)
def fail_condition(step: Step, data: FailCondition) -> None:
    """The document did not come: the allocation falls and the search goes on."""
    _settle(step, "fallen")
    step.set(condition_due_on=None)
    offer_over(step)


def end_decisions(step: Step) -> None:
    """A rank or a condition that waits has no object any more: kept, closed."""
    _settle(step, "ended")
    step.set(committee_rank=None, condition_due_on=None)


def _settle(step: Step, outcome: str, on: date | None = None) -> None:
    step.update(
        CommitteeDecision,
        {"case_id": step.case_id, "outcome": "waiting"},
        outcome=outcome,
        settled_on=on or step.occurred_on,
    )


def offer_over(step: Step) -> None:
    step.update(Offer, {"id": step.subject["accepted_offer_id"]}, state="not_allocated")
    put_back(step, step.subject["accepted_offer_id"])
    step.set(accepted_offer_id=None)
