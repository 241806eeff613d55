"""Ma journée: placeholder until its queries exist."""

import streamlit as st

from ui_streamlit.session import current_actor, today
from ui_streamlit.widgets.dates import long_date
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import page_title

actor = current_actor()
st.html(page_title("Ma journée", f"{long_date(today()).capitalize()}. Bonjour, {actor.name}."))
st.html(empty_state("Rien à faire pour l’instant", "Les dossiers qui vous attendent s’afficheront ici."))
