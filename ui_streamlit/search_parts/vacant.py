"""The vacant dwellings of a landlord: declared, withdrawn, and the needs addressed to it that they answer."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from cases.actor import Actor
from cases.labels.search import VACANCIES
from cases.search_desk import NeedMatch, SearchMatch
from db.queries.vacancies import VacancyLine
from ui_streamlit.command_form import command_form
from ui_streamlit.form_body import Part
from ui_streamlit.search_parts.criteria import card_head, criteria, verdict_badges
from ui_streamlit.search_parts.words import (
    cost_of,
    floor_of,
    places,
    reserver_badge,
    since_words,
    title_of,
    wanted,
)
from ui_streamlit.session import recall, remember
from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.case_table import Column, case_address, case_table
from ui_streamlit.widgets.headings import section, small_print

DECLARING, WITHDRAWING = "search:declaring", "search:withdrawing"
TONES = {"vacant": "success", "taken": "info", "withdrawn": "neutral"}
PARTS = (
    Part(
        "Le logement", ("address", "commune", "canton", "typology", "surface_m2", "floor", "lift", "features")
    ),
    Part("Le loyer", ("rent", "charges", "heating_included")),
    Part("La mise en location", ("available_from", "reserver", "recent", "in_qpv", "fragility")),
)
COLUMNS = (
    Column("title", "Logement", second="id"),
    Column("why", "Motif"),
    Column("ended", "Retiré le"),
)
SUBTITLE = Markup('<p class="rl-eyebrow">{}</p>')
OWN = Markup('<p><a href="{}"><b>{}</b></a> · {}</p>')
NEED = Markup("<p><b>{}</b> · {}, {}</p>")


def declaring(actor: Actor) -> None:
    """The button, then the form in its place."""
    if not recall(DECLARING):
        if st.button("Déclarer un logement vacant", type="primary", icon=":material/add_home:"):
            remember(DECLARING, True)
            st.rerun()
        return
    with st.container(border=True, key="rl-form-vacancy"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.html(section("Déclarer un logement vacant"), width="content")
            if st.button("Fermer", key="close-vacancy", type="tertiary"):
                remember(DECLARING, False)
                st.rerun()
        done = command_form(
            "declare_vacancy",
            None,
            key="vacancy",
            actor=actor,
            hide=("occurred_on",),
            parts=PARTS,
            submit="Déclarer ce logement",
            said="Logement déclaré : les recherches le trouvent désormais.",
        )
    if done is not None:
        remember(DECLARING, False)
        st.rerun()


def vacancy_cards(
    lines: Sequence[VacancyLine],
    matches: Mapping[str, Sequence[NeedMatch]],
    own: Mapping[str, Sequence[SearchMatch]],
    actor: Actor,
    today: date,
) -> None:
    """`matches`: needs addressed to the landlord; `own`: households that its own officers follow."""
    for line in lines:
        with st.container(border=True, key=f"rl-vacancy-{line.id}"):
            st.html(card_head(title_of(line), _marks(line, today)))
            said = ", ".join(part for part in (floor_of(line), cost_of(line)) if part)
            st.html(small_print(f"{line.id} · {said or 'loyer et étage à préciser'}"))
            mine = own.get(line.id, ())
            _own(mine)
            known = {one.case_id for one in mine}
            _needs([one for one in matches.get(line.id, ()) if one.need.case_id not in known])
            _withdrawal(line, actor)


def _marks(line: VacancyLine, today: date) -> list[Badge]:
    found = [Badge(VACANCIES[line.state], TONES[line.state]), reserver_badge(line)]
    if line.available_from is not None and line.available_from > today:
        found.append(Badge(since_words(line, today).capitalize(), "neutral", "calendar"))
    if line.in_qpv:
        found.append(Badge("En QPV", "neutral"))
    return found


def _own(found: Sequence[SearchMatch]) -> None:
    """An officer's own households, by their page: the offer is made there."""
    if found:
        st.html(SUBTITLE.format("Vos ménages en recherche"))
    for one in found:
        head = OWN.format(case_address(one.case_id), one.case_id, one.household)
        st.html(head + badges(verdict_badges(one.match)) + criteria(one.match))


def _needs(matches: Sequence[NeedMatch]) -> None:
    """References only: who is behind a need is not told."""
    if matches:
        st.html(SUBTITLE.format("Fiches besoin adressées à votre organisme"))
    for one in matches:
        named = NEED.format(f"Fiche besoin {one.need.case_id}", wanted(one.need), places(one.need))
        st.html(named + badges(verdict_badges(one.match)) + criteria(one.match))


def _withdrawal(line: VacancyLine, actor: Actor) -> None:
    if line.state != "vacant":
        return
    if recall(WITHDRAWING) != line.id:
        if st.button("Retirer", key=f"withdraw-{line.id}"):
            remember(WITHDRAWING, line.id)
            st.rerun()
        return
    done = command_form(
        "withdraw_vacancy",
        line.id,
        key=f"withdraw.{line.id}",
        actor=actor,
        seen_version=line.version,
        hide=("occurred_on",),
        submit="Retirer ce logement",
        said=f"Le logement {line.id} est retiré.",
    )
    if done is not None:
        remember(WITHDRAWING, None)
        st.rerun()


def withdrawn_table(lines: Sequence[VacancyLine]) -> None:
    rows = [
        {"title": title_of(line), "id": line.id, "why": line.ended_reason, "ended": line.ended_on}
        for line in lines
    ]
    st.html(case_table(rows, COLUMNS, caption="Logements retirés"))
