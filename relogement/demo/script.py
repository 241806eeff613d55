"""A life as a list of dated lines, counted in days from its start; placed on the calendar once its length is known."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from cases.clock import PARIS

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Move:
    """After how many days, who does what, with which data, to what (None: it creates the case)."""

    days: int
    actor: str
    type: str
    data: dict[str, Any]
    target: str | None


@dataclass
class Life:
    """`key` starts the identifiers of its commands; `owner` and `officer` are accounts."""

    key: str
    kind: str
    commune: str
    landlord: str
    owner: str
    officer: str
    rng: Random
    day: int = 0
    moves: list[Move] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    start: date = date.min

    @property
    def case(self) -> str:
        return f"@{self.key}.case"

    def wait(self, days: int) -> None:
        """About so many days, never fewer than none."""
        self.day += max(0, round(self.rng.gauss(days, days / 3)))

    def act(self, kind: str, actor: str | None = None, **data: Any) -> str:
        """Something done to the case on the current day; the identifier of that command."""
        first = not self.moves
        identifier = self.key if first else f"{self.key}.{len(self.moves)}"
        self.moves.append(Move(self.day, actor or self.owner, kind, data, None if first else self.case))
        self.marks.setdefault(kind, self.day)
        return identifier

    def place(self, today: date, since_last: int) -> None:
        """The last move happened `since_last` days ago (or on the Monday that follows)."""
        self.start = today - timedelta(days=self.day + since_last)

    def when(self, days: int, today: date, rank: int) -> datetime:
        """A working hour of that day; week-ends slip to Monday, and nothing lies after today."""
        day = self.start + timedelta(days=days)
        if day.weekday() >= SATURDAY:
            day += timedelta(days=7 - day.weekday())
        minute = min(59, rank * 2)
        return datetime.combine(min(day, today), time(9, minute), PARIS) if day >= today else datetime.combine(
            day, time(9 + rank % 8, minute), PARIS
        )  # fmt: skip

    def lines(self, today: date) -> list[dict[str, Any]]:
        """The lines of `rehearse`, in order. Dates inside the data that are day numbers become dates."""
        found = []
        last = datetime.min.replace(tzinfo=PARIS)
        for rank, move in enumerate(self.moves):
            now = (
                max(self.when(move.days, today, rank), last + timedelta(minutes=1))
                if rank
                else self.when(move.days, today, rank)
            )
            last = now
            identifier = self.key if rank == 0 else f"{self.key}.{rank}"
            found.append(
                {
                    "id": identifier,
                    "type": move.type,
                    "target": move.target,
                    "actor": move.actor,
                    "now": now.isoformat(),
                    "data": _dated(move.data, now.date(), today),
                }
            )
        return found


@dataclass(frozen=True, slots=True)
class Ago:
    """A date so many days before the line that bears it (negative: after)."""

    days: int = 0


@dataclass(frozen=True, slots=True)
class FromToday:
    """A date so many days after the day on which the demonstration is made."""

    days: int


def _dated(value: Any, day: date, today: date) -> Any:
    if isinstance(value, Ago):
        return (day - timedelta(days=value.days)).isoformat()
    if isinstance(value, FromToday):
        return (today + timedelta(days=value.days)).isoformat()
    if isinstance(value, dict):
        return {key: _dated(item, day, today) for key, item in value.items()}
    if isinstance(value, list):
        return [_dated(item, day, today) for item in value]
    return value
