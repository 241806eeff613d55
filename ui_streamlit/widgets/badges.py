"""Badges: a colour, a word and an icon together, never a colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

TONES = ("neutral", "info", "success", "warning", "danger", "accent")
TONE_ICONS = {
    "neutral": "dot",
    "info": "info",
    "success": "check",
    "warning": "clock",
    "danger": "alert",
    "accent": "flag",
}
ICONS = frozenset(
    {
        "alert",
        "arrow",
        "ban",
        "bell",
        "building",
        "calendar",
        "check",
        "clock",
        "dot",
        "flag",
        "gear",
        "home",
        "inbox",
        "info",
        "lock",
        "mail",
        "pause",
        "phone",
        "scales",
        "search",
        "user",
        "users",
    }
)

ICON = Markup('<span class="rl-i rl-i-{}" aria-hidden="true"></span>')
BADGE = Markup('<span class="rl-badge rl-{tone}">{icon}{label}</span>')
ROW = Markup('<span class="rl-badges">{}</span>')


@dataclass(frozen=True, slots=True)
class Badge:
    """`icon` defaults to the one of its tone; see `ICONS`."""

    label: str
    tone: str = "neutral"
    icon: str = ""


def icon(name: str) -> Markup:
    """A decorative icon, in the colour of the text; the words beside it say the same."""
    if name not in ICONS:
        raise ValueError(f"no icon named {name}")
    return ICON.format(name)


def badge(item: Badge) -> Markup:
    if item.tone not in TONES:
        raise ValueError(f"no tone named {item.tone}")
    return BADGE.format(tone=item.tone, icon=icon(item.icon or TONE_ICONS[item.tone]), label=item.label)


def badges(items: Sequence[Badge]) -> Markup:
    """Several on one line, wrapping on a phone; nothing at all for none."""
    return ROW.format(Markup(" ").join(badge(item) for item in items)) if items else Markup()
