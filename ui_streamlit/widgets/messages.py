"""A message to the person: what happened, why, what to do next."""

from collections.abc import Sequence

from markupsafe import Markup

from cases.reasons import Reason
from ui_streamlit.widgets.badges import icon

ICONS = {"success": "check", "info": "info", "warning": "alert", "danger": "ban"}
ALERTS = {"warning", "danger"}

BOX = Markup(
    '<div class="rl-message rl-{tone}" role="{role}">{icon}'
    '<div><p class="rl-message-title">{title}</p>{rest}</div></div>'
)
PARAGRAPH = Markup("<p>{}</p>")
LINK = Markup('<p><a href="{}">{}</a></p>')
REASON = Markup("<li>{}{}</li>")
SOURCE = Markup('<small class="rl-source">{}</small>')
LIST = Markup('<ul class="rl-reasons">{}</ul>')


def message(
    tone: str, title: str, lines: Sequence[str] = (), *, link: tuple[str, str] | None = None
) -> Markup:
    """`tone`: success, info, warning or danger. `link`: (address, words)."""
    rest = Markup().join(PARAGRAPH.format(line) for line in lines)
    return _box(tone, title, rest + (LINK.format(*link) if link else Markup()))


def reasons_message(tone: str, title: str, reasons: Sequence[Reason], *, note: str = "") -> Markup:
    """Every reason in its own line, its source in small underneath."""
    return _box(tone, title, reason_list(reasons) + (PARAGRAPH.format(note) if note else Markup()))


def reason_list(reasons: Sequence[Reason]) -> Markup:
    """The bare list, for other widgets."""
    if not reasons:
        return Markup()
    return LIST.format(Markup().join(_reason(reason) for reason in reasons))


def _reason(reason: Reason) -> Markup:
    return REASON.format(reason.sentence, SOURCE.format(reason.source) if reason.source else "")


def _box(tone: str, title: str, rest: Markup) -> Markup:
    role = "alert" if tone in ALERTS else "status"
    return BOX.format(tone=tone, role=role, icon=icon(ICONS[tone]), title=title, rest=rest)
