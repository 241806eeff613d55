"""The household's answer: accepted, refused, or silence; what a refusal brings about is frozen with it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from cases.commands.closing import end_attempts
from cases.commands.countable import count, effects_on, judged
from cases.commands.fields import LongText, RefusalReason
from cases.commands.technical_refusals import put_refusal
from cases.commands.vacancy import put_back
from cases.reasons import Reason
from cases.registry import CASE, Data, NoData, command
from cases.rules.offer_effects import COMMITTEE, NEED, PAUSE, Effect
from cases.step import Step
from db.rows import Row
from db.tables.offer import Offer

NO_OFFER = {"open_offer_id": None, "offer_answer_due_on": None, "visit_on": None}


def open_offer(step: Step) -> Row:
    return step.need(Offer, "La proposition", id=step.subject["open_offer_id"])


class RefuseOffer(Data):
    reasons: Annotated[list[RefusalReason], Field(min_length=1, max_length=8)] = Field(
        title="Motifs (le premier est le principal)"
    )
    words: LongText = Field(default="", title="Ce que dit le ménage")
    signed: bool = Field(default=False, title="Refus signé")
    pause_until: date | None = Field(default=None, title="Reprendre la recherche le")


def _answer_obstacles(step: Step, data: Data) -> Iterable[Reason]:
    """A household answers what it was offered, not before."""
    offer = step.get(Offer, id=step.subject["open_offer_id"] or "")
    if offer is not None and step.occurred_on < offer["offered_on"]:
        yield Reason(
            "offer.answer_before",
            f"La réponse précède la proposition du {offer['offered_on']:%d/%m/%Y} ; corrigez la date.",
        )


def _refusal_obstacles(step: Step, data: RefuseOffer) -> Iterable[Reason]:
    yield from _answer_obstacles(step, data)
    if "other" in data.reasons and not data.words:
        yield Reason("field.words", "Motif « Autre » : précisez-le dans « Ce que dit le ménage ».")
    if data.pause_until is None:
        return
    if data.pause_until <= step.today:
        yield Reason(
            "field.pause_until", "Reprendre la recherche le : ce jour est passé ; indiquez un jour à venir."
        )
    if not any(effect.kind == PAUSE for effect in effects_on(step, data.reasons)):
        yield Reason(
            "offer.no_pause",
            "Reprendre la recherche le : aucun des motifs ne suspend la recherche ; videz cette date "
            "ou ajoutez le motif qui l’explique.",
            "Réglage refusal_effects (à valider)",
        )


@command(CASE, RefuseOffer, check=_refusal_obstacles)
def refuse_offer(step: Step, data: RefuseOffer) -> None:
    """The household says no. For a demolition, whether it counts is tested and frozen now."""
    said = {"refusal_words": data.words, "refusal_signed": data.signed}
    _end_offer(step, open_offer(step), "refused", data.reasons, data.pause_until, **said)


def _expiry_obstacles(step: Step, data: NoData) -> Iterable[Reason]:
    due_on = step.subject["offer_answer_due_on"]
    if due_on is not None and step.occurred_on <= due_on:
        yield Reason(
            "offer.delay_running",
            f"Le délai de réponse court jusqu’au {due_on:%d/%m/%Y} inclus : attendez le lendemain.",
            "CCH R.441-10",
        )


@command(CASE, check=_expiry_obstacles)
def expire_offer(step: Step, data: NoData) -> None:
    """No answer within the delay: silence is a refusal (R.441-10)."""
    _end_offer(step, open_offer(step), "expired", ["no_answer"], None)


@command(CASE, check=_answer_obstacles)
def accept_offer(step: Step, data: NoData) -> None:
    offer = open_offer(step)
    step.update(Offer, {"id": offer["id"]}, state="accepted", answered_on=step.occurred_on)
    step.set(**NO_OFFER, accepted_offer_id=offer["id"])
    end_attempts(step, step.subject)


def _end_offer(
    step: Step, offer: Row, state: str, reasons: Sequence[str], pause_until: date | None, **said: Any
) -> None:
    effects = effects_on(step, reasons, pause_until)
    changes: Row = {
        "state": state,
        "answered_on": step.occurred_on,
        "refusal_reasons": list(reasons),
        "effects": [effect.as_json() for effect in effects],
        **said,
    }
    offer |= changes
    if step.subject["kind"] == "rehousing":
        result = judged(step, offer)
        changes |= {"countable": result.countable, "counted": result.countable, "judgement": result.as_json()}
    if any(effect.kind == COMMITTEE for effect in effects):
        changes["legitimacy"] = "under_review"
    step.update(Offer, {"id": offer["id"]}, **changes)
    put_back(step, offer["id"])
    step.set(**NO_OFFER)
    _bring_about(step, effects, offer["id"])
    if changes.get("countable"):
        count(step, offer)


def _bring_about(step: Step, effects: Iterable[Effect], offer_id: str) -> None:
    """What the reasons ask of the case: a pause, a sheet to revise, an opinion of the technical committee."""
    for effect in effects:
        if effect.kind == PAUSE:
            step.set(search_paused_until=effect.until)
        elif effect.kind == NEED:
            step.set(need_questioned_id=step.subject["need_sheet_id"], need_questioned_on=step.occurred_on)
            _tell(step, f"Fiche besoin à revoir pour {step.case_id} : un refus la met en cause.")
        else:
            held_on = put_refusal(step, offer_id)
            when = f"du {held_on:%d/%m/%Y}" if held_on else "prochain, dès qu’il sera programmé"
            _tell(step, f"Refus inscrit au comité technique {when} pour {step.case_id} : est-il légitime ?")


def _tell(step: Step, text: str) -> None:
    step.tell(step.subject["owner_id"], "news", text, step.case_id)


def _pause_obstacles(step: Step, data: NoData) -> Iterable[Reason]:
    if step.subject["search_paused_until"] is None:
        yield Reason("search.not_paused", "La recherche n’est pas en pause : il n’y a rien à reprendre.")


@command(CASE, check=_pause_obstacles, moves=False)
def end_search_pause(step: Step, data: NoData) -> None:
    """The search goes on, on the day that was said or before."""
    step.set(search_paused_until=None)
