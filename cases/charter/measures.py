"""What the charter's indicators count: pure functions from the facts (one row per case) to a figure."""

import pandas as pd

from cases.charter.context import Context
from cases.charter.figures import (
    DAYS,
    OFFERS,
    Compute,
    Figure,
    days,
    ids,
    known,
    measured,
    parts_of,
    share,
)
from cases.rules.dates import add_months

DOWN, STABLE, UP = "en baisse", "stable", "en hausse"
ATTRITION = (
    "left_by_themselves",
    "moved_out_of_mel",
    "withdrawn_by_household",
    "no_answer",
    "eviction",
    "death_no_successor",
    "oriented_elsewhere",
)
SIX_MONTHS_RANK = 1
SATISFIED_FROM = 3  # on the questionnaire's scale of four, three says « satisfait »


def rehousings(cases: pd.DataFrame) -> pd.DataFrame:
    return cases[cases["kind"] == "rehousing"]


def waiting(cases: pd.DataFrame) -> pd.DataFrame:
    """Households still to rehouse."""
    mine = rehousings(cases)
    return mine[mine["closed_on"].isna() & mine["moved_in_on"].isna()]


def rehoused(cases: pd.DataFrame) -> pd.DataFrame:
    """Households rehoused for good."""
    mine = rehousings(cases)
    return mine[mine["moved_in_on"].notna()]


def no_offer(cases: pd.DataFrame, _: Context) -> Figure:
    among = waiting(cases)
    return share(among, among["offers_made"] == 0)


def no_offer_for_long(cases: pd.DataFrame, context: Context) -> Figure:
    among = waiting(cases)
    limit = pd.Timestamp(add_months(context.today, -context.whole("no_offer_months")))
    old = pd.to_datetime(among["referred_on"]) <= limit
    return share(among, (among["offers_made"] == 0) & old)


def delay(end: str, quantile: float) -> Compute:
    """Days from identification to `end`, at this quantile, over the rehousings that reached it."""

    def compute(cases: pd.DataFrame, _: Context) -> Figure:
        among = rehousings(cases)
        return measured(among, days(among, "referred_on", end), quantile, DAYS)

    return compute


def offers_per_household(cases: pd.DataFrame, _: Context) -> Figure:
    among = rehoused(cases)
    among = among[among["offers_made"] > 0]
    whole = len(among)
    made = int(among["offers_made"].sum())
    return Figure(made / whole if whole else None, OFFERS, None, whole, counted=ids(among))


def share_where(column: str, wanted: bool = True) -> Compute:
    """The part of the rehoused for which a stated fact is `wanted`; an unknown fact is left out."""

    def compute(cases: pd.DataFrame, _: Context) -> Figure:
        among = known(rehoused(cases), column)
        return share(among, among[column].eq(wanted))

    return compute


def net_cost(cases: pd.DataFrame, context: Context) -> Figure:
    """Down or stable, against up. Stable: within so many per cent of what it was."""
    among = known(rehoused(cases), "cost_before", "cost_after")
    percent = context.number("net_cost_stable_percent")
    words = [
        change(before, after, percent)
        for before, after in zip(among["cost_before"], among["cost_after"], strict=True)
    ]
    figure = share(among, pd.Series([word != UP for word in words], index=among.index, dtype=bool))
    return Figure(
        figure.value, figure.unit, figure.numerator, figure.denominator, figure.counted, figure.others,
        parts_of(words, (DOWN, STABLE, UP)),
    )  # fmt: skip


def change(before: float, after: float, stable_percent: float) -> str:
    """In words; compared without dividing, for what cost nothing before."""
    margin = abs(before) * stable_percent / 100
    if abs(after - before) <= margin:
        return STABLE
    return DOWN if after < before else UP


def adequate_typology(cases: pd.DataFrame, context: Context) -> Figure:
    among = known(rehoused(cases), "typology", "typology_min", "typology_max")
    above = among["typology_max"] + context.whole("typology_tolerance")
    below = among["typology_min"] - context.whole("typology_below")
    return share(among, (among["typology"] >= below) & (among["typology"] <= above))


def followed_at_six_months(cases: pd.DataFrame, context: Context) -> Figure:
    """Over those whose window has closed, or who were met already."""
    among = cases[cases["moved_in_on"].notna()]
    months = context.settings.ints_on("follow_up_months", context.today)[SIX_MONTHS_RANK]
    window = pd.Timedelta(days=context.whole("follow_up_window_days"))
    limit = pd.to_datetime(among["moved_in_on"].map(lambda day: add_months(day, months))) + window
    met = pd.to_datetime(among["followed_on"])
    judged = met.notna() | (limit < pd.Timestamp(context.today))
    return share(among[judged], (met <= limit)[judged])


def satisfied(cases: pd.DataFrame, _: Context) -> Figure:
    among = known(cases, "satisfaction")
    return share(among, among["satisfaction"] >= SATISFIED_FROM)


def attrition(cases: pd.DataFrame, _: Context) -> Figure:
    """Over those who left the operation one way or the other."""
    mine = rehousings(cases)
    lost = mine["closure_reason"].isin(ATTRITION) & mine["moved_in_on"].isna()
    among = mine[lost | mine["moved_in_on"].notna()]
    return share(among, lost[among.index])


def right_lost(cases: pd.DataFrame, context: Context) -> Figure:
    among = waiting(cases)
    return share(among, among["countable_refusals"] >= context.whole("offers_before_right_lost"))
