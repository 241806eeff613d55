"""The inbox of an account: notices that were delivered to it, and the hand-overs that await its answer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from db.engine import reading
from db.queries.case_access import reachable
from db.queries.queue_lines import ACCOUNT, DEADLINE, HOUSEHOLD
from db.queries.visible import CASE, PROTECTED, masked, opens
from db.queries.waiting import HANDOVER
from db.rows import table_of
from db.scope import Scope
from db.tables.clock import Notice

NOTICE = table_of(Notice)
PAGE_SIZE = 20
HIDDEN_TEXT = "Du nouveau sur un dossier protégé : seules les personnes nommées peuvent le lire."


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is replaced for a protected case whose reader is not named. `settled`: its deadline
    is closed. `in_sight`: its reader has a page for the case."""

    id: int
    kind: str
    text: str
    case_id: str | None
    subject: str
    due_on: date | None
    delivered_at: datetime
    read_at: datetime | None
    settled: bool
    opens: bool
    in_sight: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    messages: tuple[Message, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case that somebody proposes to hand over to me."""

    id: int
    case_id: str
    version: int
    from_name: str | None
    reason: str | None
    asked_on: date
    due_on: date | None
    household: str
    opens: bool


def inbox(scope: Scope, *, kind: str = "", unread_only: bool = False, number: int = 1) -> Inbox:
    """One page of messages, unread first, then the newest."""
    where = _mine(scope)
    if kind:
        where.append(NOTICE.c.kind == kind)
    if unread_only:
        where.append(NOTICE.c.read_at.is_(None))
    order = (NOTICE.c.read_at.is_not(None), NOTICE.c.delivered_at.desc(), NOTICE.c.id.desc())
    with reading() as connection:
        total = connection.execute(sa.select(sa.func.count()).select_from(NOTICE).where(*where)).scalar_one()
        pages = max(1, -(-total // PAGE_SIZE))
        shown = min(max(1, number), pages)
        query = _messages(scope).where(*where).order_by(*order)
        rows = connection.execute(query.limit(PAGE_SIZE).offset((shown - 1) * PAGE_SIZE)).all()
    return Inbox(tuple(Message(**row._mapping) for row in rows), total, shown, pages)


def latest(scope: Scope, limit: int = 6) -> tuple[Message, ...]:
    """The last messages, read or not."""
    query = _messages(scope).where(*_mine(scope)).order_by(NOTICE.c.delivered_at.desc(), NOTICE.c.id.desc())
    with reading() as connection:
        return tuple(Message(**row._mapping) for row in connection.execute(query.limit(limit)))


def unread_counts(scope: Scope) -> dict[str, int]:
    """Kind → how many are unread."""
    query = (
        sa.select(NOTICE.c.kind, sa.func.count())
        .where(*_mine(scope), NOTICE.c.read_at.is_(None))
        .group_by(NOTICE.c.kind)
        .order_by(NOTICE.c.kind)
    )
    with reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}


def unread_ids(scope: Scope) -> tuple[int, ...]:
    query = sa.select(NOTICE.c.id).where(*_mine(scope), NOTICE.c.read_at.is_(None))
    with reading() as connection:
        return tuple(connection.execute(query).scalars())


def proposals(scope: Scope) -> tuple[Proposal, ...]:
    """Hand-overs proposed to me, the oldest first. The receiver is told the household unless protected."""
    sender = ACCOUNT.alias("sender")
    due = sa.and_(
        DEADLINE.c.case_id == CASE.c.id, DEADLINE.c.kind == "handover_answer", DEADLINE.c.closed_at.is_(None)
    )
    query = (
        sa.select(
            HANDOVER.c.id,
            HANDOVER.c.case_id,
            CASE.c.version,
            sender.c.name.label("from_name"),
            masked(scope, HANDOVER.c.reason, None).label("reason"),
            HANDOVER.c.asked_on,
            DEADLINE.c.due_on,
            masked(scope, HOUSEHOLD.c.name, PROTECTED).label("household"),
            opens(scope).label("opens"),
        )
        .join(CASE, CASE.c.id == HANDOVER.c.case_id)
        .join(HOUSEHOLD, HOUSEHOLD.c.id == CASE.c.household_id)
        .outerjoin(sender, sender.c.id == HANDOVER.c.from_id)
        .outerjoin(DEADLINE, due)
        .where(HANDOVER.c.to_id == scope.account_id, HANDOVER.c.answer == "waiting")
        .order_by(HANDOVER.c.asked_on, HANDOVER.c.id)
    )
    with reading() as connection:
        return tuple(Proposal(**row._mapping) for row in connection.execute(query))


def _mine(scope: Scope) -> list[sa.ColumnElement[bool]]:
    return [NOTICE.c.recipient_id == scope.account_id, NOTICE.c.delivered_at.is_not(None)]


def _messages(scope: Scope) -> sa.Select[Any]:
    readable = sa.or_(CASE.c.id.is_(None), opens(scope))
    return (
        sa.select(
            NOTICE.c.id,
            NOTICE.c.kind,
            sa.case((readable, NOTICE.c.text), else_=HIDDEN_TEXT).label("text"),
            NOTICE.c.case_id,
            NOTICE.c.subject,
            NOTICE.c.due_on,
            NOTICE.c.delivered_at,
            NOTICE.c.read_at,
            DEADLINE.c.closed_at.is_not(None).label("settled"),
            readable.label("opens"),
            reachable(scope).label("in_sight"),
        )
        .select_from(NOTICE)
        .outerjoin(CASE, CASE.c.id == NOTICE.c.case_id)
        .outerjoin(DEADLINE, DEADLINE.c.id == NOTICE.c.deadline_id)
    )
