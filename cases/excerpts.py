"""To whom the excerpt of each decision goes, and to whom it has not gone yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from db.engine import reading
from db.rows import Row, table_of
from db.tables.case import CaseFile
from db.tables.ici import Escalation, IciDecision, Obligation
from db.tables.people import Account, Body
from db.tables.sitting import Excerpt

_DECISION, _OWED, _ITEM = table_of(IciDecision), table_of(Obligation), table_of(Escalation)
_CASE, _ACCOUNT, _BODY, _SENT = table_of(CaseFile), table_of(Account), table_of(Body), table_of(Excerpt)


@dataclass(frozen=True, slots=True)
class Addressee:
    """An organisation owed the excerpt of a decision. `account_id`: who reads it there; None: nobody has an
    account, it goes on paper."""

    decision_id: str
    body_id: str
    body: str
    account_id: str | None


def addressees(connection: Connection, session_id: str) -> tuple[Addressee, ...]:
    """Each body that must act, each referrer, and who raised the item: once per decision."""
    made = _rows(connection, sa.select(_DECISION).where(_DECISION.c.session_id == session_id))
    if not made:
        return ()
    wanted = dict(_wanted(connection, made))
    named = _rows(
        connection, sa.select(_BODY.c.id, _BODY.c.name).where(_BODY.c.id.in_({b for _, b in wanted}))
    )
    names = {row["id"]: row["name"] for row in named}
    readers = _readers(connection, names)
    return tuple(
        Addressee(decision_id, body_id, names[body_id], account if account in readers[body_id] else
                  next(iter(readers[body_id]), None))
        for (decision_id, body_id), account in sorted(wanted.items())
    )  # fmt: skip


def missing(connection: Connection, session_id: str) -> tuple[Addressee, ...]:
    """Those that no excerpt has reached yet."""
    of_session = sa.select(_DECISION.c.id).where(_DECISION.c.session_id == session_id)
    query = sa.select(_SENT.c.decision_id, _SENT.c.body_id).where(_SENT.c.decision_id.in_(of_session))
    sent = {(row["decision_id"], row["body_id"]) for row in _rows(connection, query)}
    return tuple(
        one for one in addressees(connection, session_id) if (one.decision_id, one.body_id) not in sent
    )


def unsent(session_id: str) -> tuple[Addressee, ...]:
    """The same, for a page."""
    with reading() as connection:
        return missing(connection, session_id)


def _rows(connection: Connection, query: sa.Select[tuple[object, ...]]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]


Wanted = Iterator[tuple[tuple[str, str], str | None]]


def _wanted(connection: Connection, made: Iterable[Row]) -> Wanted:
    """(decision, body) → the account that asked, when one did; the lead is found afterwards."""
    decisions = {row["id"]: row for row in made}
    items = {row["escalation_id"] for row in decisions.values()}
    raised = _rows(
        connection, sa.select(_ITEM.c.id, _ITEM.c.body_id, _ITEM.c.author_id).where(_ITEM.c.id.in_(items))
    )
    by_item = {row["id"]: row for row in raised}
    case_ids = {case_id for row in decisions.values() for case_id in row["case_ids"]}
    columns = (_CASE.c.id, _CASE.c.referrer_body_id, _CASE.c.referrer_id)
    cases = {row["id"]: row for row in _rows(connection, sa.select(*columns).where(_CASE.c.id.in_(case_ids)))}
    for key, row in decisions.items():
        item = by_item[row["escalation_id"]]
        yield (key, item["body_id"]), item["author_id"]
        for case in (cases[case_id] for case_id in row["case_ids"] if case_id in cases):
            if case["referrer_body_id"] is not None:
                yield (key, case["referrer_body_id"]), case["referrer_id"]
    owed = sa.select(_OWED.c.decision_id, _OWED.c.body_id).where(_OWED.c.decision_id.in_(decisions))
    for row in _rows(connection, owed):
        yield (row["decision_id"], row["body_id"]), None


def _readers(connection: Connection, bodies: Iterable[str]) -> dict[str, list[str]]:
    """The active accounts of each body, its lead first."""
    wanted = list(bodies)
    query = (
        sa.select(_ACCOUNT.c.id, _ACCOUNT.c.body_id)
        .where(_ACCOUNT.c.body_id.in_(wanted), _ACCOUNT.c.active.is_(True))
        .order_by(_ACCOUNT.c.is_lead.desc(), _ACCOUNT.c.id)
    )
    found: dict[str, list[str]] = {body_id: [] for body_id in wanted}
    for row in _rows(connection, query):
        found[row["body_id"]].append(row["id"])
    return found
