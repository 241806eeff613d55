"""Decisions of an ICI session with what each body owes, and who may read which item."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.queries.ici_records import Decision, Obligation, as_record
from db.rows import table_of
from db.scope import Scope
from db.tables import ici as tables
from db.tables.people import Body
from db.tables.sitting import Excerpt

SESSION, ITEM = table_of(tables.IciSession), table_of(tables.Escalation)
DECISION, OWED, BODY = table_of(tables.IciDecision), table_of(tables.Obligation), table_of(Body)
SENT = table_of(Excerpt)
FIGURES_ONLY = {"observer", "administrator", "system"}


def may_read(scope: Scope) -> sa.ColumnElement[bool]:
    """What the organisation raised, must act upon or was sent; everything for the ICI's desk and chair."""
    if scope.reach == "all" or scope.role == "chair":
        return sa.true()
    owes = sa.exists().where(
        DECISION.c.escalation_id == ITEM.c.id,
        OWED.c.decision_id == DECISION.c.id,
        OWED.c.body_id == scope.body_id,
    )
    told = sa.exists().where(
        DECISION.c.escalation_id == ITEM.c.id,
        SENT.c.decision_id == DECISION.c.id,
        SENT.c.body_id == scope.body_id,
    )
    return sa.or_(ITEM.c.body_id == scope.body_id, owes, told)


def decisions(connection: Connection, scope: Scope, which: sa.ColumnElement[bool]) -> tuple[Decision, ...]:
    if scope.role in FIGURES_ONLY:
        return ()
    query = (
        sa.select(DECISION, ITEM.c.title, ITEM.c.theme, ITEM.c.state, ITEM.c.returns, ITEM.c.version)
        .join(ITEM, ITEM.c.id == DECISION.c.escalation_id)
        .where(which, may_read(scope))
        .order_by(DECISION.c.decided_on, DECISION.c.id)
    )
    found = [dict(row) for row in connection.execute(query).mappings()]
    owed = _owed(connection, scope, [row["id"] for row in found])
    return tuple(_decision(scope, row, owed) for row in found)


def _decision(scope: Scope, row: dict[str, Any], owed: dict[str, list[Obligation]]) -> Decision:
    shown = tuple(row["case_ids"]) if scope.sees("common") else ()
    obligations = tuple(owed.get(row["id"], ()))
    sat = {name: tuple(row[name]) for name in ("agreed_ids", "abstained_ids")}
    count = len(row["case_ids"])
    return as_record(Decision, row, case_ids=shown, case_count=count, obligations=obligations, **sat)


def _owed(connection: Connection, scope: Scope, keys: list[str]) -> dict[str, list[Obligation]]:
    query = (
        sa.select(OWED, BODY.c.name.label("body"))
        .join(BODY, BODY.c.id == OWED.c.body_id)
        .where(OWED.c.decision_id.in_(keys))
        .order_by(OWED.c.id)
    )
    found: dict[str, list[Obligation]] = {}
    for row in connection.execute(query).mappings():
        line = as_record(Obligation, row, mine=row["body_id"] == scope.body_id)
        found.setdefault(row["decision_id"], []).append(line)
    return found


def debts(connection: Connection, scope: Scope, session: Any) -> tuple[Decision, ...]:
    """Decisions of earlier sessions of this ICI of which something is still awaited, or unexplained."""
    earlier = sa.select(SESSION.c.id).where(
        SESSION.c.ici == session["ici"], SESSION.c.held_on < session["held_on"]
    )
    left = sa.exists().where(
        OWED.c.decision_id == DECISION.c.id,
        sa.or_(
            OWED.c.state.in_(["awaited", "partly"]),
            sa.and_(OWED.c.state == "not_executed", OWED.c.reason == ""),
        ),
    )
    return decisions(connection, scope, sa.and_(DECISION.c.session_id.in_(earlier), left))
