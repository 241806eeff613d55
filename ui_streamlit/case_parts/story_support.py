"""Obstacles, support and the technical committee in the history of a case."""

from collections.abc import Callable, Mapping
from typing import Any

from cases.labels import ASKED, ENDED, OBSTACLES, SETTLED, SUPPORTS

Told = Mapping[str, Any]
TEXTS = ("action", "question")
SENTENCES: Mapping[str, str] = {
    "note_obstacle": "Frein noté, avec une action.",
    "follow_obstacles": "Freins du diagnostic suivis, chacun avec son action.",
    "change_obstacle": "Action sur un frein changée.",
    "settle_obstacle": "Frein clos.",
    "start_support": "Accompagnement mis en place.",
    "extend_support": "Accompagnement prolongé.",
    "end_support": "Accompagnement terminé.",
    "hand_over_support": "Accompagnement : relais pris par un autre organisme.",
    "submit_to_technical": "Inscrit au comité technique.",
    "withdraw_from_technical": "Retiré du comité technique.",
    "record_opinion": "Avis du comité technique.",
    "judge_refusal": "Légitimité d’un refus examinée en comité technique.",
    "annul_opinion": "Avis du comité technique annulé : enregistré par erreur.",
    "cancel_technical": "Comité technique annulé : le point attend la séance suivante.",
}


def _obstacle(told: Told) -> str:
    return f"Frein noté : {OBSTACLES[told['kind']].lower()}." if "kind" in told else ""


def _settled_obstacle(told: Told) -> str:
    return f"Frein clos : {SETTLED[told['result']].lower()}." if "result" in told else ""


def _support(told: Told) -> str:
    return f"{SUPPORTS[told['kind']]} mis en place par {told['body_id']}." if "kind" in told else ""


def _support_over(told: Told) -> str:
    return f"Accompagnement terminé : {ENDED[told['end_reason']].lower()}." if "end_reason" in told else ""


def _relay(told: Told) -> str:
    return f"Accompagnement : {told['body_id']} prend le relais." if "body_id" in told else ""


def _submitted(told: Told) -> str:
    return f"Inscrit au comité technique : {ASKED[told['asked']].lower()}." if "asked" in told else ""


SPECIAL: Mapping[str, Callable[[Told], str]] = {
    "note_obstacle": _obstacle,
    "settle_obstacle": _settled_obstacle,
    "start_support": _support,
    "end_support": _support_over,
    "hand_over_support": _relay,
    "submit_to_technical": _submitted,
}
