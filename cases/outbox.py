"""What the clock leaves in our own database: notices delivered, runs ended. No journal line, one transaction
each."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from db import rows
from db.engine import reading, transaction
from db.rows import Row
from db.tables.case import CaseFile
from db.tables.clock import ClockRun, Deadline, Notice
from db.tables.people import Account

_NOTICE, _DEADLINE = rows.table_of(Notice), rows.table_of(Deadline)
_CASE, _ACCOUNT = rows.table_of(CaseFile), rows.table_of(Account)
BATCH = 500


def notice_words(*more: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Notices with what their words need.

    A reminder whose date has moved or was met in the meantime is no news any more: it is left aside.
    """
    still = sa.and_(_DEADLINE.c.closed_at.is_(None), _DEADLINE.c.due_on == _NOTICE.c.due_on)
    return (
        sa.select(
            _NOTICE.c.id,
            _NOTICE.c.kind,
            _NOTICE.c.text,
            _NOTICE.c.case_id,
            _NOTICE.c.subject,
            _NOTICE.c.due_on,
            _NOTICE.c.planned_on,
            _NOTICE.c.written_at,
            _DEADLINE.c.opened_at,
            _DEADLINE.c.kind.label("deadline_kind"),
            _DEADLINE.c.explanation,
            _CASE.c.protected,
            _ACCOUNT.c.name.label("recipient"),
            *more,
        )
        .select_from(_NOTICE)
        .join(_ACCOUNT, _ACCOUNT.c.id == _NOTICE.c.recipient_id)
        .outerjoin(_DEADLINE, _DEADLINE.c.id == _NOTICE.c.deadline_id)
        .outerjoin(_CASE, _CASE.c.id == _NOTICE.c.case_id)
        .where(sa.or_(_NOTICE.c.deadline_id.is_(None), still))
    )


def pending(limit: int = BATCH) -> list[Row]:
    """Notices not yet delivered, oldest first."""
    query = notice_words().where(_NOTICE.c.delivered_at.is_(None)).order_by(_NOTICE.c.id).limit(limit)
    with reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def delivered(texts: Sequence[tuple[int, str]], now: datetime) -> int:
    """Put these notices in their recipients' inboxes, in one transaction; a second call changes nothing."""
    statement = (
        sa.update(_NOTICE)
        .where(_NOTICE.c.id == sa.bindparam("notice"), _NOTICE.c.delivered_at.is_(None))
        .values(text=sa.bindparam("words"), delivered_at=sa.bindparam("at"))
    )
    if not texts:
        return 0
    with transaction() as connection:
        connection.execute(statement, [{"notice": key, "words": text, "at": now} for key, text in texts])
    return len(texts)


def record_run(flow: str, day: date, now: datetime, good: bool, counts: dict[str, Any]) -> None:
    """How a run of the clock ended."""
    with transaction() as connection:
        rows.insert(connection, ClockRun, flow=flow, day=day, ended_at=now, good=good, counts=counts)
