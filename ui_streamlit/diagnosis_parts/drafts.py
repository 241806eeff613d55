"""What is typed of a diagnosis, block by block: each is a draft of its own, kept at every change."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cases.actor import Actor
from cases.labels import LITERALS
from db.queries.diagnosis import DiagnosisFile
from ui_streamlit.diagnosis_parts.blocks import BLOCKS, CONCLUSION, Block, fields_in
from ui_streamlit.form_body import Body, typed_data
from ui_streamlit.form_fields import Field
from ui_streamlit.session import forget_typed, form_draft, recall, remember

PRESENT = (
    *("typology", "rooms", "surface_m2", "floor", "lift"),
    *("rent", "charges", "housing_aid", "heating_included", "in_qpv"),
)
DECIMAL = re.compile(r"\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Typing:
    """The version being written: one open form for each block that this reader may fill."""

    view: DiagnosisFile
    actor: Actor
    number: int
    bodies: dict[str, Body]

    def grid(self) -> dict[str, Any]:
        """Everything typed so far, as the command takes it."""
        found: dict[str, Any] = {}
        for block in BLOCKS:
            if block.code in self.bodies:
                found |= typed_data(self.bodies[block.code], fields_in(block))
        return found

    def open(self, code: str, fields: tuple[Field, ...], given: Mapping[str, Any]) -> Body:
        """One more form of this version, such as its conclusion."""
        self.bodies[code] = _opened(self, code, fields, given)
        return self.bodies[code]

    def drop(self) -> None:
        for body in self.bodies.values():
            body.draft.drop()


def typing(view: DiagnosisFile, actor: Actor) -> Typing:
    """Open every block: the draft if there is one, else what the former version and the case know."""
    number = max((version.number for version in view.versions), default=0) + 1
    left = f"left:{view.head.id}"
    if recall(left) is not None:
        forget_typed(_form(view, number, recall(left)))
        remember(left, None)
    given = starting(view)
    found = Typing(view, actor, number, {})
    for block in BLOCKS:
        if not hidden(view, block):
            found.bodies[block.code] = _opened(found, block.code, fields_in(block), given)
    return found


def hidden(view: DiagnosisFile, block: Block) -> bool:
    """A restricted block whose former content is sealed: it stays as it was until it is opened."""
    return block.restricted in view.sealed and view.in_force is not None


def _form(view: DiagnosisFile, number: int, code: str) -> str:
    return f"diagnosis.{view.head.id}.{number}.{code}"


PLACE, RENEWING = "bloc", "version"  # in the address: where one is, for who loads the page again
NEW = "nouvelle"


def place(slot: str) -> str:
    """The block on screen, else that of the address, else the first."""
    asked = st.query_params.get(PLACE, "")
    known = asked in {CONCLUSION, *(block.code for block in BLOCKS)}
    found: str = recall(slot, asked if known else BLOCKS[0].code)
    return found


def leave(view: DiagnosisFile, slot: str, code: str) -> None:
    """Go to another block: what was typed in the one that is left is read again from its draft."""
    remember(f"left:{view.head.id}", place(slot))
    remember(slot, code)
    st.query_params[PLACE] = code


def forget_place(case_id: str) -> None:
    """Once signed, the next version starts at the first block."""
    remember(f"diagnosis:{case_id}", BLOCKS[0].code)
    for name in (PLACE, RENEWING):
        st.query_params.pop(name, None)


def renewing(case_id: str) -> bool:
    """Whether a new version is being written: asked by a switch, which the address keeps."""
    asked = st.toggle(
        "Rédiger une nouvelle version",
        value=st.query_params.get(RENEWING) == NEW,
        key=f"renew-{case_id}",
    )
    if asked:
        st.query_params[RENEWING] = NEW
    else:
        st.query_params.pop(RENEWING, None)
    return asked


def _opened(version: Typing, code: str, fields: tuple[Field, ...], given: Mapping[str, Any]) -> Body:
    form = _form(version.view, version.number, code)
    first = form_draft(version.actor, form, {"_id": f"v{version.number}"}).values()
    options = {"person_id": members(version.view)}
    return Body.open(version.actor, form, first, fields, given=given, options=options)


def members(view: DiagnosisFile) -> dict[str, str]:
    """Who lives there, by number."""
    return {
        str(person.id): f"{person.first_name or ''} {person.last_name or ''}".strip() or LITERALS[person.link]
        for person in view.persons
        if person.here
    }


def starting(view: DiagnosisFile) -> dict[str, Any]:
    """The former version of this holder, else what the case knows of the people and the dwelling."""
    known = {name: getattr(view.dwelling, name) for name in PRESENT}
    former = dict(view.in_force.grid or {}) if view.in_force is not None else {}
    dwelling = {**(former.get("dwelling") or {}), **known}
    noted = {row["person_id"]: row for row in former.get("members") or ()}
    present = [noted.get(int(key), {"person_id": int(key)}) for key in members(view)]
    fresh = {**former, "dwelling": dwelling, "members": present, "held_on": None}
    return {name: as_typed(value) for name, value in fresh.items()}


def as_typed(value: Any) -> Any:
    """Amounts as people write them: « 1200 », « 62,5 »."""
    if isinstance(value, Mapping):
        return {name: as_typed(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_typed(item) for item in value]
    text = str(value)
    if isinstance(value, bool) or not DECIMAL.fullmatch(text):
        return value
    return text.rstrip("0").rstrip(".").replace(".", ",")
