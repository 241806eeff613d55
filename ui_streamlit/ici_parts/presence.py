"""Who sits: recorded at the opening in one click, corrected when somebody comes or leaves."""

import streamlit as st
from markupsafe import Markup

from cases.actor import Actor
from cases.labels.sitting import CAPACITIES
from db.queries.ici_records import SessionView
from db.queries.sitting import Member, Sitting
from ui_streamlit.ici_parts.acts import act, offers
from ui_streamlit.ici_parts.words import counted
from ui_streamlit.session import form_draft
from ui_streamlit.widgets.headings import small_print

SITTING = {"held", "minutes_validated"}
SUMMARY = Markup('<p class="ici-present"><b>{count}</b> {names}</p>')


def presence(view: SessionView, seated: Sitting, actor: Actor) -> None:
    """The form as long as nobody is noted; one line afterwards."""
    if seated.present:
        st.html(summary(seated))
    elif _may_record(view, seated, actor):
        with st.container(border=True):
            _form(view, seated, actor)


def correction(view: SessionView, seated: Sitting, actor: Actor) -> None:
    """Somebody comes late, somebody leaves: folded, below what the room looks at."""
    if seated.present and _may_record(view, seated, actor):
        with st.expander("Corriger les présences"):
            _form(view, seated, actor)


def _may_record(view: SessionView, seated: Sitting, actor: Actor) -> bool:
    return bool(seated.members) and view.state in SITTING and offers(actor, "record_presence")


def summary(seated: Sitting) -> Markup:
    count = f"{len(seated.present)} présents sur {len(seated.members)}"
    excused = ", ".join(one.name for one in seated.excused)
    return SUMMARY.format(count=count, names=f"· excusés : {excused}" if excused else "")


def _form(view: SessionView, seated: Sitting, actor: Actor) -> None:
    names = {one.id: _name(one) for one in seated.members}
    known = bool(seated.present)
    form = form_draft(
        actor,
        f"ici.presence.{view.id}",
        {
            "present": [one.id for one in (seated.present if known else seated.members)],
            "excused": [one.id for one in seated.excused],
            "guests": seated.guests,
        },
    )
    st.pills(
        "Présents", list(names), selection_mode="multi", format_func=names.__getitem__,
        key=form.key("present"), on_change=form.save,
    )  # fmt: skip
    st.html(small_print("Tout le monde est coché : décochez qui n’est pas là."))
    away = [key for key in names if key not in form.value("present")]
    st.session_state[form.key("excused")] = [key for key in form.value("excused") if key in away]
    left, right = st.columns(2)
    left.multiselect(
        "Excusés", away, format_func=names.__getitem__, key=form.key("excused"), on_change=form.save,
        placeholder="Parmi les absents",
    )  # fmt: skip
    right.text_input("Invités", key=form.key("guests"), on_change=form.save)
    if not st.button("Enregistrer les présences", type="primary", key=f"ici-presence-{view.id}"):
        return
    data = {
        "present_ids": form.value("present"),
        "excused_ids": form.value("excused"),
        "guests": form.value("guests"),
    }
    said = f"{counted(len(data['present_ids']), 'personne présente', 'personnes présentes')}."
    if act("record_presence", view.id, actor, data, said=said):
        form.drop()
        st.rerun()


def _name(one: Member) -> str:
    role = "" if one.capacity == "member" else f" · {CAPACITIES[one.capacity].lower()}"
    return f"{one.name} ({one.body}){role}"
