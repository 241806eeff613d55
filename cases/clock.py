"""The only place that asks what time it is. Everything else receives `now` or `today`."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """The server's instant, aware, in UTC."""
    return datetime.now(UTC)


def day_in_paris(instant: datetime) -> date:
    """The calendar day in Europe/Paris of an aware instant (22:30 UTC on 15 July is already the 16th)."""
    return instant.astimezone(PARIS).date()


def morning_of(day: date) -> datetime:
    """06:00 in Paris of a day, in UTC: when its first run is due."""
    return datetime.combine(day, time(6), PARIS).astimezone(UTC)


def shifted(instant: datetime, days: float) -> datetime:
    """Moved by days of the wall clock in Paris: 23:30 stays 23:30 across a clock change. In UTC."""
    return (wall_clock(instant) + timedelta(days=days)).replace(tzinfo=PARIS).astimezone(UTC)


def wall_clock(instant: datetime) -> datetime:
    """What a clock on a wall in Paris shows at an aware instant, naive."""
    return instant.astimezone(PARIS).replace(tzinfo=None)
