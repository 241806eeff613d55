"""The flows that Prefect runs, and when. Their work is in `cases.clockwork`, `delivery` and `digest`, which
know nothing of Prefect: it is imported here and in `serve`, and nowhere by who only wants the work done."""

from datetime import date
from typing import Any

from prefect import Flow, flow

from cases import clockwork
from cases.retention import end_retention
from flows.delivery import deliver_and_post, delivery
from flows.digest import digest
from flows.run import Counts, run_recorded


@flow(name="before_ici")
def before_ici_flow(today: date | None = None) -> Counts:
    """Just after midnight: open calls, freeze the lists whose limit is past, build the co-pilots' files."""
    return run_recorded("before_ici", clockwork.before_ici, today)


@flow(name="daily")
def daily_flow(today: date | None = None) -> Counts:
    """Every morning: look at every open deadline, write the reminders that are due, then send them."""
    counts = run_recorded("daily", clockwork.every_day, today)
    run_recorded("delivery", delivery, today)
    return counts


@flow(name="six_months")
def six_months_flow(today: date | None = None) -> Counts:
    """What comes back after months: decisions not executed, follow-ups, the six-monthly evaluation."""
    return run_recorded("six_months", clockwork.six_months, today)


@flow(name="retention")
def retention_flow(today: date | None = None) -> Counts:
    """Every morning, after the reminders: what has been kept long enough is erased, once it was announced."""
    return run_recorded("retention", end_retention, today)


@flow(name="digest")
def digest_flow(today: date | None = None) -> Counts:
    """Once a working day: what waits for each person, in one mail."""
    return run_recorded("digest", digest, today)


@flow(name="delivery")
def delivery_flow(today: date | None = None) -> Counts:
    """During office hours: what was written since, in people's inboxes; the mails that failed leave again."""
    return run_recorded("delivery", deliver_and_post, today)


SCHEDULES: list[tuple[Flow[Any, Any], str]] = [
    (before_ici_flow, "5 0 * * *"),
    (daily_flow, "0 6 * * *"),  # sends what it wrote before it ends
    (six_months_flow, "20 6 * * *"),
    (retention_flow, "40 6 * * *"),
    (digest_flow, "30 7 * * *"),
    (delivery_flow, "*/15 7-19 * * *"),
]
