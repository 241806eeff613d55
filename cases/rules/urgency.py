"""In which order to take cases, and why: a sort key made of facts, and the same facts in words. No score."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.rules.dates import days_between

SOURCE = "Ordre de présentation : danger, date légale, délai ICI, ancienneté (règle locale, à valider)"

# A case without a date sorts after every dated one.
NO_DATE = 10**6


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyFacts:
    """What the order rests on. `other_legal_label` is lower-case French that reads before a date.

    `protected_urgent`: a protected case that must be taken at once. Dates are days in Paris.
    """

    opened_on: date
    danger: bool = False
    protected_urgent: bool = False
    vacate_by: date | None = None
    other_legal_on: date | None = None
    other_legal_label: str = "échéance légale"
    escalation_limit_on: date | None = None


@dataclass(frozen=True, slots=True)
class Urgency:
    """`sort_key`, most urgent first: (no danger, days to a legal date, days to the ICI, −age)."""

    sort_key: tuple[int, int, int, int]
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The parts numbered: "1. danger · 2. quitter avant le 22/10 (J−12) · 3. …"."""
        return " · ".join(f"{rank}. {part}" for rank, part in enumerate(self.parts, start=1))

    def as_json(self) -> dict[str, Any]:
        """Plain dict: sort_key as a list, parts, text and the source of the order."""
        return {
            "sort_key": list(self.sort_key),
            "parts": list(self.parts),
            "text": self.text,
            "source": SOURCE,
        }


def urgency(facts: UrgencyFacts, today: date) -> Urgency:
    """The place of a case in a queue (domain 4.3): danger, then legal dates, then the ICI limit, then age."""
    legal_on, legal_label = _nearest_legal(facts)
    key = (
        0 if facts.danger or facts.protected_urgent else 1,
        _days_to(legal_on, today),
        _days_to(facts.escalation_limit_on, today),
        -days_between(facts.opened_on, today),
    )
    parts = (
        "danger" if facts.danger else "dossier protégé urgent" if facts.protected_urgent else "",
        _dated(legal_label, legal_on, today),
        _dated("délai ICI le", facts.escalation_limit_on, today),
        f"ancienneté {_age(facts.opened_on, today)}",
    )
    return Urgency(key, tuple(part for part in parts if part))


def _nearest_legal(facts: UrgencyFacts) -> tuple[date | None, str]:
    vacate, other = facts.vacate_by, facts.other_legal_on
    if vacate is not None and (other is None or vacate <= other):
        return vacate, "quitter avant le"
    return other, f"{facts.other_legal_label} le"


def _days_to(day: date | None, today: date) -> int:
    return NO_DATE if day is None else days_between(today, day)


def _dated(label: str, day: date | None, today: date) -> str:
    if day is None:
        return ""
    left = days_between(today, day)
    written = day.strftime("%d/%m" if day.year == today.year else "%d/%m/%Y")
    distance = f"J−{left}" if left > 0 else "aujourd’hui" if left == 0 else f"J+{-left}, dépassé"
    return f"{label} {written} ({distance})"


def _age(opened_on: date, today: date) -> str:
    days = max(0, days_between(opened_on, today))
    return f"{days} jours" if days > 1 else f"{days} jour"
