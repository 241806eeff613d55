"""Searches and silences, blockages, commission, follow-up, hand-overs: what was done for a case."""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from cases.labels import ATTEMPTS, BLOCKAGES, COMMITTEE
from db.queries.case_file import CaseView
from db.queries.case_records import AttemptView
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import short_date

ANSWER_TONES: Mapping[str, str] = {
    "offer": "success",
    "none": "warning",
    "silent": "danger",
    "waiting": "info",
}
RESERVED = "Motif réservé au suivi"
HANDOVERS: Mapping[str, Badge] = {
    "waiting": Badge("En attente de réponse", "warning"),
    "accepted": Badge("Acceptée", "success"),
    "refused": Badge("Refusée", "danger", "ban"),
    "ended": Badge("Sans objet", "neutral"),
}


def attempts_table(view: CaseView, today: date) -> Markup:
    rows = [
        {
            "landlord": item.landlord,
            "asked": item.asked_on,
            "answer": _answer(item, today),
            "when": item.answered_on or item.answer_due_on,
            "what": "répondu" if item.answered_on else "attendu",
            "detail": item.detail or None,
        }
        for item in view.attempts
    ]
    columns = [
        Column("landlord", "Bailleur", second="detail"),
        Column("asked", "Interrogé le"),
        Column("answer", "Réponse"),
        Column("when", "Date", second="what"),
    ]
    return case_table(rows, columns, caption="Bailleurs interrogés")


def _answer(item: AttemptView, today: date) -> Badge:
    late = item.answer == "waiting" and item.answer_due_on is not None and item.answer_due_on < today
    if late:
        return Badge("Silence, délai dépassé", "danger", "alert")
    return Badge(ATTEMPTS.get(item.answer, item.answer), ANSWER_TONES.get(item.answer, "neutral"))


def blockages_table(view: CaseView) -> Markup:
    rows = [
        {
            "theme": BLOCKAGES.get(item.theme or "", RESERVED),
            "why": " ".join(text for text in (item.explanation, item.outcome) if text) or None,
            "since": item.since,
            "state": Badge(f"Levé le {short_date(item.until)}", "success")
            if item.until
            else Badge("Ouvert", "warning", "pause"),
            "by": item.said_by,
        }
        for item in view.blockages
    ]
    columns = [
        Column("theme", "Ce qui bloque", second="why"),
        Column("since", "Depuis le"),
        Column("state", "État"),
        Column("by", "Signalé par"),
    ]
    return case_table(rows, columns, caption="Blocages")


def committees_table(view: CaseView) -> Markup:
    rows = [
        {
            "held": item.held_on,
            "decision": COMMITTEE.get(item.decision, item.decision),
            "rank": f"rang {item.rank}" if item.rank else None,
            "why": item.reason or item.condition or None,
        }
        for item in view.committees
    ]
    columns = [
        Column("held", "Commission du"),
        Column("decision", "Décision", second="rank"),
        Column("why", "Précisions"),
    ]
    return case_table(rows, columns, caption="Décisions de la commission")


def handovers_table(view: CaseView) -> Markup:
    rows = [
        {
            "people": f"{item.from_name or 'Sans responsable'} → {item.to_name}",
            "why": item.reason or None,
            "asked": item.asked_on,
            "answer": HANDOVERS.get(item.answer, Badge(item.answer)),
        }
        for item in view.handovers
    ]
    columns = [
        Column("people", "De … à …", second="why"),
        Column("asked", "Proposée le"),
        Column("answer", "Réponse"),
    ]
    return case_table(rows, columns, caption="Passations")
