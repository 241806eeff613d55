"""Planning sessions: one, or several years ahead; for the secretariat, folded under the session shown."""

import streamlit as st

from cases.actor import Actor
from ui_streamlit.command_form import command_form
from ui_streamlit.ici_parts.acts import UNDATED, offers
from ui_streamlit.widgets.headings import small_print

WAYS = {"plan_session": "Une séance", "plan_calendar": "Plusieurs années"}
EVERY = (
    "Tous les six mois, au même rang du même jour de la semaine (le troisième mardi reste un troisième "
    "mardi), hors jours fériés. Chaque séance se déplace ensuite seule."
)


def plan_session(actor: Actor) -> None:
    if not offers(actor, "plan_session"):
        return
    with st.expander("Programmer d’autres séances", icon=":material/event:"):
        kind = st.segmented_control(
            "Programmer", list(WAYS), default="plan_session", format_func=WAYS.__getitem__, required=True,
            key="ici-planning", label_visibility="collapsed",
        )  # fmt: skip
        if kind == "plan_calendar":
            st.html(small_print(EVERY))
        done = command_form(
            kind, None, key="ici", actor=actor, hide=UNDATED,
            submit="Programmer la séance" if kind == "plan_session" else "Programmer ces séances",
        )  # fmt: skip
    if done is not None:
        st.query_params["seance"] = str(done.reference)
        st.rerun()
