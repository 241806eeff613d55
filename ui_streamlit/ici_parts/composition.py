"""Who sits in the ICI: the chair, the co-pilots, the members, with their terms; named by the secretariat."""

import streamlit as st

from cases.actor import Actor
from cases.ici_desk import setting_on
from cases.labels.sitting import CAPACITIES
from cases.territory import Setting
from db.queries import sitting
from db.queries.ici_records import SessionView
from db.queries.sitting import Member, Sitting
from ui_streamlit.command_form import command_form
from ui_streamlit.ici_parts.acts import UNDATED, offers
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.headings import small_print

COLUMNS = (
    Column("name", "Membre", second="body"),
    Column("capacity", "Qualité"),
    Column("term", "Mandat"),
    Column("presence", "À cette séance"),
)
PRESENCES = {"present": Badge("Présent", "success"), "excused": Badge("Excusé", "neutral", "mail")}
NO_QUORUM = "Quorum non vérifiable : le règlement intérieur annoncé n’a pas été lu, aucun n’est appliqué."


def composition(view: SessionView, seated: Sitting, actor: Actor) -> None:
    may = offers(actor, "name_member")
    if not seated.members and not may:
        return
    with st.expander(f"Composition de l’ICI ({len(seated.members)})", icon=":material/groups:"):
        if seated.members:
            rows = [_row(one) for one in seated.members]
            st.html(case_table(rows, COLUMNS, caption="Composition à la date de la séance"))
        st.html(small_print(_quorum(setting_on("ici_quorum_percent", view.held_on))))
        if may:
            _acts(view, actor)


def _quorum(rule: Setting) -> str:
    """No quorum unless somebody has read a rule and set it, with its source."""
    return f"Quorum : {rule.value} % des membres. {rule.source}" if rule.value else NO_QUORUM


def _row(one: Member) -> dict[str, object]:
    until = f"jusqu’au {short_date(one.until_on)}" if one.until_on else "en cours"
    return {
        "name": one.name,
        "body": one.body,
        "capacity": CAPACITIES[one.capacity],
        "term": f"depuis le {short_date(one.from_on)}, {until}",
        "presence": PRESENCES.get(one.presence),
    }


def _acts(view: SessionView, actor: Actor) -> None:
    wanted = st.segmented_control(
        "Composition", ["name_member", "end_term"], key="ici-composition", label_visibility="collapsed",
        format_func={"name_member": "Nommer un membre", "end_term": "Terminer un mandat"}.__getitem__,
    )  # fmt: skip
    if wanted is None:
        return
    options = {"member_id": _in_office(view.ici)} if wanted == "end_term" else {}
    done = command_form(
        wanted, None, key="ici", actor=actor, hide=UNDATED, options=options,
        defaults={"ici": view.ici} if wanted == "name_member" else {},
    )  # fmt: skip
    if done is not None:
        st.rerun()


def _in_office(ici: str) -> dict[str, str]:
    return {str(one.id): f"{one.name} ({one.body})" for one in sitting.members(ici) if one.until_on is None}
