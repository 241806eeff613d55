"""In « Recevabilité »: the list as it was frozen, then its addenda, with what proves them unchanged."""

from datetime import timedelta

import streamlit as st
from markupsafe import Markup

from cases.labels import BLOCKAGES, SCALES, TIMINGS
from db.queries.ici_records import FrozenView, ListLine, SessionView
from ui_streamlit.ici_parts.papers import list_button
from ui_streamlit.ici_parts.words import counted, nth_return
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import long_date, moment
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import section, small_print

COLUMNS = (
    Column("escalation", "Remontée"),
    Column("title", "Intitulé", second="theme"),
    Column("scale", "Portée"),
    Column("cases", "Dossiers"),
    Column("standing", "Situation"),
)
PROOF = Markup(
    '<details class="rl-why"><summary>Empreinte {short}… '
    '<span class="rl-muted">et tête du journal {head}…</span></summary>'
    '<dl><dt>Empreinte du contenu (SHA-256)</dt><dd class="ici-code">{digest}</dd>'
    '<dt>Tête du journal à cet instant</dt><dd class="ici-code">{whole}</dd>'
    "<dt>À quoi cela sert</dt><dd>Le même contenu donne toujours la même empreinte : qui détient ce relevé "
    "peut prouver que la liste n’a pas été réécrite.</dd></dl></details>"
)


def frozen_lists(view: SessionView) -> None:
    if not view.lists:
        stops_on = view.limit_on + timedelta(days=1)
        st.html(
            empty_state(
                "La liste n’est pas encore arrêtée",
                f"Elle s’arrête d’elle-même, avec son empreinte, le {long_date(stops_on)} à 0 h.",
                icon_name="clock",
            )
        )
        return
    for frozen in view.lists:
        _one(view, frozen)


def _one(view: SessionView, frozen: FrozenView) -> None:
    title = "Liste arrêtée" if frozen.number == 0 else f"Additif n° {frozen.number}"
    st.html(section(title, count=len(frozen.lines), hint=f"Le {moment(frozen.frozen_at)}."))
    if frozen.lines:
        st.html(case_table([_row(line) for line in frozen.lines], COLUMNS, caption=title))
    else:
        st.html(
            empty_state(
                "Aucune ligne", "Rien n’était inscrit." if frozen.whole else "Rien de votre organisme."
            )
        )
    if not frozen.whole:
        st.html(
            small_print("Vous ne voyez que les lignes de votre organisme ; l’empreinte porte sur toutes.")
        )
    list_button(view, frozen, title)
    st.html(
        PROOF.format(
            short=frozen.digest[:12],
            head=frozen.journal_head[:12],
            digest=frozen.digest,
            whole=frozen.journal_head,
        )
    )


def _row(line: ListLine) -> dict[str, object]:
    return {
        "escalation": line.escalation,
        "title": line.title,
        "theme": BLOCKAGES[line.theme],
        "scale": SCALES[line.scale],
        "cases": list(line.cases) or counted(line.case_count, "dossier"),
        "standing": _standing(line),
    }


def _standing(line: ListLine) -> list[Badge]:
    found = []
    if line.provisional:
        found.append(Badge("Retour provisoire", "warning"))
    elif line.timing:
        found.append(Badge(TIMINGS[line.timing], "success" if line.timing == "on_time" else "accent"))
    if line.returns:
        found.append(Badge(nth_return(line.returns), "danger", "arrow"))
    return found
