"""A row of buttons for every day, a menu for the rest; the one whose form is open."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from cases.access import may_ever
from cases.actor import Actor
from cases.labels import COMMANDS
from ui_streamlit.session import recall, remember
from ui_streamlit.widgets.action_bar import Action, action_bar
from ui_streamlit.widgets.headings import section

OTHERS = "Autres actions"
CONSEQUENCES: Mapping[str, str] = {
    "record_legal_ground": "Les refus d’offres valables compteront à partir de là.",
    "change_vacate_date": "Les échéances de chaque ménage encore là bougent, et qui les suit est prévenu.",
    "free_dwelling": "Un logement libéré ne se reloue pas avant travaux (CCH L.442-6 II).",
    "propose_grouped_solution": "Chaque ménage répond pour lui ; décliner n’est pas un refus d’offre.",
}


def chosen(actor: Actor, shown: tuple[str, ...], others: tuple[str, ...], key: str) -> str | None:
    """What this role may do; the kind whose form is open. The same button closes it."""
    near = [
        Action(kind, COMMANDS[kind], consequence=CONSEQUENCES.get(kind, ""))
        for kind in shown
        if may_ever(actor, kind)
    ]
    with st.container(horizontal=True, gap="small", vertical_alignment="top", key="rl-operation-bar"):
        pressed = action_bar(near, key=key)
        picked = _menu(actor, others, key)
    if pressed:
        remember(key, None if recall(key) == pressed else pressed)
    elif picked:
        remember(key, picked)
    kind = recall(key)
    return str(kind) if kind else None


def _menu(actor: Actor, others: tuple[str, ...], key: str) -> str | None:
    labels = {COMMANDS[kind]: kind for kind in others if may_ever(actor, kind)}
    if not labels:
        return None
    picked = st.menu_button(OTHERS, list(labels), key=f"more-{key}")
    return labels.get(picked or "")


@contextmanager
def opened(kind: str, key: str) -> Iterator[None]:
    """Where the form of `kind` stands: its title, and the way to close it."""
    with st.container(border=True, key="rl-form-operation"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.html(section(COMMANDS[kind]), width="content")
            if st.button("Fermer", key=f"close-{key}", type="tertiary"):
                finished(key)
        yield


def finished(key: str) -> None:
    """The form has done its work: it closes and the page is drawn again."""
    remember(key, None)
    st.rerun()
