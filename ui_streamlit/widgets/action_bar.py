"""What can be done now, as buttons; what cannot, with every reason."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from cases.reasons import Reason
from ui_streamlit.widgets.messages import reason_list

WHY_NOT = Markup(
    '<details class="rl-why"><summary>Pourquoi pas ? <span class="rl-muted">{}</span></summary>'
    "<dl>{}</dl></details>"
)
IMPOSSIBLE = Markup("<dt>{}</dt><dd>{}</dd>")
GROUPED = Markup(
    '<details class="rl-why"><summary>Pourquoi pas ? <span class="rl-muted">{}</span></summary>{}</details>'
)
GROUP = Markup(
    '<details class="rl-why-group"><summary>{} <span class="rl-muted">{}</span></summary>'
    "<dl>{}</dl></details>"
)


@dataclass(frozen=True, slots=True)
class Action:
    """Something one might do. `reasons` empty: possible now. `consequence` is shown when one points at it.

    `group`: the title under which it is read when there are many.
    """

    key: str
    label: str
    reasons: Sequence[Reason] = ()
    primary: bool = False
    consequence: str = ""
    group: str = ""

    @property
    def possible(self) -> bool:
        return not self.reasons


def action_bar(actions: Sequence[Action], *, key: str = "actions") -> str | None:
    """Draw the bar; the key of the action just chosen, or None."""
    chosen = None
    possible = [action for action in actions if action.possible]
    if possible:
        with st.container(key=f"rl-actions-{key}", horizontal=True, gap="small"):
            for action in possible:
                if _button(action, key):
                    chosen = action.key
    impossible = why_not(actions)
    if impossible:
        st.html(impossible)
    return chosen


def _button(action: Action, key: str) -> bool:
    return st.button(
        action.label,
        key=f"{key}-{action.key}",
        type="primary" if action.primary else "secondary",
        help=action.consequence or None,
    )


def why_not(actions: Sequence[Action]) -> Markup:
    """The actions that are not possible, each with every reason and its source."""
    impossible = [action for action in actions if not action.possible]
    if not impossible:
        return Markup()
    count = len(impossible)
    words = f"{count} action{'s' if count > 1 else ''} pas encore possible{'s' if count > 1 else ''}"
    groups = list(dict.fromkeys(action.group for action in impossible))
    if len(groups) == 1:
        return WHY_NOT.format(words, _listed(impossible))
    folded = (_group(name, [one for one in impossible if one.group == name]) for name in groups)
    return GROUPED.format(words, Markup().join(folded))


def _listed(impossible: Sequence[Action]) -> Markup:
    return Markup().join(
        IMPOSSIBLE.format(action.label, reason_list(action.reasons)) for action in impossible
    )


def _group(name: str, impossible: Sequence[Action]) -> Markup:
    return GROUP.format(name, len(impossible), _listed(impossible))
