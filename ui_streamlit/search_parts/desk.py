"""A landlord's desk: the needs addressed to it, and the answer to one of them."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from cases.actor import Actor
from cases.search_desk import VacancyMatch
from db.queries.search_needs import NeedAsked
from db.queries.vacancies import VacancyLine
from ui_streamlit.command_form import command_form
from ui_streamlit.search_parts.answer_parts import answer_parts
from ui_streamlit.search_parts.criteria import card_head
from ui_streamlit.search_parts.words import (
    answer_badge,
    answer_words,
    need_facts,
    places,
    title_of,
    wanted,
)
from ui_streamlit.session import recall, remember
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.deadline_card import deadline_badge
from ui_streamlit.widgets.facts import facts
from ui_streamlit.widgets.headings import small_print

OPEN = "search:answering"
ANSWERS = {"offer": "Logement proposé", "none": "Rien à proposer"}
COLUMNS = (
    Column("case", "Fiche besoin", second="sheet"),
    Column("wanted", "Logement recherché", second="places"),
    Column("answer", "Réponse", second="words"),
    Column("when", "Répondu le"),
)


def needs_to_answer(
    needs: Sequence[NeedAsked],
    matches: Mapping[int, Sequence[VacancyMatch]],
    vacant: Sequence[VacancyLine],
    actor: Actor,
    today: date,
) -> None:
    """One card a need; the form of the one that is being answered."""
    for need in needs:
        with st.container(border=True, key=f"rl-need-{need.attempt_id}"):
            _card(need, matches.get(need.attempt_id, ()), today)
            if recall(OPEN) == need.attempt_id:
                _form(need, vacant, actor)
            elif st.button("Répondre", key=f"answer-{need.attempt_id}"):
                remember(OPEN, need.attempt_id)
                st.rerun()


def _card(need: NeedAsked, matches: Sequence[VacancyMatch], today: date) -> None:
    marks = [] if need.due_on is None else [deadline_badge(need.due_on, today)]
    if need.revised:
        marks.append(Badge("Besoin révisé depuis", "warning", "info"))
    st.html(card_head(f"Fiche besoin {need.case_id}", marks))
    st.html(facts(need_facts(need), two_columns=True))
    if matches:
        found = " ; ".join(title_of(one.vacancy) for one in matches)
        st.html(small_print(f"Parmi vos logements vacants : {found}."))


def _form(need: NeedAsked, vacant: Sequence[VacancyLine], actor: Actor) -> None:
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Fermer", key=f"close-{need.attempt_id}", type="tertiary"):
            remember(OPEN, None)
            st.rerun()
    free = {line.id: f"{title_of(line)} ({line.id})" for line in vacant if line.state == "vacant"}
    done = command_form(
        "answer_attempt",
        need.case_id,
        key=f"need.{need.attempt_id}",
        actor=actor,
        defaults={"attempt_id": need.attempt_id},
        hide=("attempt_id", "occurred_on") if free else ("attempt_id", "occurred_on", "vacancy_id"),
        options={"vacancy_id": free, "answer": ANSWERS},
        parts=answer_parts(chooses=bool(free)),
        submit="Envoyer la réponse",
        said=f"Réponse enregistrée pour {need.case_id}.",
    )
    if done is not None:
        remember(OPEN, None)
        st.rerun()


def answered_table(needs: Sequence[NeedAsked]) -> None:
    """What was answered, the last first."""
    rows = [
        {
            "case": need.case_id,
            "sheet": f"version {need.version}",
            "wanted": wanted(need),
            "places": places(need),
            "answer": answer_badge(need.answer),
            "words": answer_words(need.answer, need.reason, need.dwelling, need.detail),
            "when": need.answered_on,
        }
        for need in needs
    ]
    st.html(case_table(rows, COLUMNS, caption="Fiches besoin auxquelles votre organisme a répondu"))
