"""Will the building be empty in time? What is needed a month, what was done lately, and where that leads."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from cases.rules.dates import add_months, days_between

DAYS_A_MONTH = 365.25 / 12
RECENT_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Pace:
    """`needed` and `recent`: departures a month. `empty_on`: the day it is empty at the recent pace."""

    remaining: int
    days_left: int | None
    needed: float | None
    recent: float
    empty_on: date | None

    @property
    def in_time(self) -> bool | None:
        """None when there is no date, or nobody left recently: nothing can be foreseen."""
        if self.remaining == 0:
            return True
        if self.days_left is None:
            return None
        if self.days_left <= 0:
            return False
        return None if self.needed is None or self.recent == 0 else self.recent >= self.needed


def recent_since(today: date) -> date:
    """From when departures make the recent pace."""
    return add_months(today, -RECENT_MONTHS)


def pace(remaining: int, recent_exits: int, vacate_on: date | None, today: date) -> Pace:
    """Households still there against the vacate date. A date that has passed needs no pace: it is late."""
    days_left = None if vacate_on is None else days_between(today, vacate_on)
    recent = recent_exits / RECENT_MONTHS
    needed = None
    if days_left is not None and days_left > 0:
        needed = remaining / (days_left / DAYS_A_MONTH)
    empty_on = None
    if remaining and recent > 0:
        empty_on = today + timedelta(days=math.ceil(remaining / recent * DAYS_A_MONTH))
    return Pace(remaining, days_left, needed, recent, empty_on)
