"""The follow-up of a household that has moved in: its calendar, and what a contact must say (domain 1.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cases.rules.dates import add_months

State = Literal["done", "unreachable", "left", "open", "late", "to_come", "closed"]

# What a contact with the household must say, by milestone (months): contact, visit, survey.
REQUIRED: dict[int, tuple[str, ...]] = {
    1: ("aid_in_place",),
    6: ("rent_paid", "aid_in_place", "satisfaction", "outcome"),
    12: ("rent_paid", "aid_in_place", "satisfaction", "outcome"),
}


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact or a try, as the calendar reads it."""

    milestone: int
    held_on: date
    reached: bool
    left: bool = False


@dataclass(frozen=True, slots=True)
class Milestone:
    """`opens_on` to `closes_on`, both included. `held_on`: the contact that settled it."""

    months: int
    due_on: date
    opens_on: date
    closes_on: date
    state: State
    tries: int
    held_on: date | None = None

    @property
    def in_window(self) -> bool:
        return self.held_on is not None and self.held_on <= self.closes_on


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRules:
    """Settings follow_up_months, follow_up_window_days, follow_up_tries."""

    months: tuple[int, ...]
    window_days: int
    tries: int


def window(moved_on: date, months: int, days: int) -> tuple[date, date]:
    """First and last day of a milestone: so many months from moving in, more or less so many days."""
    due_on = add_months(moved_on, months)
    return due_on - timedelta(days=days), due_on + timedelta(days=days)


def calendar(
    moved_on: date, contacts: Sequence[Contact], rules: CalendarRules, today: date, closed_on: date | None
) -> tuple[Milestone, ...]:
    """Every milestone in order. The twelfth month counts from moving in, never from the sixth."""
    gone = any(contact.left for contact in contacts)
    met_at = max((contact.milestone for contact in contacts if contact.reached), default=0)
    return tuple(
        _milestone(
            moved_on, months, contacts, rules, today, gone=gone, over=closed_on is not None or months < met_at
        )
        for months in rules.months
    )


def _milestone(  # private, each named like its type
    moved_on: date,
    months: int,
    contacts: Sequence[Contact],
    rules: CalendarRules,
    today: date,
    *,
    gone: bool,
    over: bool,
) -> Milestone:
    """`over`: the case is closed, or the household was met since for a later milestone."""
    opens_on, closes_on = window(moved_on, months, rules.window_days)
    mine = sorted((contact for contact in contacts if contact.milestone == months), key=lambda c: c.held_on)
    tries = [contact for contact in mine if not contact.reached]
    met = next((contact for contact in mine if contact.reached), None)
    state: State
    if met is not None:
        state = "done"
    elif len(tries) >= rules.tries:
        state = "unreachable"
    elif gone:
        state = "left"
    elif over:
        state = "closed"
    else:
        state = "to_come" if today < opens_on else "open" if today <= closes_on else "late"
    settled = met.held_on if met else tries[-1].held_on if state == "unreachable" else None
    return Milestone(months, add_months(moved_on, months), opens_on, closes_on, state, len(tries), settled)
