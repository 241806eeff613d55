"""Planning a session: for the secretariat, folded under the actions of the session shown."""

import streamlit as st

from cases.actor import Actor
from ui_streamlit.command_form import command_form
from ui_streamlit.ici_parts.acts import offers
from ui_streamlit.ici_parts.words import ici_names


def plan_session(actor: Actor) -> None:
    if not offers(actor, "plan_session"):
        return
    with st.expander("Programmer une autre séance", icon=":material/event:"):
        done = command_form(
            "plan_session",
            None,
            key="ici.plan",
            actor=actor,
            options={"ici": ici_names()},
            submit="Programmer la séance",
        )
    if done is not None:
        st.query_params["seance"] = str(done.reference)
        st.rerun()
