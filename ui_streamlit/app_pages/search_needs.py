"""Recherche interbailleurs: the needs addressed to my organisation, its answers, its vacant dwellings."""

import streamlit as st

from cases.access import scope_of
from cases.search_desk import desk_matches, own_matches
from db.queries.search_needs import NeedFilters, desk_counts, needs_asked
from db.queries.vacancies import declared
from ui_streamlit.queue_parts.paging import page_asked, page_bar
from ui_streamlit.search_parts.desk import answered_table, needs_to_answer
from ui_streamlit.search_parts.filters import chosen_desk, chosen_filters
from ui_streamlit.search_parts.vacant import declaring, vacancy_cards, withdrawn_table
from ui_streamlit.session import current_actor, today
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import page_title, section, small_print

PER_PAGE = 12
COMPARED = 200  # needs and dwellings of the landlord that are compared with each other
SILENCE = "Sans réponse à la date indiquée, votre silence est constaté et peut être remonté à l’ICI."

actor, day = current_actor(), today()
scope = scope_of(actor)
counts = desk_counts(scope, day)
st.html(
    page_title(
        "Recherche interbailleurs",
        "Les fiches besoin adressées à votre organisme : le logement recherché, rien sur les personnes.",
    )
)
view = chosen_desk(counts)
number = page_asked(view)
start = (number - 1) * PER_PAGE


def pages(total: int) -> None:
    page_bar(view, number, -(-total // PER_PAGE))


def to_answer() -> None:
    filters = chosen_filters(counts, day)
    needs = needs_asked(scope, filters, limit=PER_PAGE, offset=start)
    if not needs.lines:
        st.html(empty_state("Aucune fiche n’attend de réponse", "Les prochaines s’afficheront ici."))
        return
    if counts.late:
        st.html(small_print(SILENCE))
    vacant = declared(scope, limit=COMPARED).lines
    needs_to_answer(needs.lines, desk_matches(vacant, needs.lines, day)[1], vacant, actor, day)
    pages(needs.total)


def answered() -> None:
    needs = needs_asked(scope, NeedFilters(answered=True), limit=PER_PAGE, offset=start)
    if not needs.lines:
        st.html(empty_state("Aucune réponse pour l’instant", "Vos réponses seront gardées ici."))
        return
    answered_table(needs.lines)
    pages(needs.total)


def vacant_dwellings() -> None:
    declaring(actor)
    found = declared(scope, limit=PER_PAGE, offset=start)
    if not found.lines:
        st.html(
            empty_state(
                "Aucun logement vacant déclaré",
                "Déclarez vos logements : ils seront rapprochés des besoins de toute la métropole.",
                icon_name="home",
            )
        )
    needs = needs_asked(scope, limit=COMPARED).lines
    own = own_matches(scope, found.lines, today=day)
    vacancy_cards(found.lines, desk_matches(found.lines, needs, day)[0], own, actor, day)
    pages(found.total)
    ended = declared(scope, ended=True, limit=PER_PAGE)
    if ended.lines:
        st.html(section("Retirés", count=ended.total))
        withdrawn_table(ended.lines)


{"repondre": to_answer, "repondues": answered, "logements": vacant_dwellings}[view]()
