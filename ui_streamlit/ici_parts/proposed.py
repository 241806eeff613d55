"""Escalations that the system proposes from open blockages: one click opens the draft, filled in."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from cases.actor import Actor
from cases.ici_proposals import Proposed, proposed, typologies_of, where_of
from cases.labels import BLOCKAGES, SCALES
from cases.rules.proposals import Proposal
from ui_streamlit.ici_parts.acts import offers
from ui_streamlit.ici_parts.words import PREPARE, base_of, counted
from ui_streamlit.widgets.case_table import Column, Row, case_table
from ui_streamlit.widgets.headings import section, small_print

SHOWN = 8
COLUMNS = (
    Column("what", "Blocages à remonter", second="where"),
    Column("scale", "Portée", second="typologies"),
    Column("ready", "Dossiers", "number", second="lacking"),
    Column("ici", "ICI"),
)


def proposed_table(actor: Actor, today: date, ici: str | None) -> None:
    """Nothing at all when nothing is proposed."""
    found = proposed(actor, today, ici)
    if not found.lines:
        return
    st.html(section("Remontées proposées par le système", count=len(found.lines), hint=_hint(found)))
    may = offers(actor, "draft_escalation")
    rows = [_row(line) for line in found.lines[:SHOWN]]
    link = (lambda row: _address(actor, row)) if may else None
    st.html(case_table(rows, COLUMNS, caption="Remontées proposées", link=link))
    if len(found.lines) > SHOWN:
        st.html(small_print(f"Les {SHOWN} plus grandes sur {len(found.lines)}."))
    if not may:
        st.html(small_print("Le secrétariat des ICI et les organismes peuvent les préparer."))


def _hint(found: Proposed) -> str:
    doubt = f" ({found.threshold.certainty_label})" if found.threshold.to_confirm else ""
    return (
        f"Blocages ouverts qu’aucune remontée ne porte, à partir de {found.threshold.value} dossiers{doubt}. "
        "Les dossiers protégés n’y sont pas."
    )


def _row(line: Proposal) -> Row:
    lacking = f"et {line.lacking} sans préalable" if line.lacking else None
    theme = BLOCKAGES[line.theme]
    blocked = counted(line.ready, "dossier bloqué", "dossiers bloqués")
    return {
        "id": line.key,
        "what": f"{blocked} : {theme[0].lower()}{theme[1:]}",
        "where": where_of(line),
        "scale": SCALES[line.scale],
        "typologies": typologies_of(line) or None,
        "ready": line.ready,
        "lacking": lacking,
        "ici": f"ICI {line.ici}",
    }


def _address(actor: Actor, row: Row) -> str:
    asked: Sequence[tuple[str, object]] = (("volet", PREPARE), ("proposition", row["id"]))
    return f"{base_of(actor.role)}?{urlencode(asked)}"
