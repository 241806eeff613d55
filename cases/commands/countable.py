"""The countable-offer test on the records of the day of the refusal, and the counter that follows it (domain
1.4)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from cases.rules.countable_offer import CountableResult, test_offer
from cases.rules.offer_effects import Effect, Effects
from cases.rules.offer_facts import LegalGround, NeedFacts, OfferFacts, OfferRules
from cases.step import Step
from db.rows import Row
from db.tables.diagnosis import NeedSheet
from db.tables.offer import Offer
from db.tables.operation import Building, Dwelling, Operation

NOT_REACHED = {
    "third_refusal_to_validate": False,
    "third_refusal_validated_on": None,
    "third_offer_received_on": None,
    "right_to_stay_until": None,
}


def judged(step: Step, offer: Row) -> CountableResult:
    """The result to freeze: countable or not, each test with its detail and source."""
    return test_offer(*_inputs(step, offer), step.today)


def _inputs(step: Step, offer: Row) -> tuple[OfferFacts, NeedFacts, LegalGround, OfferRules]:
    """What the test looks at: the offer, the need sheet in force when it was made, the operation, the
    settings."""
    sheet = step.need(NeedSheet, "La fiche besoin", id=offer["need_sheet_id"])
    dwelling = step.need(Dwelling, "Le logement", id=step.subject["dwelling_id"])
    return _offer_facts(offer), _need_facts(sheet, dwelling), _ground(step), _rules(step, offer["offered_on"])


def _offer_facts(offer: Row) -> OfferFacts:
    names = OfferFacts.__dataclass_fields__
    values = {name: offer[name] for name in names if name in offer}
    return OfferFacts(
        **values
        | {
            "features": frozenset(offer["features"]),
            "proof": offer["proof"] or None,
            "main_reason": next(iter(offer["refusal_reasons"]), None),
        }
    )


def _need_facts(sheet: Row, dwelling: Row) -> NeedFacts:
    return NeedFacts(
        typology_min=sheet["typology_min"],
        typology_max=sheet["typology_max"],
        max_cost=sheet["max_cost"],
        features=frozenset(sheet["features"]),
        exclusion_communes=frozenset(sheet["excluded_communes"]),
        commune=dwelling["commune"],
        canton=dwelling["canton"],
        under_occupation_accepted=sheet["under_occupation_accepted"],
    )


def _ground(step: Step) -> LegalGround:
    building = step.get(Building, id=step.subject["building_id"] or "")
    operation = step.get(Operation, id=building["operation_id"]) if building else None
    if operation is None:
        return LegalGround()
    return LegalGround(
        anru_convention_on=operation["convention_on"], demolition_permit_on=operation["permit_on"]
    )


def _rules(step: Step, on: date) -> OfferRules:
    return OfferRules(
        answer_delay_days=step.settings.int_on("offer_answer_days", on),
        typology_below=step.settings.int_on("typology_below", on),
        typology_above=step.settings.int_on("typology_tolerance", on),
        max_distance_km=Decimal(str(step.settings.value("legal_distance_km", on))),
        communes_with_cantons=frozenset(step.settings.strs_on("cantoned_communes", on)),
        reasons_excluded=_table(step, on).excluded(),
    )


def _table(step: Step, on: date) -> Effects:
    rows = step.settings.list_on("refusal_effects", on)
    return Effects(
        rows=tuple(tuple(str(cell) for cell in row) for row in rows if isinstance(row, tuple)),
        pause_days=step.settings.int_on("search_pause_days", on),
    )


def effects_on(step: Step, reasons: Sequence[str], pause_until: date | None = None) -> tuple[Effect, ...]:
    """What these reasons bring about, by the table in force on the day of the refusal."""
    return _table(step, step.occurred_on).of(reasons, step.occurred_on, pause_until)


def count(step: Step, offer: Row) -> None:
    """The third one has an effect only once a person has validated it."""
    refusals = step.subject["countable_refusals"] + 1
    step.set(countable_refusals=refusals)
    to_ask = not step.subject["third_refusal_to_validate"] and not step.subject["third_refusal_validated_on"]
    if to_ask and refusals >= _needed(step):
        step.set(third_refusal_to_validate=True, third_offer_received_on=offer["received_on"])
        _tell_lead(step, f"Troisième offre valable refusée pour {step.case_id} : à valider.")


def recount(step: Step) -> None:
    """A counted refusal was annulled: what rested on it falls, or is to be validated again."""
    counted = sorted(step.find(Offer, case_id=step.case_id, counted=True), key=lambda offer: offer["number"])
    needed = _needed(step)
    before = step.subject["third_offer_received_on"]
    step.set(countable_refusals=len(counted))
    if before is None or any(offer["received_on"] == before for offer in counted[needed - 1 :]):
        return
    step.set(**NOT_REACHED)
    if len(counted) >= needed:
        step.set(third_refusal_to_validate=True, third_offer_received_on=counted[needed - 1]["received_on"])
    _tell_lead(step, f"Refus annulé pour {step.case_id} : le droit au maintien est à revoir.")


def _needed(step: Step) -> int:
    return int(step.setting("offers_before_right_lost"))


def _tell_lead(step: Step, text: str) -> None:
    step.tell(step.lead_of(step.subject["landlord_id"]), "news", text, step.case_id)
