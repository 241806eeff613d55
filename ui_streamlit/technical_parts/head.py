"""The top of « Comité technique »: which session, where it stands, who sits."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from cases.labels import TECHNICAL_STATES
from db.queries.technical import SessionLine, TechnicalView
from ui_streamlit.case_parts.support import technical_address
from ui_streamlit.case_parts.support_options import perimeter
from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.dates import long_date, short_date
from ui_streamlit.widgets.facts import facts
from ui_streamlit.widgets.headings import page_title

BAR = Markup('<nav aria-label="{label}"><ul class="ici-bar">{links}</ul></nav>')
CHIP = Markup('<li><a href="{href}"{current}>{day} <small>· {where}{left}</small></a></li>')
PAST = Markup('<details class="ici-past"{open}><summary>{label}</summary>{bar}</details>')
HEAD = Markup('{title}<div style="margin:.5rem 0 .6rem">{badges}</div>{facts}')
CURRENT = Markup(' aria-current="page"')
TONES = {"planned": "info", "open": "accent", "closed": "success", "cancelled": "neutral"}
OVER = {"closed", "cancelled"}


def chosen_line(lines: Sequence[SessionLine], asked: str | None, today: date) -> SessionLine | None:
    """The session of the address, else the one under way, else the next, else the latest."""
    known = {line.id: line for line in lines}
    if asked in known:
        return known[asked]
    under_way = [line for line in lines if line.state == "open"]
    ahead = [line for line in reversed(lines) if line.state == "planned" and line.held_on >= today]
    return next(iter([*under_way, *ahead, *lines]), None)


def picker(lines: Sequence[SessionLine], chosen: SessionLine) -> Markup:
    """What is to come in sight, the nearest first; the past folded."""
    ahead = [line for line in reversed(lines) if line.state not in OVER]
    past = [line for line in lines if line.state in OVER]
    bars = _bar("Séances à venir", ahead, chosen) if ahead else Markup()
    if past:
        words = f"{len(past)} séances passées" if len(past) > 1 else "1 séance passée"
        opened = Markup(" open") if chosen in past else ""
        bars += PAST.format(label=words, bar=_bar("Séances passées", past, chosen), open=opened)
    return bars


def _bar(label: str, lines: Sequence[SessionLine], chosen: SessionLine) -> Markup:
    return BAR.format(label=label, links=Markup().join(_chip(line, line == chosen) for line in lines))


def _chip(line: SessionLine, current: bool) -> Markup:
    left = f" · {line.waiting} à examiner" if line.waiting and line.state not in OVER else ""
    return CHIP.format(
        href=technical_address(line.id),
        current=CURRENT if current else "",
        day=short_date(line.held_on),
        where=perimeter(line),
        left=left,
    )


def header(view: TechnicalView, line: SessionLine) -> Markup:
    found = [Badge(TECHNICAL_STATES[view.state], TONES[view.state])]
    left = sum(point.opinion == "waiting" for point in view.points)
    if left and view.state not in OVER:
        found.append(Badge(f"{left} point{'s' if left > 1 else ''} à examiner", "warning"))
    title = page_title(
        f"Comité technique du {long_date(view.held_on)}", eyebrow=f"{view.id} · {perimeter(line)}"
    )
    return HEAD.format(title=title, badges=badges(found), facts=facts(_known(view)))


def _known(view: TechnicalView) -> dict[str, object]:
    members = ", ".join(name for _, name in view.members) or "À préciser"
    known: dict[str, object] = {"Lieu": view.place or None, "Organismes membres": members}
    if view.present:
        known["Organismes présents"] = ", ".join(view.present)
    if view.minutes_on is not None:
        known["Relevé clos"] = f"Le {short_date(view.minutes_on)}, par {view.closed_by}"
    if view.cancel_reason:
        known["Annulée"] = view.cancel_reason
    return known
