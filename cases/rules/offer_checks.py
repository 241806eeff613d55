"""The tests of a countable offer, one function each: does it hold, and the French sentence that says why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cases.rules.finding import Certainty
from cases.rules.offer_distance import legal_distance
from cases.rules.offer_facts import OfferFacts, Situation
from cases.rules.offer_words import euros, french_day, typology_span

FieldClass = Literal["common", "social", "health_functional", "safety"]
Verdict = tuple[bool, str]

ART_13_BIS = "Loi du 1er septembre 1948, art. 13 bis ; CCH, art. L.442-6"
CHECKLIST = "Contenu d’une offre écrite (usage des chartes de relogement)"

# Functional needs in words; a code that is not here is shown as it is.
FEATURES = {
    "lift": "un ascenseur",
    "step_free": "un accès de plain-pied",
    "ground_floor": "un rez-de-chaussée",
    "walk_in_shower": "une douche de plain-pied",
    "wheelchair": "un logement accessible en fauteuil roulant",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist. `field_class`: who may read its detail (`cases/access.py`)."""

    code: str
    label: str
    judge: Callable[[Situation], Verdict]
    source: str
    certainty: Certainty
    field_class: FieldClass = "common"


def _written(s: Situation) -> Verdict:
    if s.offer.written:
        return True, "L’offre a été faite par écrit."
    return False, "L’offre n’est pas écrite : envoyez une proposition écrite."


def _dated(s: Situation) -> Verdict:
    day = s.offer.offered_on
    if day is None:
        return False, "La date de l’offre est à préciser : reprenez celle du courrier."
    if day > s.today:
        return (
            False,
            f"L’offre est datée du {french_day(day)}, qui n’est pas encore passé : corrigez la date.",
        )
    return True, f"L’offre est datée du {french_day(day)}."


def _receipt(s: Situation) -> Verdict:
    received, offered = s.offer.received_on, s.offer.offered_on
    if received is None or not (s.offer.proof or "").strip():
        return False, "La preuve de réception est à préciser : indiquez sa nature et sa date."
    if received > s.today or (offered is not None and received < offered):
        return False, f"La réception du {french_day(received)} ne suit pas l’offre : corrigez les dates."
    return True, f"L’offre a été reçue le {french_day(received)} ({s.offer.proof})."


def _missing_description(offer: OfferFacts) -> list[str]:
    known = {
        "l’adresse": bool((offer.address or "").strip()),
        "la commune": bool(offer.commune),
        "la typologie": offer.typology is not None,
        "la surface": offer.surface_m2 is not None and offer.surface_m2 > 0,
        "l’étage": offer.floor is not None,
        "l’ascenseur (oui ou non)": offer.lift is not None or offer.floor == 0,
        "le loyer": offer.rent is not None,
        "les charges": offer.charges is not None,
        "l’APL estimée": offer.housing_aid is not None,
        "le taux d’effort": offer.effort_rate is not None,
    }
    return [name for name, is_known in known.items() if not is_known]


def _description(s: Situation) -> Verdict:
    lacking = _missing_description(s.offer)
    if lacking or s.offer.cost is None or s.offer.housing_aid is None:
        return False, f"La description est incomplète, ajoutez : {', '.join(lacking)}."
    net = euros(s.offer.cost - s.offer.housing_aid)
    return True, f"La description est complète ; reste à charge estimé : {net} par mois."


def _typology(s: Situation) -> Verdict:
    low, high, offered = s.need.typology_min, s.need.typology_max, s.offer.typology
    if low is None or high is None or offered is None:
        return False, "La typologie est à préciser : complétez l’offre et la fiche besoin."
    low, high = low - s.rules.typology_below, high + s.rules.typology_above
    if offered < low:
        return False, f"Le T{offered} proposé est trop petit : le besoin admet {typology_span(low, high)}."
    if offered <= high:
        return True, f"Le T{offered} proposé convient : le besoin admet {typology_span(low, high)}."
    if s.need.under_occupation_accepted:
        return True, f"Le T{offered} proposé est plus grand que le besoin, le ménage l’a accepté à l’enquête."
    return False, f"Le T{offered} proposé est trop grand : le besoin admet {typology_span(low, high)}."


def _cost(s: Situation) -> Verdict:
    cost, most = s.offer.cost, s.need.max_cost
    if cost is None:
        return False, "Le loyer et les charges sont à préciser : demandez-les au bailleur."
    if most is None:
        return False, "Le maximum loyer + charges est à préciser dans la fiche besoin."
    if cost <= most:
        return True, f"Loyer et charges : {euros(cost)}, dans la limite de {euros(most)}."
    return False, f"Loyer et charges : {euros(cost)}, au-dessus de la limite de {euros(most)}."


def _offered_features(offer: OfferFacts) -> frozenset[str]:
    features = set(offer.features)
    # What is stated about the floor and the lift wins over a box ticked in the list of features.
    if offer.lift is False:
        features.discard("lift")
    if offer.lift or offer.floor == 0:
        features.add("lift")
    if offer.floor is not None:
        features.discard("ground_floor")
    if offer.floor == 0:
        features.add("ground_floor")
    return frozenset(features)


def _accessibility(s: Situation) -> Verdict:
    if not s.need.features:
        return True, "La fiche besoin ne demande aucun aménagement."
    lacking = sorted(s.need.features - _offered_features(s.offer))
    if not lacking:
        return True, "Les besoins d’accessibilité de la fiche besoin sont satisfaits."
    words = ", ".join(FEATURES.get(feature, feature) for feature in lacking)
    return False, f"Il manque, d’après la fiche besoin : {words}."


def _exclusion(s: Situation) -> Verdict:
    if not s.offer.commune:
        return False, "La commune du logement est à préciser."
    if s.offer.commune in s.need.exclusion_communes:
        return False, "La commune du logement fait partie des zones à exclure de la fiche besoin."
    return True, "Le logement est hors des zones à exclure."


def _distance(s: Situation) -> Verdict:
    return legal_distance(s.offer, s.need, s.rules)


def _visit(s: Situation) -> Verdict:
    if s.offer.visit_offered:
        return True, "Une visite a été proposée."
    return False, "Aucune visite n’a été proposée : proposez-en une et notez-la."


def _answer(s: Situation) -> Verdict:
    offer = s.offer
    if offer.accepted:
        return False, "Le ménage a accepté cette offre : elle ne compte pas comme un refus."
    if offer.refusal_signed and _answered_in_time(offer, s.today):
        return True, "Le refus est signé."
    if offer.received_on is None:
        return False, "Le délai de réponse ne court pas : précisez la date de réception."
    last = offer.received_on + timedelta(days=s.rules.answer_delay_days)
    if s.today > last:
        return (
            True,
            f"Le délai de réponse de {s.rules.answer_delay_days} jours a expiré le {french_day(last)}.",
        )
    if offer.refusal_signed:
        return False, "La date du refus signé est à préciser, ou à corriger."
    return False, f"Le refus n’est pas signé et le délai court jusqu’au {french_day(last)} inclus."


def _reason(s: Situation) -> Verdict:
    if s.offer.main_reason is None:
        return False, "Le motif principal du refus est à préciser : demandez-le au ménage."
    if s.offer.main_reason in s.rules.reasons_excluded:
        return False, "Le motif principal du refus l’écarte du décompte, par le tableau des motifs."
    return True, "Le motif principal du refus n’écarte pas l’offre du décompte."


def _answered_in_time(offer: OfferFacts, today: date) -> bool:
    """A signed refusal has a date, between the offer and today."""
    answered, offered = offer.answered_on, offer.offered_on
    return answered is not None and offered is not None and offered <= answered <= today


def _legal_ground(s: Situation) -> Verdict:
    offered = s.offer.offered_on
    if offered is None:
        return False, "La date de l’offre est à préciser pour vérifier la base légale."
    for day, name in (
        (s.ground.anru_convention_on, "La convention ANRU"),
        (s.ground.demolition_permit_on, "L’autorisation de démolir"),
    ):
        if day is not None and day <= offered:
            return True, f"{name} du {french_day(day)} précède l’offre."
    return False, (
        "Ni convention ANRU ni autorisation de démolir à la date de l’offre : "
        "précisez leur date dans l’opération, sinon l’offre ne peut pas compter."
    )


CHECKS: tuple[Check, ...] = (
    Check("written", "Offre écrite", _written, ART_13_BIS, "C"),
    Check("dated", "Offre datée", _dated, ART_13_BIS, "C"),
    Check("receipt", "Réception prouvée", _receipt, ART_13_BIS, "C"),
    Check("description", "Description complète", _description, CHECKLIST, "E", "social"),
    Check("typology", "Typologie adaptée", _typology, ART_13_BIS, "E"),
    Check("cost", "Loyer et charges adaptés", _cost, ART_13_BIS, "C"),
    Check("accessibility", "Accessibilité", _accessibility, ART_13_BIS, "C", "health_functional"),
    Check("exclusion_zone", "Hors zone à exclure", _exclusion, "Fiche besoin validée", "E", "safety"),
    Check("distance", "Distance légale", _distance, ART_13_BIS, "E"),
    Check("visit", "Visite proposée", _visit, CHECKLIST, "E"),
    Check("answer", "Refus signé ou délai expiré", _answer, "CCH, art. R.441-10 (délai de réponse)", "E"),
    Check("reason", "Motif du refus", _reason, "Tableau des motifs de refus du territoire", "E"),
    Check("legal_ground", "Base légale", _legal_ground, "CCH, art. L.443-15-1 ; loi 2003-710, art. 10", "C"),
)
