"""What a follow-up code tells to whoever holds it: a stage and a date, nothing of people or places.

And what the receipt bears, for who may open the case.
"""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from db.engine import reading
from db.queries.case_access import reachable
from db.queries.visible import CASE, opens
from db.rows import table_of
from db.scope import Scope
from db.tables.case import CaseFile
from db.tables.clock import Deadline
from db.tables.people import Body

_case, _into = table_of(CaseFile), table_of(CaseFile).alias("into")
_body, _deadline = table_of(Body), table_of(Deadline)


@dataclass(frozen=True, slots=True)
class Tracked:
    """`state` and `since` are None for a protected case: it is only said to be in hand."""

    state: str | None
    since: date | None


def tracked(code: str) -> Tracked | None:
    """None: no such code. A merged case is followed by the one that received it."""
    query = (
        sa.select(
            sa.or_(_case.c.protected, sa.func.coalesce(_into.c.protected, sa.false())).label("protected"),
            sa.func.coalesce(_into.c.state, _case.c.state).label("state"),
            sa.func.coalesce(_into.c.stage_since, _case.c.stage_since).label("since"),
        )
        .outerjoin(_into, _into.c.id == _case.c.merged_into_id)
        .where(_case.c.tracking_code == code)
    )
    with reading() as connection:
        row = connection.execute(query).first()
    if row is None:
        return None
    return Tracked(None, None) if row.protected else Tracked(row.state, row.since)


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """`answer_due_on`: the open deadline of the answer on admissibility; None once it is answered."""

    reference: str
    code: str
    referred_on: date
    referrer: str
    answer_due_on: date | None


def receipt_facts(scope: Scope, case_id: str) -> ReceiptFacts | None:
    """None: no such case for this reader, or a case older than the codes."""
    awaited = sa.and_(
        _deadline.c.subject == "case:" + CASE.c.id,
        _deadline.c.kind == "admissibility_answer",
        _deadline.c.closed_at.is_(None),
    )
    query = (
        sa.select(
            CASE.c.id.label("reference"),
            CASE.c.tracking_code.label("code"),
            CASE.c.referred_on,
            _body.c.name.label("referrer"),
            _deadline.c.due_on.label("answer_due_on"),
        )
        .join(_body, _body.c.id == CASE.c.referrer_body_id)
        .outerjoin(_deadline, awaited)
        .where(CASE.c.id == case_id, CASE.c.tracking_code.is_not(None), reachable(scope), opens(scope))
    )
    with reading() as connection:
        row = connection.execute(query).mappings().first()
    return ReceiptFacts(**row) if row is not None else None
