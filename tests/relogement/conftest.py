"""A database with its people and no case, and files of commands to apply to it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.journeys.stage import set_the_stage


@pytest.fixture
def stage(database: str) -> str:
    set_the_stage()
    return database


@pytest.fixture
def sqlite_stage(sqlite_database: str) -> str:
    set_the_stage()
    return sqlite_database


@pytest.fixture
def file_of(tmp_path: Path) -> Callable[..., Path]:
    """Write lines (objects, or raw text for broken ones) to a file of commands."""

    def write(*lines: dict[str, Any] | str, name: str = "actions.jsonl") -> Path:
        path = tmp_path / name
        rendered = [line if isinstance(line, str) else orjson.dumps(line).decode() for line in lines]
        path.write_text("\n".join(rendered) + "\n", encoding="utf-8")
        return path

    return write


def referral(identifier: str, **changes: Any) -> dict[str, Any]:
    """A line that refers a transfer at the CCAS of Roubaix."""
    member = {"first_name": "Aïcha", "last_name": "Essai", "born_on": "1985-03-02"} | changes.pop(
        "member", {}
    )
    dwelling = {
        "landlord_id": "lmh", "commune": "Roubaix", "address": "3 rue de l’Alma", "typology": 3, "rooms": 3,
        "surface_m2": "62",
    }  # fmt: skip
    data = {"members": [member], "dwelling": dwelling | changes.pop("dwelling", {}), "criteria": ["economic"]}
    return {"id": identifier, "type": "refer_transfer", "data": data | changes}
