"""Three ways to move on: a day, a week, the next session."""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from cases.reasons import Reason
from db.queries.lived_days import NextSession
from ui_streamlit.demo_parts.advancing import advanced
from ui_streamlit.feedback import attempt
from ui_streamlit.ici_parts.words import counted, ici_names
from ui_streamlit.widgets.dates import long_date, short_date
from ui_streamlit.widgets.headings import small_print

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Arrived:
    """How the journey ended, as `attempt()` reads it."""

    status: str = "accepted"
    reasons: tuple[Reason, ...] = ()
    message: str = ""


def moves(day: date, session: NextSession | None) -> None:
    """Buttons, then the bar that shows the days go by."""
    wanted: date | None = None
    with st.container(horizontal=True):
        if st.button("Avancer d’un jour", icon=":material/chevron_right:"):
            wanted = day + timedelta(days=1)
        if st.button("Avancer d’une semaine", icon=":material/fast_forward:"):
            wanted = day + WEEK
        if session is not None:
            words = f"Aller à la prochaine séance ({short_date(session.held_on)})"
            if st.button(words, type="primary", icon=":material/event:"):
                wanted = session.held_on
    st.html(small_print(_hint(day, session)))
    if wanted is not None and attempt(_travel, day, wanted, said=f"Nous sommes le {long_date(wanted)}."):
        st.rerun()


def _hint(day: date, session: NextSession | None) -> str:
    if session is None:
        return "Aucune séance n’est programmée : le secrétariat des ICI les programme."
    name = ici_names().get(session.ici, f"ICI {session.ici}")
    return (
        f"Prochaine séance : {name}, {long_date(session.held_on)} "
        f"(dans {counted((session.held_on - day).days, 'jour')}). "
        "Le temps ne revient pas en arrière : pour recommencer, recréez la démonstration."
    )


def _travel(day: date, wanted: date) -> Arrived:
    whole = max((wanted - day).days, 1)
    bar = st.progress(0.0, text="L’horloge avance…")
    for lived in advanced(wanted):
        share = min(max((lived - day).days / whole, 0.0), 1.0)
        bar.progress(share, text=long_date(lived))
    bar.empty()
    return Arrived()
