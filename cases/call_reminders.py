"""Before an ICI: who follows a blocked case that nobody has raised is told how many days are left."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from cases.hearing import Hearing
from cases.perimeter import ici_by_commune
from cases.reminders import once
from cases.step import settings_now
from db import rows
from db.engine import transaction
from db.rows import Row
from db.tables.case import CaseFile
from db.tables.clock import Deadline, Notice
from db.tables.ici import IciSession
from db.tables.people import Account

_CASE, _ACCOUNT, _DEADLINE = rows.table_of(CaseFile), rows.table_of(Account), rows.table_of(Deadline)
_WRITTEN_AT = rows.table_of(Notice).c.written_at.type


def remind_unraised(today: date, now: datetime) -> int:
    """One for a case and a rung of `freeze_reminder_days`, the furthest reached; how many are new."""
    with transaction() as connection:
        ahead = settings_now(connection).ints_on("freeze_reminder_days", today)
        return sum(
            _remind(connection, session, days, today, now)
            for session in rows.find(connection, IciSession, state="call_open")
            if (days := _rung(session, ahead, today)) is not None
        )


def _rung(session: Row, ahead: tuple[int, ...], today: date) -> int | None:
    """The smallest number of days that the limit has come under; None too early or once it is past."""
    left = (session["limit_on"] - today).days
    return min((days for days in ahead if 0 <= left <= days), default=None)


def _remind(connection: Connection, session: Row, days: int, today: date, now: datetime) -> int:
    limit = sa.select(sa.func.min(_DEADLINE.c.id)).where(
        _DEADLINE.c.subject == f"session:{session['id']}",
        _DEADLINE.c.kind == "escalation_limit",
        _DEADLINE.c.closed_at.is_(None),
    )
    blocked = _unraised(connection, session)
    hearing = Hearing(today, blocked)
    recipient = hearing.of(blocked.c.owner_id, blocked.c.lead_id)
    text = (
        f"Dossier bloqué et non remonté à l’ICI : dépôt jusqu’au {session['limit_on']:%d/%m/%Y} à 23:59:59 "
        f"pour la séance du {session['held_on']:%d/%m/%Y}."
    )
    columns: dict[str, Any] = {
        "key": sa.literal(f"unraised/{session['id']}/{session['limit_on']}/{days}/") + blocked.c.id,
        "recipient_id": recipient,
        "kind": sa.literal("call"),
        "case_id": blocked.c.id,
        "subject": sa.literal(f"session:{session['id']}"),
        "deadline_id": limit.scalar_subquery(),  # a limit that moves takes back what was not yet delivered
        "due_on": sa.literal(session["limit_on"], type_=sa.Date()),
        "text": sa.literal(text),
        "written_at": sa.literal(now, type_=_WRITTEN_AT),
    }
    query = sa.select(*columns.values()).select_from(hearing.joined(blocked, blocked.c.owner_id))
    return int(connection.execute(once(columns, query.where(recipient.is_not(None)))).rowcount)


def _unraised(connection: Connection, session: Row) -> sa.Subquery:
    """Open cases of this ICI that are blocked, not suspended, and on no escalation."""
    places = [
        commune
        for commune, ici in ici_by_commune(connection, session["held_on"]).items()
        if ici == session["ici"]
    ]
    lead = (
        sa.select(sa.func.min(_ACCOUNT.c.id))
        .where(_ACCOUNT.c.body_id == _CASE.c.body_id, _ACCOUNT.c.is_lead, _ACCOUNT.c.active)
        .correlate(_CASE)
        .scalar_subquery()
    )
    return (
        sa.select(_CASE.c.id, _CASE.c.owner_id, lead.label("lead_id"))
        .where(_CASE.c.open_blockages > 0, _CASE.c.closed_on.is_(None), _CASE.c.course_id.is_(None))
        .where(_CASE.c.commune.in_(places), _CASE.c.suspended_until.is_(None))
        .subquery("blocked")
    )
