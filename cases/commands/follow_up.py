"""After moving in: contacts at one, six and twelve months (domain 1.6), and the end of the case."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from cases.commands.fields import ClosureReason, FollowUpOutcome, LongText, Text, past
from cases.lifecycle import machine_of
from cases.machines.facts import SIX_MONTHS, CaseFacts
from cases.machines.rehousing import EARLY_REASONS as REHOUSING_REASONS
from cases.machines.transfer import EARLY_REASONS as TRANSFER_REASONS
from cases.reasons import Reason, Refused
from cases.registry import CASE, Data, NoData, command
from cases.rules.dates import add_months
from cases.step import Step
from db.rows import Row
from db.tables.case import Attempt, Handover
from db.tables.follow_up import FollowUp
from db.tables.offer import Offer

EARLY = {"transfer": TRANSFER_REASONS, "rehousing": REHOUSING_REASONS}


@command(CASE)
def start_follow_up(step: Step, data: NoData) -> None:
    """The household has moved in: its support goes on."""


class RecordFollowUp(Data):
    milestone: Literal[1, 6, 12] = Field(title="Bilan à (mois)")
    held_on: date = Field(title="Contact le")
    reached: bool = Field(title="Ménage joint")
    rent_paid: bool | None = Field(default=None, title="Loyer payé")
    arrears: Annotated[int, Field(ge=0, le=100_000)] | None = Field(
        default=None, title="Dette depuis l’entrée (€)"
    )
    aid_in_place: bool | None = Field(default=None, title="Aide au logement en place")
    bills_as_expected: bool | None = Field(default=None, title="Factures conformes à l’estimation")
    defects: Text = Field(default="", title="Désordres signalés")
    relays_in_place: bool | None = Field(default=None, title="École, transport, santé : relais en place")
    neighbourhood: Text = Field(default="", title="Voisinage")
    wants_to_move: bool | None = Field(default=None, title="Souhaite à nouveau déménager")
    satisfaction: Annotated[int, Field(ge=1, le=4)] | None = Field(default=None, title="Satisfaction (1 à 4)")
    outcome: FollowUpOutcome | None = Field(default=None, title="Conclusion")


def _contact_obstacles(step: Step, data: RecordFollowUp) -> Iterable[Reason]:
    yield from past(data.held_on, step.today, "Contact le", "held_on")
    moved = step.subject["moved_in_on"]
    if moved is not None and data.held_on < moved:
        yield Reason("field.held_on", f"Contact le : avant l’emménagement ({moved:%d/%m/%Y}) ; corrigez.")
    if moved is not None:
        yield from _milestone_obstacles(step, data, moved)
    if data.reached and data.milestone >= SIX_MONTHS:
        missing = [
            name for name in ("rent_paid", "aid_in_place", "satisfaction") if getattr(data, name) is None
        ]
        if missing or data.outcome is None:
            yield Reason(
                "follow_up.incomplete",
                "Bilan à six mois : renseignez au moins le loyer, l’aide, la satisfaction et la conclusion.",
                "Convention de suivi social ; domaine 1.6",
            )


def _milestone_obstacles(step: Step, data: RecordFollowUp, moved: date) -> Iterable[Reason]:
    """A milestone opens with its window; the twelfth month does not stand for the sixth."""
    window = timedelta(days=int(step.setting("follow_up_window_days")))
    earliest = add_months(moved, data.milestone) - window
    if data.held_on < earliest:
        yield Reason(
            "follow_up.early",
            f"Bilan à {data.milestone} mois : il se fait à partir du {earliest:%d/%m/%Y}.",
            "Réglage follow_up_window_days (à valider)",
        )
    if data.milestone > SIX_MONTHS > step.subject["follow_up_done"]:
        yield Reason("follow_up.six_first", "Enregistrez d’abord le bilan à six mois, fait ou non.")


@command(CASE, RecordFollowUp, check=_contact_obstacles)
def record_follow_up(step: Step, data: RecordFollowUp) -> None:
    """So many failed tries for it (setting follow_up_tries) make the household « injoignable »: it is
    done."""
    step.insert(
        FollowUp, case_id=step.case_id, **data.model_dump(exclude={"outcome"}), outcome=data.outcome or ""
    )
    tries = len(step.find(FollowUp, case_id=step.case_id, milestone=data.milestone, reached=False))
    if data.reached or tries >= int(step.setting("follow_up_tries")):
        step.set(follow_up_done=max(step.subject["follow_up_done"], data.milestone))


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
    step.set(**end_offers(step, step.subject, "Dossier clos"))


def end_attempts(step: Step, case: Row) -> None:
    """What other landlords were asked for this case has no object any more."""
    _end(step, case, Attempt, "attempt")


def end_waiting(step: Step, case: Row) -> None:
    """Nor has anything else that somebody was asked for it."""
    end_attempts(step, case)
    _end(step, case, Handover, "handover")


def _end(step: Step, case: Row, model: type[Attempt] | type[Handover], about: str) -> None:
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
                Offer, {"id": offer["id"]}, state="annulled", annulled_reason=why, answered_on=answered_on
            )
    return {"open_offer_id": None, "offer_answer_due_on": None, "accepted_offer_id": None}


def close_reason_moves(step: Step, case: Row, reason: str) -> None:
    """Close another case than the targeted one because of a decision: its own machine decides."""
    end_waiting(step, case)
    closing = {"closed_on": step.occurred_on, "closure_reason": reason, "closed_from": case["state"]}
    facts = CaseFacts.of(case, early_reason_allowed=reason in EARLY[case["kind"]])
    decision = machine_of("case", case).decide(case["state"], "close_early", facts)
    if decision.target is None:
        raise Refused(decision.reasons)
    closing |= {"state": decision.target, "stage_since": step.occurred_on}
    step.change_case(case, **closing, **end_offers(step, case, "Dossier clos"))


class Reopen(Data):
    reason: Annotated[str, Field(min_length=3, max_length=400)] = Field(title="Motif de la réouverture")


@command(CASE, Reopen)
def reopen(step: Step, data: Reopen) -> None:
    """By a supervisor, with a reason: the history keeps both lines. A lease that led to no move is over."""
    step.set(closed_on=None, closure_reason=None, closed_from=None)
    if step.subject["moved_in_on"] is None:
        admitted_on = step.occurred_on if step.subject["admitted_on"] else None
        step.set(lease_signed_on=None, admitted_on=admitted_on)
