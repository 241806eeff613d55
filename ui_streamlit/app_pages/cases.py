"""Dossiers: queues, filters in the address, one accessible table in the explainable order, by pages."""

import streamlit as st

from cases.access import scope_of
from cases.rules.urgency import SOURCE
from db.queries.queue import Page, queue_counts, queue_page
from db.queries.queue_options import options
from ui_streamlit.queue_parts import filters
from ui_streamlit.queue_parts.case_rows import rows_of
from ui_streamlit.queue_parts.day_roles import ELSEWHERE
from ui_streamlit.queue_parts.paging import page_asked, page_bar
from ui_streamlit.queue_parts.taking import take_bar
from ui_streamlit.queue_parts.words import QUEUES_OF, more
from ui_streamlit.session import current_actor, today
from ui_streamlit.widgets.case_table import Column, Row, case_address, case_table
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import page_title, small_print

COLUMNS = (
    Column("reference", "Dossier", second="marks"),
    Column("household", "Ménage", second="where"),
    Column("step", "Étape", second="kind"),
    Column("owner", "Suivi par", second="service"),
    Column("next", "Prochaine échéance", second="countdown"),
    Column("age", "Ancienneté"),
    Column("blockages", "Blocages"),
    Column("ici", "ICI", second="ici_code"),
)
NEEDS_PAGE = (
    "Votre organisme reçoit des fiches besoin, pas des dossiers : celles qui attendent votre réponse sont "
    "dans « Ma journée »."
)


def link(row: Row) -> str:
    return case_address(str(row["reference"]))


def edge(row: Row) -> str:
    return str(row["tone"]) if row["tone"] != "neutral" else ""


def nothing_found(queue: str, text: str) -> None:
    """Says where else to look."""
    elsewhere = (filters.address("all", text), "Chercher dans tous les dossiers") if queue != "all" else None
    sentence = "Vérifiez l’orthographe, ou essayez la référence du dossier." if text else ""
    st.html(
        empty_state(
            "Aucun dossier ici",
            sentence or "Aucun dossier ne correspond à cette liste ni à vos filtres.",
            icon_name="search",
            link=elsewhere if text else None,
        )
    )


def show(page: Page) -> None:
    """The total, the table, and the pages under it."""
    ranks = f", page {page.number} sur {page.pages}" if page.pages > 1 else ""
    st.html(small_print(f"{more(page.total, 'dossier', 'dossiers')}{ranks}."))
    caption = f"Dossiers de la file, du plus pressant au moins pressant{ranks}"
    columns = [column for column in COLUMNS if queue != "mine" or column.key != "owner"]
    st.html(case_table(rows_of(page.lines, day), columns, caption=caption, link=link, tone=edge))


actor, day = current_actor(), today()
scope = scope_of(actor)
st.html(page_title("Dossiers", "Du plus pressant au moins pressant."))
if actor.role not in QUEUES_OF:
    st.html(
        empty_state(
            "Aucun dossier ne vous est ouvert",
            ELSEWHERE.get(actor.role, NEEDS_PAGE),
            icon_name="lock",
            link=("/", "Revenir à l’accueil"),
        )
    )
    st.stop()

choices = options(scope, day)
queue = filters.chosen_queue(actor, queue_counts(scope, QUEUES_OF[actor.role], day))
wanted = filters.chosen_filters(choices, scope, day)
name = f"{queue}:{wanted}"
found = queue_page(
    scope, queue, wanted, today=day, number=page_asked(name), limits=filters.limits(choices, day)
)
if found.total == 0:
    nothing_found(queue, wanted.text)
    st.stop()

show(found)
page_bar(name, found.number, found.pages)
take_bar(found.lines, actor)
st.html(small_print(f"{SOURCE}."))
