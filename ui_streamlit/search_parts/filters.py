"""What a landlord's desk shows, in the address: a view can be sent to a colleague as a link."""

from datetime import date

import streamlit as st

from db.queries.search_needs import DeskCounts, NeedFilters
from ui_streamlit.queue_parts.in_address import chosen_view
from ui_streamlit.queue_parts.paging import first_page

VIEW = "vue"
VIEWS = {"repondre": "À répondre", "repondues": "Répondues", "logements": "Logements vacants"}
DELAYS = {"": "Toutes", "retard": "En retard"}


def chosen_desk(counts: DeskCounts) -> str:
    """Draw the views with how many stand in each; the one chosen."""
    return chosen_view(
        "Ce qui est montré",
        VIEWS,
        {"repondre": counts.waiting, "repondues": counts.answered, "logements": counts.vacant},
        parameter=VIEW,
        key="rl-search-view",
        default="repondre",
    )


def chosen_filters(counts: DeskCounts, today: date) -> NeedFilters:
    """The needs whose date has passed come first in any case; they can be seen alone."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        delay = st.selectbox(
            "Délai",
            list(DELAYS),
            format_func=lambda code: f"{DELAYS[code]} · {counts.late if code else counts.waiting}",
            key="delai",
            bind="query-params",
            on_change=first_page,
            width=220,
        )
        typology = st.selectbox(
            "Typologie",
            ["", *(str(size) for size in range(1, 8))],
            format_func=lambda code: f"T{code}" if code else "Toutes",
            key="typologie",
            bind="query-params",
            on_change=first_page,
            width=220,
        )
    return NeedFilters(late_on=today if delay else None, typology=int(typology) if typology else None)
