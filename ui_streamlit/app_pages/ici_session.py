"""Séances ICI: one session at a time, from the call to what became of its decisions."""

import streamlit as st

from cases.access import scope_of
from cases.ici_desk import setting_on
from db.queries import ici
from db.queries.agenda_ahead import agenda_ahead
from db.queries.sitting import sitting
from ui_streamlit.ici_parts import (
    agenda,
    figures_only,
    filing,
    forecast,
    frozen,
    head,
    meeting,
    outcomes,
    prepare,
    words,
)
from ui_streamlit.ici_parts.acts import action_forms, offers, sees_all
from ui_streamlit.ici_parts.composition import composition
from ui_streamlit.ici_parts.look import LOOK
from ui_streamlit.ici_parts.planning import plan_session
from ui_streamlit.session import current_actor, today
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import page_title, small_print

SESSION_ACTS = (
    "open_call",
    "close_call",
    "send_file",
    "hold_session",
    "validate_minutes",
    "close_session",
    "move_session",
    "cancel_session",
)

actor, day = current_actor(), today()
scope = scope_of(actor)
st.html(LOOK)
lines = ici.sessions(scope, None, day)
chosen = head.chosen_line(
    lines, st.query_params.get("seance"), prepare.ici_of_address(actor, day) or actor.ici, day
)
if chosen is None:
    st.html(
        page_title("Séances ICI", "Les trois instances intercommunales de coordination, tous les six mois.")
    )
    st.html(
        empty_state(
            "Aucune séance n’est programmée", "Le secrétariat des ICI les programme.", icon_name="calendar"
        )
    )
    plan_session(actor)
    st.stop()

tab = st.query_params.get("volet", "")
tab = words.FORMER.get(tab, tab)
tab = tab if tab in words.TABS or tab == words.PREPARE else words.first_tab(chosen.state)
if tab != words.ROOM or scope.role in ici.FIGURES_ONLY:
    head.picker(lines, chosen, actor, day)
threshold = int(str(setting_on("small_cell_threshold", day).value))
view = ici.session_view(scope, chosen.id, hide_under=threshold)
assert view is not None  # the line above was just read
if tab == words.ROOM and scope.role not in ici.FIGURES_ONLY:
    head.room_header(view, actor)
else:
    head.header(view, setting_on("pre_ici_months", view.held_on), day, large=tab not in ("ordre", "suites"))
if scope.role in ici.FIGURES_ONLY:
    figures_only.figures_tab(view)
    st.stop()

if tab == words.PREPARE and offers(actor, "draft_escalation"):
    prepare.prepare(view, lines, actor, day)
    st.stop()

seated = sitting(scope, view.id)
if tab != words.ROOM:
    action_forms("session", view.id, view.version, actor, SESSION_ACTS, primary=head.next_step(view.state))
head.tabs(view, tab, actor)
if not sees_all(actor):
    st.html(small_print("Vous voyez ici ce que votre organisme a remonté ou doit exécuter."))
if tab == "ordre":
    agenda.agenda_tab(view, setting_on("ici_agenda_minutes", view.held_on), actor)
    forecast.forecast_section(agenda_ahead(scope, day), view.ici, day)
elif tab == "seance":
    meeting.meeting_tab(view, seated, actor)
    action_forms("session", view.id, view.version, actor, SESSION_ACTS, primary=head.next_step(view.state))
elif tab == "suites":
    outcomes.outcomes_tab(view, seated, actor, day)
else:
    filing.filing_tab(view, lines, actor)
    filing.called(seated.called, view.called_on)
    frozen.frozen_lists(view)
if tab != words.ROOM:
    composition(view, seated, actor)
    plan_session(actor)
