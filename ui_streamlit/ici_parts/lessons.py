"""Good practices and testimonies: what the session tells the others, and where it is noted."""

import streamlit as st
from markupsafe import Markup

from cases.actor import Actor
from cases.labels.sitting import CONTRIBUTIONS
from db.queries.ici_records import SessionView
from db.queries.sitting import Told
from ui_streamlit.command_form import command_form
from ui_streamlit.ici_parts.acts import UNDATED, offers
from ui_streamlit.ici_parts.presence import SITTING
from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.headings import section

CARD = Markup('<article class="ici-item rl-edge-success"><h3>{title}</h3>{badges}<p>{text}</p></article>')


def lessons(view: SessionView, told: tuple[Told, ...], actor: Actor, *, annuls: bool) -> None:
    """`annuls`: mistakes are taken back here; not in the room, where one only notes."""
    writes = offers(actor, "record_contribution") and view.state in SITTING
    if not told and not writes:
        return
    st.html(section("Bonnes pratiques et témoignages", count=len(told) or None))
    for one in told:
        st.html(lesson_card(one))
        if writes and annuls:
            _annul(view, one, actor)
    if writes:
        _note(view, actor)


def lesson_card(one: Told) -> Markup:
    marks = [Badge(CONTRIBUTIONS[one.kind], "success" if one.kind == "good_practice" else "info", "flag")]
    if one.body:
        marks.append(Badge(one.body, "neutral", "building"))
    return CARD.format(title=one.title, badges=badges(marks), text=one.text)


def _note(view: SessionView, actor: Actor) -> None:
    with st.expander("Noter une bonne pratique ou un témoignage"):
        done = command_form(
            "record_contribution", view.id, key="ici", actor=actor, hide=UNDATED, submit="Noter",
            said="C’est noté, et repris dans le relevé.",
        )  # fmt: skip
    if done is not None:
        st.rerun()


def _annul(view: SessionView, one: Told, actor: Actor) -> None:
    with st.expander(f"Annuler « {one.title} »"):
        done = command_form(
            "annul_contribution", view.id, key=f"ici.{one.id}", actor=actor,
            defaults={"contribution_id": one.id}, hide=("contribution_id", *UNDATED),
            submit="Annuler ce texte",
        )  # fmt: skip
    if done is not None:
        st.rerun()
