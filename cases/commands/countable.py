"""What the countable-offer test looks at, gathered from the records on the day of the refusal (domain
1.4)."""

from datetime import date
from decimal import Decimal

from cases.rules.countable_offer import CountableResult, test_offer
from cases.rules.offer_facts import LegalGround, NeedFacts, OfferFacts, OfferRules
from cases.step import Step
from db.rows import Row
from db.tables.diagnosis import NeedSheet
from db.tables.operation import Building, Dwelling, Operation


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
    return OfferFacts(**values | {"features": frozenset(offer["features"]), "proof": offer["proof"] or None})


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
    )
