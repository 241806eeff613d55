"""The needs addressed to a landlord, as they were sent: the dwelling wanted, nothing about the people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from db.engine import reading
from db.queries.visible import CASE, opens
from db.rows import table_of
from db.scope import Scope
from db.tables.case import Attempt
from db.tables.diagnosis import NeedSheet
from db.tables.territory import Commune
from db.tables.vacancy import Vacancy

ATTEMPT, NEED, VACANCY, COMMUNE = (table_of(model) for model in (Attempt, NeedSheet, Vacancy, Commune))
RECEIVERS = {"receiving_landlord", "rehousing_officer"}
MOST = 30


@dataclass(frozen=True, slots=True)
class NeedAsked:
    """One request. `sent` is what the landlord was sent; of a protected case it names no commune.

    `revised`: the need has been revised since. `answer` is "waiting" until there is one.
    """

    attempt_id: int
    case_id: str
    protected: bool
    asked_on: date
    due_on: date | None
    version: int
    typology_min: int
    typology_max: int
    surface_min: Decimal | None
    max_cost: Decimal | None
    communes: tuple[str, ...]
    commune_codes: frozenset[str]
    features: tuple[str, ...]
    revised: bool
    answer: str
    answered_on: date | None
    reason: str
    detail: str
    dwelling: str | None


@dataclass(frozen=True, slots=True)
class Needs:
    """A page of them, and how many there are in all."""

    lines: tuple[NeedAsked, ...]
    total: int


@dataclass(frozen=True, slots=True)
class NeedFilters:
    """`late_on`: only those whose date has passed on that day. `typology`: those that admit it."""

    answered: bool = False
    late_on: date | None = None
    typology: int | None = None


@dataclass(frozen=True, slots=True)
class DeskCounts:
    waiting: int
    late: int
    answered: int
    vacant: int


_JOINED = ATTEMPT.join(CASE, CASE.c.id == ATTEMPT.c.case_id).join(NEED, NEED.c.id == ATTEMPT.c.need_sheet_id)
_AWAITED = sa.and_(ATTEMPT.c.answer == "waiting", CASE.c.closed_on.is_(None))
_ANSWERED = ATTEMPT.c.answer.in_(["offer", "none"])


def needs_asked(
    scope: Scope, filters: NeedFilters | None = None, *, limit: int = MOST, offset: int = 0
) -> Needs:
    """Those of my organisation: the first to answer first, or the last answered first."""
    chosen = filters or NeedFilters()
    where = [*_mine(scope), *_narrowed(chosen)]
    first = (ATTEMPT.c.answer_due_on.asc(), ATTEMPT.c.id.asc())
    order = (ATTEMPT.c.answered_on.desc(), ATTEMPT.c.id.desc()) if chosen.answered else first
    query = _columns(scope).where(*where).order_by(*order).limit(limit).offset(offset)
    count = sa.select(sa.func.count()).select_from(_JOINED).where(*where)
    with reading() as connection:
        names: Mapping[str, str] = dict(
            connection.execute(sa.select(COMMUNE.c.insee, COMMUNE.c.name)).tuples().all()
        )
        lines = tuple(_need(dict(row), names) for row in connection.execute(query).mappings())
        return Needs(lines, connection.execute(count).scalar_one())


def _mine(scope: Scope) -> list[sa.ColumnElement[bool]]:
    return [ATTEMPT.c.body_id == scope.body_id, sa.literal(scope.role in RECEIVERS)]


def _narrowed(filters: NeedFilters) -> list[sa.ColumnElement[bool]]:
    where = [_ANSWERED if filters.answered else _AWAITED]
    if filters.late_on is not None:
        where.append(ATTEMPT.c.answer_due_on < filters.late_on)
    if filters.typology is not None:
        where += [NEED.c.typology_min <= filters.typology, NEED.c.typology_max >= filters.typology]
    return where


def _columns(scope: Scope) -> sa.Select[Any]:
    return sa.select(
        ATTEMPT.c.id.label("attempt_id"),
        ATTEMPT.c.case_id,
        sa.not_(opens(scope)).label("protected"),
        ATTEMPT.c.asked_on,
        ATTEMPT.c.answer_due_on.label("due_on"),
        ATTEMPT.c.sent,
        (ATTEMPT.c.need_sheet_id != CASE.c.need_sheet_id).label("revised"),
        ATTEMPT.c.answer,
        ATTEMPT.c.answered_on,
        ATTEMPT.c.reason,
        ATTEMPT.c.answer_detail.label("detail"),
        VACANCY.c.address.label("dwelling"),
    ).select_from(_JOINED.outerjoin(VACANCY, VACANCY.c.id == ATTEMPT.c.vacancy_id))


def _need(row: dict[str, Any], names: Mapping[str, str]) -> NeedAsked:
    """Protected since it was sent: the communes are no longer told."""
    sent = row.pop("sent")
    codes = [] if row["protected"] else sent["communes"]
    return NeedAsked(
        **row | {"protected": bool(row["protected"]), "revised": bool(row["revised"])},
        version=sent["version"],
        typology_min=sent["typology_min"],
        typology_max=sent["typology_max"],
        surface_min=_decimal(sent["surface_min"]),
        max_cost=_decimal(sent["max_cost"]),
        communes=tuple(names.get(code, code) for code in codes),
        commune_codes=frozenset(codes),
        features=tuple(sent["features"]),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def desk_counts(scope: Scope, today: date) -> DeskCounts:
    """What stands on a landlord's desk, in one statement."""
    late = sa.and_(_AWAITED, ATTEMPT.c.answer_due_on < today)
    vacant = (
        sa.select(sa.func.count())
        .where(VACANCY.c.landlord_id == scope.body_id, VACANCY.c.state == "vacant")
        .scalar_subquery()
    )
    query = sa.select(
        *(sa.func.count(sa.case((kind, 1))) for kind in (_AWAITED, late, _ANSWERED)), vacant
    ).select_from(_JOINED)
    with reading() as connection:
        return DeskCounts(*connection.execute(query.where(*_mine(scope))).one())
