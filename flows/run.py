"""The wrapper of every run: gives it its day, and records in our own database how it ended."""

from collections.abc import Callable
from datetime import date, datetime

from cases import clock, outbox, present

Counts = dict[str, int]
Watch = Callable[[date, datetime], Counts]


def run_recorded(
    name: str, function: Watch, today: date | None = None, now: datetime | None = None
) -> Counts:
    """Run `function(today, now)`; a failed run is recorded as not good, and raised again for Prefect."""
    now = now or present.now()
    today = today or clock.day_in_paris(now)
    try:
        counts = function(today, now)
    except Exception as error:
        outbox.record_run(name, today, now, False, {"error": type(error).__name__})
        raise
    outbox.record_run(name, today, now, True, counts)
    return counts
