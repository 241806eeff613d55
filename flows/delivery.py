"""During office hours: send what the commands and the daily sweep have written."""

from datetime import date, datetime

from prefect import flow

from cases import desk
from flows.run import Counts, run_recorded


def delivery(today: date, now: datetime) -> Counts:  # noqa: ARG001 - every watch takes its day
    return desk.deliver(now)


@flow(name="delivery")
def delivery_flow(today: date | None = None) -> Counts:
    return run_recorded("delivery", delivery, today)
