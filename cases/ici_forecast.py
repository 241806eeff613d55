"""The forecast of the agendas, from what the database knows and what the settings assume."""

from collections.abc import Mapping
from datetime import date

from cases import journal
from cases.perimeter import ici_by_commune
from cases.rules.agenda_forecast import Ahead, Assumed, Known, Load, forecast
from cases.rules.finding import Finding
from cases.step import settings_at
from db.engine import reading
from db.queries.agenda_ahead import AgendaAhead, SessionAhead

ASSUMPTIONS = (
    "ici_default_item_minutes",
    "forecast_return_percent",
    "forecast_raised_percent",
    "forecast_cases_per_item",
    "ici_agenda_minutes",
)


def forecasts(ahead: AgendaAhead, today: date) -> Mapping[str, Finding[tuple[Load, ...]]]:
    """ICI → its sessions to come, the next first."""
    with reading() as connection:
        settings = settings_at(connection, journal.read_head(connection).settings_version)
        places = ici_by_commune(connection, today)
    minutes, *rest = (settings.int_on(key, today) for key in ASSUMPTIONS)
    assumed = Assumed(minutes, *rest)
    blocked: dict[str, int] = {}
    for commune, count in ahead.blocked.items():
        if commune in places:
            blocked[places[commune]] = blocked.get(places[commune], 0) + count
    lines: dict[str, list[Ahead]] = {}
    for session in ahead.sessions:
        lines.setdefault(session.ici, []).append(_ahead(session, minutes))
    return {ici: forecast(found, blocked.get(ici, 0), assumed) for ici, found in sorted(lines.items())}


def _ahead(session: SessionAhead, minutes: int) -> Ahead:
    """An item without minutes of its own counts for the usual ones."""
    parts = {part: Known(count, given + unset * minutes) for part, count, given, unset in session.items}
    return Ahead(session.id, session.held_on, session.frozen, parts, session.owed)  # type: ignore[arg-type]
