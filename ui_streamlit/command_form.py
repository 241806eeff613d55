"""A form for any command, drawn from its pydantic model. The door alone judges what was typed.

The identifier of the command is kept in the draft: a double click or a reload never does a thing twice.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4
from zlib import crc32

import streamlit as st

from cases.actor import Actor
from cases.commands import Command, Outcome, execute
from cases.labels import COMMANDS as LABELS
from cases.registry import COMMANDS
from ui_streamlit.feedback import attempt, show_conflict, show_reasons
from ui_streamlit.form_body import Body, Part, form_body
from ui_streamlit.form_fields import Field, fields_of
from ui_streamlit.form_words import in_french
from ui_streamlit.session import FormDraft, form_draft, now, on_screen, recall, remember, today
from ui_streamlit.widgets.headings import small_print

__all__ = ["Part", "command_form"]

ID, DAY = "_id", "_occurred_on"
OCCURRED_ON = "occurred_on"
Values = Mapping[str, Any]


def command_form(
    kind: str,
    target: str | None,
    *,
    key: str,
    actor: Actor,
    defaults: dict[str, Any] | None = None,
    seen_version: int | None = None,
    hide: Collection[str] = (),
    options: Mapping[str, Mapping[str, str]] | None = None,
    submit: str | None = None,
    parts: Sequence[Part] = (),
    said: str = "",
    review: Callable[[Values, date], None] | None = None,
    through: Callable[[Command], Command] | None = None,
) -> Outcome | None:
    """Ask for the data of `kind` and do it; the Outcome once it is done (call st.rerun() then), else None.

    `hide`: fields not asked, taken from `defaults` if they are there ("occurred_on" hides the day).
    `options`: code → label for a field that names a record, by its name or dotted path ("duties.body_id");
    organisations and accounts are listed by themselves. `parts` groups the fields under titles.
    `review` draws, above the button, what follows from what is typed and the day said. `through` changes the
    command before it is sent.
    """
    given = defaults or {}
    form = f"{key}:{kind}:{target or 'nouveau'}"
    fields = [field for field in fields_of(COMMANDS[kind].data) if field.name not in hide]
    body = _open(actor, form, fields, given, options or {})
    seen = None if seen_version is None else on_screen(form, seen_version)
    _say_kept(body.draft)
    asked = form_body(body, fields, parts)
    day = _day(body, fields, hide, given)
    if review is not None:
        review(asked, day or today())
    data = {name: given[name] for name in hide if name in given and name != OCCURRED_ON} | asked
    command = Command(
        id=_command_id(body, data),
        type=kind,
        target=target,
        occurred_on=day,
        data=data,
        seen_version=seen,
    )
    sent = through(command) if through is not None else command
    return _send(sent, body, actor, submit or LABELS[kind], said)


def _open(
    actor: Actor, form: str, fields: Sequence[Field], given: Values, options: Mapping[str, Mapping[str, str]]
) -> Body:
    """The draft of the form. Names bear the identifier, so that a form sent starts afresh."""
    fresh = {ID: uuid4().hex, DAY: today()}
    first = form_draft(actor, form, fresh)
    found = f"found:{form}:{first.value(ID)}"
    if recall(found) is None:
        remember(found, first.is_kept)
    return Body.open(actor, form, first.values(), fields, given=given, options=options)


def _say_kept(draft: FormDraft) -> None:
    """What was typed another time is back: said, with the way to start afresh."""
    if not recall(f"found:{draft.form}:{draft.value(ID)}"):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(small_print("Brouillon repris : rien n’en était encore enregistré."), width="content")
        if st.button("Effacer le brouillon", key=f"{draft.form}:drop", type="tertiary"):
            draft.drop()
            st.rerun()


def _day(body: Body, fields: Sequence[Field], hide: Collection[str], given: Values) -> date | None:
    """The day of the fact: given, that of a field of the form, or asked. None lets the door take today."""
    own = next((field.name for field in fields if field.fact_day), None)
    day: date | None
    if OCCURRED_ON in hide:
        day = given.get(OCCURRED_ON)
    elif own is None:
        _ask_day(body.draft)
        day = body.draft.value(DAY)
    else:
        day = body.draft.value(f"{body.mark}.{own}")
        day = None if day is not None and day > today() else day  # to come: the field says so
    return day


def _ask_day(draft: FormDraft) -> None:
    with st.container(width=320):
        st.date_input(
            "Date du fait",
            value=None,
            min_value=date(1990, 1, 1),
            max_value=today(),
            format="DD/MM/YYYY",
            key=draft.key(DAY),
            on_change=draft.save,
            help="Le jour où cela s’est passé. L’heure de l’enregistrement est gardée à part.",
        )


def _command_id(body: Body, data: Values) -> str:
    """The same for the same answers: sent twice, done once; changed after a doubt, it is another act."""
    return f"{body.draft.value(ID)}-{crc32(repr(sorted(data.items(), key=str)).encode()):08x}"


def _send(command: Command, body: Body, actor: Actor, label: str, said: str) -> Outcome | None:
    """The button, bound to the identifier: a second click on a form already sent meets no button."""
    draft, memory = body.draft, f"refused:{body.draft.form}"
    clicked = st.button(
        label, type="primary", key=f"{draft.form}:send:{draft.value(ID)}", on_click=draft.save
    )
    if not clicked:
        _say_again(memory)
        return None
    model = COMMANDS[command.type].data

    def do() -> Outcome:
        remember(memory, None)
        outcome = in_french(execute(command, now=now(), actor=actor), model)
        remember(memory, outcome if outcome.status in {"refused", "conflict"} else None)
        return outcome

    done = attempt(do, said=said, draft=draft)
    if done is None and recall(memory) is not None and recall(memory).status == "conflict":
        st.rerun()  # the page shows what the other person did, and the next click is judged on that
    return done


def _say_again(memory: str) -> None:
    """What the last click met stays on screen while one types."""
    last: Outcome | None = recall(memory)
    if last is None:
        return
    if last.status == "conflict":
        show_conflict(last.reasons, last.message)
    else:
        show_reasons(last.reasons)
