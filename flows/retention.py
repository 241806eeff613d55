"""Every morning, after the reminders: what has been kept long enough is erased, once it was announced."""

from datetime import date, datetime

from prefect import flow

from cases.retention import end_retention
from flows.run import Counts, run_recorded


def retention(today: date, now: datetime) -> Counts:
    return end_retention(today, now)


@flow(name="retention")
def retention_flow(today: date | None = None) -> Counts:
    return run_recorded("retention", retention, today)
