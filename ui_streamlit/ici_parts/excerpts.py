"""Excerpts of the decisions: to whom they went, who still waits, and each organisation's own to print."""

from collections.abc import Sequence

import streamlit as st

from cases.actor import Actor
from cases.excerpts import Addressee
from db.queries.ici_records import SessionView
from db.queries.sitting import Sitting
from ui_streamlit.ici_parts.acts import act, offers, sees_all
from ui_streamlit.ici_parts.papers import excerpt_button, minutes_button
from ui_streamlit.ici_parts.words import counted
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.headings import section, small_print

COLUMNS = (Column("body", "Organisme"), Column("decisions", "Décisions"), Column("state", "Extrait"))


def papers(view: SessionView, seated: Sitting, left: Sequence[Addressee], actor: Actor) -> None:
    """The record and the excerpts: all of them for the desk, its own for a body. `left`: not sent yet."""
    if not view.decisions:
        return
    st.html(
        section("Relevé et extraits", hint="Chaque organisme concerné reçoit l’extrait de ses décisions.")
    )
    if not sees_all(actor):
        _own(view, seated)
        return
    st.html(case_table(_rows(seated, left), COLUMNS, caption="Extraits des décisions"))
    with st.container(horizontal=True, gap="small"):
        minutes_button(view, seated)
    if offers(actor, "send_excerpts"):
        _send(view, seated, left, actor)


def _own(view: SessionView, seated: Sitting) -> None:
    mine = {one.decision_id for one in seated.sent}
    if not mine:
        st.html(small_print("Votre extrait vous sera envoyé une fois le relevé validé."))
        return
    chosen = [decision for decision in view.decisions if decision.id in mine]
    excerpt_button(view, seated, seated.sent[0].body, chosen)


def _rows(seated: Sitting, left: Sequence[Addressee]) -> list[dict[str, object]]:
    waiting: dict[str, list[str]] = {}
    for one in left:
        waiting.setdefault(one.body, []).append(one.decision_id)
    reached: dict[str, list[str]] = {}
    for sent in seated.sent:
        reached.setdefault(sent.body, []).append(sent.decision_id)
    on_paper = {sent.body for sent in seated.sent if sent.on_paper}
    without = {one.body for one in left if one.account_id is None}
    found: list[dict[str, object]] = []
    for body, decisions in sorted(waiting.items()):
        words = "À remettre imprimé" if body in without else "À envoyer"
        found.append({"body": body, "decisions": decisions, "state": Badge(words, "warning", "mail")})
    for body, decisions in sorted(reached.items()):
        words = "Remis imprimé" if body in on_paper else "Envoyé"
        found.append({"body": body, "decisions": decisions, "state": Badge(words, "success", "check")})
    return found


def _send(view: SessionView, seated: Sitting, left: Sequence[Addressee], actor: Actor) -> None:
    if not left or view.state != "minutes_validated":
        if left:
            st.html(small_print("Les extraits partent une fois le relevé validé."))
        return
    paper = {one.body_id: one.body for one in left if one.account_id is None}
    printed: list[str] = []
    if paper:
        chosen = st.selectbox("Extrait imprimé de", list(paper), format_func=paper.__getitem__)
        wanted = {one.decision_id for one in left if one.body_id == chosen}
        excerpt_button(view, seated, paper[chosen], [one for one in view.decisions if one.id in wanted])
        printed = st.multiselect(
            "Sans compte : extrait imprimé remis à", list(paper), format_func=paper.__getitem__,
            placeholder="Choisissez",
        )  # fmt: skip
    count = len({one.body for one in left})
    label = f"Envoyer les extraits ({counted(count, 'organisme')})"
    said = "Les extraits sont partis : chaque organisme les lit à son bureau et dans son courriel du jour."
    if st.button(label, type="primary", key=f"ici-excerpts-{view.id}") and act(
        "send_excerpts", view.id, actor, {"printed_ids": printed}, said=said
    ):
        st.rerun()
