"""What an indicator answers: a figure with what it was counted from, its target, and whether it is kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from cases.charter.context import Context
from cases.territory import CERTAINTIES, clauses

PERCENT, DAYS, OFFERS, HOUSEHOLDS = "%", "jours", "propositions", "ménages"
KEPT, BROKEN, UNKNOWN, NO_OBJECT = "respecté", "non respecté", "non vérifiable", "sans objet"
MASKED = "masqué"


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is None when nothing can be counted (« sans objet ») or when it is `hidden` as too small.

    `counted` are the cases of the numerator (or those measured), `others` the rest of the denominator.
    `parts` cuts the denominator in words.
    """

    value: float | None
    unit: str
    numerator: int | None
    denominator: int
    counted: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    parts: tuple[tuple[str, int], ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """`goal` None: nobody has read the clause, or there is none; `text` says which, in French."""

    text: str
    goal: float | None = None
    at_least: bool = True
    certainty: str = "unverified"


Compute = Callable[[pd.DataFrame, Context], Figure]


@dataclass(frozen=True, slots=True)
class Indicator:
    """`frame` names the facts it reads; `dated_by` the column that a period filters (None: the day's stock).

    `place` is the column its chart is cut by. `always_small`: small counts are hidden from everybody.
    """

    code: str
    theme: str
    title: str
    definition: str
    source: str
    certainty: str
    compute: Compute
    target: Callable[[Context], Target]
    frame: str = "cases"
    place: str = "site"
    dated_by: str | None = None
    always_small: bool = False

    @property
    def certainty_label(self) -> str:
        return CERTAINTIES[self.certainty]


def compliance(figure: Figure, target: Target) -> str:
    """In words: respecté, non respecté, non vérifiable, sans objet (or masqué)."""
    if figure.hidden:
        return MASKED
    if figure.value is None:
        return NO_OBJECT
    if target.goal is None:
        return UNKNOWN
    kept = figure.value >= target.goal if target.at_least else figure.value <= target.goal
    return KEPT if kept else BROKEN


def protected(figure: Figure, threshold: int) -> Figure:
    """The figure, or nothing of it when one of the groups behind it is smaller than the threshold."""
    counts = [figure.denominator]
    if figure.numerator is not None:
        counts += [figure.numerator, figure.denominator - figure.numerator]
    kept = replace(figure, counted=(), others=(), parts=())
    if not any(0 < count < threshold for count in counts):
        return kept
    return replace(kept, value=None, numerator=None, hidden=True)


# Targets ---------------------------------------------------------------------------------------------


def unread(code: str) -> Callable[[Context], Target]:
    """The clause of the charter is not known: said so, and nothing is judged."""
    clause = next(clause for clause in clauses() if clause.code == code)
    if clause.status == "unverified":
        return lambda _: Target(clause.text)
    return lambda _: Target(f"{clause.title} : {clause.text[0].lower()}{clause.text[1:]}")


def no_goal(text: str) -> Callable[[Context], Target]:
    return lambda _: Target(text)


def goal_from(key: str, goal: float, text: str, *, at_least: bool = True) -> Callable[[Context], Target]:
    """A goal that rests on a dated setting; `text` may name its value as {value}."""

    def found(context: Context) -> Target:
        setting = context.settings.setting(key, context.today)
        return Target(text.format(value=setting.value), goal, at_least, setting.certainty)

    return found


# Figures ---------------------------------------------------------------------------------------------


def share(among: pd.DataFrame, mask: "pd.Series[Any]") -> Figure:
    """The part of `among` for which `mask` is true, in per cent; no division when there is nobody."""
    held = mask.astype(bool)
    count, whole = int(held.sum()), len(among)
    return Figure(
        value=100 * count / whole if whole else None,
        unit=PERCENT,
        numerator=count,
        denominator=whole,
        counted=ids(among[held]),
        others=ids(among[~held]),
    )


def share_of_items(among: pd.DataFrame, key: str, mask: "pd.Series[Any]") -> Figure:
    """Like `share`, counting distinct items (an escalation, a decision) that may carry several cases."""
    by_case = share(among, mask)
    whole = among[key].nunique()
    count = among.loc[mask.astype(bool), key].nunique()
    return replace(
        by_case, value=100 * count / whole if whole else None, numerator=int(count), denominator=int(whole)
    )


def measured(among: pd.DataFrame, values: "pd.Series[Any]", quantile: float, unit: str) -> Figure:
    """A quantile of what was measured; rows without a measure are no part of it."""
    known = values.dropna()
    return Figure(
        value=float(known.quantile(quantile)) if len(known) else None,
        unit=unit,
        numerator=None,
        denominator=len(known),
        counted=ids(among.loc[known.index]),
    )


def ids(frame: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(frame["case_id"].astype(str)))


def days(frame: pd.DataFrame, start: str, end: str) -> "pd.Series[Any]":
    """Calendar days between two columns of dates; empty where one is."""
    return (pd.to_datetime(frame[end]) - pd.to_datetime(frame[start])).dt.days


def known(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The rows where none of these facts is missing."""
    return frame[frame[list(columns)].notna().all(axis=1)]


def within(frame: pd.DataFrame, column: str | None, start: date | None, end: date) -> pd.DataFrame:
    """The rows dated in the period, both days included; everything when there is no column or no start."""
    if column is None or start is None:
        return frame
    day = pd.to_datetime(frame[column])
    return frame[(day >= pd.Timestamp(start)) & (day <= pd.Timestamp(end))]


def parts_of(labels: Iterable[str], order: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    found = list(labels)
    return tuple((label, found.count(label)) for label in order)
