"""Tab « Ordre du jour »: returns first, the minutes used, what the co-pilots still have to objectify."""

from collections.abc import Sequence
from functools import partial
from uuid import uuid4

import streamlit as st
from markupsafe import Markup

from cases.actor import Actor
from cases.command import Outcome
from cases.commands import Command, execute
from cases.labels import BLOCKAGES
from cases.territory import Setting
from db.queries.ici_records import Item, SessionView
from ui_streamlit.feedback import attempt
from ui_streamlit.ici_parts.acts import act, action_forms, offers, said, sees_all
from ui_streamlit.ici_parts.items import agenda_order, item_badges, item_card
from ui_streamlit.ici_parts.order import order
from ui_streamlit.ici_parts.sheet import sheet_tool
from ui_streamlit.ici_parts.words import address, counted
from ui_streamlit.session import now
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import section

TO_OBJECTIFY = {"on_time", "carried_over", "admitted_by_exception"}
AFTER_AGENDA = {"decided", "partly_executed", "executed", "not_executed"}
GAUGE = Markup(
    '<div class="ici-gauge{over}" role="img" aria-label="{words}"><i style="width:{share}%"></i></div>'
    '<p>{words}<small class="rl-source">{source}</small></p>'
)
COLUMNS = (
    Column("title", "Point", second="id"),
    Column("theme", "Blocage"),
    Column("cases", "Dossiers", "number"),
    Column("minutes", "Minutes", "number"),
    Column("marks", "Situation"),
)


def agenda_tab(view: SessionView, minutes: Setting, actor: Actor) -> None:
    here = [item for item in view.items if item.session_id == view.id]
    on_agenda = agenda_order(item for item in here if item.state == "on_agenda" or item.state in AFTER_AGENDA)
    coming = [item for item in view.items if item.provisional and item.return_session_id == view.id]
    ready = agenda_order(item for item in here if item.state == "objectified")
    waiting = agenda_order(item for item in here if item.state in TO_OBJECTIFY)
    _agenda(view, on_agenda, coming, minutes, actor)
    _ready(view, ready, len(on_agenda), actor)
    _waiting(view, waiting, actor)


def _agenda(
    view: SessionView, items: Sequence[Item], coming: Sequence[Item], minutes: Setting, actor: Actor
) -> None:
    st.html(section("Ordre du jour", count=len(items) + len(coming), hint="Les retours passent en premier."))
    if not items and not coming:
        st.html(
            empty_state(
                "Rien n’est encore inscrit",
                "Objectivez les remontées, puis inscrivez-les."
                if sees_all(actor)
                else "Les co-pilotes inscrivent les remontées qu’ils ont objectivées.",
                icon_name="calendar",
            )
        )
        return
    if sees_all(actor):
        st.html(_gauge(sum(item.minutes or 0 for item in (*coming, *items)), minutes))
    rows = [_row(rank, item) for rank, item in enumerate((*coming, *items), start=1)]
    st.html(
        case_table(
            rows,
            COLUMNS,
            caption="Ordre du jour",
            link=lambda row: address(actor.role, view.id, "seance", str(row["id"])),
            tone=lambda row: "danger" if row["returning"] else "",
        )
    )
    order(view, [item for item in items if item.state == "on_agenda"], actor)


def _row(rank: int, item: Item) -> dict[str, object]:
    marks = [mark for mark in item_badges(item)[1:] if "min" not in mark.label]
    return {
        "id": item.id,
        "title": f"{rank}. {item.title}",
        "theme": BLOCKAGES[item.theme],
        "cases": item.case_count,
        "minutes": item.minutes,
        "marks": marks,
        "returning": bool(item.returns or item.provisional),
    }


def _gauge(used: int, budget: Setting) -> Markup:
    available = int(str(budget.value))
    words = f"{counted(used, 'minute')} prévues sur {available}"
    if used > available:
        words += f" : {counted(used - available, 'minute')} de trop"
    return GAUGE.format(
        over=" over" if used > available else "",
        share=min(100, round(100 * used / available)) if available else 100,
        words=words,
        source=budget.source,
    )


def _ready(view: SessionView, items: Sequence[Item], taken: int, actor: Actor) -> None:
    if not items:
        return
    st.html(section("Prêtes à inscrire", count=len(items), hint="Objectivées, avec une proposition."))
    may = offers(actor, "put_on_agenda")
    if may and st.button(f"Inscrire tout le recevable ({len(items)})", type="primary", key="ici-put-all"):
        words = f"{counted(len(items), 'remontée inscrite', 'remontées inscrites')} à l’ordre du jour."
        if attempt(_put_all, items, taken, actor, said=words):
            st.rerun()
    for rank, item in enumerate(items, start=taken + 1):
        st.html(item_card(item, view.id))
        if (
            may
            and st.button("Inscrire à l’ordre du jour", key=f"ici-put-{item.id}")
            and act("put_on_agenda", item.id, actor, {"rank": rank}, said=f"{item.id} est à l’ordre du jour.")
        ):
            st.rerun()
        sheet_tool(item, actor)


def _put_all(items: Sequence[Item], taken: int, actor: Actor) -> Outcome:
    """One command each, in order; stops at the first that is refused."""
    outcome = Outcome("accepted")
    for rank, item in enumerate(items, start=taken + 1):
        command = Command(id=f"ui.{uuid4()}", type="put_on_agenda", target=item.id, data={"rank": rank})
        outcome = execute(command, now=now(), actor=actor)
        if not outcome.done:
            return outcome
    return outcome


def _waiting(view: SessionView, items: Sequence[Item], actor: Actor) -> None:
    if not items:
        return
    st.html(
        section(
            "À objectiver par les co-pilotes",
            count=len(items),
            hint="Un constat et une proposition par remontée.",
        )
    )
    for item in items:
        st.html(item_card(item, view.id))
        kinds = ("objectify", "ask_item_opinion", "revise_escalation")
        action_forms("escalation", item.id, item.version, actor, kinds, primary="objectify",
                     defaults=partial(said, item))  # fmt: skip
        sheet_tool(item, actor)
