"""A month as a real table: how much falls on each day, each day leading to its list."""

from calendar import Calendar
from collections.abc import Callable, Mapping
from datetime import date

from markupsafe import Markup

from ui_streamlit.widgets.dates import WEEKDAYS, figures, month_name

MONTH = Markup(
    '<div class="rl-table-box"><table class="rl-month"><caption>{title}</caption>'
    "<thead><tr>{days}</tr></thead><tbody>{weeks}</tbody></table></div>"
)
HEAD = Markup('<th scope="col"><abbr title="{name}">{short}</abbr></th>')
WEEK = Markup("<tr>{}</tr>")
OUTSIDE = Markup("<td></td>")
DAY = Markup('<td class="{tone}"><span class="rl-month-day">{number}</span>{count}</td>')
COUNT = Markup('<a href="{address}" aria-label="{words}">{count}</a>')


def month_table(
    day: date, counts: Mapping[date, int], today: date, *, address: Callable[[date], str]
) -> Markup:
    """The month of `day`; `counts` leaves out the days without any."""
    weeks = Calendar().monthdatescalendar(day.year, day.month)
    return MONTH.format(
        title=month_name(day).capitalize(),
        days=Markup().join(HEAD.format(name=name, short=name[:3]) for name in WEEKDAYS),
        weeks=Markup().join(
            WEEK.format(Markup().join(_cell(one, day, counts.get(one, 0), today, address) for one in week))
            for week in weeks
        ),
    )


def _cell(one: date, shown: date, count: int, today: date, address: Callable[[date], str]) -> Markup:
    if one.month != shown.month:
        return OUTSIDE
    words = f"{figures(one)} : {count} échéance{'s' if count > 1 else ''}"
    told = COUNT.format(address=address(one), words=words, count=count) if count else ""
    tones = [name for name, holds in (("today", one == today), ("late", one < today and count)) if holds]
    return DAY.format(tone=" ".join(f"rl-is-{name}" for name in tones), number=one.day, count=told)
