"""Comité technique: the agenda of a session, one point at a time, then its minutes."""

import streamlit as st

from cases.access import scope_of
from cases.actor import Role
from db.queries import people, technical
from ui_streamlit.command_form import command_form
from ui_streamlit.ici_parts.acts import offers
from ui_streamlit.ici_parts.look import LOOK
from ui_streamlit.session import current_actor, today
from ui_streamlit.technical_parts import head, minutes, sitting
from ui_streamlit.technical_parts.correction import correction
from ui_streamlit.technical_parts.points import points_table
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import page_title, section, small_print

LEAD = "Valide les besoins et les orientations, et dit si le refus d’une proposition est légitime."
UNREAD = "Existence et rôle du comité non lus dans la charte de la MEL : à valider."
HOW = "Pour inscrire un dossier, ouvrez-le : « Autres actions », puis « Inscrire au comité technique »."

actor, day = current_actor(), today()
scope = scope_of(actor)
st.html(LOOK)


def plan() -> None:
    """Folded under the session: another one."""
    if not offers(actor, "plan_technical"):
        return
    own = {"landlord_id": actor.body_id} if actor.role is Role.REHOUSING_OFFICER else {}
    with st.expander("Programmer un comité technique", icon=":material/event:"):
        done = command_form(
            "plan_technical",
            None,
            key="technical",
            actor=actor,
            defaults=own,
            options={"member_ids": people.bodies()},
            hide=("occurred_on",),
            submit="Programmer",
            said="Le comité technique est programmé.",
        )
    if done is not None:
        st.query_params["seance"] = str(done.reference)
        st.rerun()


lines = technical.sessions(scope)
chosen = head.chosen_line(lines, st.query_params.get("seance"), day)
view = technical.session(scope, chosen.id) if chosen is not None else None
if chosen is None or view is None:
    st.html(page_title("Comité technique", LEAD))
    st.html(empty_state("Aucune séance n’est programmée", UNREAD, icon_name="calendar"))
    plan()
    st.stop()

st.html(head.picker(lines, chosen))
st.html(head.header(view, chosen))
sitting.session_acts(view, actor)
st.html(section("Ordre du jour", count=len(view.points) + view.hidden, hint=LEAD))
if view.hidden:
    rest = "1 point ne relève" if view.hidden == 1 else f"{view.hidden} points ne relèvent"
    st.html(
        small_print(
            f"{rest} pas de vos dossiers et ne vous {'est' if view.hidden == 1 else 'sont'} pas montrés."
        )
    )
if not view.points:
    st.html(empty_state("Aucun dossier à vous montrer", HOW, icon_name="inbox"))
elif view.state == "open":
    sitting.one_point(view, actor)
    with st.expander("Tout l’ordre du jour"):
        st.html(points_table(view.points))
else:
    st.html(points_table(view.points))
correction(view, actor)
if view.points and view.state in {"open", "closed"}:
    minutes.minutes_button(view, chosen)
if view.state == "planned" and view.points:
    st.html(small_print(HOW))
st.html(small_print(UNREAD))
plan()
