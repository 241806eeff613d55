"""Above every page of a demonstration whose clock was moved ahead: the day it lives."""

import streamlit as st
from markupsafe import Markup

from cases import clock, present
from ui_streamlit.navigation import DEMO_CLOCK
from ui_streamlit.widgets.badges import icon
from ui_streamlit.widgets.dates import long_date

STRIP = Markup(
    '<div class="rl-demo-day" role="note"><span>{icon} Démonstration : nous sommes le <b>{day}</b></span>'
    '<a href="/{address}">Avancer l’horloge</a></div>'
)


def strip(address: str) -> None:
    """`address` of the page below: the clock's own page says the day in large."""
    here = present.standing()
    if not here.demonstration or not here.shift or address == DEMO_CLOCK.address:
        return
    day = clock.day_in_paris(present.now())
    st.html(STRIP.format(icon=icon("clock"), day=long_date(day), address=DEMO_CLOCK.address))
