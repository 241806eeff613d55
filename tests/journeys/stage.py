"""The stage on which journeys are rehearsed: a demonstration database with its people, and no case."""

from datetime import date

from cases.reference import load_reference, mark_demonstration
from relogement.demo.build import cast
from relogement.lines import Known, Line
from relogement.rehearse import rehearse
from tests.databases import prepared

FIRST_DAY = date(2025, 1, 6)


def set_the_stage() -> None:
    """In an empty database: reference data, organisations and accounts, by the same commands as the
    demonstration."""
    prepared("stage", build_stage)


def build_stage() -> None:
    load_reference()
    mark_demonstration()
    lines = (Line(rank, row) for rank, row in enumerate(cast(FIRST_DAY), start=1))
    for played in rehearse(lines, known=Known()):
        assert played.outcome.done, played.outcome.message
