"""Bars, lines and stacked bars in our colours, French figures and dates, each with its table twin."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st
from markupsafe import Markup

from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import MONTHS, SHORT_MONTHS, WEEKDAYS

COLOURS = ("#0f4c6b", "#c9772b", "#4f8a63", "#8a6fb0", "#b3524a", "#7d8a91")
INK, MUTED, LINE, PAPER = "#1d2529", "#4a5359", "#e4dfd4", "#faf8f4"
SANS = "Public Sans, Segoe UI, sans-serif"
HEIGHT = 260
LONG_DAYS = 75
SUNDAY_FIRST = (WEEKDAYS[-1], *WEEKDAYS[:-1])
LOCALE: dict[str, Any] = {
    "number": {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", "\u00a0€"]},
    "time": {
        "dateTime": "%A %e %B %Y à %H h %M",
        "date": "%d/%m/%Y",
        "time": "%H:%M",
        "periods": ["", ""],
        "days": list(SUNDAY_FIRST),
        "shortDays": [day[:3] + "." for day in SUNDAY_FIRST],
        "months": list(MONTHS),
        "shortMonths": list(SHORT_MONTHS),
    },
}
TWIN = Markup('<details class="rl-why"><summary>Voir les chiffres</summary>{}</details>')


def _axis(title: str, **more: Any) -> alt.Axis:
    return alt.Axis(title=title or None, **more)


def dressed(chart: Any, *, height: int = HEIGHT) -> alt.Chart:
    """The same chart in our fonts, colours and French; for charts that the helpers below do not draw."""
    axis = {
        "labelFont": SANS,
        "titleFont": SANS,
        "labelColor": MUTED,
        "titleColor": MUTED,
        "labelFontSize": 12,
    }
    calm = {"gridColor": LINE, "domainColor": LINE, "tickColor": LINE, "titleFontWeight": 500}
    clothed: alt.Chart = (
        chart.properties(height=height, background="transparent")
        .configure(font=SANS, locale=LOCALE)
        .configure_axis(**axis, **calm)
        .configure_view(stroke=None)
        .configure_legend(labelFont=SANS, labelColor=INK, titleColor=MUTED, orient="top", title=None)
        .configure_range(category=list(COLOURS))
    )
    return clothed


def bar_chart(
    data: pd.DataFrame, *, category: str, value: str, unit: str = "", height: int = HEIGHT
) -> alt.Chart:
    """Horizontal bars in the order given, the figure written at the end of each."""
    y = alt.Y(f"{category}:N", sort=None, axis=_axis("", labelLimit=220, ticks=False, domain=False))
    x = alt.X(f"{value}:Q", axis=_axis(unit, tickMinStep=1, tickCount=6, format=",~f"))
    tips = [alt.Tooltip(f"{category}:N"), alt.Tooltip(f"{value}:Q", format=",~f")]
    base = alt.Chart(data).encode(x=x, y=y, tooltip=tips)
    bars = base.mark_bar(color=COLOURS[0], cornerRadiusEnd=2, height={"band": 0.62})
    words = base.mark_text(align="left", dx=6, color=INK, font=SANS, fontWeight=600).encode(
        text=alt.Text(f"{value}:Q", format=",~f")
    )
    return dressed(alt.layer(bars, words), height=height)


def stacked_chart(
    data: pd.DataFrame, *, category: str, value: str, part: str, unit: str = "", height: int = HEIGHT
) -> alt.Chart:
    """One bar per category, cut into parts (long table: category, part, value)."""
    bars = (
        alt.Chart(data.assign(_rank=pd.factorize(data[part])[0]))
        .mark_bar(height={"band": 0.62}, stroke=PAPER, strokeWidth=1)
        .encode(
            x=alt.X(f"{value}:Q", axis=_axis(unit, tickMinStep=1, tickCount=6, format=",~f")),
            y=alt.Y(f"{category}:N", sort=None, axis=_axis("", labelLimit=220, ticks=False, domain=False)),
            color=alt.Color(f"{part}:N", sort=None),
            order=alt.Order("_rank:Q"),
            tooltip=[f"{category}:N", f"{part}:N", alt.Tooltip(f"{value}:Q", format=",~f")],
        )
    )
    return dressed(bars, height=height)


def line_chart(
    data: pd.DataFrame, *, day: str, value: str, series: str = "", unit: str = "", height: int = HEIGHT
) -> alt.Chart:
    """A line through days; `series` names the column that tells lines apart, each also by its dashes."""
    encoded: dict[str, Any] = {
        "x": alt.X(f"{day}:T", axis=_axis("", labelOverlap=True, grid=False, **_rhythm(data[day]))),
        "y": alt.Y(f"{value}:Q", axis=_axis(unit, tickMinStep=1, tickCount=6, format=",~f")),
        "tooltip": [alt.Tooltip(f"{day}:T", format="%d %B %Y"), alt.Tooltip(f"{value}:Q", format=",~f")],
    }
    if series:
        legend = alt.Legend(symbolType="stroke", symbolStrokeWidth=3)
        encoded["color"] = alt.Color(f"{series}:N", sort=None, legend=legend)
        encoded["strokeDash"] = alt.StrokeDash(f"{series}:N", sort=None)
        encoded["tooltip"].insert(0, f"{series}:N")
    line = alt.Chart(data).mark_line(point={"size": 36}, strokeWidth=2.5, color=COLOURS[0]).encode(**encoded)
    return dressed(line, height=height)


def _rhythm(days: "pd.Series[Any]") -> dict[str, Any]:
    """One tick a month over a long stretch, days over a short one."""
    stretch = (pd.Timestamp(days.max()) - pd.Timestamp(days.min())).days
    if stretch > LONG_DAYS:
        return {"format": "%b %Y", "tickCount": {"interval": "month", "step": 1}}
    return {"format": "%d/%m"}


def table_twin(data: pd.DataFrame, *, caption: str) -> Markup:
    """The same figures as a real table, folded under the chart."""
    columns = [
        Column(str(name), str(name), "number" if pd.api.types.is_numeric_dtype(data[name]) else "text")
        for name in data.columns
    ]
    rows: Sequence[dict[str, Any]] = [
        {str(name): _plain(value) for name, value in row.items()} for row in data.to_dict("records")
    ]
    return TWIN.format(case_table(rows, columns, caption=caption))


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def show_chart(chart: alt.Chart, data: pd.DataFrame, *, caption: str) -> None:
    """Draw the chart, then its twin; `caption` is what the chart says, in words."""
    st.altair_chart(chart, width="stretch", theme=None)
    st.html(table_twin(data, caption=caption))
