"""The new value of a setting, in a field of the kind of the present one; kept while it is typed."""

import re
from collections.abc import Mapping
from typing import Any

import streamlit as st

from cases.actor import Actor
from cases.labels import COMMANDS, LITERALS, REFUSALS
from cases.registry import CASE
from cases.registry import COMMANDS as HANDLERS
from cases.rules.admissibility import CRITERIA
from cases.territory import Setting, communes
from ui_streamlit.session import FormDraft, form_draft
from ui_streamlit.widgets.headings import small_print

TWO = "four_eyes_commands"
# Settings whose value is one of a few words: chosen by what they mean.
CHOICES: Mapping[str, Mapping[str, str]] = {
    "ici_weekend_policy": {"keep": "maintenue", "previous_working_day": "avancée au jour ouvré précédent"},
    "caleol_mode_rehousing": {"inform": "informée", "decide": "décisionnaire"},
    "caleol_mode_transfer": {"inform": "informée", "decide": "décisionnaire"},
}
# What the codes of the other settings mean, as they are read.
CODES: Mapping[str, str] = {
    **COMMANDS,
    **{item.code: item.label for item in CRITERIA.values()},
    **{place.insee: place.name for place in communes()},
    **{code: LITERALS[code] for code in ("violence", "evacuation", "imminent_danger")},
    **{code: name for names in CHOICES.values() for code, name in names.items()},
    **REFUSALS,
    "counts": "compte",
    "excluded": "ne compte pas",
    "need": "fiche besoin à revoir",
    "committee": "avis du comité technique",
}
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
    if setting.key in CHOICES:
        words = CHOICES[setting.key]
        return st.selectbox(label, list(words), format_func=words.__getitem__, **keys)
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
