"""Recherche interbailleurs: the needs addressed to my organisation, without social data, and its answers."""

import streamlit as st

from cases.access import scope_of
from db.queries.day_of_ici import NeedAsked, needs_asked
from ui_streamlit.command_form import command_form
from ui_streamlit.queue_parts.day_ici import need_facts
from ui_streamlit.queue_parts.words import more
from ui_streamlit.session import current_actor, today
from ui_streamlit.widgets.badges import badges
from ui_streamlit.widgets.deadline_card import deadline_badge
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.facts import facts
from ui_streamlit.widgets.headings import page_title, section

MOST = 200


def answer(need: NeedAsked) -> None:
    """The need, then the form of its answer."""
    with st.container(border=True):
        st.html(section(f"Fiche besoin {need.case_id}"))
        if need.due_on is not None:
            st.html(badges([deadline_badge(need.due_on, today())]))
        st.html(facts(need_facts(need), two_columns=True))
        with st.expander("Répondre"):
            done = command_form(
                "answer_attempt",
                need.case_id,
                key=f"need.{need.attempt_id}",
                actor=actor,
                defaults={"attempt_id": need.attempt_id},
                hide=("attempt_id", "occurred_on"),
                submit="Envoyer la réponse",
                said=f"Réponse enregistrée pour {need.case_id}.",
            )
    if done is not None:
        st.rerun()


actor = current_actor()
needs = needs_asked(scope_of(actor), MOST)
waiting = more(needs.total, "fiche attend", "fiches attendent")
st.html(
    page_title(
        "Recherche interbailleurs",
        f"{waiting} votre réponse : le logement recherché seulement, rien sur les personnes."
        if needs.total
        else "Les fiches besoin adressées à votre organisme.",
    )
)
if not needs.lines:
    st.html(empty_state("Aucune fiche n’attend de réponse", "Les prochaines s’afficheront ici."))
for need in needs.lines:
    answer(need)
