"""Who is here, what day it is, what was typed: the only module that knows st.session_state and cookies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import streamlit as st

from cases import clock, desk, present
from cases.actor import Actor
from ui_streamlit.cookie import COOKIE, sign_out_token
from ui_streamlit.widgets.messages import message

FLASH = "_flash"
RUN = "_run"
SIGNED_OUT = message(
    "warning",
    "Votre session est terminée",
    ["Pour protéger les dossiers, il faut vous reconnecter. Ce que vous avez saisi est gardé en brouillon."],
    link=("/connexion", "Se reconnecter"),
)


def _token() -> str | None:
    token = st.context.cookies.get(COOKIE)
    return token if isinstance(token, str) else None


def current_actor() -> Actor:
    """Who is signed in. Nobody: says so in French and stops the page there."""
    actor = desk.actor_of(_token(), now=clock.now())
    if actor is None:
        st.html(SIGNED_OUT)
        st.stop()
    return actor


def sign_out_secret() -> str:
    """The hidden value of the sign-out form."""
    return sign_out_token(_token() or "")


def now() -> datetime:
    """The instant a command happens: the product's own, which a demonstration may move ahead."""
    return present.now()


def today() -> date:
    """The calendar day in Europe/Paris (same seam as `now()`)."""
    return clock.day_in_paris(now())


def flash(text: str, tone: str = "success") -> None:
    """Say something at the top of the next page drawn, whichever it is. Survives one rerun."""
    st.session_state.setdefault(FLASH, []).append((tone, text))


def show_flash() -> None:
    """Draw what `flash()` kept, once. `app.py` calls it above every page.

    Its place is held when there is nothing to say: what follows keeps its rank, and with it an open panel
    or a file being chosen.
    """
    with st.container(key="rl-flash"):  # stays in sight of who acted at the bottom of a long page
        for tone, text in st.session_state.pop(FLASH, []):
            st.html(message(tone, text))


def remember(name: str, value: Any) -> None:
    """Keep a small fact for this browser tab (an open panel, the rank of an item)."""
    st.session_state[f"_kept:{name}"] = value


def recall(name: str, default: Any = None) -> Any:
    return st.session_state.get(f"_kept:{name}", default)


def begin_run() -> None:
    """Count the runs of this tab: `app.py` calls it first."""
    st.session_state[RUN] = st.session_state.get(RUN, 0) + 1


def on_screen(key: str, version: int) -> int:
    """The version that was drawn when the person clicked: this run's is noted for the next click.

    What was noted by an older run than the last one was not on screen any more: this run's version counts.
    """
    run = st.session_state.get(RUN, 0)
    noted: tuple[int, int] = recall(f"seen:{key}", (run, version))
    remember(f"seen:{key}", (run, version))
    return noted[1] if noted[0] >= run - 1 else version


@dataclass(frozen=True)
class FormDraft:
    """What is typed in one form: filled on the first render, saved at each change, dropped once sent.

    Give `key=form.key("name")` and `on_change=form.save` to each widget, outside `st.form` (which allows
    no on_change), or `on_click=form.save` to its submit button.
    """

    account_id: str
    form: str
    defaults: Mapping[str, Any] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """The widget key of a field; the field must be among the defaults."""
        if name not in self.defaults:
            raise KeyError(f"{name} is no field of the form {self.form}")
        return f"{self.form}.{name}"

    def value(self, name: str) -> Any:
        return st.session_state.get(self.key(name), self.defaults[name])

    def values(self) -> dict[str, Any]:
        return {name: self.value(name) for name in self.defaults}

    def save(self) -> None:
        """Keep every field in the database: a reload, a conflict, a lost connection lose nothing."""
        content = {name: to_plain(value) for name, value in self.values().items()}
        desk.save_draft(self.account_id, self.form, content, now=clock.now())

    def drop(self) -> None:
        """Forget the draft; the fields go back to their defaults at the next render."""
        desk.drop_draft(self.account_id, self.form)
        st.session_state[f"_reset:{self.form}"] = True

    @property
    def is_kept(self) -> bool:
        """Whether something not yet sent was found when the form was drawn."""
        return bool(st.session_state.get(f"_found:{self.form}"))


def forget_typed(form: str) -> None:
    """Read the draft again at the next opening. Streamlit leaves a form no longer drawn its first values."""
    for key in [str(key) for key in st.session_state if str(key).startswith(f"{form}.")]:
        del st.session_state[key]


def form_draft(actor: Actor, form: str, defaults: Mapping[str, Any]) -> FormDraft:
    """Open the draft of `form` (name it with the case: `offer:M-2026-0001`). Call it above the widgets."""
    opened = FormDraft(actor.id, form, dict(defaults))
    keys = {name: opened.key(name) for name in defaults}
    reset = bool(st.session_state.pop(f"_reset:{form}", False))
    if reset:
        for key in keys.values():
            st.session_state.pop(key, None)
    if all(key in st.session_state for key in keys.values()):
        return opened
    kept = {} if reset else desk.draft(actor.id, form) or {}
    st.session_state[f"_found:{form}"] = bool(kept)
    for name, key in keys.items():
        if key not in st.session_state:
            st.session_state[key] = from_plain(kept[name]) if name in kept else defaults[name]
    return opened


def to_plain(value: Any) -> Any:
    """A widget's value as JSON; dates bear their kind so that they come back as dates."""
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    return value


def from_plain(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"date"}:
        return date.fromisoformat(value["date"])
    if isinstance(value, dict) and set(value) == {"datetime"}:
        return datetime.fromisoformat(value["datetime"])
    if isinstance(value, list):
        return [from_plain(item) for item in value]
    return value
