"""Blockages, follow-up, hand-overs: what was done for a case."""

from collections.abc import Mapping

from markupsafe import Markup

from cases.labels import BLOCKAGES
from db.queries.case_file import CaseView
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import short_date

RESERVED = "Motif réservé au suivi"
HANDOVERS: Mapping[str, Badge] = {
    "waiting": Badge("En attente de réponse", "warning"),
    "accepted": Badge("Acceptée", "success"),
    "refused": Badge("Refusée", "danger", "ban"),
    "ended": Badge("Sans objet", "neutral"),
}


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
