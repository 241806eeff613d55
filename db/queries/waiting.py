"""What my cases wait for from somebody else: with whom, and since when. One short statement a source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from db.engine import reading
from db.queries.queue_lines import ACCOUNT, BODY, COURSE, HOUSEHOLD
from db.queries.visible import CASE, PROTECTED, masked, opens
from db.rows import table_of
from db.scope import Scope
from db.tables.case import Attempt, Handover
from db.tables.ici import IciDecision, Obligation
from db.tables.offer import Offer

ATTEMPT, HANDOVER, OFFER = table_of(Attempt), table_of(Handover), table_of(Offer)
DECISION, OBLIGATION = table_of(IciDecision), table_of(Obligation)
LATER = date.max
NO_DATE = sa.cast(sa.null(), sa.Date())
MOST = 60
Select = sa.Select[Any]


@dataclass(frozen=True, slots=True)
class Wait:
    """`what`: landlord, information, handover, committee, obligation or household. `who` is None for a
    protected case whose reader is not named: the name of a landlord or of a service locates a household."""

    what: str
    who: str | None
    since: date
    due_on: date | None
    case_id: str
    case_kind: str
    state: str
    household: str
    opens: bool


def waits(scope: Scope, limit: int = MOST) -> tuple[Wait, ...]:
    """The one whose answer is due first comes first."""
    with reading() as connection:
        found = [
            Wait(what=what, **row._mapping)
            for what, query in _sources(scope)
            for row in connection.execute(query.limit(limit))
        ]
    return tuple(sorted(found, key=lambda wait: (wait.due_on or LATER, wait.since, wait.case_id))[:limit])


def _sources(scope: Scope) -> Iterator[tuple[str, Select]]:
    yield "landlord", _landlords(scope)
    yield "information", _information(scope)
    yield "handover", _handovers(scope)
    yield "committee", _committees(scope)
    yield "obligation", _obligations(scope)
    yield "household", _households(scope)


def _of_case(scope: Scope, who: Any, since: Any, due_on: Any) -> Select:
    return (
        sa.select(
            masked(scope, who, None).label("who"),
            since.label("since"),
            due_on.label("due_on"),
            CASE.c.id.label("case_id"),
            CASE.c.kind.label("case_kind"),
            CASE.c.state,
            masked(scope, HOUSEHOLD.c.name, PROTECTED).label("household"),
            opens(scope).label("opens"),
        )
        .select_from(CASE)
        .join(HOUSEHOLD, HOUSEHOLD.c.id == CASE.c.household_id)
        .where(CASE.c.owner_id == scope.account_id, CASE.c.closed_on.is_(None))
        .order_by(due_on, CASE.c.id)
    )


def _landlords(scope: Scope) -> Select:
    query = _of_case(scope, BODY.c.name, ATTEMPT.c.asked_on, ATTEMPT.c.answer_due_on)
    return (
        query.join(ATTEMPT, ATTEMPT.c.case_id == CASE.c.id)
        .join(BODY, BODY.c.id == ATTEMPT.c.body_id)
        .where(ATTEMPT.c.answer == "waiting", CASE.c.open_offer_id.is_(None))  # an offer goes first
    )


def _information(scope: Scope) -> Select:
    query = _of_case(scope, BODY.c.name, CASE.c.stage_since, CASE.c.information_due_on)
    return query.join(BODY, BODY.c.id == CASE.c.referrer_body_id).where(CASE.c.state == "incomplete")


def _handovers(scope: Scope) -> Select:
    query = _of_case(scope, ACCOUNT.c.name, HANDOVER.c.asked_on, NO_DATE)
    return (
        query.join(HANDOVER, HANDOVER.c.case_id == CASE.c.id)
        .join(ACCOUNT, ACCOUNT.c.id == HANDOVER.c.to_id)
        .where(HANDOVER.c.answer == "waiting")
    )


def _committees(scope: Scope) -> Select:
    """An accepted offer waits for the commission of the landlord that made it."""
    query = _of_case(scope, BODY.c.name, CASE.c.stage_since, NO_DATE)
    return (
        query.join(OFFER, OFFER.c.id == CASE.c.accepted_offer_id)
        .join(BODY, BODY.c.id == OFFER.c.landlord_id)
        .where(CASE.c.state.in_(["committee", "accepted"]))
    )


def _obligations(scope: Scope) -> Select:
    query = _of_case(scope, BODY.c.name, DECISION.c.decided_on, OBLIGATION.c.due_on)
    return (
        query.join(COURSE, COURSE.c.id == CASE.c.course_id)
        .join(DECISION, DECISION.c.id == COURSE.c.decision_id)
        .join(OBLIGATION, OBLIGATION.c.decision_id == DECISION.c.id)
        .join(BODY, BODY.c.id == OBLIGATION.c.body_id)
        .where(OBLIGATION.c.state.in_(["awaited", "partly"]))
    )


def _households(scope: Scope) -> Select:
    query = _of_case(scope, HOUSEHOLD.c.name, OFFER.c.offered_on, CASE.c.offer_answer_due_on)
    return query.join(OFFER, OFFER.c.id == CASE.c.open_offer_id)
