"""A real table of cases: the first column leads to the case; on a phone each row becomes a card."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup, escape

from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.dates import short_date

TABLE = Markup(
    '<div class="rl-table-box"><table class="rl-table" role="table"><caption{hidden}>{caption}</caption>'
    '<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
    '<tbody role="rowgroup">{rows}</tbody></table></div>'
)
HIDDEN = Markup(' class="rl-sr"')
HEAD = Markup('<th role="columnheader" scope="col"{kind}>{label}</th>')
ROW = Markup('<tr role="row"{tone}>{cells}</tr>')
FIRST = Markup('<th role="rowheader" scope="row"{kind} data-label="{label}">{value}</th>')
CELL = Markup('<td role="cell"{kind} data-label="{label}">{value}</td>')
LINK = Markup('<a href="{href}">{words}</a>')
TWO_LINES = Markup('{}<span class="rl-second">{}</span>')
NUMBER = Markup(' class="rl-number"')
SHAPES: dict[type, str] = {int: ",d", float: ",.1f", Decimal: ",.2f"}
EMPTY = Markup('<span class="rl-muted" aria-label="non renseigné">—</span>')


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is looked up in the row; `second` too, written small underneath. `kind`: text or number."""

    key: str
    label: str
    kind: str = "text"
    second: str = ""


Row = Mapping[str, Any]


def case_address(reference: str) -> str:
    """Where a case lives: `/dossier?id=M-2026-0001`."""
    return f"/dossier?{urlencode({'id': reference})}"


def case_table(
    rows: Sequence[Row],
    columns: Sequence[Column],
    *,
    caption: str,
    link: Callable[[Row], str] | None = None,
    tone: Callable[[Row], str] | None = None,
    show_caption: bool = False,
) -> Markup:
    """`link(row)` gives the address of the row (a path of ours); `tone(row)` may tint its edge.

    A cell may be text, a number, a date, a `Badge`, a list of them, a `Markup` of ours, or None.
    """
    heads = Markup().join(HEAD.format(label=column.label, kind=_kind(column)) for column in columns)
    return TABLE.format(
        hidden="" if show_caption else HIDDEN,
        caption=caption,
        heads=heads,
        rows=Markup().join(_row(row, columns, link, tone) for row in rows),
    )


def _row(
    row: Row,
    columns: Sequence[Column],
    link: Callable[[Row], str] | None,
    tone: Callable[[Row], str] | None,
) -> Markup:
    cells = []
    for rank, column in enumerate(columns):
        value = cell(row.get(column.key))
        if rank == 0 and link is not None:
            value = LINK.format(href=link(row), words=value)
        if column.second and row.get(column.second) not in (None, ""):
            value = TWO_LINES.format(value, cell(row[column.second]))
        shape = FIRST if rank == 0 else CELL
        cells.append(shape.format(kind=_kind(column), label=column.label, value=value))
    edge = tone(row) if tone is not None else ""
    return ROW.format(
        tone=Markup(' class="rl-edge-{}"').format(edge) if edge else "", cells=Markup().join(cells)
    )


def _kind(column: Column) -> Markup:
    return NUMBER if column.kind == "number" else Markup()


def cell(value: Any) -> Markup:
    """A value as it stands in a table, escaped."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, Badge):
        return badges([value])
    if isinstance(value, date):
        return escape(short_date(value))
    if isinstance(value, (list, tuple)):
        return _several(value)
    return escape(in_french(value))


def in_french(value: Any) -> Any:
    """oui or non, 1 204, 12,5; 541,50 for an amount (`Decimal`). Anything else as it is."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    shape = next((shape for kind, shape in SHAPES.items() if isinstance(value, kind)), None)
    if shape is None:
        return value
    return format(value, shape).replace(",", "\u00a0").replace(".", ",")


def _several(values: Sequence[Any]) -> Markup:
    if not values:
        return EMPTY
    if all(isinstance(value, Badge) for value in values):
        return badges(values)
    return Markup(", ").join(cell(value) for value in values)
