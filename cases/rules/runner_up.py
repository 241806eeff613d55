"""« Ménage Poulidor »: presented to commissions again and again, never first (domain 5.5; defaults E)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.rules.dates import add_months
from cases.rules.finding import Finding

SOURCE = "Filtre « Poulidor » du SNE (présentation MEL 2017) ; seuils à valider"


@dataclass(frozen=True, slots=True)
class Presentation:
    """One commission that examined the household. `awarded`: it got the dwelling that day or later."""

    held_on: date
    rank: int | None
    awarded: bool


def runner_up(
    presented: Sequence[Presentation], *, leased: bool, times: int, months: int, today: date
) -> Finding[bool]:
    """True after `times` presentations in the last `months` without ever a lease nor the first place.

    `inputs`: how many presentations count, since when, the ranks obtained.
    """
    since = add_months(today, -months)
    recent = [one for one in presented if since <= one.held_on <= today]
    never_first = not leased and not any(one.awarded for one in recent)
    facts: dict[str, object] = {
        "presentations": len(recent),
        "since": since,
        "ranks": tuple(one.rank for one in recent if one.rank is not None),
        "times": times,
        "months": months,
    }
    return Finding(never_first and len(recent) >= times, facts, SOURCE, "E")
