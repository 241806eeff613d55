"""Actions that the settings want done by two people: asked first, then shown in words to the second."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st
from markupsafe import Markup

from cases.actor import Actor
from cases.commands import Command
from cases.ici_desk import setting_on
from cases.labels import COMMANDS as LABELS
from cases.registry import COMMANDS
from db.queries.case_file import CaseView
from ui_streamlit.form_fields import Field, fields_of
from ui_streamlit.session import FormDraft, form_draft
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.facts import facts
from ui_streamlit.widgets.headings import small_print
from ui_streamlit.widgets.messages import message

ASK = "Demander l’accord"
WHY = "why"
TWO = message(
    "info",
    "Cette action se fait à deux",
    ["Ce que vous remplissez sera fait tel quel, quand une autre personne aura donné son accord."],
)


def needs_two(kind: str, today: date) -> bool:
    return kind in tuple(setting_on("four_eyes_commands", today).value or ())  # type: ignore[arg-type]


def ask_why(case_id: str, kind: str, actor: Actor) -> FormDraft:
    """What the second person reads before they answer."""
    draft = form_draft(actor, f"why:{kind}:{case_id}", {WHY: ""})
    st.text_area(
        "Message à la seconde personne", max_chars=4000, height=80, key=draft.key(WHY), on_change=draft.save
    )
    return draft


def as_request(command: Command, why: FormDraft) -> Command:
    """The same, asked of a second person."""
    content = {"kind": command.type, "content": command.data, "why": str(why.value(WHY)).strip()}
    return command.model_copy(update={"type": "ask_approval", "data": content})


def asked_words(view: CaseView) -> Markup:
    """What each waiting approval would do, field by field."""
    return Markup().join(
        message(
            "info", f"« {LABELS[item.kind]} », demandé par {item.asked_by}", [item.why] if item.why else ()
        )
        + (facts(_content(item.kind, item.content)) if item.content else small_print("Sans autre précision."))
        for item in view.approvals
        if item.answer == "waiting"
    )


def _content(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    fields = {field.name: field for field in fields_of(COMMANDS[kind].data)}
    return {
        fields[name].label: _value(fields[name], value) for name, value in content.items() if name in fields
    }


def _value(field: Field, value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(str(field.choices.get(str(item), item)) for item in value)
    if field.shape == "date" and isinstance(value, str):
        return short_date(date.fromisoformat(value))
    return field.choices.get(str(value), value)
