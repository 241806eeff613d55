"""What a moved session changes for what was filed, for what is still a draft, for what was decided before.

Source: ICI, temps 2 (two months ahead); what was on time stays on time, a new limit is for new items only.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from cases.rules.dates import on_time

Outlook = Literal[
    "stays_on_time", "stays_late", "stays_admitted", "still_time", "regains_time", "loses_time", "no_time"
]
FILED: dict[str, Outlook] = {
    "on_time": "stays_on_time",
    "late": "stays_late",
    "exception": "stays_admitted",
}


@dataclass(frozen=True, slots=True)
class Dates:
    """A date before and after the move."""

    old: date
    new: date

    @property
    def moved(self) -> bool:
        return self.old != self.new


def outlook(timing: str | None, limit: Dates, now: datetime) -> Outlook:
    """`timing` as it was stored when filed, None for a draft: a draft alone is judged by the new limit."""
    if timing is not None:
        return FILED[timing]
    before, after = on_time(now, limit.old), on_time(now, limit.new)
    if after:
        return "still_time" if before else "regains_time"
    return "loses_time" if before else "no_time"


def follows_the_session(due_on: date, held_on: date) -> bool:
    """A duty due on the day of the session was due « at the next ICI »: it moves with it. Another date was
    given by the decision itself, and stays."""
    return due_on == held_on
