"""« Ce qui a été tenté », said from the records of several cases: counts, landlords, reasons, nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

MOST = 4  # landlords and reasons named one by one


@dataclass(frozen=True, slots=True)
class Tried:
    """Of the cases together. `asked`: landlord's name → searches; `answers`: answer → how many;
    `refusals`: reason as it is read → how many."""

    cases: int
    oldest_on: date | None = None
    asked: Mapping[str, int] = field(default_factory=dict)
    answers: Mapping[str, int] = field(default_factory=dict)
    offers: int = 0
    refused: int = 0
    refusals: Mapping[str, int] = field(default_factory=dict)


def tried_words(tried: Tried) -> str:
    """A few sentences for the worker to complete; empty when nothing is recorded."""
    lines = [_searches(tried), _offers(tried), _since(tried)]
    return "\n".join(line for line in lines if line)


def _searches(tried: Tried) -> str:
    total = sum(tried.asked.values())
    if not total:
        return ""
    said = f"{_counted(total, 'recherche')} auprès de {_counted(len(tried.asked), 'bailleur')}"
    said += f" ({_listed(tried.asked)})"
    waiting = tried.answers.get("waiting", 0)
    without = tried.answers.get("none", 0)
    ends = []
    if without:
        ends.append(f"{without} sans logement à proposer")
    if waiting:
        ends.append(f"{waiting} sans réponse à ce jour")
    return f"{said} : {', '.join(ends)}." if ends else f"{said}."


def _offers(tried: Tried) -> str:
    if not tried.offers:
        return ""
    said = f"{_counted(tried.offers, 'proposition faite', 'propositions faites')}"
    if not tried.refused:
        return f"{said}."
    said += f", dont {_counted(tried.refused, 'refusée')}"
    reasons = {reason.lower(): count for reason, count in tried.refusals.items()}
    return f"{said} ({_listed(reasons)})." if reasons else f"{said}."


def _since(tried: Tried) -> str:
    if tried.oldest_on is None:
        return ""
    which = "Ce blocage est ouvert" if tried.cases == 1 else "Le plus ancien de ces blocages est ouvert"
    return f"{which} depuis le {tried.oldest_on:%d/%m/%Y}."


def _listed(counts: Mapping[str, int]) -> str:
    """The most frequent by name, the others by their number."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{name} {count}" for name, count in ranked[:MOST]]
    rest = sum(count for _, count in ranked[MOST:])
    return ", ".join([*shown, f"autres {rest}"] if rest else shown)


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number < 2 else many or one + 's'}"
