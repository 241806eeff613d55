"""The two columns of the page: the work on the left, dates and history on the right."""

from datetime import date

import streamlit as st
from markupsafe import Markup

from cases.access import scope_of
from cases.actor import Actor
from cases.clock import day_in_paris
from cases.labels import DEADLINES
from cases.twins import Resemblances, resemblances
from db.queries.case_file import SOCIAL, CaseView
from db.queries.tracking import receipt_facts
from ui_streamlit.case_parts.actions import escalation_actions
from ui_streamlit.case_parts.admissibility import admissibility_block
from ui_streamlit.case_parts.beside import beside_sections, notes_section
from ui_streamlit.case_parts.committees import committee_section
from ui_streamlit.case_parts.documents import documents_section
from ui_streamlit.case_parts.follow_up import follow_up_blocks
from ui_streamlit.case_parts.ici import course_block
from ui_streamlit.case_parts.offers import counter, offer_cards, right_to_stay, search_badges
from ui_streamlit.case_parts.people import (
    diagnosis_facts,
    dwelling_facts,
    dwelling_title,
    household_facts,
    need_facts,
    need_title,
    persons_table,
)
from ui_streamlit.case_parts.preview import offers_needed
from ui_streamlit.case_parts.promises import promises_block
from ui_streamlit.case_parts.receipt import FOR_REFERRER, code_shown, receipt_button
from ui_streamlit.case_parts.rehousing import rehousing_sections, split_note
from ui_streamlit.case_parts.sealed import sealed_block
from ui_streamlit.case_parts.search import search_section
from ui_streamlit.case_parts.story import entry_of
from ui_streamlit.case_parts.support import support_sections
from ui_streamlit.case_parts.twins import former_numbers, resemblance_block
from ui_streamlit.case_parts.work import (
    blockages_table,
    handovers_table,
)
from ui_streamlit.diagnosis_parts.steps import diagnosis_link
from ui_streamlit.widgets.badges import badges
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.deadline_card import DeadlineView, deadline_cards
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import section, small_print
from ui_streamlit.widgets.timeline import timeline

PAST = Markup('<details class="rl-why rl-past"><summary>Échéances closes ({})</summary><ul>{}</ul></details>')
PAST_LINE = Markup("<li>{}, {} : close le {}{}</li>")


def work_column(view: CaseView, actor: Actor, today: date) -> None:
    """What is being done, nearest to the decision first; then the situation it answers."""
    found = resemblances(scope_of(actor), view.head.id, today=today)
    resemblance_block(found)
    admissibility_block(view, today)
    for block in (*follow_up_blocks(view, today), promises_block(view)):
        if block:
            st.html(block)
    _ici(view, actor, today)
    _offers(view, today)
    search_section(view, actor, today)
    rehousing_sections(view, today)
    if view.blockages:
        opened = sum(item.until is None for item in view.blockages)
        st.html(section("Blocages", count=opened) + blockages_table(view))
    if view.committees:
        st.html(committee_section(view, today))
    if view.handovers:
        st.html(section("Passations") + handovers_table(view))
    support_sections(view, today)
    beside_sections(view, today)
    notes_section(view, today)
    _situation(view, found, today)
    _receipt(view, actor)
    _need(view, today)
    documents_section(view, actor)
    sealed_block(view, actor)


def _ici(view: CaseView, actor: Actor, today: date) -> None:
    if not view.courses:
        return
    for rank, course in enumerate(view.courses):
        title = "Parcours ICI" if course.open else "Remontée précédente" if rank else "Parcours ICI achevé"
        st.html(section(title) + course_block(course, today))
        if course.open:
            escalation_actions(view, actor, course)


def _offers(view: CaseView, today: date) -> None:
    if not view.offers:
        return
    st.html(section("Propositions", count=len(view.offers)))
    found = search_badges(view)
    if view.head.kind == "rehousing":
        found = [counter(view, offers_needed(today)), *right_to_stay(view), *found]
    if found:
        st.html(badges(found))
    st.html(offer_cards(view))


def _situation(view: CaseView, found: Resemblances, today: date) -> None:
    former = former_numbers(found, view.head.snr_number)
    st.html(section("Ménage") + split_note(view) + household_facts(view, former))
    if view.sees(SOCIAL):
        st.html(persons_table(view, today))
    st.html(section(dwelling_title(view)) + dwelling_facts(view))


def _receipt(view: CaseView, actor: Actor) -> None:
    """The code is the referrer's: who opens the case can print it again for them."""
    paper = receipt_facts(scope_of(actor), view.head.id)
    if paper is not None:
        st.html(section("Suivi du signalement", hint=FOR_REFERRER) + code_shown(paper))
        receipt_button(paper, key=f"receipt-{view.head.id}")


def _need(view: CaseView, today: date) -> None:
    if view.diagnoses:
        st.html(section("Diagnostic social") + diagnosis_facts(view.diagnoses[0]))
    if view.sees(SOCIAL):
        st.html(diagnosis_link(view.head, view.diagnoses, today))
    if not view.needs:
        return
    current, *former = view.needs
    st.html(
        section("Fiche besoin", hint=need_title(current, view.head.need_sheet_id)) + need_facts(current, view)
    )
    for sheet in former:
        with st.expander(need_title(sheet, view.head.need_sheet_id)):
            st.html(need_facts(sheet, view))


def time_column(view: CaseView, today: date) -> None:
    """Dates to come, then what happened."""
    st.html(section("Échéances", count=len(view.deadlines)))
    if view.deadlines:
        st.html(deadline_cards([_deadline(view, rank) for rank in range(len(view.deadlines))], today))
    else:
        st.html(small_print("Aucune échéance ouverte."))
    if view.past_deadlines:
        st.html(_past_deadlines(view))
    st.html(section("Histoire du dossier"))
    if view.story:
        st.html(timeline([entry_of(line) for line in view.story], today))
    else:
        st.html(empty_state("Rien encore", "Chaque action s’inscrira ici.", icon_name="clock"))


def _deadline(view: CaseView, rank: int) -> DeadlineView:
    line = view.deadlines[rank]
    return DeadlineView(
        title=DEADLINES[line.kind],
        due_on=line.due_on,
        nature=line.nature,
        owner=line.owner or (f"{line.body}, à affecter" if line.body else ""),
        explanation=line.explanation,
    )


def _past_deadlines(view: CaseView) -> Markup:
    """Closed, never erased: what was awaited, for when, and when it ended."""
    if not view.past_deadlines:
        return Markup()
    lines = Markup().join(
        PAST_LINE.format(
            DEADLINES[line.kind],
            short_date(line.due_on),
            short_date(day_in_paris(line.closed_at)),
            ", en retard" if line.outcome == "met_late" else "",
        )
        for line in view.past_deadlines
    )
    return PAST.format(len(view.past_deadlines), lines)
