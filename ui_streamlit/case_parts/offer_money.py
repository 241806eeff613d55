"""What a dwelling offered would cost beside the present one: the same table while typing and once frozen."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from ui_streamlit.widgets.case_table import Column, Row, case_table, in_french
from ui_streamlit.widgets.headings import small_print

TRENDS: Mapping[str, str] = {"down": "en baisse", "stable": "stable", "up": "en hausse"}
TONES: Mapping[str, str] = {"en baisse": "success", "en hausse": "warning"}
COLUMNS = [
    Column("what", "Par mois", second="trend"),
    Column("before", "Aujourd’hui", "number"),
    Column("after", "Proposé", "number"),
    Column("change", "Écart", "number"),
]
UNKNOWN = "non calculable"
SOURCE = "Reste à charge : loyer + charges − aide (à valider). Taux d’effort : arrêté du 10 mars 2011."


def money_table(money: Mapping[str, Any]) -> Markup:
    """`money` is a comparison as JSON. What is missing is said underneath, once each."""
    net = [_amount(money[name]) for name in ("net_before", "net_after")]
    effort = [_amount(money[name]) for name in ("effort_before", "effort_after")]
    change, equal = _amount(money["change"]), _amount(money["change_equal_surface"])
    rows: list[dict[str, Any]] = [
        {
            "what": "Reste à charge",
            "before": _euros(net[0]),
            "after": _euros(net[1]),
            "change": _euros(change, signed=True),
            "trend": TRENDS.get(money["trend"]["value"] or ""),
        },
        {
            "what": "Taux d’effort",
            "before": _percent(effort[0]),
            "after": _percent(effort[1]),
            "change": _points(effort),
            "trend": None,
        },
    ]
    words = [f"À surface égale, l’écart serait de {_euros(equal, signed=True)}."] if equal is not None else []
    table = case_table(rows, COLUMNS, caption="Avant et après", tone=_tone)
    return table + small_print(" ".join([*words, *_missing(money), SOURCE]))


def _amount(finding: Mapping[str, Any]) -> Decimal | None:
    return None if finding["value"] is None else Decimal(finding["value"])


def _euros(value: Decimal | None, *, signed: bool = False) -> str:
    if value is None:
        return UNKNOWN
    sign = ("+" if value > 0 else "−" if value < 0 else "") if signed else "−" if value < 0 else ""
    return f"{sign}{in_french(abs(value))}\u00a0€"


def _percent(value: Decimal | None) -> str:
    return UNKNOWN if value is None else f"{in_french(float(value * 100))}\u00a0%"


def _points(effort: list[Decimal | None]) -> str | None:
    before, after = effort
    if before is None or after is None:
        return UNKNOWN
    points = (after - before) * 100
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return f"{sign}{in_french(float(abs(points)))}\u00a0points"


def _tone(row: Row) -> str:
    return TONES.get(row["trend"] or "", "")


def _missing(money: Mapping[str, Any]) -> list[str]:
    """The facts that nobody has given, each sentence once; those that only repeat another are left out."""
    named = (money[name] for name in ("net_before", "net_after", "effort_after"))
    return list(dict.fromkeys(reason["sentence"] for finding in named for reason in finding["missing"]))
