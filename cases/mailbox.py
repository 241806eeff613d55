"""The ledger of mails: what to put in a digest, what is due, what the server answered. No journal line, one
transaction each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from cases.outbox import notice_words
from db import rows
from db.engine import reading, transaction
from db.rows import Row
from db.tables.clock import Mail, Notice
from db.tables.people import Account

_NOTICE, _MAIL, _ACCOUNT = (rows.table_of(model) for model in (Notice, Mail, Account))
_WAITING = _MAIL.c.state.in_(("queued", "sending"))
BATCH = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """A digest ready to be written: to whom, its words, the notices that it settles."""

    recipient_id: str
    address: str
    message_id: str
    subject: str
    text: str
    html: str
    notices: tuple[int, ...]


def to_tell(day: date, limit: int = BATCH) -> list[Row]:
    """Delivered, unread and not yet mailed, of the next people who get mail and have none of this day."""
    had = sa.exists().where(_MAIL.c.recipient_id == _ACCOUNT.c.id, _MAIL.c.day == day)
    wanting = (_ACCOUNT.c.active.is_(True), _ACCOUNT.c.mail_wanted.is_(True), _ACCOUNT.c.email != "", ~had)
    unsaid = (_NOTICE.c.delivered_at.is_not(None), _NOTICE.c.read_at.is_(None), _NOTICE.c.mail_id.is_(None))
    query = notice_words(_ACCOUNT.c.id.label("recipient_id"), _ACCOUNT.c.email.label("address"))
    people = (
        sa.select(_ACCOUNT.c.id)
        .where(*wanting, sa.exists().where(_NOTICE.c.recipient_id == _ACCOUNT.c.id, *unsaid))
        .order_by(_ACCOUNT.c.id)
        .limit(limit)
    )
    query = query.where(*unsaid, _NOTICE.c.recipient_id.in_(people))
    with reading() as connection:
        return [dict(row) for row in connection.execute(query.order_by(_NOTICE.c.id)).mappings()]


def write(drafts: Sequence[Draft], day: date, now: datetime) -> int:
    """Into the ledger, with the notices that they settle, in one transaction. What another worker has just
    written for a person and a day is left to it; how many are new."""
    with transaction() as connection:
        return sum(_write_one(connection, draft, day, now) for draft in drafts)


def _write_one(connection: Connection, draft: Draft, day: date, now: datetime) -> int:
    values: dict[str, Any] = {
        "recipient_id": draft.recipient_id,
        "day": day,
        "message_id": draft.message_id,
        "address": draft.address,
        "subject": draft.subject,
        "text": draft.text,
        "html": draft.html,
        "state": "queued",
        "tries": 0,
        "next_try_at": now,
        "written_at": now,
        "error": "",
    }
    insert = rows.dialect_insert(connection, Mail).on_conflict_do_nothing().returning(_MAIL.c.id)
    mail_id = connection.execute(insert, values).scalar()
    if mail_id is None:
        return 0
    settled = _NOTICE.c.id.in_(draft.notices)
    connection.execute(sa.update(_NOTICE).where(settled).values(mail_id=mail_id))
    return 1


def due(now: datetime, limit: int = BATCH) -> list[Row]:
    """What is to be handed to the server, oldest first; what was handed before a kill comes again."""
    query = sa.select(_MAIL).where(_WAITING, _MAIL.c.next_try_at <= now).order_by(_MAIL.c.id).limit(limit)
    with reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def hand_over(mail_id: int, now: datetime, until: datetime) -> bool:
    """Claim a mail before it is given to the server: False when another worker has it. It comes back after
    `until` if nobody says how it ended."""
    claim = (
        sa.update(_MAIL)
        .where(_MAIL.c.id == mail_id, _WAITING, _MAIL.c.next_try_at <= now)
        .values(state="sending", tries=_MAIL.c.tries + 1, next_try_at=until)
    )
    with transaction() as connection:
        return connection.execute(claim).rowcount == 1


def settle(mail_id: int, now: datetime, error: str = "", again_at: datetime | None = None) -> None:
    """How it ended: sent; or, with an error, tried again at an instant, else refused for good."""
    if not error:
        changes = {"state": "sent", "sent_at": now, "error": ""}
    elif again_at is not None:
        changes = {"state": "queued", "next_try_at": again_at, "error": error}
    else:
        changes = {"state": "refused", "error": error}
    with transaction() as connection:
        rows.update(connection, Mail, {"id": mail_id}, **changes)


def is_ours(message_id: str) -> bool:
    """Whether the ledger knows a mail of this identity."""
    with reading() as connection:
        return bool(rows.find(connection, Mail, message_id=message_id))


def came_back(message_id: str, error: str) -> str | None:
    """A mail that a server had taken and could not deliver is refused after all: its address, or None when
    that was known."""
    refused = (
        sa.update(_MAIL)
        .where(_MAIL.c.message_id == message_id, _MAIL.c.state != "refused")
        .values(state="refused", error=error)
        .returning(_MAIL.c.address)
    )
    with transaction() as connection:
        return connection.execute(refused).scalar()
