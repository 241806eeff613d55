"""Ma journée: opinions that my organisation is asked for, and approvals that a second person must give."""

from datetime import date

import streamlit as st

from cases import access
from cases.access import scope_of
from cases.actor import Actor
from cases.labels import BLOCKAGES, COMMANDS
from db.queries.asked import ApprovalAsked, OpinionAsked, approvals_to_give, opinions_to_give
from db.queries.ici_items import opinions_to_give as opinions_to_give_on_items
from ui_streamlit.command_form import command_form
from ui_streamlit.widgets.badges import badges
from ui_streamlit.widgets.case_table import Column, Row, case_address, case_table
from ui_streamlit.widgets.dates import moment
from ui_streamlit.widgets.deadline_card import deadline_badge
from ui_streamlit.widgets.facts import facts
from ui_streamlit.widgets.headings import section

COLUMNS = (
    Column("reference", "Dossier"),
    Column("kind", "Action", second="why"),
    Column("by", "Demandé par", second="at"),
)


def asked_of_me(actor: Actor, today: date) -> None:
    """Nothing at all when nothing is asked."""
    _opinions(actor, today)
    _item_opinions(actor, today)
    _approvals(actor)


def _item_opinions(actor: Actor, today: date) -> None:
    """Asked about an escalation to the ICI: its subject and the question, no case."""
    if not access.may_ever(actor, "answer_item_opinion"):
        return
    found = opinions_to_give_on_items(scope_of(actor))
    if not found:
        return
    hint = "Une remontée à l’ICI : le sujet et la question, aucun ménage."
    st.html(section("Votre avis est demandé sur une remontée", count=len(found), hint=hint))
    for item_id, title, theme, asked in found:
        with st.container(border=True):
            st.html(badges([deadline_badge(asked.due_on, today)]))
            st.html(
                facts(
                    {
                        "Remontée": f"{item_id} · {title}",
                        "Ce qui bloque": BLOCKAGES[theme],
                        "Question": asked.question,
                    }
                )
            )
            with st.expander("Donner un avis"):
                done = command_form(
                    "answer_item_opinion",
                    item_id,
                    key=f"item_opinion.{asked.id}",
                    actor=actor,
                    defaults={"opinion_id": asked.id},
                    hide=("opinion_id", "occurred_on"),
                    submit="Envoyer l’avis",
                    said=f"Votre avis sur la remontée {item_id} est enregistré.",
                )
        if done is not None:
            st.rerun()


def _opinions(actor: Actor, today: date) -> None:
    if not access.may_ever(actor, "answer_opinion"):
        return
    found = opinions_to_give(scope_of(actor))
    if not found:
        return
    hint = "La question seulement : le reste du dossier ne vous est pas ouvert par cette demande."
    st.html(section("Votre avis est demandé", count=len(found), hint=hint))
    for asked in found:
        _opinion(actor, asked, today)


def _opinion(actor: Actor, asked: OpinionAsked, today: date) -> None:
    with st.container(border=True):
        st.html(badges([deadline_badge(asked.due_on, today)]))
        st.html(
            facts(
                {
                    "Dossier": asked.case_id,
                    "Question": asked.question,
                    "Demandé par": f"{asked.asked_by}, {asked.asked_body}",
                }
            )
        )
        with st.expander("Donner un avis"):
            done = command_form(
                "answer_opinion",
                asked.case_id,
                key=f"opinion.{asked.id}",
                actor=actor,
                defaults={"opinion_id": asked.id},
                hide=("opinion_id", "occurred_on"),
                submit="Envoyer l’avis",
                said=f"Votre avis sur {asked.case_id} est enregistré.",
            )
    if done is not None:
        st.rerun()


def _approvals(actor: Actor) -> None:
    """Those whose action this person may do: the case page has the buttons."""
    if not access.may_ever(actor, "approve_command"):
        return
    found = [one for one in approvals_to_give(scope_of(actor)) if access.may_ever(actor, one.kind)]
    if found:
        hint = "Ouvrez le dossier pour donner ou refuser votre accord."
        st.html(section("Votre accord est demandé", count=len(found), hint=hint))
        st.html(case_table([_row(one) for one in found], COLUMNS, caption="Accords demandés", link=_link))


def _row(one: ApprovalAsked) -> Row:
    return {
        "reference": one.case_id,
        "kind": COMMANDS.get(one.kind, one.kind),
        "why": one.why or None,
        "by": one.asked_by,
        "at": moment(one.asked_at),
    }


def _link(row: Row) -> str:
    return case_address(str(row["reference"]))
