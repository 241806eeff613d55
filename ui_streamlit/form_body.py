"""The fields of a form on the page: short ones two by two, sections, rows that are added and removed."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as also
from typing import Any

import streamlit as st
from markupsafe import Markup

from cases.actor import Actor
from db.queries import people
from ui_streamlit.form_fields import Field
from ui_streamlit.form_widgets import WIDE, Asked, draw, initial_value, plain_value
from ui_streamlit.form_words import ADD, ADDED, ROW
from ui_streamlit.session import FormDraft, form_draft
from ui_streamlit.widgets.headings import section
from ui_streamlit.widgets.messages import message

TITLE = Markup('<h3 style="font:600 1.15rem/1.3 var(--rl-serif);margin:0;padding:0">{}</h3>')
ROW_TITLE = Markup("<p><b>{}</b></p>")
Options = Mapping[str, Mapping[str, str]]
Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A titled group of fields. `shown` decides from what is typed; `note` is a warning above the fields;
    `needed`: those that the command wants whenever the group is shown."""

    title: str
    fields: tuple[str, ...]
    hint: str = ""
    note: str = ""
    shown: Callable[[Given], bool] = also(default=lambda _: True)
    needed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """An open form. `mark` opens every name of the draft: it changes once the form is sent."""

    draft: FormDraft
    mark: str
    options: Options

    @classmethod
    def open(
        cls, actor: Actor, form: str, first: Given, fields: Sequence[Field], *, given: Given, options: Options
    ) -> "Body":
        mark = str(first["_id"])[:8]
        lists = dict(_lists(fields, mark, given))
        tokens = form_draft(actor, form, {**first, **lists}).values()
        names = dict(_leaves(fields, mark, given, tokens))
        return cls(form_draft(actor, form, {**first, **lists, **names}), mark, options)

    def choices(self, field: Field, path: tuple[str, ...]) -> Mapping[str, str]:
        """Declared by the model, else given by the page, else the organisations and accounts."""
        dotted = ".".join(path)
        if dotted in self.options or field.name in self.options:
            return self.options.get(dotted) or self.options.get(field.name) or {}
        if field.choices or field.ref is None:
            return field.choices
        if field.ref.about == "body":
            return people.bodies(field.ref.kinds)
        return people.holders() if field.ref.about == "account" else {}


def _lists(fields: Sequence[Field], mark: str, given: Given) -> Iterator[tuple[str, list[str]]]:
    """The rows that each repeated group starts with: those given, at least as many as it asks."""
    for field in fields:
        name, value = f"{mark}.{field.name}", given.get(field.name)
        if field.shape == "rows":
            yield name, [str(rank) for rank in range(max(field.least, len(value or ())))]
        elif field.shape == "section":
            yield from _lists(field.children, name, value or {})


def _leaves(
    fields: Sequence[Field], mark: str, given: Given, tokens: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    """Every value of the form by its name, with what it shows at first."""
    for field in fields:
        name, value = f"{mark}.{field.name}", given.get(field.name)
        if field.shape == "section":
            yield from _leaves(field.children, name, value or {}, tokens)
        elif field.shape == "rows":
            for token in tokens[name]:
                row = _row_given(field, token, value or ())
                yield from _leaves(field.children, f"{name}.{token}", row, tokens)
        else:
            yield name, initial_value(field, value)


def _row_given(field: Field, token: str, rows: Sequence[Given]) -> Given:
    """A row that the page gave, or what an added one starts with."""
    if not token.isdigit():
        return ADDED.get(field.item, {})
    return dict(enumerate(rows)).get(int(token), {})


def form_body(body: Body, fields: Sequence[Field], parts: Sequence[Part]) -> dict[str, Any]:
    """Draw everything; the data as the command takes it. What is not shown is not sent."""
    by_name = {field.name: field for field in fields}
    grouped = {name for part in parts for name in part.fields}
    typed = {field.name: body.draft.value(f"{body.mark}.{field.name}") for field in fields if _is_leaf(field)}
    data: dict[str, Any] = {}
    for part in parts:
        if part.shown(typed):
            _part_head(part)
            asked = [_asked(by_name[name], part) for name in part.fields if name in by_name]
            data |= _group(body, asked, body.mark, (), titled=bool(part.title) and len(asked) == 1)
    return data | _group(body, [field for field in fields if field.name not in grouped], body.mark, ())


def typed_data(body: Body, fields: Sequence[Field]) -> dict[str, Any]:
    """What is typed, as a command takes it, without drawing anything."""
    return _typed(body, fields, body.mark)


def _typed(body: Body, fields: Sequence[Field], mark: str) -> dict[str, Any]:
    found = {field.name: _typed_one(body, field, f"{mark}.{field.name}") for field in fields}
    return {name: value for name, value in found.items() if value is not None}


def _typed_one(body: Body, field: Field, name: str) -> Any:
    if field.shape == "rows":
        return [_typed(body, field.children, f"{name}.{token}") for token in body.draft.value(name)] or None
    if field.shape == "section":
        return _typed(body, field.children, name) or ({} if field.required else None)
    return plain_value(field, body.draft.value(name))


def _is_leaf(field: Field) -> bool:
    return field.shape not in {"rows", "section"}


def _asked(field: Field, part: Part) -> Field:
    return replace(field, required=field.required or field.name in part.needed)


def _part_head(part: Part) -> None:
    if part.title:
        st.html(section(part.title, hint=part.hint))
    if part.note:
        st.html(message("warning", part.note))


def _group(
    body: Body, fields: Sequence[Field], mark: str, path: tuple[str, ...], *, titled: bool = False
) -> dict[str, Any]:
    """The fields of one level, in order; consecutive short ones share a line. `titled`: its title is said."""
    found: dict[str, Any] = {}
    line: list[Field] = []
    for field in fields:
        if field.shape not in WIDE:
            line.append(field)
            continue
        found |= _lines(body, line, mark, path)
        line = []
        found |= _wide(body, field, mark, path, titled=titled)
    found |= _lines(body, line, mark, path)
    return {name: value for name, value in found.items() if value is not None}


def _lines(body: Body, fields: Sequence[Field], mark: str, path: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for start in range(0, len(fields), 2):
        pair = fields[start : start + 2]
        for column, field in zip(st.columns(2, vertical_alignment="bottom"), pair, strict=False):
            with column:
                found |= _leaf(body, field, mark, path)
    return found


def _leaf(body: Body, field: Field, mark: str, path: tuple[str, ...]) -> dict[str, Any]:
    name = f"{mark}.{field.name}"
    draw(Asked(field, name, body.choices(field, (*path, field.name)), body.draft))
    return {field.name: plain_value(field, body.draft.value(name))}


def _wide(body: Body, field: Field, mark: str, path: tuple[str, ...], *, titled: bool) -> dict[str, Any]:
    if field.shape not in {"rows", "section"}:
        return _leaf(body, field, mark, path)
    if field.shape == "rows":
        if not titled:
            st.html((ROW_TITLE if path else TITLE).format(field.label))
        return {field.name: _rows(body, field, f"{mark}.{field.name}", (*path, field.name))}
    with st.container(border=True):
        if not titled:
            st.html(TITLE.format(field.label))
        inner = _group(body, field.children, f"{mark}.{field.name}", (*path, field.name))
    return {field.name: inner if inner or field.required else None}


def _rows(body: Body, field: Field, name: str, path: tuple[str, ...]) -> list[dict[str, Any]] | None:
    tokens = body.draft.value(name)
    rows = []
    for rank, token in enumerate(tokens, start=1):
        with st.container(border=True):
            _row_head(body, field, name, token, rank)
            rows.append(_group(body, field.children, f"{name}.{token}", path))
    st.button(
        ADD.get(field.item, "Ajouter une ligne"),
        key=f"{body.draft.form}.{name}.add",
        on_click=_set_rows,
        args=(body, name, [*tokens, f"x{secrets.token_hex(3)}"]),
    )
    return rows or None


def _row_head(body: Body, field: Field, name: str, token: str, rank: int) -> None:
    tokens = body.draft.value(name)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.html(ROW_TITLE.format(f"{ROW.get(field.item, 'Ligne')} {rank}"), width="content")
        if len(tokens) > field.least:
            st.button(
                "Retirer",
                key=f"{body.draft.form}.{name}.{token}.remove",
                on_click=_set_rows,
                args=(body, name, [other for other in tokens if other != token]),
                type="tertiary",
            )


def _set_rows(body: Body, name: str, tokens: list[str]) -> None:
    """Another list of rows, kept at once."""
    st.session_state[body.draft.key(name)] = tokens
    body.draft.save()
