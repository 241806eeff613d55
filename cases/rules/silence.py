"""A landlord that was asked and does not answer: since when, and when that speaks of a blockage."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any


def silent_days(attempt: Mapping[str, Any], today: date) -> int:
    """Days since the answer was due; 0 while it may still come in time, or once it has come."""
    due_on: date | None = attempt["answer_due_on"]
    if attempt["answer"] != "waiting" or due_on is None:
        return 0
    return max(0, (today - due_on).days)


def silences(attempts: Iterable[Mapping[str, Any]], today: date) -> int:
    """How many requests have gone unanswered beyond their date."""
    return sum(silent_days(attempt, today) > 0 for attempt in attempts)
