"""Every morning: look at every open deadline, write the reminders that are due, then send them."""

from datetime import date, datetime

from prefect import flow

from cases.clockwork import every_day
from cases.document_sweep import erase_removed
from flows.delivery import delivery
from flows.run import Counts, run_recorded


def daily(today: date, now: datetime) -> Counts:
    return every_day(today, now) | erase_removed(today, now)


@flow(name="daily")
def daily_flow(today: date | None = None) -> Counts:
    counts = run_recorded("daily", daily, today)
    run_recorded("delivery", delivery, today)
    return counts
