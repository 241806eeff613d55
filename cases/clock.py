"""The only place that asks what time it is. Everything else receives `now` or `today`."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """The server's instant, aware, in UTC."""
    return datetime.now(UTC)


def day_in_paris(instant: datetime) -> date:
    """The calendar day in Europe/Paris of an aware instant (22:30 UTC on 15 July is already the 16th)."""
    return instant.astimezone(PARIS).date()
