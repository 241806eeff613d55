"""The minutes of a session, to read on screen and to print."""

import streamlit as st

import templates
from cases.labels import ASKED, OPINIONS
from db.queries.technical import PointView, SessionLine, TechnicalView
from ui_streamlit.case_parts.support import opinion_words
from ui_streamlit.case_parts.support_options import perimeter
from ui_streamlit.widgets.headings import small_print

HIDDEN = "Dossier protégé"


def minutes_button(view: TechnicalView, line: SessionLine) -> None:
    """A page to print: references only, nobody's name."""
    st.download_button(
        "Télécharger le relevé à imprimer",
        templates.technical_minutes(
            reference=view.id,
            held_on=view.held_on,
            perimeter=perimeter(line),
            place=view.place,
            members=[name for _, name in view.members],
            present=view.present,
            points=[_line(point) for point in view.points],
            hidden=view.hidden,
            closed_on=view.minutes_on,
            closed_by=view.closed_by or "",
            journal_head=view.journal_head,
        ),
        file_name=f"releve-{view.id}.html",
        mime="text/html",
        key=f"minutes-{view.id}",
        on_click="ignore",
    )
    if view.journal_head:
        st.html(small_print(f"Tête du journal à la clôture : {view.journal_head[:16]}…"))


def _line(point: PointView) -> dict[str, str]:
    """Of a protected case, its number and the opinion alone."""
    hidden = point.question is None
    return {
        "reference": point.case_id,
        "asked": ASKED[point.asked],
        "question": HIDDEN if hidden else point.question or "",
        "opinion": OPINIONS[point.opinion],
        "reason": "" if hidden else opinion_words(point) or "",
    }
