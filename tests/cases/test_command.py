"""The envelope of a command: what nobody can read does not reach the door."""

import pytest
from pydantic import ValidationError

from cases.commands import Command

TEXTS = {"nul": "a\x00b", "5 MB": "x" * 5_000_000, "surrogate": "\ud800"}
# A type is read by the door, which knows no such one: only what is too long stops before.
UNREADABLE = [(field, name) for field in ("id", "target", "actor") for name in TEXTS] + [("type", "5 MB")]


@pytest.mark.parametrize(("field", "name"), UNREADABLE)
def test_a_text_that_no_one_can_read_is_refused_before_the_door(field: str, name: str) -> None:
    with pytest.raises(ValidationError):
        Command(**({"id": "k1", "type": "admit", "target": "M-1"} | {field: TEXTS[name]}))


@pytest.mark.parametrize("id_", ["", "é", "a b", "<b>", "a\nb", "a\n", "x" * 81])
def test_an_id_has_a_plain_form(id_: str) -> None:
    with pytest.raises(ValidationError):
        Command(id=id_, type="admit")


def test_an_unknown_field_of_the_envelope_is_refused() -> None:
    with pytest.raises(ValidationError):
        Command(id="k1", type="admit", now="2026-01-01")  # type: ignore[call-arg]
