"""What happened day by day since the demonstration left the real calendar."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from cases.labels import COMMANDS
from db.queries.lived_days import LivedDay
from ui_streamlit.queue_parts.paging import page_asked, page_bar
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import long_date
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.facts import figures
from ui_streamlit.widgets.headings import section

SHOWN = 14
EVENTS: Mapping[str, str] = {
    "open_call": "appel à remontées ouvert",
    "close_call": "liste arrêtée",
    "carry_over": "reportée à la séance suivante",
    "mark_not_executed": "constatée non exécutée",
    "return_to_agenda": "de retour à l’ordre du jour",
}
LINES = Markup('<ul class="rl-said">{}</ul>')
LINE = Markup("<li><b>{}</b> : {}</li>")
COLUMNS = (
    Column("day", "Jour"),
    Column("events", "Ce qui s’est passé"),
    Column("reminders", "Rappels écrits", "number"),
    Column("delivered", "Messages partis", "number"),
    Column("fallen", "Échéances tombées", "number"),
)


def lived(days: Sequence[LivedDay], shift: float) -> None:
    """Figures of the whole journey, then each day, the latest first."""
    if not days:
        st.html(
            empty_state(
                "Le temps n’a pas encore avancé",
                "Choisissez ci-dessus : chaque jour vécu s’affichera ici, avec ce que l’horloge a fait.",
                icon_name="clock",
            )
        )
        return
    st.html(
        figures(
            [
                ("Jours vécus", len(days), f"{round(shift)} d’avance sur le vrai calendrier", "info"),
                ("Rappels écrits", _sum(days, "reminders"), "", "info"),
                ("Messages partis", _sum(days, "delivered"), "", "info"),
                ("Échéances tombées", sum(day.fallen for day in days), "sans réponse à ce jour", "warning"),
            ]
        )
    )
    st.html(section("Jour après jour", count=len(days)))
    pages = -(-len(days) // SHOWN)
    number = min(page_asked("lived"), pages)
    shown = days[(number - 1) * SHOWN : number * SHOWN]
    st.html(
        case_table([_row(day) for day in shown], COLUMNS, caption="Ce que l’horloge a fait, jour après jour")
    )
    page_bar("lived", number, pages)


def _sum(days: Sequence[LivedDay], name: str) -> int:
    return sum(day.counts.get(name, 0) for day in days)


def _row(day: LivedDay) -> dict[str, Any]:
    return {
        "day": long_date(day.day).capitalize(),
        "events": _events(day),
        "reminders": day.counts.get("reminders", 0),
        "delivered": day.counts.get("delivered", 0),
        "fallen": day.fallen,
    }


def _events(day: LivedDay) -> Markup | None:
    lines = [LINE.format(key, "jour de la séance") for key in day.sessions]
    lines += [LINE.format(key, EVENTS.get(kind, COMMANDS[kind])) for kind, key in day.done]
    silent, opened = day.counts.get("silences", 0), day.counts.get("follow_ups", 0)
    lines += [LINE.format("Silences de bailleurs constatés", silent)] if silent else []
    lines += [LINE.format("Suivis ouverts", opened)] if opened else []
    return LINES.format(Markup().join(lines)) if lines else None
