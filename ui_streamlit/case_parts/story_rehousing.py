"""What the demolition brought, in the history of a case."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cases.labels.operation import COSTS
from ui_streamlit.widgets.dates import short_date

Told = Mapping[str, Any]
TEXTS = ("what", "result")
SENTENCES: Mapping[str, str] = {
    "plan_last_act": "Prochaine action prévue.",
    "finish_last_act": "Action prévue faite.",
    "propose_grouped_solution": "Solution groupée proposée au ménage.",
    "answer_grouped_solution": "Réponse à la solution groupée.",
    "record_cost": "Dépense enregistrée.",
    "annul_cost": "Dépense annulée.",
    "change_vacate_date": "Date de libération du logement changée.",
}


def _joins(told: Told) -> str:
    if "joins" not in told:
        return ""
    if told["joins"]:
        return "Le ménage rejoint la solution groupée."
    return "Le ménage préfère une solution individuelle ; ce n’est pas un refus d’offre."


def _cost(told: Told) -> str:
    return f"Dépense enregistrée : {COSTS[told['kind']].lower()}." if "kind" in told else ""


def _moved(key: str, words: str) -> Callable[[Told], str]:
    def told_of(told: Told) -> str:
        if not told.get(key):
            return ""
        return f"{words} le {short_date(date.fromisoformat(told[key]))}."

    return told_of


SPECIAL: Mapping[str, Callable[[Told], str]] = {
    "answer_grouped_solution": _joins,
    "record_cost": _cost,
    "change_return_date": _moved("return_on", "Retour décalé : prévu"),
    "change_vacate_date": _moved("vacate_on", "Logement à libérer : nouvelle date,"),
}
