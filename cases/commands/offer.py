"""Written offers, their answer, and the countable-offer test frozen at the refusal (domain 1.4)."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from cases.commands.countable import judged
from cases.commands.fields import (
    Feature,
    Insee,
    LandlordId,
    LongText,
    Money,
    RefusalReason,
    Required,
    RequiredLong,
    Surface,
    Text,
    Typology,
    past,
)
from cases.reasons import Reason
from cases.registry import CASE, Data, NoData, command
from cases.step import Step
from db.rows import Row
from db.tables.offer import Offer
from db.tables.people import Body


class MakeOffer(Data):
    landlord_id: LandlordId = Field(title="Bailleur")
    written: bool = Field(default=True, title="Proposition écrite")
    address: Required = Field(title="Adresse du logement")
    commune: Insee = Field(title="Commune")
    canton: Text | None = Field(default=None, title="Canton")
    adjoins: bool | None = Field(default=None, title="Canton ou commune limitrophe (fait constaté)")
    distance_km: Annotated[Decimal, Field(ge=0, le=200)] | None = Field(default=None, title="Distance (km)")
    specially_designed: bool = Field(default=False, title="Logement conçu pour ce relogement")
    typology: Typology = Field(title="Typologie (T)")
    surface_m2: Surface | None = Field(default=None, title="Surface (m²)")
    floor: Annotated[int, Field(ge=-1, le=40)] | None = Field(default=None, title="Étage")
    lift: bool | None = Field(default=None, title="Ascenseur")
    features: Annotated[list[Feature], Field(max_length=8)] = Field(default=[], title="Équipements")
    rent: Money | None = Field(default=None, title="Loyer (€ par mois)")
    charges: Money | None = Field(default=None, title="Charges (€ par mois)")
    housing_aid: Money | None = Field(default=None, title="Aide au logement estimée (€ par mois)")
    effort_rate: Annotated[Decimal, Field(ge=0, le=10)] | None = Field(
        default=None, title="Taux d’effort (0,28 pour 28 %)"
    )
    recent: bool | None = Field(default=None, title="Neuf ou de moins de cinq ans")
    in_qpv: bool | None = Field(default=None, title="En QPV")
    visit_offered: bool = Field(default=False, title="Visite proposée")
    received_on: date | None = Field(default=None, title="Reçue le")
    proof: Text = Field(default="", title="Preuve de réception")


def _offer_obstacles(step: Step, data: MakeOffer) -> Iterable[Reason]:
    step.need(Body, "Le bailleur", id=data.landlord_id)
    yield from past(data.received_on, step.today, "Reçue le", "received_on")
    if data.received_on is not None and data.received_on < step.occurred_on:
        yield Reason(
            "field.received_on", "Reçue le : la réception précède la proposition ; corrigez une des dates."
        )


@command(CASE, MakeOffer, check=_offer_obstacles)
def make_offer(step: Step, data: MakeOffer) -> None:
    """A dwelling is proposed; the answer is due so many days after its receipt (R.441-10)."""
    offer_id = step.reference("P", 6)
    number = step.subject["offers_made"] + 1
    due_on = answer_due_on(step, data.received_on or step.occurred_on)
    step.insert(
        Offer,
        id=offer_id,
        case_id=step.case_id,
        number=number,
        need_sheet_id=step.subject["need_sheet_id"],
        offered_on=step.occurred_on,
        answer_due_on=due_on,
        refusal_reasons=[],
        **data.model_dump(),
    )
    step.set(offers_made=number, open_offer_id=offer_id, offer_answer_due_on=due_on)
    step.created["offer"] = offer_id


def answer_due_on(step: Step, start: date) -> date:
    return start + timedelta(days=int(step.setting("offer_answer_days")))


class RecordReceipt(Data):
    received_on: date = Field(title="Reçue le")
    proof: Required = Field(title="Preuve de réception")


def _receipt_obstacles(step: Step, data: RecordReceipt) -> Iterable[Reason]:
    yield from past(data.received_on, step.today, "Reçue le", "received_on")
    offer = step.get(Offer, id=step.subject["open_offer_id"] or "")
    if offer is None:
        yield Reason("offer.none", "Aucune proposition n’attend de réponse.")
    elif data.received_on < offer["offered_on"]:
        yield Reason(
            "field.received_on",
            f"Reçue le : avant la proposition du {offer['offered_on']:%d/%m/%Y} ; corrigez la date.",
        )


@command(CASE, RecordReceipt, check=_receipt_obstacles, moves=False)
def record_receipt(step: Step, data: RecordReceipt) -> None:
    """The household received the offer: the delay to answer runs from that day."""
    due_on = answer_due_on(step, data.received_on)
    step.update(
        Offer,
        {"id": step.subject["open_offer_id"]},
        received_on=data.received_on,
        proof=data.proof,
        answer_due_on=due_on,
    )
    step.set(offer_answer_due_on=due_on)


def open_offer(step: Step) -> Row:
    return step.need(Offer, "La proposition", id=step.subject["open_offer_id"])


class RefuseOffer(Data):
    reasons: Annotated[list[RefusalReason], Field(min_length=1, max_length=8)] = Field(
        title="Motifs (le premier est le principal)"
    )
    words: LongText = Field(default="", title="Ce que dit le ménage")
    signed: bool = Field(default=False, title="Refus signé")


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


@command(CASE, RefuseOffer, check=_refusal_obstacles)
def refuse_offer(step: Step, data: RefuseOffer) -> None:
    """The household says no. For a demolition, whether it counts is tested and frozen now."""
    offer = open_offer(step)
    _end_offer(
        step,
        offer,
        "refused",
        refusal_reasons=list(data.reasons),
        refusal_words=data.words,
        refusal_signed=data.signed,
    )


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
    _end_offer(step, open_offer(step), "expired", refusal_reasons=["no_answer"])


def _end_offer(step: Step, offer: Row, state: str, **changes: Any) -> None:
    offer |= {"state": state, "answered_on": step.occurred_on} | changes
    frozen: dict[str, Any] = {}
    if step.subject["kind"] == "rehousing":
        result = judged(step, offer)
        frozen = {"countable": result.countable, "judgement": result.as_json()}
    step.update(Offer, {"id": offer["id"]}, state=state, answered_on=step.occurred_on, **changes, **frozen)
    step.set(open_offer_id=None, offer_answer_due_on=None)
    if frozen.get("countable"):
        _count(step, offer)


def _count(step: Step, offer: Row) -> None:
    """The third one has an effect only once a person has validated it."""
    refusals = step.subject["countable_refusals"] + 1
    step.set(countable_refusals=refusals)
    to_ask = not step.subject["third_refusal_to_validate"] and not step.subject["third_refusal_validated_on"]
    if to_ask and refusals >= int(step.setting("offers_before_right_lost")):
        step.set(third_refusal_to_validate=True, third_offer_received_on=offer["received_on"])
        lead = step.lead_of(step.subject["landlord_id"])
        step.tell(
            lead, "news", f"Troisième offre valable refusée pour {step.case_id} : à valider.", step.case_id
        )


class AnnulOffer(Data):
    reason: RequiredLong = Field(title="Motif de l’annulation")


@command(CASE, AnnulOffer)
def annul_offer(step: Step, data: AnnulOffer) -> None:
    """Withdrawn by the landlord or made in error: kept, never counted."""
    offer_id = step.subject["open_offer_id"] or step.subject["accepted_offer_id"]
    step.update(
        Offer, {"id": offer_id}, state="annulled", annulled_reason=data.reason, answered_on=step.occurred_on
    )
    step.set(open_offer_id=None, offer_answer_due_on=None, accepted_offer_id=None)


@command(CASE, check=_answer_obstacles)
def accept_offer(step: Step, data: NoData) -> None:
    offer = open_offer(step)
    step.update(Offer, {"id": offer["id"]}, state="accepted", answered_on=step.occurred_on)
    step.set(open_offer_id=None, offer_answer_due_on=None, accepted_offer_id=offer["id"])
