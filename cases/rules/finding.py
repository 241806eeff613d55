"""What a rule answers: a value with its inputs, source and certainty, or what is missing to know it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from cases.reasons import Reason

Certainty = Literal["A", "B", "C", "D", "E"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finding(Generic[T]):
    """`value` is None exactly when `missing` says, in French, which facts are not known.

    `inputs` are the facts used, by name. `certainty` E means a default to be validated by the territory.
    """

    value: T | None
    inputs: Mapping[str, object]
    source: str
    certainty: Certainty
    missing: tuple[Reason, ...] = ()
    note: str = ""

    @property
    def to_validate(self) -> bool:
        """True when the screen must say "à valider"."""
        return self.certainty == "E"

    def as_json(self) -> dict[str, Any]:
        """Plain dict of str, int, bool, list and None; decimals and dates as text."""
        return {field.name: plain(getattr(self, field.name)) for field in fields(self)}


def plain(value: object) -> Any:
    """A value as JSON can hold it: decimals and dates become text, sets sorted lists, records dicts."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal | date):
        return value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(plain(item) for item in value)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no plain form")


def missing_facts(facts: Mapping[str, object], sentences: Mapping[str, str]) -> tuple[Reason, ...]:
    """One reason per fact of `sentences` (name → French sentence) that is None in `facts`."""
    return tuple(
        Reason(f"{name}_missing", sentence) for name, sentence in sentences.items() if facts.get(name) is None
    )
