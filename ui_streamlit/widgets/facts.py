"""What is known, as a definition list."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ui_streamlit.widgets.case_table import cell

LIST = Markup('<dl class="rl-facts{wide}">{}</dl>')
FACT = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
FIGURES = Markup('<dl class="rl-figures">{}</dl>')
FIGURE = Markup('<div class="rl-figure rl-edge-{tone}"><dt>{label}</dt><dd><b>{value}</b>{note}</dd></div>')
NOTE = Markup('<span class="rl-muted">{}</span>')


def facts(known: Mapping[str, Any], *, two_columns: bool = False) -> Markup:
    """Label → value; a value may be anything that a table cell may be. None shows a dash."""
    items = Markup().join(FACT.format(label, cell(value)) for label, value in known.items())
    return LIST.format(items, wide=" rl-facts-two" if two_columns else "")


def figures(counted: Sequence[tuple[str, Any, str, str]]) -> Markup:
    """Tiles of (label, value, note, tone): a question in words, then the number, then what it rests on."""
    return FIGURES.format(
        Markup().join(
            FIGURE.format(label=label, value=cell(value), note=NOTE.format(note) if note else "", tone=tone)
            for label, value, note, tone in counted
        )
    )
