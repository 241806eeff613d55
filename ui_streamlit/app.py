"""The entry of every run: page settings, look, who is here, which page. Kept light: it runs at each click."""

from pathlib import Path

import streamlit as st

from cases import desk
from db.queries.clock_runs import heartbeat
from ui_streamlit.demo_parts.strip import strip
from ui_streamlit.navigation import navigation, sidebar_foot
from ui_streamlit.session import begin_run, current_actor, now, show_flash
from ui_streamlit.widgets.heartbeat import heartbeat_banner

HERE = Path(__file__).parent
MARK = HERE / "static" / "mark.svg"

st.set_page_config(page_title="Relogement", page_icon=MARK, layout="wide", initial_sidebar_state="auto")
st.html(HERE / "theme.css")
st.logo(MARK, size="large")
begin_run()
actor = current_actor()
page = navigation(actor)
sidebar_foot(actor, desk.body_name(actor.body_id))
with st.sidebar:
    st.html(HERE / "shell.html", unsafe_allow_javascript=True)
strip(page.url_path)
overdue = heartbeat_banner(heartbeat(now()), actor.role)
if overdue is not None:
    st.html(overdue)
show_flash()
page.run()
