"""The charter's report: every indicator over the facts of a place and a period, and its chart's figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from cases.charter.context import Context
from cases.charter.figures import Figure, Indicator, Target, compliance, protected, within
from cases.charter.indicators import INDICATORS
from cases.rules.small_numbers import suppress, with_totals

UNPLACED = "Non situé"
TOTAL = "Total"


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator as it is shown."""

    indicator: Indicator
    figure: Figure
    target: Target
    compliance: str


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included; `start` None: since the beginning."""

    start: date | None
    end: date


def report(
    frames: Mapping[str, pd.DataFrame], context: Context, period: Period, *, hide_under: int = 0
) -> tuple[Line, ...]:
    """Every indicator in the order of the registry; `hide_under` hides small groups (observers)."""
    return tuple(line(item, frames, context, period, hide_under) for item in INDICATORS.values())


def line(
    indicator: Indicator,
    frames: Mapping[str, pd.DataFrame],
    context: Context,
    period: Period,
    hide_under: int = 0,
) -> Line:
    figure = indicator.compute(_rows(indicator, frames, period), context)
    if hide_under:
        figure = protected(figure, hide_under)
    target = indicator.target(context)
    return Line(indicator, figure, target, compliance(figure, target))


def _rows(indicator: Indicator, frames: Mapping[str, pd.DataFrame], period: Period) -> pd.DataFrame:
    return within(frames[indicator.frame], indicator.dated_by, period.start, period.end)


def by_place(
    indicator: Indicator,
    frames: Mapping[str, pd.DataFrame],
    context: Context,
    period: Period,
    *,
    hide_under: int = 0,
    always_under: int = 0,
) -> pd.DataFrame:
    """`label`, `value`, `count`: the figure of each place. A hidden place has neither value nor count.

    `always_under` is the threshold for figures that hide small counts from everybody.
    """
    rows = _rows(indicator, frames, period)
    groups = rows.groupby(rows[indicator.place].fillna(UNPLACED), sort=True)
    figures = {str(label): indicator.compute(group, context) for label, group in groups}
    figures = {label: figure for label, figure in figures.items() if figure.denominator and _says(figure)}
    threshold = max(hide_under, always_under if indicator.always_small else 0)
    return _table(figures, threshold)


def _says(figure: Figure) -> bool:
    """A count of zero says nothing on a chart of counts; a share of zero does."""
    return figure.value is not None and (figure.unit == "%" or figure.value > 0)


def by_month(
    indicator: Indicator,
    frames: Mapping[str, pd.DataFrame],
    context: Context,
    period: Period,
    *,
    hide_under: int = 0,
) -> pd.DataFrame:
    """`label` is the first day of the month in which the fact is dated; empty for a stock."""
    if indicator.dated_by is None:
        return _table({}, 0)
    rows = _rows(indicator, frames, period)
    rows = rows[rows[indicator.dated_by].notna()]
    months = pd.to_datetime(rows[indicator.dated_by]).dt.strftime("%Y-%m-01")
    figures = {
        str(month): indicator.compute(group, context) for month, group in rows.groupby(months, sort=True)
    }
    found = _table({month: figure for month, figure in figures.items() if figure.denominator}, hide_under)
    return found.assign(label=pd.to_datetime(found["label"]))


def _table(figures: Mapping[str, Figure], hide_under: int) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "label": pd.Series(list(figures), dtype="str"),
            "value": pd.Series([figure.value for figure in figures.values()], dtype="Float64"),
            "count": pd.Series([figure.denominator for figure in figures.values()], dtype="Int64"),
        }
    )
    if not hide_under or table.empty:
        return table
    return table.mask(_too_small(figures, hide_under), other=pd.NA).assign(label=table["label"])


def _too_small(figures: Mapping[str, Figure], hide_under: int) -> "pd.Series[bool]":
    """Where a count, or one that would give it back from the total, is under the threshold."""
    counts = pd.DataFrame([_counts(figure) for figure in figures.values()]).astype("int64")
    shown = suppress(with_totals(counts, TOTAL), hide_under).drop(index=TOTAL)
    return shown.isna().any(axis=1).reset_index(drop=True)


def _counts(figure: Figure) -> dict[str, int]:
    if figure.numerator is None:
        return {"measured": figure.denominator}
    return {"counted": figure.numerator, "others": figure.denominator - figure.numerator}
