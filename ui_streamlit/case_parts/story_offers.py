"""Offers, visits, refusals and commissions in the history of a case."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cases.labels import COMMITTEE, NON_ALLOCATIONS, REFUSALS, VISITS
from ui_streamlit.widgets.dates import short_date

Told = Mapping[str, Any]
SENTENCES: Mapping[str, str] = {
    "make_offer": "Proposition faite.",
    "record_receipt": "Proposition reçue par le ménage.",
    "plan_visit": "Visite programmée.",
    "record_visit": "Visite enregistrée.",
    "refuse_offer": "Proposition refusée par le ménage.",
    "expire_offer": "Proposition restée sans réponse : le silence vaut refus.",
    "annul_offer": "Proposition annulée.",
    "annul_refusal": "Refus annulé : il avait été enregistré par erreur.",
    "end_search_pause": "Recherche reprise après une pause.",
    "accept_offer": "Proposition acceptée par le ménage.",
    "notify_right_to_stay": "Fin du droit au maintien notifiée au ménage.",
    "inform_committee": "Commission informée.",
    "allocate": "Logement attribué.",
    "not_allocate": "Logement non attribué.",
    "rank_candidate": "Commission : rang d’attente.",
    "award_next_rank": "Logement attribué après désistement des candidats mieux classés.",
    "lift_condition": "Condition suspensive levée.",
    "fail_condition": "Condition suspensive non levée : l’attribution tombe.",
}


def _visit_planned(told: Told) -> str:
    if "visit_on" not in told:
        return ""
    return f"Visite programmée le {short_date(date.fromisoformat(told['visit_on']))}."


def _visit(told: Told) -> str:
    return f"{VISITS[told['outcome']]}." if "outcome" in told else ""


def _ranked(told: Told) -> str:
    return f"Commission : classé au rang {told['rank']}." if "rank" in told else ""


def _allocation(told: Told) -> str:
    return f"Commission : {COMMITTEE[told['decision']].lower()}." if "decision" in told else ""


def _third(told: Told) -> str:
    if told.get("confirmed"):
        return "Troisième refus validé : échéance du droit au maintien ouverte."
    return "Troisième refus non validé : aucun délai n’est ouvert."


SPECIAL: Mapping[str, Callable[[Told], str]] = {
    "plan_visit": _visit_planned,
    "record_visit": _visit,
    "rank_candidate": _ranked,
    "allocate": _allocation,
    "not_allocate": _allocation,
    "validate_third_refusal": _third,
}
_REASONS: Mapping[str, Mapping[str, str]] = {"refuse_offer": REFUSALS, "not_allocate": NON_ALLOCATIONS}


def reasons_said(kind: str, told: Told) -> str:
    """The reasons of a refusal or of a non-allocation, then the words; empty for any other command."""
    if kind not in _REASONS:
        return ""
    named = ", ".join(_REASONS[kind].get(code, code).lower() for code in told.get("reasons", ()))
    said = told.get("words") or told.get("reason") or ""
    return " ".join(part for part in (f"Motif : {named}." if named else "", said) if part)
