"""What is already known of the sessions to come: items and minutes by where they come from, decisions owed,
blocked cases that nobody raised. Figures only."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.engine import reading
from db.queries.visible import CASE
from db.rows import table_of
from db.scope import Scope
from db.tables.ici import Escalation, IciDecision, IciSession, Obligation

SESSION, ITEM = table_of(IciSession), table_of(Escalation)
DECISION, OWED = table_of(IciDecision), table_of(Obligation)
STANDING = ("on_time", "carried_over", "admitted_by_exception", "objectified", "on_agenda")
OVER = ("held", "minutes_validated", "closed", "cancelled")
Listed = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True)
class SessionAhead:
    """`items`: (part, count, minutes given, how many have none)."""

    id: str
    ici: str
    held_on: date
    frozen: bool
    items: tuple[Listed, ...]
    owed: int


@dataclass(frozen=True, slots=True)
class AgendaAhead:
    sessions: tuple[SessionAhead, ...]
    blocked: dict[str, int]  # INSEE code → open blocked cases without an escalation


def agenda_ahead(scope: Scope, today: date) -> AgendaAhead | None:
    """For the ICI's desk and its chair; None for anybody else."""
    if scope.reach != "all" and scope.role != "chair":
        return None
    query = (
        sa.select(SESSION.c.id, SESSION.c.ici, SESSION.c.held_on, SESSION.c.frozen_at)
        .where(SESSION.c.held_on >= today, SESSION.c.state.not_in(OVER))
        .order_by(SESSION.c.held_on)
    )
    with reading() as connection:
        sessions = connection.execute(query).mappings().all()
        items, owed = _items(connection), _owed(connection)
        blocked = {str(row[0]): int(row[1]) for row in connection.execute(_blocked())}
    since: dict[str, date] = {}
    found = []
    for row in sessions:
        due = _due_at(owed.get(row["ici"], []), since.get(row["ici"]), row["held_on"])
        frozen = row["frozen_at"] is not None
        listed = tuple(items.get(row["id"], ()))
        found.append(SessionAhead(row["id"], row["ici"], row["held_on"], frozen, listed, due))
        since[row["ici"]] = row["held_on"]
    return AgendaAhead(tuple(found), blocked)


def _due_at(dates: list[date], after: date | None, held_on: date) -> int:
    """What is owed comes back at the first session on or after its date."""
    return sum(day <= held_on and (after is None or day > after) for day in dates)


def _items(connection: Connection) -> dict[str, list[Listed]]:
    part = sa.case(
        (ITEM.c.returns > 0, "returned"),
        (ITEM.c.asked_session_id != ITEM.c.session_id, "carried_over"),
        else_="filed",
    ).label("part")
    query = (
        sa.select(
            ITEM.c.session_id,
            part,
            sa.func.count().label("items"),
            sa.func.coalesce(sa.func.sum(ITEM.c.minutes), 0).label("minutes"),
            sa.func.sum(sa.case((ITEM.c.minutes.is_(None), 1), else_=0)).label("unset"),
        )
        .where(ITEM.c.state.in_(STANDING), ITEM.c.session_id.is_not(None))
        .group_by(ITEM.c.session_id, part)
    )
    found: dict[str, list[Listed]] = {}
    for row in connection.execute(query):
        found.setdefault(row.session_id, []).append((row.part, row.items, row.minutes, row.unset))
    return found


def _owed(connection: Connection) -> dict[str, list[date]]:
    """ICI → the date of each escalation decided and not executed."""
    query = (
        sa.select(SESSION.c.ici, ITEM.c.id, sa.func.max(OWED.c.due_on).label("due_on"))
        .join(DECISION, DECISION.c.session_id == SESSION.c.id)
        .join(ITEM, ITEM.c.id == DECISION.c.escalation_id)
        .join(OWED, OWED.c.decision_id == DECISION.c.id)
        .where(OWED.c.state.in_(["awaited", "partly"]))
        .group_by(SESSION.c.ici, ITEM.c.id)
    )
    found: dict[str, list[date]] = {}
    for row in connection.execute(query):
        found.setdefault(row.ici, []).append(row.due_on)
    return found


def _blocked() -> sa.Select[Any]:
    standing = sa.and_(CASE.c.open_blockages > 0, CASE.c.course_id.is_(None))
    still_open = sa.cast(CASE.c.closed_on, sa.String).is_(None)  # a cast: its index would be the wrong one
    return sa.select(CASE.c.commune, sa.func.count()).where(standing, still_open).group_by(CASE.c.commune)
