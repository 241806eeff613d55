"""The widget of each shape of field, and what its value becomes in a command."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from ui_streamlit.form_fields import Field
from ui_streamlit.session import FormDraft

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
MANY_WORDS = 3  # up to so many short answers are shown at once, more in a list
SHORT_WORDS = 34  # together, in characters
WIDE = {"long", "many", "list", "rows", "section"}
YES_NO: Mapping[str, str] = {"yes": "Oui", "no": "Non"}
THREE: Mapping[str, str] = {"unknown": "Non renseigné", **YES_NO}
TRUTH = {"yes": True, "no": False}
NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A field at its place in a form: the name of its value in the draft and the choices it offers."""

    field: Field
    name: str
    choices: Mapping[str, str]
    draft: FormDraft

    @property
    def label(self) -> str:
        return f"{self.field.label} *" if self.field.required else self.field.label

    @property
    def common(self) -> dict[str, Any]:
        return {"key": self.draft.key(self.name), "on_change": self.draft.save}


def initial_value(field: Field, given: Any) -> Any:
    """What the widget shows at first: `given` by the page, else the model's default."""
    value = field.initial if given is None else given
    if field.shape in {"yes_no", "three_state"}:
        words = {True: "yes", False: "no"}
        return words.get(value) if field.shape == "yes_no" else words.get(value, "unknown")
    if field.shape == "tick":
        return bool(value)
    if field.shape == "many":
        return [str(code) for code in value or ()]
    if field.shape == "date":
        return date.fromisoformat(value) if isinstance(value, str) else value
    if field.shape == "choice":
        return str(value) if value is not None else None
    return _as_text(value)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return str(value).replace(".", ",") if not isinstance(value, str) else value


def draw(asked: Asked) -> None:
    """The widget of this field; its value lives in the draft."""
    _DRAWN.get(asked.field.shape, _text)(asked)


def _text(asked: Asked) -> None:
    st.text_input(asked.label, max_chars=asked.field.max_chars, **asked.common)


def _long(asked: Asked) -> None:
    st.text_area(asked.label, max_chars=asked.field.max_chars, height=110, **asked.common)


def _list(asked: Asked) -> None:
    st.text_input(f"{asked.label} (à séparer par des virgules)", **asked.common)


def _date(asked: Asked) -> None:
    st.date_input(
        asked.label,
        value=None,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="DD/MM/YYYY",
        **asked.common,
    )


def _tick(asked: Asked) -> None:
    st.checkbox(asked.label, **asked.common)


def _radio(asked: Asked, words: Mapping[str, str]) -> None:
    st.radio(
        asked.label,
        list(words),
        index=None,
        format_func=lambda code: words.get(code, code),
        horizontal=True,
        **asked.common,
    )


def _yes_no(asked: Asked) -> None:
    _radio(asked, YES_NO)


def _three_state(asked: Asked) -> None:
    _radio(asked, THREE)


def _choice(asked: Asked) -> None:
    words = asked.choices
    key = asked.draft.key(asked.name)
    if st.session_state[key] not in words:
        st.session_state[key] = None
    if asked.field.required and len(words) <= MANY_WORDS and len("".join(words.values())) <= SHORT_WORDS:
        _radio(asked, words)
        return
    st.selectbox(
        asked.label,
        list(words),
        index=None,
        format_func=lambda code: words.get(code, code),
        placeholder="Choisir" if words else "Aucun choix possible",
        **asked.common,
    )


def _many(asked: Asked) -> None:
    words = asked.choices
    key = asked.draft.key(asked.name)
    st.session_state[key] = [code for code in st.session_state[key] if code in words]
    st.multiselect(
        asked.label,
        list(words),
        format_func=lambda code: words.get(code, code),
        placeholder="Choisir" if words else "Aucun choix possible",
        **asked.common,
    )


_DRAWN: Mapping[str, Callable[[Asked], None]] = {
    "long": _long,
    "list": _list,
    "date": _date,
    "tick": _tick,
    "yes_no": _yes_no,
    "three_state": _three_state,
    "choice": _choice,
    "many": _many,
}


def plain_value(field: Field, value: Any) -> Any:
    """As a command's data takes it; None when nothing was answered."""
    if value is None or value in ("", []):
        return None
    return (
        int(value) if field.numeric and field.shape == "choice" else _PLAIN.get(field.shape, _as_it_is)(value)
    )


def _as_it_is(value: Any) -> Any:
    return value


def _integer(text: str) -> Any:
    compact = _compact(text)
    return int(compact) if re.fullmatch(r"-?\d+", compact) else text


def _compact(text: str) -> str:
    """« 1 234,50 € » → « 1234.50 »: how people write amounts here."""
    return re.sub(r"[\s\u00a0\u202f€]", "", text).replace(",", ".")


def _any(text: str) -> Any:
    compact = _compact(text)
    if compact.lower() in {"oui", "vrai", "non", "faux"}:
        return compact.lower() in {"oui", "vrai"}
    if NUMBER.fullmatch(compact):
        return float(compact) if "." in compact else int(compact)
    return text


def _items(text: str) -> list[Any]:
    return [_integer(part.strip()) for part in text.split(",") if part.strip()]


_PLAIN: Mapping[str, Callable[[Any], Any]] = {
    "integer": _integer,
    "decimal": _compact,
    "any": _any,
    "list": _items,
    "date": lambda value: value.isoformat(),
    "yes_no": TRUTH.get,
    "three_state": TRUTH.get,
}
