"""What time it is for the product: the server's clock, moved ahead in a demonstration that says so.

The shift is kept in the database: it survives a restart, and every process of the product sees it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cases import clock, outbox
from cases.reasons import refuse
from cases.reference import DEMONSTRATION, SHIFT, keep_shift
from db import rows
from db.engine import reading
from db.tables.people import Marker

MOST_DAYS = 400
Watch = Callable[[date, datetime], dict[str, int]]
# At what time of a simulated day each watch of the clock passes, as `flows/scheduled.py` schedules them.
PASSES: Mapping[str, time] = {
    "before_ici": time(0, 5),
    "daily": time(6),
    "six_months": time(6, 20),
    "retention": time(6, 40),
    "delivery": time(7),
    "digest": time(7, 30),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether this database is a demonstration, and how many days (or part of one) it lives ahead."""

    demonstration: bool
    shift: float


def standing() -> Standing:
    """A real database is never shifted, whatever is written in it."""
    with reading() as connection:
        kept = {row["key"]: row["value"] for row in rows.find(connection, Marker)}
    demonstration = DEMONSTRATION in kept
    return Standing(demonstration, float(kept.get(SHIFT, 0)) if demonstration else 0)


def now() -> datetime:
    """The instant at which what is done now happens."""
    return clock.shifted(clock.now(), standing().shift)


def today() -> date:
    return clock.day_in_paris(now())


def real_today() -> date:
    """The day of the server's own clock."""
    return clock.day_in_paris(clock.now())


def advance_to(day: date, watches: Mapping[str, Watch]) -> Iterator[tuple[date, dict[str, int]]]:
    """Live each day up to `day`: the watches at their hours, then the day is the product's own.

    Killed on the way, it stands at the last whole day; started again, the watches repeat nothing. Refused at
    once outside a demonstration.
    """
    _refuse_unless_possible(day)
    return _lived(day, watches)


def _refuse_unless_possible(day: date) -> None:
    if not standing().demonstration:
        raise refuse(
            "present.real",
            "Cette base n’est pas une base de démonstration : son horloge est celle du serveur, "
            "elle ne s’avance pas.",
        )
    ahead = (day - today()).days
    if ahead < 1:
        raise refuse(
            "present.past", f"Le {day:%d/%m/%Y} n’est pas à venir : l’horloge ne revient pas en arrière."
        )
    if ahead > MOST_DAYS:
        raise refuse(
            "present.far", f"L’horloge s’avance de {MOST_DAYS} jours au plus en une fois : choisissez moins."
        )


def _lived(day: date, watches: Mapping[str, Watch]) -> Iterator[tuple[date, dict[str, int]]]:
    while (following := today() + timedelta(days=1)) <= day:
        counts: dict[str, int] = {}
        for name, hour in PASSES.items():
            instant = datetime.combine(following, hour, clock.PARIS).astimezone(clock.now().tzinfo)
            done = watches[name](following, instant)
            outbox.record_run(name, following, instant, True, done)
            counts |= done
        keep_shift((following - real_today()).days)
        yield following, counts
