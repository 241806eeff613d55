"""Which commune belongs to which ICI: what is in force, what comes next, and a change from a day on."""

from collections.abc import Sequence

import streamlit as st

from cases.actor import Actor
from cases.charter.office import Belonging
from cases.territory import icis
from ui_streamlit.charter_parts.cards import sentence
from ui_streamlit.command_form import command_form
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, Row, case_table
from ui_streamlit.widgets.dates import figures as day_figures
from ui_streamlit.widgets.headings import section
from ui_streamlit.widgets.messages import message

ALL = ""


def perimeter_section(actor: Actor, belongings: Sequence[Belonging]) -> None:
    names = {ici.code: ici.name for ici in icis()}
    st.html(section("Périmètre des ICI", count=len(belongings)))
    source = next(iter(icis())).source
    st.html(message("info", "Découpage à valider", [f"{sentence(source)}."]))
    if st.toggle("Changer l’ICI d’une commune", key="perimeter-open"):
        done = command_form("set_perimeter", None, key="perimeter", actor=actor, hide=("occurred_on",))
        if done is not None:
            st.rerun()
    choices = {ALL: "Toutes les ICI", **names}
    wanted = st.selectbox("ICI", list(choices), format_func=lambda code: choices[code], key="perimeter-ici")
    shown = [item for item in belongings if wanted in (ALL, item.ici)]
    columns = [
        Column("commune", "Commune", second="insee"),
        Column("ici", "ICI", second="coming"),
        Column("since", "Depuis"),
        Column("certainty", "Certitude"),
    ]
    st.html(case_table([_row(item, names) for item in shown], columns, caption="Communes et ICI"))


def _row(item: Belonging, names: dict[str, str]) -> Row:
    coming = ""
    if item.coming is not None:
        coming = f"puis {names[item.coming[1]]} le {day_figures(item.coming[0])}"
    return {
        "commune": item.commune,
        "insee": item.insee,
        "ici": names[item.ici] if item.ici else Badge("aucune", "danger"),
        "coming": coming,
        "since": day_figures(item.since) if item.since else None,
        "certainty": Badge(item.certainty, "success" if item.edited else "accent"),
    }
