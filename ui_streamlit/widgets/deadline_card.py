"""A deadline: its date in words, how long is left, what kind it is, and why that date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ui_streamlit.widgets.badges import Badge, badge
from ui_streamlit.widgets.case_header import count_of
from ui_streamlit.widgets.dates import SHORT_MONTHS, countdown, countdown_words, long_date

NATURES = {"legal": ("légal", "scales"), "charter": ("charte", "flag"), "internal": ("interne", "dot")}
SOON_DAYS = 7

CARD = Markup(
    '<article class="rl-deadline rl-edge-{tone}">'
    '<div class="rl-when"><div class="rl-leaf" aria-hidden="true"><b>{number}</b>{month}</div>{count}</div>'
    '<div class="rl-deadline-body"><p class="rl-deadline-title">{title}</p>'
    '<p class="rl-deadline-when">{when}</p>'
    '<p class="rl-deadline-meta">{nature}{owner}</p>{why}</div></article>'
)
OWNER = Markup('<span class="rl-muted">{}</span>')
WHY = Markup('<details class="rl-why"><summary>Pourquoi cette date ?</summary><ul>{}</ul></details>')
LINE = Markup("<li>{}</li>")
STACK = Markup('<div class="rl-stack">{}</div>')


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """`nature`: legal, charter or internal. `explanation`: the lines that the rule wrote with the date."""

    title: str
    due_on: date
    nature: str = "internal"
    owner: str = ""
    explanation: Sequence[str] = ()


def tone_of(due_on: date, today: date) -> str:
    """danger once late, warning within a week, else neutral."""
    days = (due_on - today).days
    return "danger" if days < 0 else "warning" if days <= SOON_DAYS else "neutral"


def deadline_card(view: DeadlineView, today: date) -> Markup:
    word, icon_name = NATURES.get(view.nature, (view.nature, "dot"))
    lines = Markup().join(LINE.format(line) for line in view.explanation)
    return CARD.format(
        tone=tone_of(view.due_on, today),
        number=view.due_on.day,
        month=SHORT_MONTHS[view.due_on.month - 1],
        title=view.title,
        when=long_date(view.due_on),
        count=count_of(view.due_on, today),
        nature=badge(Badge(word, "accent" if view.nature == "legal" else "neutral", icon_name)),
        owner=OWNER.format(view.owner) if view.owner else "",
        why=WHY.format(lines) if lines else "",
    )


def deadline_cards(views: Sequence[DeadlineView], today: date) -> Markup:
    """Several, the nearest first."""
    ordered = sorted(views, key=lambda view: view.due_on)
    return STACK.format(Markup().join(deadline_card(view, today) for view in ordered))


def deadline_badge(due_on: date, today: date) -> Badge:
    """The badge of a table cell: « J−12 », « en retard de 3 jours »."""
    tone = tone_of(due_on, today)
    label = countdown_words(due_on, today) if tone == "danger" else countdown(due_on, today)
    return Badge(label, tone, "alert" if tone == "danger" else "clock")
