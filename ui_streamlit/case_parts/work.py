"""Searches and silences, blockages, commission, follow-up, hand-overs: what was done for a case."""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from cases.labels import ATTEMPTS, BLOCKAGES, COMMITTEE, OUTCOMES
from db.queries.case_file import CaseView
from db.queries.case_records import AttemptView, FollowUpView
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
FOLLOW_UP_WORDS: Mapping[str, tuple[str, str]] = {
    "rent_paid": ("loyer payé", "loyer impayé"),
    "aid_in_place": ("aide au logement en place", "aide au logement absente"),
    "bills_as_expected": ("factures conformes", "factures plus lourdes que prévu"),
    "relays_in_place": ("relais en place", "relais à trouver"),
    "wants_to_move": ("souhaite redéménager", "souhaite rester"),
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


def follow_ups_table(view: CaseView) -> Markup:
    rows = [
        {
            "milestone": f"{item.milestone} mois",
            "held": item.held_on,
            "reached": Badge("Ménage joint", "success") if item.reached else Badge("Non joint", "warning"),
            "outcome": OUTCOMES.get(item.outcome or "", None),
            "facts": _facts(item) or None,
        }
        for item in view.follow_ups
    ]
    columns = [
        Column("milestone", "Bilan à"),
        Column("held", "Contact le"),
        Column("reached", "Contact"),
        Column("outcome", "Conclusion", second="facts"),
    ]
    return case_table(rows, columns, caption="Contacts de suivi")


def _facts(item: FollowUpView) -> str:
    words = [
        FOLLOW_UP_WORDS[name][0 if value else 1]
        for name in FOLLOW_UP_WORDS
        if (value := getattr(item, name)) is not None
    ]
    if item.arrears:
        words.append(f"dette de {item.arrears} €")
    if item.satisfaction is not None:
        words.append(f"satisfaction {item.satisfaction} sur 4")
    words += [text for text in (item.defects, item.neighbourhood) if text]
    return ", ".join(words)


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
