"""What happened, newest first; what the clock did is told apart from what people did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from ui_streamlit.widgets.badges import icon
from ui_streamlit.widgets.dates import ago, moment, month_name, short_date

TIMELINE = Markup('<div class="rl-timeline-box">{}</div>')
MONTH = Markup('<h3 class="rl-month">{month}</h3><ol class="rl-timeline">{items}</ol>')
ENTRY = Markup(
    '<li class="rl-entry rl-entry-{kind}">{icon}<p class="rl-entry-what">{what}</p>{detail}'
    '<p class="rl-entry-who">{who} · <time datetime="{iso}" title="{title}">{when}</time></p></li>'
)
DETAIL = Markup('<p class="rl-entry-detail">{}</p>')
ROBOT = "Relogement, automatiquement"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: a whole sentence, who did it, an aware instant or a day."""

    at: datetime | date
    what: str
    who: str = ""
    detail: str = ""
    by_robot: bool = False
    icon: str = ""


def timeline(entries: Sequence[Entry], today: date) -> Markup:
    """Give them newest first (the order of the journal); they are grouped by month."""
    months: dict[str, list[Entry]] = {}
    for entry in entries:
        months.setdefault(month_name(entry.at), []).append(entry)
    return TIMELINE.format(
        Markup().join(
            MONTH.format(month=month, items=Markup().join(_entry(entry, today) for entry in listed))
            for month, listed in months.items()
        )
    )


def _entry(entry: Entry, today: date) -> Markup:
    exact = moment(entry.at) if isinstance(entry.at, datetime) else short_date(entry.at)
    recent = ago(entry.at, today)
    return ENTRY.format(
        kind="robot" if entry.by_robot else "human",
        icon=icon(entry.icon or ("gear" if entry.by_robot else "user")),
        what=entry.what,
        detail=DETAIL.format(entry.detail) if entry.detail else "",
        who=entry.who or (ROBOT if entry.by_robot else "Auteur inconnu"),
        iso=entry.at.isoformat(),
        title=recent,
        when=exact,
    )
