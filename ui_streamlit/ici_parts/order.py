"""The order and the minutes of the agenda, settled on screen and recorded once."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from cases.actor import Actor
from db.queries.ici_records import Item, SessionView
from ui_streamlit.ici_parts.acts import act, offers
from ui_streamlit.session import FormDraft, form_draft
from ui_streamlit.widgets.headings import small_print

ORDERED = {"call_closed", "file_sent", "held"}
LINE = Markup('<p class="ici-line"><b>{rank}.</b> {title} <span class="rl-muted">{key}</span></p>')
MOST_MINUTES = 90


def order(view: SessionView, items: Sequence[Item], actor: Actor) -> None:
    """`items`: those still to be treated, in their present order."""
    if len(items) < 2 or view.state not in ORDERED or not offers(actor, "order_agenda"):
        return
    form = form_draft(actor, f"ici.order.{view.id}", _defaults(items))
    touched = form.values() != form.defaults
    with st.expander("Régler l’ordre et les durées", icon=":material/swap_vert:", expanded=touched):
        if form.is_kept:
            st.html(small_print("Réglage repris : il n’était pas encore enregistré."))
        chosen = _arranged(form, items)
        for rank, item in enumerate(chosen):
            _line(form, chosen, rank, item)
        if st.button("Enregistrer l’ordre du jour", type="primary", key=f"ici-order-{view.id}"):
            _record(form, view, chosen, actor)


def _defaults(items: Sequence[Item]) -> dict[str, Any]:
    return {"order": []} | {item.id: item.minutes or 1 for item in items}


def _arranged(form: FormDraft, items: Sequence[Item]) -> list[Item]:
    """As it was arranged; what came since goes last."""
    arranged: list[str] = form.value("order")
    known = {item.id: item for item in items}
    return [known[key] for key in arranged if key in known] + [one for one in items if one.id not in arranged]


def _line(form: FormDraft, chosen: Sequence[Item], rank: int, item: Item) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(LINE.format(rank=rank + 1, title=item.title, key=item.id))
        st.number_input(
            f"Minutes pour {item.id}", 1, MOST_MINUTES, key=form.key(item.id), on_change=form.save,
            label_visibility="collapsed", width=130,
        )  # fmt: skip
        for step, icon, words in (
            (-1, ":material/arrow_upward:", "Monter"),
            (1, ":material/arrow_downward:", "Descendre"),
        ):
            st.button(
                "", icon=icon, help=f"{words} {item.id}", key=f"ici-{words}-{item.id}",
                disabled=not 0 <= rank + step < len(chosen),
                on_click=_swap, args=(form, [one.id for one in chosen], rank, rank + step),
            )  # fmt: skip


def _swap(form: FormDraft, keys: list[str], one: int, other: int) -> None:
    keys[one], keys[other] = keys[other], keys[one]
    st.session_state[form.key("order")] = keys
    form.save()


def _record(form: FormDraft, view: SessionView, chosen: Sequence[Item], actor: Actor) -> None:
    lines = [{"escalation_id": item.id, "minutes": form.value(item.id)} for item in chosen]
    if act("order_agenda", view.id, actor, {"lines": lines}, said="L’ordre du jour est réglé."):
        form.drop()
        st.rerun()
