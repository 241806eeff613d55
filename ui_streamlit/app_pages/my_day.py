"""Ma journée: what is late, what comes within a week, what waits for somebody else, and what is new."""

import streamlit as st

from cases.access import scope_of
from db.queries import inbox
from ui_streamlit.queue_parts.day_cards import news
from ui_streamlit.queue_parts.day_roles import my_lists
from ui_streamlit.session import current_actor, today
from ui_streamlit.widgets.dates import long_date
from ui_streamlit.widgets.headings import page_title

actor, day = current_actor(), today()
st.html(page_title("Ma journée", f"{long_date(day).capitalize()}. Bonjour, {actor.name}."))
my_lists(actor, day)
news(inbox.latest(scope_of(actor)), day)
