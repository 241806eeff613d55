"""Households presented to commissions and never first, by the territory's thresholds (domain 5.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases import journal
from cases.rules.dates import add_months
from cases.rules.finding import Finding
from cases.rules.runner_up import Presentation, runner_up
from cases.step import settings_at
from cases.territory import Settings
from db.engine import reading
from db.queries.runners_up import Presented, PresentedCase, presented, presented_cases
from db.scope import Scope


@dataclass(frozen=True, slots=True)
class RunnersUp:
    """The cases of this reader, and the thresholds that chose them (E: to be validated)."""

    cases: tuple[PresentedCase, ...]
    times: int
    months: int
    since: date


def runners_up(scope: Scope, today: date) -> RunnersUp:
    """Open cases without a lease, presented often enough and never first; the most often presented first."""
    with reading() as connection:
        settings = settings_at(connection, journal.read_head(connection).settings_version)
    times, months = _thresholds(settings, today)
    since = add_months(today, -months)
    found = presented_cases(scope, since, times)
    kept = tuple(case for case in found if _judged(case.presented, times, months, today).value)
    return RunnersUp(kept, times, months, since)


def is_runner_up(case_id: str, *, leased: bool, today: date) -> Finding[bool]:
    """Of one case that the reader has opened; `inputs` say how often, since when and at which ranks."""
    with reading() as connection:
        settings = settings_at(connection, journal.read_head(connection).settings_version)
        times, months = _thresholds(settings, today)
        seen = presented(connection, case_id, add_months(today, -months))
    return _judged(seen, times, months, today, leased=leased)


def _thresholds(settings: Settings, today: date) -> tuple[int, int]:
    return settings.int_on("runner_up_times", today), settings.int_on("runner_up_months", today)


def _judged(
    seen: Sequence[Presented], times: int, months: int, today: date, *, leased: bool = False
) -> Finding[bool]:
    facts = [Presentation(one.held_on, one.rank, one.awarded) for one in seen]
    return runner_up(facts, leased=leased, times=times, months=months, today=today)
