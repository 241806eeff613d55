"""The board by site: what is left to rehouse, how fast it goes, and whether it will be empty in time."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from cases.charter.pace import Pace, pace
from db.queries.operation_sites import SiteLine
from ui_streamlit.charter_parts.buildings import PLURAL
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, Row, case_table, in_french
from ui_streamlit.widgets.dates import month_name
from ui_streamlit.widgets.headings import section, small_print

WRAP = Markup('<div class="rl-wrap">{}</div>')
EXPLAINED = (
    "Prévision au rythme des 6 derniers mois : ménages encore sur place ÷ départs par mois (relogements et "
    "départs sans relogement). La date comparée est celle du dernier bâtiment à libérer du site."
)


def sites_board(lines: Sequence[SiteLine], today: date) -> Markup:
    """One row a site; on a phone, one card."""
    columns = [
        Column("name", "Site", second="where"),
        Column("left", "Sur place", "number", second="of"),
        Column("no_offer", "Sans proposition", "number"),
        Column("last", "Derniers occupants", "number"),
        Column("pace", "Rythme", second="needed"),
        Column("forecast", "Vide vers", second="verdict"),
        Column("vacate", "À libérer", second="changes"),
    ]
    table = case_table([_row(line, today) for line in lines], columns, caption="Sites à vider")
    return section("Site par site", count=len(lines)) + WRAP.format(table) + small_print(EXPLAINED)


def _row(line: SiteLine, today: date) -> Row:
    found = pace(line.still_there, line.recent_exits, line.vacate_on, today)
    return {
        "name": line.name,
        "where": f"{line.commune} · {line.operations} opération{'s' if line.operations > 1 else ''}",
        "left": line.still_there,
        "of": f"sur {line.households}",
        "no_offer": line.no_offer,
        "last": line.last,
        "pace": _a_month(found.recent) if found.recent else "aucun départ",
        "needed": f"il faut {_a_month(found.needed)}" if found.needed and found.remaining else "",
        "forecast": month_name(found.empty_on) if found.empty_on else None,
        "verdict": verdict(found),
        "vacate": line.vacate_on,
        "changes": _changes(line.vacate_changes),
    }


def _a_month(departures: float) -> str:
    rounded = round(departures, 1)
    return f"{in_french(rounded)} départ{'s' if rounded >= PLURAL else ''} par mois"


def _changes(count: int) -> str:
    return f"date changée {count} fois" if count else ""


def verdict(found: Pace) -> Badge:
    """The forecast against the date to vacate."""
    if found.remaining == 0:
        return Badge("vidé", "success")
    if found.days_left is None:
        return Badge("date à fixer", "warning", "calendar")
    if found.days_left <= 0:
        return Badge("date dépassée", "danger", "alert")
    if found.recent == 0:
        return Badge("à l’arrêt", "danger", "pause")
    return Badge("dans les temps", "success") if found.in_time else Badge("après la date", "danger", "alert")
