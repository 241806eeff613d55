"""The end of a case, before its term or after its follow-up, and what then stops for it."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field
from sqlmodel import SQLModel

from cases.commands.beside import end_beside
from cases.commands.fields import ClosureReason, LongText
from cases.commands.obstacle import end_obstacles
from cases.commands.support import end_measures
from cases.commands.technical_items import end_items
from cases.commands.vacancy import put_back
from cases.lifecycle import machine_of
from cases.machines.facts import CaseFacts
from cases.machines.rehousing import EARLY_REASONS as REHOUSING_REASONS
from cases.machines.transfer import EARLY_REASONS as TRANSFER_REASONS
from cases.reasons import Reason, Refused
from cases.registry import CASE, Data, NoData, command
from cases.rules.dates import add_months
from cases.step import Step
from db.rows import Row
from db.tables.case import Attempt, Handover
from db.tables.follow_up import Signal
from db.tables.offer import CommitteeDecision, Offer
from db.tables.rehousing import GroupedAnswer, PlannedAct, TemporaryStay

EARLY = {"transfer": TRANSFER_REASONS, "rehousing": REHOUSING_REASONS}


@command(CASE)
def close_case(step: Step, data: NoData) -> None:
    """The end of the path: rehoused or transferred, and followed for six months."""
    reason = "rehoused" if step.subject["kind"] == "rehousing" else "transferred"
    close(step, reason)


class CloseEarly(Data):
    reason: ClosureReason = Field(title="Motif")
    detail: LongText = Field(default="", title="Précisions")
    first_attempt_on: date | None = Field(default=None, title="Premier essai le (sans réponse)")
    second_attempt_on: date | None = Field(default=None, title="Second essai le (sans réponse)")
    letter_on: date | None = Field(default=None, title="Courrier du (sans réponse)")


def _reason_allowed(step: Step, data: CloseEarly) -> dict[str, bool]:
    return {"early_reason_allowed": data.reason in EARLY[step.subject["kind"]]}


def _early_obstacles(step: Step, data: CloseEarly) -> Iterable[Reason]:
    if data.reason == "duplicate_merged":
        yield Reason(
            "close.merge_instead",
            "Un doublon se ferme par « Fusionner un doublon », depuis l’autre dossier : rien n’en est perdu.",
            "Domaine 9, cas 8",
        )
    if data.reason != "no_answer":
        return
    if data.first_attempt_on is None or data.second_attempt_on is None or data.letter_on is None:
        yield Reason(
            "close.no_answer", "Sans réponse : indiquez les deux essais et le courrier.", "Domaine 9"
        )
    elif add_months(data.letter_on, 1) > step.occurred_on:
        yield Reason(
            "close.letter_recent",
            f"Sans réponse : attendez un mois après le courrier, le "
            f"{add_months(data.letter_on, 1):%d/%m/%Y}.",
            "Domaine 9",
        )


@command(CASE, CloseEarly, check=_early_obstacles, facts=_reason_allowed)
def close_early(step: Step, data: CloseEarly) -> None:
    """An exit before the term, with its reason; the case leaves the ICI and its clocks stop."""
    close(step, data.reason)


def close(step: Step, reason: str) -> None:
    release(step)
    step.set(closed_on=step.occurred_on, closure_reason=reason, closed_from=step.subject["state"])
    step.tell(step.subject["referrer_id"], "news", f"{step.case_id} est clos.", step.case_id)


def release(step: Step) -> None:
    """The targeted case stops: nothing is awaited for it any more, from others, the ICI or the household."""
    from cases.commands.escalation import leave_ici  # noqa: PLC0415  # escalations also close cases

    leave_ici(step, step.subject)
    end_waiting(step, step.subject)
    step.set(**end_offers(step, step.subject, "Dossier clos"), **end_stays(step, step.subject))
    step.set(**end_beside(step, step.subject, f"Dossier clos le {step.occurred_on:%d/%m/%Y}."))


def end_attempts(step: Step, case: Row) -> None:
    """What other landlords were asked for this case has no object any more."""
    _end(step, case, Attempt, "attempt")


def end_waiting(step: Step, case: Row) -> None:
    """Nor has anything else that somebody was asked for it."""
    end_attempts(step, case)
    _end(step, case, Handover, "handover")
    _end(step, case, Signal, "signal")
    _end(step, case, PlannedAct, "planned_act")
    _end(step, case, GroupedAnswer, "grouped_answer")
    end_obstacles(step, case)
    end_measures(step, case)
    end_items(step, case)


def _end(step: Step, case: Row, model: type[SQLModel], about: str) -> None:
    for row in step.find(model, case_id=case["id"], answer="waiting"):
        step.update(model, {"id": row["id"]}, answer="ended", answered_on=step.occurred_on)
        step.touch(about, row["id"])


def end_offers(step: Step, case: Row, why: str) -> dict[str, None]:
    """An offer that waits, or was accepted and led to no move, is annulled: kept, never counted.

    Answers the columns of the case that must follow.
    """
    if case["moved_in_on"] is not None:
        return {}
    for state in ("pending", "accepted"):
        for offer in step.find(Offer, case_id=case["id"], state=state):
            answered_on = offer["answered_on"] or step.occurred_on
            step.update(
                Offer,
                {"id": offer["id"]},
                state="annulled",
                annulled_from=state,
                annulled_on=step.occurred_on,
                annulled_reason=why,
                answered_on=answered_on,
            )
            put_back(step, offer["id"])
    waiting = {"case_id": case["id"], "outcome": "waiting"}
    step.update(CommitteeDecision, waiting, outcome="ended", settled_on=step.occurred_on)
    offered = ("open_offer_id", "offer_answer_due_on", "accepted_offer_id", "visit_on")
    return dict.fromkeys((*offered, "committee_rank", "condition_due_on"))


def end_stays(step: Step, case: Row) -> dict[str, None]:
    """No return is awaited any more from who was housed for a time."""
    going_on = {"case_id": case["id"], "outcome": ""}
    step.update(TemporaryStay, going_on, ended_on=step.occurred_on, outcome="ended")
    return {"return_planned_on": None}


def close_reason_moves(step: Step, case: Row, reason: str) -> None:
    """Close another case than the targeted one because of a decision: its own machine decides."""
    end_waiting(step, case)
    closing = {"closed_on": step.occurred_on, "closure_reason": reason, "closed_from": case["state"]}
    facts = CaseFacts.of(case, early_reason_allowed=reason in EARLY[case["kind"]])
    decision = machine_of("case", case).decide(case["state"], "close_early", facts)
    if decision.target is None:
        raise Refused(decision.reasons)
    closing |= {"state": decision.target, "stage_since": step.occurred_on}
    closing |= end_beside(step, case, f"Dossier clos le {step.occurred_on:%d/%m/%Y}.")
    closing |= end_offers(step, case, "Dossier clos") | end_stays(step, case)
    step.change_case(case, **closing)


class Reopen(Data):
    reason: Annotated[str, Field(min_length=3, max_length=400)] = Field(title="Motif de la réouverture")


def _reopening_obstacles(step: Step, data: Reopen) -> Iterable[Reason]:
    if step.subject["erased_on"] is not None:
        yield Reason(
            "reopen.erased",
            f"Les données de ce dossier ont été effacées le {step.subject['erased_on']:%d/%m/%Y} : "
            "faites un nouveau signalement.",
            "CNIL, délibération 2014-124, article 4",
        )
    if step.subject["merged_into_id"] is not None:
        yield Reason(
            "merge.undo_first",
            f"Ce dossier est fusionné dans {step.subject['merged_into_id']} : défaites la fusion de là-bas.",
            "Domaine 9, cas 8",
        )


@command(CASE, Reopen, check=_reopening_obstacles)
def reopen(step: Step, data: Reopen) -> None:
    """By a supervisor, with a reason: the history keeps both lines. A lease that led to no move is over."""
    step.set(closed_on=None, closure_reason=None, closed_from=None)
    if step.subject["moved_in_on"] is None:
        admitted_on = step.occurred_on if step.subject["admitted_on"] else None
        step.set(lease_signed_on=None, admitted_on=admitted_on)
