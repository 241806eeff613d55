"""Before a transfer is admitted: what each stated situation asks as evidence, and what is still missing."""

from datetime import date
from typing import Any

import streamlit as st

from cases.rules.admissibility import CRITERIA, EVIDENCE, Criterion
from db.queries.case_file import CaseView
from ui_streamlit.case_parts.missing import missing_today
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.headings import section
from ui_streamlit.widgets.messages import message

AT_THE_GATE = frozenset({"referred", "admissibility_check", "incomplete"})
HINT = "Nature et date des pièces seulement : leur contenu n’est jamais gardé."
COLUMNS = (
    Column("situation", "Situation", second="source"),
    Column("asked", "Pièces admises (une suffit)"),
    Column("state", "Pièce"),
)


def admissibility_block(view: CaseView, today: date) -> None:
    """Nothing once the case is admitted, or for a rehousing."""
    head = view.head
    if head.kind != "transfer" or head.state not in AT_THE_GATE:
        return
    missing = missing_today(head.id, head.criteria, today)
    lacking = {reason.code.removeprefix("evidence_missing_") for reason in missing}
    rows = [_row(CRITERIA[code], code in lacking) for code in head.criteria if code in CRITERIA]
    st.html(section("Recevabilité", hint=HINT))
    if rows:
        st.html(case_table(rows, list(COLUMNS), caption="Situations signalées et pièces demandées"))
    others = [reason.sentence for reason in missing if not reason.code.startswith("evidence_missing_")]
    if others:
        st.html(message("warning", "Avant de déclarer le dossier recevable", others))
    if head.information_due_on is not None:
        asked = f"{head.referrer} a jusqu’au {short_date(head.information_due_on)} pour répondre."
        st.html(message("info", "Un complément est demandé", [asked]))


def _row(criterion: Criterion, lacking: bool) -> dict[str, Any]:
    wanted = " ou ".join(EVIDENCE[code] for code in criterion.evidence)
    return {
        "situation": criterion.label,
        "source": criterion.evidence_source,
        "asked": f"{wanted[:1].upper()}{wanted[1:]}",
        "state": Badge("manque", "warning", "alert") if lacking else Badge("enregistrée", "success", "check"),
    }
