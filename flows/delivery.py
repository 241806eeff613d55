"""During office hours: put what the commands and the daily sweep have written in people's inboxes."""

from datetime import date, datetime

from prefect import flow

from cases import outbox
from db.rows import Row
from flows.run import Counts, run_recorded


def delivery(today: date, now: datetime) -> Counts:  # noqa: ARG001 - every watch takes its day
    """Batch after batch, each in one transaction: killed and started again, nothing is sent twice."""
    sent = 0
    while texts := [(notice["id"], words) for notice in outbox.pending() if (words := words_of(notice))]:
        sent += outbox.delivered(texts, now)
    return {"delivered": sent}


def words_of(notice: Row) -> str:
    """What the notice says. One that has no words yet waits."""
    return str(notice["text"])


@flow(name="delivery")
def delivery_flow(today: date | None = None) -> Counts:
    return run_recorded("delivery", delivery, today)
