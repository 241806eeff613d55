"""What a calendar feed shows: open deadlines of one person, or the sessions of one ICI. No name, no place."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from db.engine import reading
from db.queries.queue_lines import DEADLINE
from db.queries.visible import CASE
from db.rows import table_of
from db.scope import Scope
from db.tables.ici import IciSession

SESSION = table_of(IciSession)


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One whole day. `kind`: a deadline kind, or "session", or "limit". `protected`: say the number only."""

    uid: str
    kind: str
    on: date
    reference: str
    changed_at: datetime | None
    protected: bool = False


def deadline_events(scope: Scope) -> tuple[FeedEvent, ...]:
    """Every open deadline of the account, whatever it is about."""
    query = (
        sa.select(
            DEADLINE.c.id,
            DEADLINE.c.kind,
            DEADLINE.c.due_on,
            DEADLINE.c.case_id,
            DEADLINE.c.subject,
            DEADLINE.c.opened_at,
            CASE.c.protected,
        )
        .select_from(DEADLINE.outerjoin(CASE, CASE.c.id == DEADLINE.c.case_id))
        .where(
            DEADLINE.c.closed_at.is_(None),
            DEADLINE.c.kind != "retention",
            DEADLINE.c.owner_id == scope.account_id,
        )
        .order_by(DEADLINE.c.due_on, DEADLINE.c.id)
    )
    with reading() as connection:
        return tuple(
            FeedEvent(
                uid=f"deadline-{row.id}",
                kind=row.kind,
                on=row.due_on,
                reference=row.case_id or row.subject.partition(":")[2],
                changed_at=row.opened_at,
                protected=bool(row.protected),
            )
            for row in connection.execute(query)
        )


def session_events(ici: str) -> tuple[FeedEvent, ...]:
    """The sessions of an ICI and their filing limits, at their present dates."""
    query = sa.select(SESSION).where(SESSION.c.ici == ici, SESSION.c.state != "cancelled")
    with reading() as connection:
        rows = connection.execute(query.order_by(SESSION.c.held_on)).mappings().all()
    return tuple(
        FeedEvent(uid=f"{kind}-{row['id']}", kind=kind, on=row[column], reference=row["id"], changed_at=None)
        for row in rows
        for kind, column in (("limit", "limit_on"), ("session", "held_on"))
    )
