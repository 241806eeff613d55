"""The papers of an ICI session: the frozen list and its addenda, the record of decisions, its excerpts.

They name no household. Each bears the head of the journal, which proves that nothing was rewritten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from templates import environment


@dataclass(frozen=True, slots=True)
class Heading:
    """What every paper of a session says first."""

    reference: str
    ici: str
    held_on: date
    place: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision in words. `duties`: who must do what before when; `agreement`: who agreed."""

    number: str
    item: str
    title: str
    kind: str
    cases: str
    text: str
    duties: Sequence[str]
    agreement: str


@dataclass(frozen=True, slots=True)
class Lesson:
    title: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a frozen list."""

    reference: str
    title: str
    theme: str
    cases: str
    standing: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the consolidation: each row is its label and its cells, in the order of `columns`."""

    title: str
    label: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]


def _paper(name: str, heading: Heading, **data: object) -> str:
    known = {key: getattr(heading, key) for key in Heading.__slots__}
    return environment().get_template(f"documents/{name}.html").render(**known, **data)


def minutes(
    heading: Heading,
    *,
    present: Sequence[str],
    excused: Sequence[str],
    guests: str,
    decisions: Sequence[Decided],
    told: Sequence[Lesson],
    validated_on: date | None,
    journal_head: str,
) -> str:
    """The record of decisions, to print. Without `validated_on` it is a draft."""
    return _paper(
        "ici_minutes",
        heading,
        present=present,
        excused=excused,
        guests=guests,
        decisions=decisions,
        told=told,
        validated_on=validated_on,
        journal_head=journal_head,
    )


def excerpt(heading: Heading, *, body: str, decisions: Sequence[Decided], journal_head: str) -> str:
    """What one organisation is sent: the decisions that concern it."""
    return _paper("ici_excerpt", heading, body=body, decisions=decisions, journal_head=journal_head)


def frozen_list(
    heading: Heading,
    *,
    title: str,
    frozen: str,
    lines: Sequence[Listed],
    whole: bool,
    digest: str,
    journal_head: str,
) -> str:
    """The list as it stood at the limit, or one of its addenda. Not `whole`: the reader's own lines only."""
    return _paper(
        "ici_list",
        heading,
        title=title,
        frozen=frozen,
        lines=lines,
        whole=whole,
        digest=digest,
        journal_head=journal_head,
    )


def consolidation(*, period: str, tables: Sequence[Grid], told: Sequence[Lesson], threshold: int) -> str:
    """The three ICIs for the CIL: counts of which those under `threshold` are hidden already."""
    return (
        environment()
        .get_template("documents/ici_consolidation.html")
        .render(period=period, tables=tables, told=told, threshold=threshold)
    )
