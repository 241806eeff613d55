"""What hangs on the items of a session: their cases, and the opinions asked of organisations."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from db.engine import reading
from db.queries.ici_decisions import ITEM
from db.queries.ici_records import ItemCase, OpinionLine, as_record
from db.queries.visible import CASE, opens, sees
from db.rows import table_of
from db.scope import Scope
from db.tables.ici import IciCourse
from db.tables.item import ItemOpinion
from db.tables.people import Body

COURSE, OPINION, BODY = table_of(IciCourse), table_of(ItemOpinion), table_of(Body)
MOST = 50


def cases_by_item(connection: Connection, scope: Scope, keys: Sequence[str]) -> dict[str, list[ItemCase]]:
    """Escalation → its cases, those that left included."""
    query = (
        sa.select(
            COURSE.c.escalation_id,
            COURSE.c.case_id.label("id"),
            COURSE.c.state,
            COURSE.c.ended_on,
            COURSE.c.joined_on,
            COURSE.c.joined_reason,
            COURSE.c.left_reason,
            CASE.c.protected,
            sa.and_(sees(scope), opens(scope)).label("openable"),
        )
        .join(CASE, CASE.c.id == COURSE.c.case_id)
        .where(COURSE.c.escalation_id.in_(keys))
        .order_by(COURSE.c.case_id)
    )
    found: dict[str, list[ItemCase]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["escalation_id"], []).append(as_record(ItemCase, row))
    return found


def opinions_by_item(connection: Connection, keys: Sequence[str]) -> dict[str, list[OpinionLine]]:
    """Escalation → what was asked about it, the nearest date first."""
    query = _asked().where(OPINION.c.escalation_id.in_(keys))
    found: dict[str, list[OpinionLine]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["escalation_id"], []).append(as_record(OpinionLine, row))
    return found


def _asked() -> sa.Select[tuple[object, ...]]:
    return (
        sa.select(OPINION, OPINION.c.answer_due_on.label("due_on"), BODY.c.name.label("body"))
        .join(BODY, BODY.c.id == OPINION.c.body_id)
        .order_by(OPINION.c.answer_due_on, OPINION.c.id)
    )


def opinions_to_give(scope: Scope) -> tuple[tuple[str, str, str, OpinionLine], ...]:
    """(escalation, title, theme, what is asked) of my organisation, the nearest date first: no case."""
    query = (
        _asked()
        .add_columns(ITEM.c.title, ITEM.c.theme)
        .join(ITEM, ITEM.c.id == OPINION.c.escalation_id)
        .where(OPINION.c.body_id == scope.body_id, OPINION.c.answer == "waiting")
        .limit(MOST)
    )
    with reading() as connection:
        return tuple(
            (row["escalation_id"], row["title"], row["theme"], as_record(OpinionLine, row))
            for row in connection.execute(query).mappings()
        )
