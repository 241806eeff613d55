"""The stage on which journeys are rehearsed: a demonstration database with its people, and no case."""

from datetime import date
from functools import lru_cache
from typing import Any

from cases.reference import load_reference, mark_demonstration
from relogement.demo.build import cast
from relogement.lines import Known, Line
from relogement.rehearse import rehearse

FIRST_DAY = date(2025, 1, 6)


@lru_cache(maxsize=1)
def _cast_lines() -> list[dict[str, Any]]:
    return cast(FIRST_DAY)


def set_the_stage() -> None:
    """Reference data, organisations and accounts, by the same commands as the demonstration."""
    load_reference()
    mark_demonstration()
    lines = (Line(rank, row) for rank, row in enumerate(_cast_lines(), start=1))
    for played in rehearse(lines, known=Known()):
        assert played.outcome.done, played.outcome.message
