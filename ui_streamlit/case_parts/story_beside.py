"""Notes, documents, opinions, suspensions and steps taken back, in French sentences."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cases.labels import COMMANDS
from cases.labels.beside import BODY_OPINIONS, DOCUMENTS, SUSPENSIONS
from ui_streamlit.widgets.dates import short_date

Told = Mapping[str, Any]
SENTENCES: Mapping[str, str] = {
    "change_note_readers": "Lecteurs d’une de vos notes changés.",
    "suspend_case": "Dossier suspendu.",
    "extend_suspension": "Suspension prolongée.",
    "resume_case": "Dossier repris.",
    "undo_last_step": "Dernière action annulée par son auteur.",
    "ask_opinion": "Avis demandé.",
    "answer_opinion": "Avis rendu.",
    "ask_approval": "Accord d’une seconde personne demandé.",
    "approve_command": "Accord donné.",
    "refuse_approval": "Accord refusé.",
    "attach_document": "Document joint.",
    "remove_document": "Document retiré.",
    "erase_case": "Fin de conservation : données personnelles effacées.",
    "keep_case": "Conservation prolongée.",
}


def _until(told: Told) -> str:
    return f" jusqu’au {short_date(date.fromisoformat(told['until']))}" if "until" in told else ""


def _suspended(told: Told) -> str:
    reason = f" : {SUSPENSIONS[told['reason']].lower()}" if "reason" in told else ""
    return f"Dossier suspendu{_until(told)}{reason}."


def _extended(told: Told) -> str:
    return f"Suspension prolongée{_until(told)}."


def _undone(told: Told) -> str:
    return f"« {COMMANDS[told['undone']]} » annulé par son auteur." if told.get("undone") else ""


def _asked(told: Told) -> str:
    return f"Avis demandé à {told['body_id']}." if "body_id" in told else ""


def _opinion(told: Told) -> str:
    return f"Avis rendu : {BODY_OPINIONS[told['opinion']].lower()}." if "opinion" in told else ""


def _approval(told: Told) -> str:
    return f"Accord demandé pour « {COMMANDS[told['kind']]} »." if told.get("kind") in COMMANDS else ""


def _document(told: Told) -> str:
    return f"Document joint : {DOCUMENTS[told['type']].lower()}." if "type" in told else ""


SPECIAL: Mapping[str, Callable[[Told], str]] = {
    "suspend_case": _suspended,
    "extend_suspension": _extended,
    "undo_last_step": _undone,
    "ask_opinion": _asked,
    "answer_opinion": _opinion,
    "ask_approval": _approval,
    "attach_document": _document,
}


# The words of people, where the other fields are codes.
DETAILS: Mapping[str, str] = {"suspend_case": "explanation", "ask_opinion": "question", "ask_approval": "why"}


def also(told: Told) -> str:
    """With whose approval it was done."""
    return f" Avec l’accord de {told['approved_by']}." if told.get("approved_by") else ""
