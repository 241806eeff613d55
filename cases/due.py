"""What a kind of deadline is: its rule, whose it is, and its ladder of reminders. The kinds stand in
`deadline_kinds`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import wraps
from typing import Any

from cases.rules.dates import add_months
from cases.territory import Settings

LEGAL, CHARTER, INTERNAL = "legal", "charter", "internal"
OWNER, LEAD = "owner", "lead"
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Due:
    """A date and why: start, rule, source, in French sentences shown under « Pourquoi cette date ? »."""

    on: date
    because: tuple[str, ...]
    start: date | None = None  # from when days are counted: what a suspension may lengthen


Rule = Callable[[Facts, Settings], Due | None]
Rungs = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The dated settings that say how many days before the date, then after it, somebody is reminded.

    Before it (and on the day: 0) the holder, or `first`; once it has passed, the lead.
    """

    before: str
    after: str | None = None
    first: str = OWNER

    def rungs(self, settings: Settings, on: date) -> Rungs:
        """(days from the date, audience), in order, as decided on that day."""
        ahead = sorted({-days for days in settings.ints_on(self.before, on)})
        behind = sorted(set(settings.ints_on(self.after, on))) if self.after else []
        return (*((days, self.first) for days in ahead), *((days, LEAD) for days in behind if days > 0))


STANDARD = Ladder("deadline_reminder_days", "late_reminder_days")
URGENT = Ladder("urgent_reminder_days", "urgent_late_reminder_days")


@dataclass(frozen=True, slots=True)
class Kind:
    """`about`: the kind of record whose facts it reads."""

    name: str
    about: str
    nature: str
    rule: Rule
    ladder: Ladder = STANDARD


KINDS: dict[str, Kind] = {}


def kind(about: str, nature: str, ladder: Ladder = STANDARD) -> Callable[[Rule], Rule]:
    def register(rule: Rule) -> Rule:
        asked = pausing(rule) if (about, nature) == ("case", INTERNAL) else rule
        KINDS[rule.__name__] = Kind(rule.__name__, about, nature, asked, ladder)
        return rule

    return register


def pausing(rule: Rule) -> Rule:
    """An internal clock of a case stops while the case is suspended; a legal one never does."""

    @wraps(rule)
    def asked(facts: Facts, settings: Settings) -> Due | None:
        due = rule(facts, settings)
        return (
            due if due is None or due.start is None else lengthened(due, due.start, facts.get("pauses", ()))
        )

    return asked


def lengthened(due: Due, start: date, pauses: Iterable[Facts]) -> Due:
    """The date moved on by the days of each suspension that it had to run through, each explained."""
    before = due.on
    for pause in pauses:
        since, until = date.fromisoformat(pause["since"]), date.fromisoformat(pause["until"])
        days = (until - max(since, start)).days
        if days > 0 and max(since, start) <= due.on:
            said = f"Suspendu du {since:%d/%m/%Y} au {until:%d/%m/%Y} : {days} jours non comptés"
            due = replace(due, on=due.on + timedelta(days=days), because=(*due.because, said))
    if due.on == before:
        return due
    return replace(due, because=(*due.because, f"Sans suspension, c’était le {before:%d/%m/%Y}"))


def days_after(settings: Settings, key: str, start: date, what: str) -> Due:
    setting = settings.setting(key, start)
    days = int(settings.int_on(key, start))
    return Due(
        start + timedelta(days=days),
        (f"{what} le {start:%d/%m/%Y}", f"{setting.label} : {days} jours", source_of(setting)),
        start,
    )


def months_after(settings: Settings, key: str, start: date, what: str) -> Due:
    setting = settings.setting(key, start)
    months = int(settings.int_on(key, start))
    due_on = add_months(start, months)
    clipped = (f"Mois plus court : ramené au {due_on:%d/%m/%Y}",) if due_on.day != start.day else ()
    return Due(
        due_on,
        (f"{what} le {start:%d/%m/%Y}", f"{setting.label} : {months} mois", *clipped, source_of(setting)),
    )


def source_of(setting: Any) -> str:
    doubt = f" ({setting.certainty_label})" if setting.to_confirm else ""
    return f"Source : {setting.source}{doubt}"
