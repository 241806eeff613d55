"""What the reasons of a refusal bring about, by a dated table of the territory (setting `refusal_effects`).

A row is (reason, "counts" or "excluded", effect…). The effects: `pause` (the search stops until a date),
`need` (the need sheet is to be revised), `committee` (the technical committee says whether it is legitimate).
Every row is a default to be validated (E): the MEL's own clauses were not read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

COUNTS, EXCLUDED = "counts", "excluded"
PAUSE, NEED, COMMITTEE = "pause", "need", "committee"
KNOWN = (PAUSE, NEED, COMMITTEE)


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a refusal does, and the reason that does it. `until`: the end of a pause."""

    kind: str
    reason: str
    until: date | None = None

    def as_json(self) -> dict[str, str | None]:
        return {
            "kind": self.kind,
            "reason": self.reason,
            "until": self.until.isoformat() if self.until else None,
        }


@dataclass(frozen=True, slots=True)
class Effects:
    """The table in force on a day, and how many days a pause lasts when nobody says until when."""

    rows: tuple[tuple[str, ...], ...]
    pause_days: int

    def excluded(self) -> frozenset[str]:
        """The reasons that, as the main one, keep a refusal from counting."""
        return frozenset(row[0] for row in self.rows if EXCLUDED in row[1:])

    def of(self, reasons: Sequence[str], on: date, pause_until: date | None = None) -> tuple[Effect, ...]:
        """Each effect once, with the first of the reasons that brings it. A reason without a row brings none.

        The search stops until `pause_until`, else `pause_days` after `on`.
        """
        found: dict[str, Effect] = {}
        for reason in reasons:
            for kind in self._kinds(reason):
                until = (pause_until or on + timedelta(days=self.pause_days)) if kind == PAUSE else None
                found.setdefault(kind, Effect(kind, reason, until))
        return tuple(found[kind] for kind in KNOWN if kind in found)

    def _kinds(self, reason: str) -> Iterable[str]:
        return (kind for row in self.rows if row[0] == reason for kind in row[1:] if kind in KNOWN)
