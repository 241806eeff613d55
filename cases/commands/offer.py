"""Written offers, their receipt, and what takes one back: kept, never counted (domain 1.4)."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from cases.commands.committee_outcome import end_decisions
from cases.commands.countable import recount
from cases.commands.fields import DayOfFact, LandlordId, Money, OfferId, Required, RequiredLong, Text, past
from cases.commands.home import OfferedHome
from cases.commands.offer_money import effort_of, money_of
from cases.commands.technical_refusals import forget_refusal
from cases.commands.vacancy import VacancyId, put_back, take, vacancy_obstacles
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.step import Step
from db.tables.offer import Offer
from db.tables.people import Body


class MakeOffer(OfferedHome):
    landlord_id: LandlordId = Field(title="Bailleur")
    written: bool = Field(default=True, title="Proposition écrite")
    adjoins: bool | None = Field(default=None, title="Canton ou commune limitrophe (fait constaté)")
    distance_km: Annotated[Decimal, Field(ge=0, le=200)] | None = Field(default=None, title="Distance (km)")
    specially_designed: bool = Field(default=False, title="Logement conçu pour ce relogement")
    housing_aid: Money | None = Field(default=None, title="Aide au logement estimée (€ par mois)")
    rent_cut: Money | None = Field(default=None, title="Réduction de loyer de solidarité (€ par mois)")
    utilities_flat: Money | None = Field(
        default=None, title="Forfait eau et chauffage individuels (€ par mois)"
    )
    effort_rate: Annotated[Decimal, Field(ge=0, le=10)] | None = Field(
        default=None, title="Taux d’effort (0,28 pour 28 % ; calculé si vide)"
    )
    visit_offered: bool = Field(default=False, title="Visite proposée")
    received_on: date | None = Field(default=None, title="Reçue le")
    proof: Text = Field(default="", title="Preuve de réception")
    vacancy_id: VacancyId | None = Field(default=None, title="Logement vacant déclaré")


def _offer_obstacles(step: Step, data: MakeOffer) -> Iterable[Reason]:
    step.need(Body, "Le bailleur", id=data.landlord_id)
    yield from vacancy_obstacles(step, data.vacancy_id, data.landlord_id)
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
    typed = data.model_dump()
    money = money_of(step, typed)
    typed["effort_rate"] = data.effort_rate or effort_of(money)
    step.insert(
        Offer,
        id=offer_id,
        case_id=step.case_id,
        number=number,
        need_sheet_id=step.subject["need_sheet_id"],
        offered_on=step.occurred_on,
        answer_due_on=due_on,
        refusal_reasons=[],
        effects=[],
        money=money.as_json(),
        **typed,
    )
    step.set(offers_made=number, open_offer_id=offer_id, offer_answer_due_on=due_on, search_paused_until=None)
    step.created["offer"] = offer_id
    take(step, data.vacancy_id, offer_id)


def answer_due_on(step: Step, start: date) -> date:
    return start + timedelta(days=int(step.setting("offer_answer_days")))


class RecordReceipt(Data):
    received_on: DayOfFact = Field(title="Reçue le")
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


class AnnulOffer(Data):
    reason: RequiredLong = Field(title="Motif de l’annulation")


@command(CASE, AnnulOffer)
def annul_offer(step: Step, data: AnnulOffer) -> None:
    """Withdrawn by the landlord or made in error: kept, never counted."""
    offer_id = step.subject["open_offer_id"] or step.subject["accepted_offer_id"]
    offer = step.need(Offer, "La proposition", id=offer_id)
    _annul(step, offer["id"], offer["state"], data.reason, answered_on=step.occurred_on)
    put_back(step, offer["id"])
    end_decisions(step)
    step.set(open_offer_id=None, offer_answer_due_on=None, accepted_offer_id=None, visit_on=None)


def _annul(step: Step, offer_id: str, state: str, reason: str, **changes: date) -> None:
    step.update(
        Offer,
        {"id": offer_id},
        state="annulled",
        annulled_from=state,
        annulled_on=step.occurred_on,
        annulled_reason=reason,
        counted=False,
        **changes,
    )


class AnnulRefusal(Data):
    offer_id: OfferId = Field(title="Proposition refusée ou restée sans réponse")
    reason: RequiredLong = Field(title="Ce qui avait été enregistré par erreur")


def _annulment_obstacles(step: Step, data: AnnulRefusal) -> Iterable[Reason]:
    offer = step.get(Offer, id=data.offer_id, case_id=step.case_id)
    if offer is None:
        yield Reason(
            "offer.unknown", "Proposition : elle n’est pas de ce dossier ; choisissez-la dans la liste."
        )
    elif offer["state"] not in {"refused", "expired"}:
        yield Reason(
            "offer.not_refused",
            "Proposition : elle n’est ni refusée ni restée sans réponse ; il n’y a pas de refus à annuler.",
        )


@command(CASE, AnnulRefusal, check=_annulment_obstacles, moves=False)
def annul_refusal(step: Step, data: AnnulRefusal) -> None:
    """A refusal recorded by mistake: the counter follows, the frozen test stays as it was."""
    offer = step.need(Offer, "La proposition", id=data.offer_id)
    _annul(step, offer["id"], offer["state"], data.reason)
    forget_refusal(step, offer["id"])
    if offer["counted"]:
        recount(step)
