"""How full the coming sessions of this ICI will be, with what is counted and what is assumed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from cases.ici_desk import setting_on
from cases.ici_forecast import ASSUMPTIONS, forecasts
from cases.rules.agenda_forecast import Load, Part
from db.queries.agenda_ahead import AgendaAhead
from ui_streamlit.ici_parts.words import counted
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.charts import dressed, show_chart
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.headings import section, small_print

PARTS: Mapping[Part, str] = {
    "returned": "Retours inscrits",
    "filed": "Déposées",
    "carried_over": "Reportées",
    "returns_expected": "Retours attendus",
    "carried_expected": "Reports attendus",
    "blocked_expected": "Blocages probables",
}
COLUMNS = (
    Column("day", "Séance", second="id"),
    Column("known", "Points connus", "number"),
    Column("expected", "Points attendus", "number"),
    Column("minutes", "Minutes", "number"),
    Column("mark", "Face au temps 2"),
)
SHOWN = 4
ROW_HEIGHT = 40


def forecast_section(ahead: AgendaAhead | None, ici: str, today: date) -> None:
    """For the desk and the chair; nothing where nothing is planned."""
    found = forecasts(ahead, today).get(ici) if ahead is not None else None
    if found is None or not found.value:
        return
    loads = found.value[:SHOWN]
    available = int(str(setting_on("ici_agenda_minutes", today).value))
    st.html(
        section(
            "Charge prévue des prochaines séances",
            hint=f"Points attendus × minutes, face aux {available} minutes du temps 2.",
        )
    )
    data = _data(loads)
    if not data.empty:
        chart = _chart(data, available)
        show_chart(chart, data, caption="Minutes prévues par séance et par origine")
    rows = [_row(load, available) for load in loads]
    st.html(case_table(rows, COLUMNS, caption="Charge prévue par séance"))
    st.html(small_print(_assumptions(found.inputs, today)))


def _chart(data: pd.DataFrame, available: int) -> alt.Chart:
    """One bar a session, cut by where its items come from, beside the line of what temps 2 holds."""
    reach = max(available * 1.1, data.groupby("Séance")["Minutes"].sum().max())
    x = alt.X("Minutes:Q", axis=alt.Axis(title="minutes"), scale=alt.Scale(domain=[0, float(reach)]))
    y = alt.Y("Séance:N", sort=None, axis=alt.Axis(title=None, ticks=False, domain=False))
    colour = alt.Color("Origine:N", sort=None, legend=alt.Legend(columns=2))
    bars = alt.Chart(data).mark_bar(height={"band": 0.62})
    bars = bars.encode(x=x, y=y, color=colour, tooltip=["Séance:N", "Origine:N", "Minutes:Q"])
    line = alt.Chart(pd.DataFrame({"Minutes": [available]})).mark_rule(strokeDash=[5, 4], strokeWidth=2)
    return dressed(
        alt.layer(bars, line.encode(x="Minutes:Q")), height=90 + ROW_HEIGHT * data["Séance"].nunique()
    )


def _data(loads: tuple[Load, ...]) -> pd.DataFrame:
    lines = [
        {"Séance": short_date(load.held_on), "Origine": words, "Minutes": round(load.parts[part].minutes)}
        for part, words in PARTS.items()
        for load in loads
        if part in load.parts and round(load.parts[part].minutes)
    ]
    return pd.DataFrame(lines, columns=["Séance", "Origine", "Minutes"])


def _row(load: Load, available: int) -> dict[str, Any]:
    known = sum(part.items for name, part in load.parts.items() if not name.endswith("_expected"))
    over = round(load.over)
    fits = Badge(f"tient : {counted(round(available - load.minutes), 'minute')} libres", "success")
    return {
        "day": short_date(load.held_on),
        "id": load.session_id,
        "known": round(known),
        "expected": float(round(load.items - known, 1)),
        "minutes": round(load.minutes),
        "mark": Badge(f"{counted(over, 'minute')} de trop", "danger") if over else fits,
    }


def _assumptions(inputs: Mapping[str, Any], today: date) -> str:
    said = " ; ".join(
        f"{_in_a_list(setting.label)} : {setting.value} {setting.unit}"
        for setting in (setting_on(key, today) for key in ASSUMPTIONS[:-1])
    )
    return (
        f"Hypothèses à valider, réglables : {said.replace(';', ' ;')}. "
        f"{counted(int(inputs['blocked']), 'dossier bloqué', 'dossiers bloqués')} sans remontée. "
        "Ce qui dépasse une séance est compté à la suivante."
    )


def _in_a_list(label: str) -> str:
    said = label.removesuffix(", pour la prévision")
    return said[:1].lower() + said[1:]
