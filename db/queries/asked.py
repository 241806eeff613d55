"""What others ask of me or of my organisation: opinions to give, approvals; what a document holds."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from db import documents
from db.engine import reading
from db.queries.case_access import Eye, reachable
from db.queries.case_beside import class_of
from db.queries.visible import CASE, opens, sees
from db.rows import table_of
from db.scope import Scope
from db.tables.beside import Approval, Document, Opinion
from db.tables.people import Account, Body

_opinion, _approval, _document = table_of(Opinion), table_of(Approval), table_of(Document)
_account, _body = table_of(Account), table_of(Body)
MOST = 50


@dataclass(frozen=True, slots=True)
class OpinionAsked:
    """The question and who asks it: nothing else of the case."""

    id: int
    case_id: str
    question: str
    asked_by: str
    asked_body: str
    asked_on: date
    due_on: date


def opinions_to_give(scope: Scope, limit: int = MOST) -> tuple[OpinionAsked, ...]:
    """Addressed to my organisation, the nearest date first; none about a case protected since, unless I am
    named."""
    query = (
        sa.select(_opinion, _account.c.name.label("asker"), _body.c.name.label("body"))
        .join(CASE, CASE.c.id == _opinion.c.case_id)
        .join(_account, _account.c.id == _opinion.c.asked_by)
        .join(_body, _body.c.id == _account.c.body_id)
        .where(_opinion.c.body_id == scope.body_id, _opinion.c.answer == "waiting", opens(scope))
        .order_by(_opinion.c.answer_due_on, _opinion.c.id)
        .limit(limit)
    )
    with reading() as connection:
        return tuple(
            OpinionAsked(
                row.id, row.case_id, row.question, row.asker, row.body, row.asked_on, row.answer_due_on
            )
            for row in connection.execute(query)
        )


@dataclass(frozen=True, slots=True)
class ApprovalAsked:
    id: int
    case_id: str
    kind: str
    asked_by: str
    asked_at: datetime
    why: str


def approvals_to_give(scope: Scope, limit: int = MOST) -> tuple[ApprovalAsked, ...]:
    """Asked by somebody else, on cases that I may open; the oldest first. Who may approve which action is for
    the page to ask."""
    query = (
        sa.select(_approval, _account.c.name)
        .join(CASE, CASE.c.id == _approval.c.case_id)
        .join(_account, _account.c.id == _approval.c.asked_by)
        .where(
            _approval.c.answer == "waiting",
            _approval.c.asked_by != scope.account_id,
            sees(scope),
            opens(scope),
        )
        .order_by(_approval.c.id)
        .limit(limit)
    )
    with reading() as connection:
        return tuple(
            ApprovalAsked(row.id, row.case_id, row.kind, row.name, row.asked_at, row.why)
            for row in connection.execute(query)
        )


def document_content(
    scope: Scope, document_id: int, *, unsealed: frozenset[str] = frozenset()
) -> bytes | None:
    """What a document holds, for who may open its case and reads its class of fields; None otherwise, or when
    it was removed."""
    query = (
        sa.select(_document.c.digest, _document.c.type)
        .join(CASE, CASE.c.id == _document.c.case_id)
        .where(
            _document.c.id == document_id,
            _document.c.removed_on.is_(None),
            reachable(scope),
            opens(scope),
        )
    )
    with reading() as connection:
        row = connection.execute(query).first()
    if row is None or not Eye.of(scope, unsealed).sees(class_of(row.type)):
        return None
    return documents.read(row.digest)
