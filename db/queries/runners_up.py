"""Households that commissions see again and again: presentations by case, for the rule that judges them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.engine import reading
from db.queries.visible import CASE, masked, opens, sees
from db.rows import table_of
from db.scope import Scope
from db.tables.case import Household
from db.tables.offer import CommitteeDecision
from db.tables.people import Account
from db.tables.territory import Commune

_decision, _household = table_of(CommitteeDecision), table_of(Household)
_commune, _account = table_of(Commune), table_of(Account)
FIRST = ("allocation", "allocation_suspensive")


@dataclass(frozen=True, slots=True)
class Presented:
    """One dwelling examined by a commission for one case: however many lines were written of it."""

    held_on: date
    rank: int | None
    awarded: bool


@dataclass(frozen=True, slots=True)
class PresentedCase:
    """An open case without a lease. `household`, `commune`: « dossier protégé » for who may not open it."""

    id: str
    household: str
    commune: str
    owner: str | None
    kind: str
    state: str
    opens: bool
    presented: tuple[Presented, ...]


def _first() -> sa.ColumnElement[Any]:
    ranked_first = sa.and_(_decision.c.decision == "allocation_ranked", _decision.c.rank == 1)
    return sa.or_(_decision.c.decision.in_(FIRST), ranked_first, _decision.c.outcome == "awarded")


def _presentations(since: date) -> sa.Select[Any]:
    """One row for each (case, offer) that a deciding commission examined."""
    return (
        sa.select(
            _decision.c.case_id,
            sa.func.min(_decision.c.held_on).label("held_on"),
            sa.func.max(_decision.c.rank).label("rank"),
            sa.func.max(sa.case((_first(), 1), else_=0)).label("awarded"),
        )
        .where(_decision.c.mode == "decide", _decision.c.held_on >= since)
        .group_by(_decision.c.case_id, _decision.c.offer_id)
    )


def presented_cases(scope: Scope, since: date, times: int) -> tuple[PresentedCase, ...]:
    """Open cases without a lease that were presented at least `times` times, the most often first."""
    if not scope.sees("common"):
        return ()
    seen = _presentations(since).subquery()
    often = (
        sa.select(seen.c.case_id)
        .group_by(seen.c.case_id)
        .having(sa.func.count() >= times, sa.func.max(seen.c.awarded) == 0)
    )
    query = (
        sa.select(
            CASE.c.id,
            CASE.c.kind,
            CASE.c.state,
            masked(scope, _household.c.name).label("household"),
            masked(scope, _commune.c.name).label("commune"),
            _account.c.name.label("owner"),
            opens(scope).label("opens"),
            seen.c.held_on,
            seen.c.rank,
            seen.c.awarded,
        )
        .join(seen, seen.c.case_id == CASE.c.id)
        .join(_household, _household.c.id == CASE.c.household_id)
        .join(_commune, _commune.c.insee == CASE.c.commune)
        .outerjoin(_account, _account.c.id == CASE.c.owner_id)
        .where(CASE.c.id.in_(often), sees(scope))
        .where(CASE.c.closed_on.is_(None), CASE.c.lease_signed_on.is_(None))
        .order_by(CASE.c.id, seen.c.held_on)
    )
    with reading() as connection:
        rows = list(connection.execute(query).mappings())
    found = [_case(list(lines)) for _, lines in groupby(rows, key=lambda row: row["id"])]
    return tuple(sorted(found, key=lambda case: (-len(case.presented), case.id)))


def presented(connection: Connection, case_id: str, since: date) -> tuple[Presented, ...]:
    """Of one case that the reader has opened, the oldest first."""
    query = _presentations(since).where(_decision.c.case_id == case_id).order_by("held_on")
    return tuple(_presented(row) for row in connection.execute(query).mappings())


def _case(lines: Sequence[Any]) -> PresentedCase:
    head = lines[0]
    return PresentedCase(
        id=head["id"],
        household=head["household"],
        commune=head["commune"],
        owner=head["owner"] if head["opens"] else None,
        kind=head["kind"],
        state=head["state"],
        opens=bool(head["opens"]),
        presented=tuple(_presented(line) for line in lines),
    )


def _presented(row: Any) -> Presented:
    return Presented(row["held_on"], row["rank"], bool(row["awarded"]))
