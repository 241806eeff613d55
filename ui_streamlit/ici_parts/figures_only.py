"""What an observer sees of a session: figures, the small ones hidden."""

import streamlit as st
from markupsafe import Markup

from db.queries.ici_records import SessionView
from ui_streamlit.ici_parts.filing import HIDDEN, filed_figures
from ui_streamlit.widgets.facts import figures
from ui_streamlit.widgets.headings import section, small_print


def figures_tab(view: SessionView) -> None:
    counts = view.counts
    st.html(section("Remontées"))
    st.html(filed_figures(counts))
    st.html(section("Décisions et suites"))
    st.html(
        _tiles(
            ("Décisions", counts.decisions),
            ("Exécutions attendues", counts.awaited),
            ("Exécutées", counts.executed),
            ("Non exécutées", counts.not_executed),
        )
    )
    st.html(small_print("Les petits effectifs sont masqués."))


def _tiles(*shown: tuple[str, int | None]) -> Markup:
    return figures([(label, HIDDEN if value is None else value, "", "info") for label, value in shown])
