"""Are two households probably the same? Numbers they bore, tolerant name, birth date: and why.

Source: domain 9, case 8 (« Probable duplicate by NUR history + name + birth year »); the tolerance of a name
is a setting (E). A date whose day and month are swapped is the same date typed otherwise.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Literal

from rapidfuzz import fuzz

from cases.reasons import Reason
from cases.rules.finding import Finding

SOURCE = "Rapprochement par numéro unique, nom et année de naissance ; réglage duplicate_name_similarity"
EXACT = 100
Strength = Literal["none", "possible", "strong"]


@dataclass(frozen=True, slots=True)
class Adult:
    """`name` is plain (`cases.search_name`): no case, no accent, words in any order."""

    name: str
    born_on: date


@dataclass(frozen=True, slots=True)
class Identity:
    """What identifies a household: the compact unique numbers it bore, its lease holders and partners."""

    numbers: frozenset[str] = frozenset()
    adults: tuple[Adult, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """`signals`: French sentences, the most telling first. `score` only orders a list."""

    strength: Strength
    signals: tuple[str, ...] = ()
    score: int = 0

    @property
    def probable(self) -> bool:
        return self.strength != "none"


NOTHING_ALIKE = Likeness("none")
UNKNOWN = Reason(
    "duplicate.unknown",
    "Indiquez le numéro unique, ou le nom et la date de naissance du titulaire, pour chercher un doublon.",
)


def likeness(new: Identity, held: Identity, *, name_similarity: int) -> Finding[Likeness]:
    """Probable on a shared number; or on a close name and the same year of birth.

    `name_similarity`: of 100, from which two names are close.
    """
    inputs = {"name_similarity": name_similarity, "numbers": new.numbers, "adults": new.adults}
    if not new.numbers and not new.adults:
        return Finding(None, inputs, SOURCE, "E", missing=(UNKNOWN,))
    found = [*_by_number(new, held), *_by_person(new, held, name_similarity)]
    best = max(found, key=lambda one: one.score, default=NOTHING_ALIKE)
    signals = tuple(dict.fromkeys(said for one in found for said in one.signals))
    strong = any(one.strength == "strong" for one in found)
    strength: Strength = "none" if not found else "strong" if strong else "possible"
    return Finding(Likeness(strength, signals, best.score + len(found)), inputs, SOURCE, "E")


def _by_number(new: Identity, held: Identity) -> Iterator[Likeness]:
    for number in sorted(new.numbers & held.numbers):
        yield Likeness("strong", (f"Même numéro unique, actuel ou ancien ({number})",), 1000)


def _by_person(new: Identity, held: Identity, close: int) -> Iterator[Likeness]:
    for one, other in product(new.adults, held.adults):
        alike = round(fuzz.token_sort_ratio(_joined(one.name), _joined(other.name)))
        birth = _birth(one.born_on, other.born_on)
        if alike >= close and birth is not None:
            said, sure = birth
            strength: Strength = "strong" if sure and alike == EXACT else "possible"
            yield Likeness(strength, (_name(alike), said), alike + (EXACT if sure else 0))


def _joined(name: str) -> str:
    """« n diaye » is written « ndiaye » as well: a letter alone belongs to the word after it."""
    return re.sub(r"\b(\w) (?=\w)", r"\1", name)


def _name(alike: int) -> str:
    return "Même nom" if alike == EXACT else f"Nom proche ({alike} % de ressemblance)"


def _birth(one: date, other: date) -> tuple[str, bool] | None:
    """What is said of two birth dates of one year, and whether they are the same day."""
    if one == other:
        return "Même date de naissance", True
    if one.year != other.year:
        return None
    if swapped(one) == other:
        return "Jour et mois de naissance inversés", True
    return f"Même année de naissance ({one.year})", False


def swapped(day: date) -> date | None:
    """The date with day and month exchanged, when there is such a date."""
    return date(day.year, day.day, day.month) if day.day <= 12 else None
