"""What a form must ask, read from the pydantic model of a command."""

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from annotated_types import Ge, Le, MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from cases import territory
from cases.commands.fields import Choices, FactDay, Insee, Long, Ref
from cases.labels import LITERALS

IS_COMMUNE = typing.get_args(Insee)[1]
MOST_CHOICES = 12  # an integer with at most so many values is chosen from a list


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to ask. `shape`: text, long, integer, decimal, date, tick, yes_no, three_state, choice, many,
    list (values separated by commas), any, section (`children` once) or rows (`children` repeated)."""

    name: str
    label: str
    shape: str
    required: bool
    initial: Any = None
    choices: Mapping[str, str] = field(default_factory=dict)
    ref: Ref | None = None
    numeric: bool = False
    max_chars: int | None = None
    least: int = 0
    item: str = ""
    fact_day: bool = False
    children: tuple["Field", ...] = ()


@dataclass
class _Type:
    """An annotation unwrapped of its Optional and Annotated layers."""

    core: Any
    metadata: list[Any]
    optional: bool = False

    def first(self, kind: type[Any]) -> Any:
        return next((item for item in self.metadata if isinstance(item, kind)), None)


@lru_cache(maxsize=128)
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """The fields of a command's data, in the order of the model."""
    return tuple(_field(name, info) for name, info in model.model_fields.items())


def _field(name: str, info: FieldInfo) -> Field:
    kind = _unwrap(info.annotation, list(info.metadata))
    shape, choices, children = _shape(kind, info.is_required())
    longest = kind.first(MaxLen)
    return Field(
        name=name,
        label=info.title or name,
        shape=shape,
        required=info.is_required(),
        initial=None if info.is_required() else info.get_default(call_default_factory=True),
        choices=choices,
        ref=_ref(kind),
        numeric=_is_numeric(kind),
        max_chars=longest.max_length if longest and shape in {"text", "long"} else None,
        least=_least(kind) if info.is_required() else 0,
        item=_item_name(kind),
        fact_day=kind.first(FactDay) is not None,
        children=children,
    )


def _unwrap(annotation: Any, metadata: list[Any]) -> _Type:
    """Down to the bare type; what is noted on the way (bounds, choices, references) is kept."""
    optional = False
    while True:
        origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
        if origin is typing.Annotated:
            annotation = inner[0]
            for note in inner[1:]:
                metadata += note.metadata if isinstance(note, FieldInfo) else [note]
        elif origin in (typing.Union, types.UnionType) and type(None) in inner:
            optional = True
            annotation = next(part for part in inner if part is not type(None))
        else:
            return _Type(annotation, metadata, optional)


Shape = tuple[str, Mapping[str, str], tuple[Field, ...]]


def _shape(kind: _Type, required: bool) -> Shape:
    if typing.get_origin(kind.core) is list:
        return _list_shape(_unwrap(typing.get_args(kind.core)[0], []))
    if isinstance(kind.core, type) and issubclass(kind.core, BaseModel):
        return "section", {}, fields_of(kind.core)
    if kind.core is bool:
        return ("three_state" if kind.optional else "yes_no" if required else "tick"), {}, ()
    choices = _choices(kind)
    if choices is not None:
        return "choice", choices, ()
    return _plain_shape(kind), {}, ()


def _list_shape(item: _Type) -> Shape:
    if isinstance(item.core, type) and issubclass(item.core, BaseModel):
        return "rows", {}, fields_of(item.core)
    choices = _choices(item)
    return ("list", {}, ()) if choices is None else ("many", choices, ())


def _plain_shape(kind: _Type) -> str:
    if kind.first(Long) is not None:
        return "long"
    return {str: "text", int: "integer", Decimal: "decimal", date: "date"}.get(kind.core, "any")


def _choices(kind: _Type) -> Mapping[str, str] | None:
    """Code → French label; empty for a reference, whose options the page gives; None for a free value."""
    declared = kind.first(Choices)
    if declared is not None:
        return dict(declared.labels)
    if kind.first(Ref) is not None:
        return {}
    if IS_COMMUNE in kind.metadata:
        return communes()
    if typing.get_origin(kind.core) is Literal:
        return {str(code): LITERALS.get(str(code), str(code)) for code in typing.get_args(kind.core)}
    return _small_range(kind)


def _small_range(kind: _Type) -> Mapping[str, str] | None:
    least, most = kind.first(Ge), kind.first(Le)
    if kind.core is not int or least is None or most is None or most.le - least.ge >= MOST_CHOICES:
        return None
    return {str(value): str(value) for value in range(least.ge, most.le + 1)}


@lru_cache(maxsize=1)
def communes() -> Mapping[str, str]:
    """INSEE code → name, by name."""
    return {item.insee: item.name for item in sorted(territory.communes(), key=lambda item: item.name)}


def _is_numeric(kind: _Type) -> bool:
    """A choice among integers: its code goes back to a number."""
    if typing.get_origin(kind.core) is Literal:
        return all(isinstance(code, int) for code in typing.get_args(kind.core))
    return kind.core is int


def _ref(kind: _Type) -> Ref | None:
    if typing.get_origin(kind.core) is list:
        kind = _unwrap(typing.get_args(kind.core)[0], [])
    found: Ref | None = kind.first(Ref)
    return found


def _least(kind: _Type) -> int:
    """How many rows a list starts with: the least it accepts."""
    for note in kind.metadata:
        if hasattr(note, "min_length"):
            return int(note.min_length)
    return 0


def _item_name(kind: _Type) -> str:
    if typing.get_origin(kind.core) is not list:
        return ""
    item = _unwrap(typing.get_args(kind.core)[0], []).core
    return item.__name__ if isinstance(item, type) else ""
