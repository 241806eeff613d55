"""The new value of a setting, in a field of the kind of the present one; kept while it is typed."""

import re
from typing import Any

import streamlit as st

from cases.actor import Actor
from cases.labels import COMMANDS
from cases.registry import CASE
from cases.registry import COMMANDS as HANDLERS
from cases.territory import Setting
from ui_streamlit.session import FormDraft, form_draft
from ui_streamlit.widgets.headings import small_print

TWO = "four_eyes_commands"
NUMBER = re.compile(r"-?\d+([.,]\d+)?")
VALUE = "value"


def value_draft(actor: Actor, setting: Setting, shown: Any) -> FormDraft:
    return form_draft(actor, f"setting-value-{setting.key}", {VALUE: shown})


def kept(draft: FormDraft) -> dict[str, Any]:
    return {"key": draft.key(VALUE), "on_change": draft.save}


def shown(setting: Setting) -> Any:
    """The present value, as its widget shows it."""
    present = setting.value
    if isinstance(present, bool):
        return "oui" if present else "non"
    if isinstance(present, tuple):
        return list(present) if setting.key == TWO else "\n".join(str(item) for item in present)
    return present


def ask_value(setting: Setting, draft: FormDraft) -> Any:
    """A field of the same kind as the present value; None while what is typed is not of that kind."""
    present, label, keys = setting.value, "Nouvelle valeur", kept(draft)
    if isinstance(present, tuple):
        return _ask_actions(keys) if setting.key == TWO else _ask_list(present, keys)
    if isinstance(present, bool):
        return st.radio(label, ["oui", "non"], horizontal=True, **keys) == "oui"
    if isinstance(present, int):
        return int(st.number_input(label, step=1, **keys))
    if isinstance(present, float):
        return float(st.number_input(label, **keys))
    return str(st.text_input(label, **keys)).strip() or None


def _ask_actions(keys: dict[str, Any]) -> list[str]:
    """Actions on a case by their French names; none is an answer."""
    names = {handler.name: COMMANDS[handler.name] for handler in HANDLERS.values() if handler.about == CASE}
    return st.multiselect(
        "Actions à faire à deux",
        sorted(names, key=names.__getitem__),
        format_func=names.__getitem__,
        placeholder="Aucune",
        **keys,
    )


def _ask_list(present: tuple[Any, ...], keys: dict[str, Any]) -> list[Any] | None:
    typed = str(st.text_area("Nouvelles valeurs, une par ligne", **keys))
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    kind = type(present[0]) if present else str
    if kind is str:
        return lines or None
    if not lines or not all(NUMBER.fullmatch(line) for line in lines):
        st.html(small_print("Un nombre par ligne, s’il vous plaît."))
        return None
    numbers = [float(line.replace(",", ".")) for line in lines]
    return [int(number) for number in numbers] if kind is int else list(numbers)
