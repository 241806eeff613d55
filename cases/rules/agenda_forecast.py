"""How full the next sessions of an ICI will be: items expected × minutes against temps 2, months ahead.

What is known is counted: filed, carried over, come back, owed. What is not is assumed from settings to be
validated: no MEL document says how many blocked cases are raised, nor how many decisions are executed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cases.rules.finding import Finding

Part = Literal[
    "filed", "carried_over", "returned", "returns_expected", "carried_expected", "blocked_expected"
]
SOURCE = "ICI, temps 2 (10h30–12h00) ; hypothèses de l’outil"


@dataclass(frozen=True, slots=True)
class Known:
    """Items and their minutes."""

    items: float
    minutes: float


@dataclass(frozen=True, slots=True)
class Ahead:
    """One session to come. `owed`: decisions of earlier sessions not executed, not yet on its list."""

    session_id: str
    held_on: date
    frozen: bool
    parts: Mapping[Part, Known]
    owed: int


@dataclass(frozen=True, slots=True)
class Assumed:
    """`return_percent`: decisions that come back; `raised_percent`: blocked cases raised at each session."""

    item_minutes: int
    return_percent: int
    raised_percent: int
    cases_per_item: int
    available: int


@dataclass(frozen=True, slots=True)
class Load:
    """A session as it may be. `over`: minutes beyond temps 2."""

    session_id: str
    held_on: date
    parts: Mapping[Part, Known]
    items: float
    minutes: float
    over: float


def forecast(sessions: Sequence[Ahead], blocked: int, assumed: Assumed) -> Finding[tuple[Load, ...]]:
    """The sessions of one ICI, the next first; `blocked`: open blocked cases that nobody has raised.

    What does not fit one session goes to the next; what one decides comes back in part at the next.
    """
    loads: list[Load] = []
    for session in sessions:
        loads.append(_load(session, loads[-1] if loads else None, blocked, assumed))
    inputs = {
        "blocked": blocked,
        "owed": {session.session_id: session.owed for session in sessions},
        "item_minutes": assumed.item_minutes,
        "return_percent": assumed.return_percent,
        "raised_percent": assumed.raised_percent,
        "cases_per_item": assumed.cases_per_item,
        "available": assumed.available,
    }
    return Finding(tuple(loads), inputs, SOURCE, "E")


def _load(session: Ahead, before: Load | None, blocked: int, assumed: Assumed) -> Load:
    parts = dict(session.parts)
    returning = (session.owed + _decided(before, assumed)) * assumed.return_percent / 100
    expected: dict[Part, float] = {
        "returns_expected": returning,
        "carried_expected": before.over / assumed.item_minutes if before is not None else 0,
        "blocked_expected": 0 if session.frozen else _raised(blocked, assumed),
    }
    parts |= {part: Known(items, items * assumed.item_minutes) for part, items in expected.items() if items}
    minutes = sum(part.minutes for part in parts.values())
    return Load(
        session_id=session.session_id,
        held_on=session.held_on,
        parts=parts,
        items=sum(part.items for part in parts.values()),
        minutes=minutes,
        over=max(0.0, minutes - assumed.available),
    )


def _decided(before: Load | None, assumed: Assumed) -> float:
    """What the session before will have decided: what fits into it."""
    if before is None:
        return 0.0
    return max(0.0, before.items - before.over / assumed.item_minutes)


def _raised(blocked: int, assumed: Assumed) -> float:
    return blocked * assumed.raised_percent / 100 / assumed.cases_per_item
