"""Planning a session: for the secretariat, folded under the actions of the session shown."""

import streamlit as st

from cases.actor import Actor
from ui_streamlit.command_form import command_form
from ui_streamlit.ici_parts.acts import UNDATED, offers


def plan_session(actor: Actor) -> None:
    if not offers(actor, "plan_session"):
        return
    with st.expander("Programmer une autre séance", icon=":material/event:"):
        done = command_form(
            "plan_session",
            None,
            key="ici",
            actor=actor,
            hide=UNDATED,
            submit="Programmer la séance",
        )
    if done is not None:
        st.query_params["seance"] = str(done.reference)
        st.rerun()
