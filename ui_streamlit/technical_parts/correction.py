"""An opinion recorded by mistake: annulled with its reason, under the agenda."""

import streamlit as st

from cases.actor import Actor
from cases.commands.technical_correction import GIVEN
from cases.labels import ASKED, OPINIONS
from db.queries.technical import TechnicalView
from ui_streamlit.command_form import command_form
from ui_streamlit.technical_parts.sitting import UNDATED, holds
from ui_streamlit.widgets.headings import small_print

TITLE = "Corriger un avis enregistré par erreur"
NEXT = {
    "open": "L’avis reste lisible, annulé ; le point est à examiner de nouveau.",
    "closed": "L’avis reste lisible au relevé, annulé ; le point revient à la prochaine séance.",
}


def correction(view: TechnicalView, actor: Actor) -> None:
    """Folded; for who holds the session, once an opinion is given."""
    given = {
        str(point.id): f"{point.case_id}, {ASKED[point.asked].lower()} : {OPINIONS[point.opinion].lower()}"
        for point in view.points
        if point.opinion in GIVEN
    }
    if view.state not in NEXT or not given or not holds(actor, view.landlord_id):
        return
    with st.expander(TITLE, icon=":material/undo:"):
        st.html(small_print(NEXT[view.state]))
        done = command_form(
            "annul_opinion",
            view.id,
            key="technical",
            actor=actor,
            options={"item_id": given},
            hide=UNDATED,
            seen_version=view.version,
            submit="Annuler cet avis",
            said="L’avis est annulé ; il reste lisible.",
        )
    if done is not None:
        st.rerun()
