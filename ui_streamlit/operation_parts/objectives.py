"""Objectives of the avenants beside what was done; « objectif non fixé » where none was."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from cases.labels.operation import OBJECTIVES, PERCENT
from db.queries.objectives import Achieved, ObjectiveLine
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, Row, case_table
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.headings import section

HINT = (
    "Fixés par avenant à la charte, par bailleur et par commune. Aucun n’est connu au départ : rien n’est "
    "jugé tant qu’un objectif n’est pas saisi avec sa référence."
)
UNSET = Badge("objectif non fixé", "neutral")
WRAP = Markup('<div class="rl-wrap">{}</div>')


def objectives_table(
    lines: Sequence[ObjectiveLine],
    landlords: Sequence[Achieved],
    communes: Sequence[Achieved],
    today: date,
) -> Markup:
    rows: list[Row] = [_row(line, today) for line in lines]
    rows += [_unset(line, "Bailleur relogeur") for line in landlords]
    rows += [_unset(line, "Commune du nouveau logement") for line in communes]
    if not rows:
        rows = [{"place": "Tous les bailleurs, toutes les communes", "verdict": UNSET}]
    columns = [
        Column("place", "Bailleur ou commune", second="what"),
        Column("target", "Objectif", second="amendment"),
        Column("achieved", "Réalisé", second="since"),
        Column("verdict", "État"),
    ]
    table = case_table(rows, columns, caption="Objectifs de relogement par bailleur et par commune")
    return section("Objectifs par bailleur et par commune", hint=HINT) + WRAP.format(table)


def _row(line: ObjectiveLine, today: date) -> Row:
    return {
        "place": " · ".join(name for name in (line.landlord, line.commune) if name),
        "what": OBJECTIVES[line.kind],
        "target": _figure(line.kind, line.value),
        "amendment": line.amendment,
        "achieved": _figure(line.kind, line.achieved),
        "since": f"depuis le {short_date(line.valid_from)}",
        "verdict": _verdict(line, today),
    }


def _figure(kind: str, value: int | None) -> str | None:
    if value is None:
        return None
    return f"{value} %" if kind in PERCENT else f"{value} ménage{'s' if value > 1 else ''}"


def _verdict(line: ObjectiveLine, today: date) -> Badge:
    if line.valid_from > today:
        return Badge(f"à partir du {short_date(line.valid_from)}", "info")
    if line.achieved is None:
        return Badge("rien à compter", "neutral")
    return (
        Badge("atteint", "success") if line.achieved >= line.value else Badge("pas encore atteint", "warning")
    )


def _unset(line: Achieved, what: str) -> Row:
    return {
        "place": line.place,
        "what": what,
        "achieved": _figure("rehoused", line.rehoused),
        "verdict": UNSET,
    }
