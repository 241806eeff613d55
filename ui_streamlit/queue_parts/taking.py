"""Taking a case that nobody follows, in one click."""

from collections.abc import Sequence
from uuid import uuid4

import streamlit as st

from cases.access import may_ever
from cases.actor import Actor
from cases.commands import Command, execute
from db.queries.queue_lines import CaseLine
from ui_streamlit.feedback import attempt
from ui_streamlit.session import now, recall, remember
from ui_streamlit.widgets.headings import section


def take_bar(lines: Sequence[CaseLine], actor: Actor) -> None:
    """A button for each case of the page that this actor may take; nothing when there is none."""
    free = [line for line in lines if line.owner_id is None and line.opens]
    if not free or not may_ever(actor, "take_case"):
        return
    st.html(section("Prendre un dossier", hint="Il devient le vôtre aussitôt, avec ses échéances."))
    with st.container(horizontal=True, gap="small", key="rl-take"):
        clicked = [line for line in free if _button(line)]
    for line in clicked:
        _take(line, actor)


def _button(line: CaseLine) -> bool:
    words = f"Prendre {line.id}"
    return st.button(words, key=f"take-{line.id}", icon=":material/back_hand:", help=line.household)


def _take(line: CaseLine, actor: Actor) -> None:
    """The identifier is kept until it is done: a double click takes it once."""
    memory = f"take.{line.id}"
    identifier = recall(memory) or f"ui.{uuid4()}"
    remember(memory, identifier)
    command = Command(id=identifier, type="take_case", target=line.id, seen_version=line.version)
    if attempt(execute, command, now=now(), actor=actor, said=f"Le dossier {line.id} est à vous."):
        st.rerun()
    remember(memory, None)
