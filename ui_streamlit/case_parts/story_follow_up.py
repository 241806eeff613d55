"""The follow-up and the charter's promises in the history of a case."""

from collections.abc import Callable, Mapping
from typing import Any

from cases.labels import CHANNELS, CHECKED, OUTCOMES, PROMISES, SIGNALS

Told = Mapping[str, Any]
SENTENCES: Mapping[str, str] = {
    "record_follow_up": "Contact de suivi enregistré.",
    "confirm_signal": "Signalement vérifié.",
    "record_satisfaction": "Questionnaire de satisfaction rempli.",
    "refer_again": "Nouvelle demande ouverte pour le ménage.",
    "record_derogation": "Dérogation à la charte notée.",
}


def _follow_up(told: Told) -> str:
    outcome = OUTCOMES.get(told.get("outcome") or "", "")
    ending = f" : {outcome.lower()}" if outcome else ""
    if not told.get("reached"):
        how = CHANNELS.get(told.get("channel") or "", "")
        tried = f" ({how.lower()})" if how else ""
        return f"Suivi : ménage non joint{tried}{ending}."
    told_to = SIGNALS.get(told.get("signal_to") or "", "")
    if told_to:
        ending = f" : nouvelle difficulté signalée à {told_to}"
    return f"Bilan à {told['milestone']} mois{ending}."


def _checked(told: Told) -> str:
    return f"Signalement vérifié : {CHECKED[told['answer']].lower()}." if "answer" in told else ""


def _filled(told: Told) -> str:
    return f"Questionnaire de satisfaction à {told['milestone']} mois rempli." if "milestone" in told else ""


def _derogation(told: Told) -> str:
    if "promise" not in told:
        return ""
    return f"Dérogation à la charte notée : {PROMISES[told['promise']].lower()}."


SPECIAL: Mapping[str, Callable[[Told], str]] = {
    "record_follow_up": _follow_up,
    "confirm_signal": _checked,
    "record_satisfaction": _filled,
    "record_derogation": _derogation,
}
