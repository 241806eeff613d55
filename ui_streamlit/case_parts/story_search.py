"""Sentences of the search between landlords, when the line of the history tells enough."""

from collections.abc import Callable, Mapping
from typing import Any

from cases.labels import LITERALS
from cases.labels.search import NOTHING

Told = Mapping[str, Any]


def _attempt(told: Told) -> str:
    return f"{told['body_id']} interrogé." if "body_id" in told else ""


def _sent(told: Told) -> str:
    count = len(told.get("body_ids", ()))
    return f"Fiche besoin adressée à {count} bailleurs." if count > 1 else ""


def _answer(told: Told) -> str:
    if "answer" not in told:
        return ""
    why = NOTHING.get(told.get("reason") or "", "")
    said = f"Réponse d’un bailleur : {LITERALS[told['answer']].lower()}"
    return f"{said} ({why[:1].lower()}{why[1:]})." if why else f"{said}."


SPECIAL: Mapping[str, Callable[[Told], str]] = {
    "record_attempt": _attempt,
    "send_need": _sent,
    "answer_attempt": _answer,
}
