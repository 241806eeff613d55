"""What comes back after months: decisions not executed, follow-ups, the six-monthly evaluation."""

from datetime import date, datetime

from prefect import flow

from cases import clockwork
from flows.run import Counts, run_recorded


def six_months(today: date, now: datetime) -> Counts:
    return clockwork.six_months(today, now)


@flow(name="six_months")
def six_months_flow(today: date | None = None) -> Counts:
    return run_recorded("six_months", six_months, today)
