"""Blocked cases counted by theme, commune and typology sought; which of them, and what was tried for them.

Protected cases are in no group, and violence is no group's theme: a commune and a count would locate them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.engine import reading
from db.queries.case_access import VIOLENCE
from db.queries.visible import CASE, sees
from db.rows import table_of
from db.scope import Scope
from db.tables.case import Attempt, Blockage
from db.tables.diagnosis import NeedSheet
from db.tables.ici import Escalation, IciCourse
from db.tables.offer import Offer
from db.tables.people import Body

BLOCKAGE, NEED, ITEM = table_of(Blockage), table_of(NeedSheet), table_of(Escalation)
COURSE, ATTEMPT, OFFER, BODY = (table_of(one) for one in (IciCourse, Attempt, Offer, Body))
ENDED = ("executed", "withdrawn")
MOST = 500  # what one escalation may carry
Group = tuple[str, str, int | None]  # theme, commune, typology


@dataclass(frozen=True, slots=True)
class Count:
    """Cases that may be raised now (`ready`) and blocked ones that lack something first (`lacking`)."""

    theme: str
    commune: str
    typology: int | None
    ready: int
    lacking: int


@dataclass(frozen=True, slots=True)
class TriedFacts:
    """Of some cases together; nothing of any one of them."""

    oldest_on: date | None
    asked: dict[str, int]
    answers: dict[str, int]
    offers: int
    refused: int
    refusals: dict[str, int]


def _ready() -> sa.ColumnElement[bool]:
    """The conditions of `cases.commands.escalation.raising_obstacles`, on columns."""
    return sa.and_(
        CASE.c.diagnosis_signed_on.is_not(None),
        CASE.c.need_validated_on.is_not(None),
        sa.or_(CASE.c.attempts > 0, CASE.c.offers_made > 0),
    )


def _blocked(scope: Scope) -> sa.Select[Any]:
    """Open, blocked, at no ICI, not protected, seen by this reader: one row for each open blockage."""
    return (
        sa.select()
        .select_from(CASE)
        .join(BLOCKAGE, sa.and_(BLOCKAGE.c.case_id == CASE.c.id, BLOCKAGE.c.until.is_(None)))
        .outerjoin(NEED, NEED.c.id == CASE.c.need_sheet_id)
        .where(
            CASE.c.open_blockages > 0,
            CASE.c.closed_on.is_(None),
            CASE.c.course_id.is_(None),
            CASE.c.protected.is_(False),
            BLOCKAGE.c.theme.not_in(sorted(VIOLENCE)),
            sees(scope),
        )
    )


def counts(scope: Scope) -> tuple[Count, ...]:
    """Every group that has a case, whatever its size."""
    ready = sa.func.sum(sa.case((_ready(), 1), else_=0))
    keys = (BLOCKAGE.c.theme, CASE.c.commune, NEED.c.typology_min)
    query = _blocked(scope).add_columns(*keys, ready, sa.func.count()).group_by(*keys)
    with reading() as connection:
        return tuple(
            Count(theme, commune, typology, int(able), int(total) - int(able))
            for theme, commune, typology, able, total in connection.execute(query)
        )


def covered() -> frozenset[Group]:
    """Groups of which an open escalation of a profile or a sector carries a case."""
    query = (
        sa.select(ITEM.c.theme, CASE.c.commune, NEED.c.typology_min)
        .join(COURSE, sa.and_(COURSE.c.escalation_id == ITEM.c.id, COURSE.c.ended_on.is_(None)))
        .join(CASE, CASE.c.id == COURSE.c.case_id)
        .outerjoin(NEED, NEED.c.id == CASE.c.need_sheet_id)
        .where(ITEM.c.state.not_in(ENDED), ITEM.c.scale != "case", CASE.c.protected.is_(False))
        .distinct()
    )
    with reading() as connection:
        return frozenset((row[0], row[1], row[2]) for row in connection.execute(query))


def cases_of(
    scope: Scope, theme: str, communes: Collection[str], typologies: Collection[int | None]
) -> tuple[str, ...]:
    """Those of a group that may be raised, blocked for longest first; `MOST` at most."""
    known = [typology for typology in typologies if typology is not None]
    of_typology: sa.ColumnElement[bool] = NEED.c.typology_min.in_(known)
    if None in typologies:
        of_typology = sa.or_(of_typology, NEED.c.typology_min.is_(None))
    query = (
        _blocked(scope)
        .add_columns(CASE.c.id)
        .where(BLOCKAGE.c.theme == theme, CASE.c.commune.in_(sorted(communes)), of_typology, _ready())
        .order_by(BLOCKAGE.c.since, CASE.c.id)
        .limit(MOST)
    )
    with reading() as connection:
        return tuple(connection.execute(query).scalars())


def tried(scope: Scope, case_ids: Collection[str], theme: str) -> TriedFacts:
    """Searches, offers and the oldest blockage of these cases, as far as the reader sees them. A protected
    case counts for nothing: its landlords would say where it is."""
    mine = sa.select(CASE.c.id).where(
        CASE.c.id.in_(sorted(case_ids)), CASE.c.protected.is_(False), sees(scope)
    )
    with reading() as connection:
        answers = dict(_by(connection, ATTEMPT.c.answer, ATTEMPT.c.case_id.in_(mine)))
        landlords = ATTEMPT.join(BODY, BODY.c.id == ATTEMPT.c.body_id)
        asked = dict(_by(connection, BODY.c.name, ATTEMPT.c.case_id.in_(mine), source=landlords))
        made = sa.and_(OFFER.c.case_id.in_(mine), OFFER.c.annulled_on.is_(None))
        states = dict(_by(connection, OFFER.c.state, made))
        words = sa.select(OFFER.c.refusal_reasons).where(made, OFFER.c.state == "refused")
        refusals = [reason for row in connection.execute(words).scalars() for reason in row]
        oldest = sa.select(sa.func.min(BLOCKAGE.c.since)).where(
            BLOCKAGE.c.case_id.in_(mine), BLOCKAGE.c.theme == theme, BLOCKAGE.c.until.is_(None)
        )
        return TriedFacts(
            oldest_on=connection.execute(oldest).scalar(),
            asked=asked,
            answers=answers,
            offers=sum(states.values()),
            refused=states.get("refused", 0),
            refusals={reason: refusals.count(reason) for reason in dict.fromkeys(refusals)},
        )


def _by(
    connection: Connection, column: Any, where: sa.ColumnElement[bool], *, source: Any = None
) -> Iterator[tuple[str, int]]:
    query = sa.select(column, sa.func.count()).where(where).group_by(column).order_by(column)
    if source is not None:
        query = query.select_from(source)
    for value, count in connection.execute(query):
        yield value, int(count)
