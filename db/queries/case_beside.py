"""What stands beside the path of one case: suspensions, notes, opinions, approvals, documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.queries.case_access import HEALTH, SAFETY, SOCIAL, Eye
from db.rows import table_of
from db.scope import Scope
from db.tables.beside import Approval, Document, Opinion, Suspension
from db.tables.case import Note
from db.tables.people import Account, Body

_suspension, _note, _opinion = table_of(Suspension), table_of(Note), table_of(Opinion)
_approval, _document = table_of(Approval), table_of(Document)
_account, _body = table_of(Account), table_of(Body)
_other = _account.alias("other")
OF: sa.BindParameter[str] = sa.bindparam("case_id")

# What a document of each type may reveal; the others are social data.
DOCUMENT_CLASSES: Mapping[str, str] = {"medical": HEALTH, "disability": HEALTH, "protection": SAFETY}


def class_of(document_type: str) -> str:
    return DOCUMENT_CLASSES.get(document_type, SOCIAL)


@dataclass(frozen=True, slots=True)
class SuspensionView:
    """`reason` and `explanation` are social data. `ended_on` None: it lasts."""

    reason: str | None
    explanation: str | None
    since: date
    expected_end: date
    ended_on: date | None
    by: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """`text` is social data, but for the author's own organisation."""

    id: int
    author: str
    mine: bool
    readers: str
    written_at: datetime
    text: str | None


@dataclass(frozen=True, slots=True)
class OpinionView:
    """`answer`: waiting, ended, or the opinion given."""

    id: int
    body_id: str
    body: str
    question: str
    asked_by: str
    asked_on: date
    due_on: date
    answer: str
    words: str | None
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class ApprovalView:
    id: int
    kind: str
    content: Mapping[str, Any]
    why: str | None
    asked_by_id: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """`readable` False: another class of fields than the reader's; its type and name are then unknown."""

    id: int
    type: str | None
    name: str | None
    media: str
    size: int
    digest: str
    by: str
    added_at: datetime
    removed_on: date | None
    removed_reason: str | None
    erased: bool
    readable: bool


def suspensions(connection: Connection, case_id: str, eye: Eye) -> tuple[SuspensionView, ...]:
    """The last one first."""
    query = (
        sa.select(_suspension, _account.c.name.label("by"))
        .join(_account, _account.c.id == _suspension.c.said_by)
        .where(_suspension.c.case_id == OF)
        .order_by(_suspension.c.id.desc())
    )
    return tuple(
        SuspensionView(
            reason=eye.only(SOCIAL, row.reason),
            explanation=eye.only(SOCIAL, row.explanation),
            since=row.since,
            expected_end=row.expected_end,
            ended_on=row.ended_on,
            by=row.by,
        )
        for row in connection.execute(query, {"case_id": case_id})
    )


def _is_known_to(scope: Scope) -> sa.ColumnElement[bool]:
    """Mine; those of my service; those for everyone who opens the case."""
    ours = sa.and_(_note.c.readers == "service", _note.c.body_id == scope.body_id)
    return sa.or_(_note.c.author_id == scope.account_id, ours, _note.c.readers == "all")


def notes(connection: Connection, case_id: str, scope: Scope, eye: Eye) -> tuple[NoteView, ...]:
    """Those for this reader, the last one first: of the others not even that they exist."""
    query = (
        sa.select(_note, _account.c.name)
        .join(_account, _account.c.id == _note.c.author_id)
        .where(_note.c.case_id == OF, _is_known_to(scope))
        .order_by(_note.c.id.desc())
    )
    return tuple(
        NoteView(
            id=row.id,
            author=row.name,
            mine=row.author_id == scope.account_id,
            readers=row.readers,
            written_at=row.written_at,
            text=row.text if eye.sees(SOCIAL) or row.body_id == scope.body_id else None,
        )
        for row in connection.execute(query, {"case_id": case_id})
    )


def opinions(connection: Connection, case_id: str, eye: Eye) -> tuple[OpinionView, ...]:
    """Those awaited first, the nearest date before."""
    query = (
        sa.select(_opinion, _body.c.name.label("body"), _account.c.name.label("asker"))
        .join(_body, _body.c.id == _opinion.c.body_id)
        .join(_account, _account.c.id == _opinion.c.asked_by)
        .where(_opinion.c.case_id == OF)
        .order_by(_opinion.c.answer != "waiting", _opinion.c.answer_due_on, _opinion.c.id.desc())
    )
    return tuple(
        OpinionView(
            id=row.id,
            body_id=row.body_id,
            body=row.body,
            question=row.question,
            asked_by=row.asker,
            asked_on=row.asked_on,
            due_on=row.answer_due_on,
            answer=row.answer,
            words=eye.only(SOCIAL, row.words),
            answered_on=row.answered_on,
        )
        for row in connection.execute(query, {"case_id": case_id})
    )


def approvals(connection: Connection, case_id: str, eye: Eye) -> tuple[ApprovalView, ...]:
    query = (
        sa.select(_approval, _account.c.name.label("asker"), _other.c.name.label("second"))
        .join(_account, _account.c.id == _approval.c.asked_by)
        .outerjoin(_other, _other.c.id == _approval.c.answered_by)
        .where(_approval.c.case_id == OF)
        .order_by(_approval.c.answer != "waiting", _approval.c.id.desc())
    )
    return tuple(
        ApprovalView(
            id=row.id,
            kind=row.kind,
            content=eye.only(SOCIAL, row.content, {}),
            why=eye.only(SOCIAL, row.why),
            asked_by_id=row.asked_by,
            asked_by=row.asker,
            asked_at=row.asked_at,
            answer=row.answer,
            answered_by=row.second,
            reason=eye.only(SOCIAL, row.reason),
        )
        for row in connection.execute(query, {"case_id": case_id})
    )


def documents(connection: Connection, case_id: str, eye: Eye) -> tuple[DocumentView, ...]:
    """Those attached first, then those removed."""
    query = (
        sa.select(_document, _account.c.name.label("by"))
        .join(_account, _account.c.id == _document.c.added_by)
        .where(_document.c.case_id == OF)
        .order_by(_document.c.removed_on.is_not(None), _document.c.id.desc())
    )
    return tuple(
        _document_view(row, eye) for row in connection.execute(query, {"case_id": case_id}).mappings()
    )


def _document_view(row: Any, eye: Eye) -> DocumentView:
    readable = eye.sees(class_of(row["type"]))
    return DocumentView(
        id=row["id"],
        type=row["type"] if readable else None,
        name=row["name"] if readable else None,
        media=row["media"],
        size=row["size"],
        digest=row["digest"],
        by=row["by"],
        added_at=row["added_at"],
        removed_on=row["removed_on"],
        removed_reason=eye.only(SOCIAL, row["removed_reason"]),
        erased=row["erased_at"] is not None,
        readable=readable,
    )
