"""The conclusion: the need sheet, the household's agreement, and the signature of the whole."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zlib import crc32

import streamlit as st

from cases.commands import Command, Outcome, execute
from cases.registry import COMMANDS
from ui_streamlit.diagnosis_parts.blocks import BLOCKS, filled
from ui_streamlit.diagnosis_parts.drafts import Typing, forget_place
from ui_streamlit.diagnosis_parts.live import live
from ui_streamlit.feedback import attempt
from ui_streamlit.form_body import form_body
from ui_streamlit.form_fields import fields_of
from ui_streamlit.form_words import in_french
from ui_streamlit.session import FormDraft, form_draft, now, on_screen, today
from ui_streamlit.widgets.headings import section
from ui_streamlit.widgets.messages import message

SIGN, RENEW = "sign_diagnosis", "renew_diagnosis"
SUBMIT = {SIGN: "Signer le diagnostic", RENEW: "Signer cette version"}
SAID = {SIGN: "Diagnostic signé, fiche besoin rédigée.", RENEW: "Nouvelle version du diagnostic signée."}
APART = "La fiche besoin ne change pas ici : révisez-la ensuite depuis le dossier si le besoin a changé."


def conclusion(typing: Typing, kind: str) -> None:
    """What is still empty, the need, then the signature."""
    typed = typing.grid()
    st.html(section("Conclusion"))
    empty = [block.title for block in BLOCKS if block.code in typing.bodies and not all_given(block, typed)]
    if empty:
        st.html(
            message(
                "info", "Blocs encore incomplets", [", ".join(empty) + ". Vous pouvez signer quand même."]
            )
        )
    if kind == RENEW:
        st.html(message("info", APART))
    fields = tuple(field for field in fields_of(COMMANDS[kind].data) if field.name != "grid")
    body = typing.open("conclusion", fields, _suggested(typing, typed) if kind == SIGN else {})
    data = form_body(body, fields, ())
    day = _ask_day(typing)
    _send(typing, kind, {"grid": typed} | data, day)


def all_given(block: Any, typed: Mapping[str, Any]) -> bool:
    given, asked = filled(block, typed)
    return given == asked


def _suggested(typing: Typing, typed: Mapping[str, Any]) -> dict[str, Any]:
    """From the grid: the usual typology, the ranked wishes, the needs, what to avoid."""
    usual = live(typing.view.head.id, typed, typing.actor, now()).results["means"].get("need_typology")
    low, high = usual["value"] if usual else (None, None)
    need = {
        "typology_min": low,
        "typology_max": high,
        "communes": (typed.get("wished") or {}).get("communes"),
        "features": (typed.get("functional") or {}).get("features"),
        "excluded_communes": (typed.get("safety") or {}).get("excluded_communes"),
    }
    return {"need": {name: value for name, value in need.items() if value}}


def _ask_day(typing: Typing) -> FormDraft:
    """Kept like the rest, until the signature."""
    form = f"diagnosis.{typing.view.head.id}.{typing.number}.signature"
    draft = form_draft(typing.actor, form, {"signed_on": today()})
    with st.container(width=320):
        st.date_input(
            "Signé le",
            value=None,
            max_value=today(),
            format="DD/MM/YYYY",
            key=draft.key("signed_on"),
            on_change=draft.save,
        )
    return draft


def _send(typing: Typing, kind: str, data: Mapping[str, Any], day: FormDraft) -> None:
    view, form = typing.view, f"diagnosis:{typing.view.head.id}:{typing.number}"
    seen = on_screen(form, view.head.version)
    if not st.button(SUBMIT[kind], type="primary", key=f"{form}:send"):
        return
    signed_on: date | None = day.value("signed_on")
    mark = f"{crc32(repr(sorted(data.items(), key=str)).encode()):08x}"
    command = Command(
        id=f"{form}:{typing.actor.id}:{mark}",
        type=kind,
        target=view.head.id,
        occurred_on=signed_on,
        data=dict(data),
        seen_version=seen,
    )

    def do() -> Outcome:
        return in_french(execute(command, now=now(), actor=typing.actor), COMMANDS[kind].data)

    if attempt(do, said=SAID[kind]) is not None:
        typing.drop()
        day.drop()
        forget_place(view.head.id)
        st.rerun()
