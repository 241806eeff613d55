"""Households that may be the same as another: found by number, birth date, or year of birth and initials.

What comes out is for the rule that judges (`cases/twins.py`), which then keeps only what the reader may see.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.engine import reading
from db.queries.case_access import reachable
from db.queries.visible import CASE, opens
from db.rows import Row, table_of
from db.scope import Scope
from db.tables.case import Household, Person
from db.tables.merge import CaseMerge, SnrNumber
from db.tables.people import Body

_household, _person, _number = table_of(Household), table_of(Person), table_of(SnrNumber)
_body, _merge = table_of(Body), table_of(CaseMerge)
ADULTS = ("holder", "co_holder", "spouse")
MOST = 100
# Statements about some households are built once: each new case asks them.
HOUSEHOLDS: sa.BindParameter[str] = sa.bindparam("households", expanding=True)
_ADULTS_OF = sa.select(
    _person.c.household_id, _person.c.first_name, _person.c.last_name, _person.c.born_on
).where(_person.c.household_id.in_(HOUSEHOLDS), _person.c.link.in_(ADULTS))
_NUMBERS_OF = (
    sa.select(_number)
    .where(_number.c.household_id.in_(HOUSEHOLDS))
    .order_by(_number.c.known_on, _number.c.id)
)


def _like(*also: sa.ColumnElement[bool]) -> tuple[sa.Executable, sa.Executable]:
    """By number or birth date; then the holders born that year whose name begins like one of the words."""

    def of(table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
        return sa.select(table.c.household_id).where(*where, *also)

    numbered = of(_number, _number.c.number.in_(sa.bindparam("numbers", expanding=True)))
    born = of(
        _person, _person.c.born_on.in_(sa.bindparam("days", expanding=True)), _person.c.link.in_(ADULTS)
    )
    alike = _person.c.alike_key.in_(sa.bindparam("keys", expanding=True))
    near = of(_person, alike, _person.c.link == "holder").distinct()
    # Said in full: of a limit that it does not know, PostgreSQL keeps a plan that reads every household.
    return sa.union(numbered, born), near.limit(sa.literal_column(str(MOST)))


_LIKE = _like()
_LIKE_PROTECTED = _like(sa.column("household_id").in_(sa.select(CASE.c.household_id).where(CASE.c.protected)))


@dataclass(frozen=True, slots=True)
class Looked:
    """What identifies one adult: the birth date, the same with day and month exchanged, the keys of the
    people who may be the same (`Person.alike_key`)."""

    born_on: date
    swapped: date | None
    keys: frozenset[str]


def households_like(
    connection: Connection, numbers: Collection[str], adults: Collection[Looked], *, protected: bool = False
) -> frozenset[str]:
    """Identifiers of the households that deserve a comparison, each found through an index.

    Of those that only share a year of birth and the beginning of a name, at most `MOST`. `protected`: only
    those that have a protected case.
    """
    days = {day for adult in adults for day in (adult.born_on, adult.swapped) if day is not None}
    keys = {key for adult in adults for key in adult.keys}
    sure, near = _LIKE_PROTECTED if protected else _LIKE
    found = set(connection.execute(sure, {"numbers": sorted(numbers), "days": sorted(days)}).scalars())
    if keys:
        found |= set(connection.execute(near, {"keys": sorted(keys)}).scalars())
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class HeldCase:
    """A case of one of those households, as stored; `reachable` and `opens` are this reader's."""

    id: str
    household_id: str
    parent_id: str | None
    protected: bool
    reachable: bool
    opens: bool
    name: str
    state: str
    kind: str
    service: str
    referred_on: date
    closed_on: date | None


def cases_of(connection: Connection, scope: Scope, households: Collection[str]) -> list[HeldCase]:
    """Their cases, those already merged into another left out, oldest referral first."""
    found = connection.execute(_cases_read_by(scope), {"households": sorted(households)})
    return [HeldCase(**row) for row in found.mappings()]


@lru_cache(maxsize=64)
def _cases_read_by(scope: Scope) -> sa.Select[Any]:
    return (
        sa.select(
            CASE.c.id,
            CASE.c.household_id,
            CASE.c.parent_id,
            CASE.c.protected,
            reachable(scope).label("reachable"),
            opens(scope).label("opens"),
            _household.c.name,
            CASE.c.state,
            CASE.c.kind,
            _body.c.name.label("service"),
            CASE.c.referred_on,
            CASE.c.closed_on,
        )
        .join(_household, _household.c.id == CASE.c.household_id)
        .join(_body, _body.c.id == CASE.c.body_id)
        .where(CASE.c.household_id.in_(HOUSEHOLDS), CASE.c.merged_into_id.is_(None))
        .order_by(CASE.c.referred_on, CASE.c.id)
    )


def adults_of(connection: Connection, households: Collection[str]) -> list[Row]:
    """Lease holders and partners still there: household_id, first_name, last_name, born_on."""
    found = connection.execute(_ADULTS_OF, {"households": sorted(households)})
    return [dict(row) for row in found.mappings()]


def numbers_of(connection: Connection, households: Collection[str]) -> list[Row]:
    """Every unique number that they bore, oldest first."""
    found = connection.execute(_NUMBERS_OF, {"households": sorted(households)})
    return [dict(row) for row in found.mappings()]


@dataclass(frozen=True, slots=True)
class MergeLinks:
    """`into`: the case that received this one. `absorbed`: those it received and when, newest first."""

    into: str | None
    absorbed: tuple[tuple[str, date], ...]


def merge_links(connection: Connection, case_id: str) -> MergeLinks:
    """Merges that stand, by references alone: who opens one case reads nothing of the other here."""
    query = (
        sa.select(_merge.c.kept_id, _merge.c.absorbed_id, _merge.c.merged_on)
        .where(
            sa.or_(_merge.c.kept_id == case_id, _merge.c.absorbed_id == case_id), _merge.c.undone_on.is_(None)
        )
        .order_by(_merge.c.id.desc())
    )
    found = list(connection.execute(query))
    into = next((row.kept_id for row in found if row.absorbed_id == case_id), None)
    absorbed = tuple((row.absorbed_id, row.merged_on) for row in found if row.kept_id == case_id)
    return MergeLinks(into, absorbed)


def standing_merges(case_id: str) -> MergeLinks:
    """The same in a read of its own."""
    with reading() as connection:
        return merge_links(connection, case_id)


def known_numbers(connection: Connection, case_id: str) -> tuple[tuple[str, date | None], ...]:
    """The unique numbers that the household of a case bore, oldest first, with the date of each request."""
    query = (
        sa.select(_number.c.number, _number.c.requested_on)
        .join(CASE, CASE.c.household_id == _number.c.household_id)
        .where(CASE.c.id == case_id)
        .order_by(_number.c.known_on, _number.c.id)
    )
    return tuple((row.number, row.requested_on) for row in connection.execute(query))
