"""Tab « En séance »: one item at a time, what the co-pilots propose, the decision, the next item."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from cases.actor import Actor
from db.queries.ici_records import Decision, Item, SessionView
from db.queries.sitting import Sitting
from ui_streamlit.ici_parts.acts import act, offers
from ui_streamlit.ici_parts.agenda import AFTER_AGENDA
from ui_streamlit.ici_parts.decide import decision_form
from ui_streamlit.ici_parts.items import agenda_order, item_card
from ui_streamlit.ici_parts.lessons import lessons
from ui_streamlit.ici_parts.papers import agreement
from ui_streamlit.ici_parts.presence import correction, presence
from ui_streamlit.ici_parts.sheet import sheet_tool
from ui_streamlit.ici_parts.words import address, counted
from ui_streamlit.session import form_draft
from ui_streamlit.widgets.dates import long_date
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.messages import message

POINT = "point"
DECIDING = {"held", "minutes_validated"}
WALK = Markup(
    '<nav class="ici-walk" aria-label="Points de l’ordre du jour">{before}<b>{where}</b>{after}</nav>'
)
STEP = Markup('<a href="{}">{}</a>')
OFF = Markup('<span class="ici-off">{}</span>')


def meeting_tab(view: SessionView, seated: Sitting, actor: Actor) -> None:
    presence(view, seated, actor)
    made = {decision.escalation_id: decision for decision in view.decisions}
    items = agenda_order(
        item
        for item in view.items
        if item.session_id == view.id and (item.state == "on_agenda" or item.state in AFTER_AGENDA)
    )
    if not items:
        st.html(
            empty_state(
                "Aucun point à traiter",
                "Inscrivez d’abord des remontées à l’ordre du jour.",
                icon_name="users",
            )
        )
        return
    at = _rank(items)
    item = items[at]
    left = sum(one.state == "on_agenda" for one in items)
    st.html(_walk(view, items, at, left, actor))
    deciding = item.state == "on_agenda" and view.state in DECIDING and offers(actor, "decide")
    # side by side, the room reads the item while its decision is typed, without scrolling
    what, then = st.columns([2, 3], gap="medium") if deciding else (st.container(), st.container())
    with what:
        st.html(item_card(item, view.id))
        sheet_tool(item, actor)
    with then:
        if item.state != "on_agenda":
            _settled(made.get(item.id), seated)
        else:
            _decide(view, seated, item, items, actor)
    correction(view, seated, actor)
    lessons(view, seated.told, actor, annuls=False)


def _rank(items: Sequence[Item]) -> int:
    """The item of the address, else the first that is still open."""
    keys = [item.id for item in items]
    asked = st.query_params.get(POINT)
    if asked in keys:
        return keys.index(asked)
    return next((rank for rank, item in enumerate(items) if item.state == "on_agenda"), len(items) - 1)


def _walk(view: SessionView, items: Sequence[Item], at: int, left: int, actor: Actor) -> Markup:
    def step(rank: int, words: str) -> Markup:
        if not 0 <= rank < len(items):
            return OFF.format(words)
        return STEP.format(address(actor.role, view.id, "seance", items[rank].id), words)

    rest = f"{counted(left, 'reste', 'restent')} à traiter" if left else "tout est traité"
    where = f"Point {at + 1} sur {len(items)} · {rest}"
    return WALK.format(before=step(at - 1, "← Précédent"), where=where, after=step(at + 1, "Suivant →"))


def _settled(decision: Decision | None, seated: Sitting) -> None:
    if decision is None:
        st.html(message("info", "Ce point est traité.", []))
        return
    owed = [f"{one.body} : avant le {long_date(one.due_on)}" for one in decision.obligations]
    st.html(
        message("success", f"Décision {decision.id}", [decision.text, *owed, agreement(decision, seated)])
    )


def _decide(view: SessionView, seated: Sitting, item: Item, items: Sequence[Item], actor: Actor) -> None:
    if not offers(actor, "decide", "postpone"):
        return
    if view.state not in DECIDING:
        words = (
            f"Les décisions s’enregistrent une fois la séance tenue, à partir du {long_date(view.held_on)}."
        )
        st.html(message("info", "La séance n’est pas ouverte", [words]))
        return
    done = decision_form(view, seated, item, actor) if offers(actor, "decide") else False
    if done or (offers(actor, "postpone") and _postpone(item, actor)):
        _go_on(item, items)


def _postpone(item: Item, actor: Actor) -> bool:
    with st.expander("Reporter ce point à la séance suivante"):
        draft = form_draft(actor, f"ici-why-{item.id}", {"reason": ""})
        st.text_input("Motif du report", key=draft.key("reason"), on_change=draft.save)
        pressed = st.button("Reporter le point", key=f"ici-postpone-{item.id}")
    said = f"{item.id} est reportée à la séance suivante."
    asked = {"reason": draft.value("reason")}
    done = pressed and act("postpone", item.id, actor, asked, said=said) is not None
    if done:
        draft.drop()
    return done


def _go_on(item: Item, items: Sequence[Item]) -> None:
    """To the next open item, wherever it stands; when none is left, to the last."""
    open_keys = [one.id for one in items if one.state == "on_agenda"]
    at = open_keys.index(item.id)
    following = [*open_keys[at + 1 :], *open_keys[:at]]
    if following:
        st.query_params[POINT] = following[0]
    else:
        st.query_params.pop(POINT, None)
    st.rerun()
