"""Opérations NPRU: every operation, then one of them building by building."""

import streamlit as st

from cases import access
from cases.actor import Actor, Role
from cases.charter.context import Context, settings_now
from cases.charter.pace import recent_since
from db.queries import objectives as objectives_query
from db.queries import operation as board_query
from db.queries import operation_dwellings as dwellings_query
from db.queries import operation_groups as groups_query
from db.queries import operation_people as people_query
from db.queries import operation_sites as sites_query
from db.queries.operation import OperationView
from ui_streamlit.charter_parts import board
from ui_streamlit.charter_parts.style import STYLE
from ui_streamlit.operation_parts.actions import Known, act_on
from ui_streamlit.operation_parts.groups import costs_table, groups_table
from ui_streamlit.operation_parts.objectives import objectives_table
from ui_streamlit.operation_parts.overview import territory_figures, whole_operation
from ui_streamlit.operation_parts.sites import sites_board
from ui_streamlit.operation_parts.territory_actions import territory_actions
from ui_streamlit.session import current_actor, today
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import page_title, section, small_print
from ui_streamlit.widgets.messages import message

PROTECTED_HINT = "Les dossiers protégés sont comptés ; seules les personnes nommées les voient dans la liste."


def list_page(actor: Actor, context: Context, hide_under: int) -> None:
    scope, day = access.scope_of(actor), context.today
    lines = board_query.operations(scope)
    st.html(
        page_title("Opérations NPRU", "Les immeubles à vider, site par site : ménages à reloger et dates.")
    )
    if lines and not hide_under:
        territory_figures(lines)
    known = objectives_query.objectives(scope, day)
    territory_actions(actor, known)
    if lines and not hide_under:
        found = sites_query.sites(scope, recent_since=recent_since(day), few=context.whole("last_occupants"))
        st.html(sites_board(found, day))
    if lines:
        st.html(section("Opérations", count=len(lines)))
        st.html(board.operations_table(lines, day, hide_under))
    else:
        st.html(empty_state("Aucune opération", "Aucune opération n’est suivie ici.", icon_name="building"))
    if actor.role.value in objectives_query.READERS:
        st.html(objectives_table(known, *objectives_query.without_objective(scope, day), day))


def operation_page(actor: Actor, view: OperationView, context: Context, hide_under: int) -> None:
    board.back_link()
    where = f"{view.site}, {view.commune} · {board.KINDS[view.kind]} · {view.landlord}"
    st.html(page_title(view.name, eyebrow=f"{view.id} · {where}"))
    st.html(board.legal_ground(view))
    scope = access.scope_of(actor)
    groups = groups_query.grouped_solutions(scope, view.id)
    known = Known(dwellings_query.dwellings(scope, view.id), groups_query.households(scope, view.id), groups)
    act_on(actor, view, known)
    if view.buildings.empty:
        st.html(empty_state("Aucun bâtiment", "Créez le premier bâtiment à vider.", icon_name="building"))
    elif hide_under:
        st.html(board.figures_table(view, hide_under))
        st.html(small_print(f"Les effectifs de moins de {hide_under} ménages sont masqués."))
    else:
        whole_operation(view, context)
    if scope.sees("common") and not view.buildings.empty:
        people(actor, view, context)
        for table in (groups_table(groups, context.today), costs_table(groups_query.costs(scope, view.id))):
            if table:
                st.html(table)


def people(actor: Actor, view: OperationView, context: Context) -> None:
    scope = access.scope_of(actor)
    names = dict(zip(view.buildings["id"], view.buildings["name"], strict=True))
    few = view.buildings[view.buildings["still_there"].between(1, context.whole("last_occupants"))]
    st.html(section("Derniers occupants", hint=PROTECTED_HINT))
    occupants = people_query.last_occupants(scope, list(few["id"]))
    st.html(board.occupants_table(occupants, names, context.today))
    st.html(section("Dates de libération : ce qui a changé"))
    st.html(board.history_table(people_query.vacate_history(scope, list(names)), names))


def main() -> None:
    actor = current_actor()
    context = Context(settings_now(), today())
    hide_under = context.whole("small_cell_threshold") if actor.role is Role.OBSERVER else 0
    st.html(STYLE)
    asked = st.query_params.get("operation")
    if not asked:
        list_page(actor, context, hide_under)
        return
    view = board_query.operation(
        access.scope_of(actor),
        asked,
        third=context.whole("offers_before_right_lost"),
        recent_since=recent_since(context.today),
    )
    if view is None:
        board.back_link()
        st.html(
            message(
                "warning", "Opération introuvable", [f"« {asked} » n’existe pas, ou n’est pas suivie ici."]
            )
        )
        return
    operation_page(actor, view, context, hide_under)


main()
