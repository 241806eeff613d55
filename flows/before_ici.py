"""Just after midnight: open calls, freeze the lists whose limit is past, build the co-pilots' files."""

from datetime import date, datetime

from prefect import flow

from cases import clockwork
from flows.run import Counts, run_recorded


def before_ici(today: date, now: datetime) -> Counts:
    return clockwork.before_ici(today, now)


@flow(name="before_ici")
def before_ici_flow(today: date | None = None) -> Counts:
    return run_recorded("before_ici", before_ici, today)
