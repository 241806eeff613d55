"""Facts behind the charter's indicators: a row per case, per case raised to the ICI, per case decided there.

A frame is redacted as it is read: the place of a protected case (site, commune, landlord) is empty for who
may not open it, and a filter of place therefore leaves it out. No name and no address is ever read here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from db.engine import reading
from db.queries.indicator_facts import (
    DECIDED_COLUMNS,
    RAISED_COLUMNS,
    case_facts,
    decided_facts,
    raised_facts,
)
from db.queries.visible import CASE, masked, opens, sees
from db.rows import table_of
from db.scope import Scope
from db.tables.journal import JournalHead
from db.tables.operation import Building, Operation, Site
from db.tables.people import Body
from db.tables.territory import Commune

SITE, OPERATION, BUILDING = table_of(Site), table_of(Operation), table_of(Building)
COMMUNE, BODY, HEAD = table_of(Commune), table_of(Body), table_of(JournalHead)
FIGURES_ONLY = ("chair", "observer")
LISTED = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A filter of place: identifiers, None for everywhere."""

    site: str | None = None
    landlord: str | None = None
    commune: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """`cases`, `raised`, `decided`: the frames that indicators read, each with a `case_id` column."""

    cases: pd.DataFrame
    raised: pd.DataFrame
    decided: pd.DataFrame


@dataclass(frozen=True, slots=True)
class ListedCase:
    id: str
    kind: str
    state: str
    place: str


@dataclass(frozen=True, slots=True)
class Places:
    """What the filters offer: identifier → name, only where the reader has cases."""

    sites: dict[str, str]
    landlords: dict[str, str]
    communes: dict[str, str]


def counted(scope: Scope) -> sa.ColumnElement[bool]:
    """The cases in this reader's figures: the chair and observers read figures of the whole territory."""
    return sa.true() if scope.role in FIGURES_ONLY else sees(scope)


def version() -> int:
    """The number of the last accepted command: figures computed at the same number are the same."""
    with reading() as connection:
        return int(connection.execute(sa.select(HEAD.c.number).where(HEAD.c.id == 1)).scalar() or 0)


def facts(scope: Scope, place: Place) -> Facts:
    """Every frame, read at one instant."""
    where = (counted(scope), *placed(scope, place))
    with reading() as connection:
        return Facts(
            cases=case_facts(connection, scope, where),
            raised=_frame(raised_facts(connection, scope, where), RAISED_COLUMNS),
            decided=_frame(decided_facts(connection, scope, where), DECIDED_COLUMNS),
        )


def listed(scope: Scope, case_ids: Iterable[str], limit: int = LISTED) -> tuple[ListedCase, ...]:
    """Those of these cases that the reader lists and may open; nobody without case content gets one."""
    if not scope.sees("common"):
        return ()
    wanted = list(case_ids)[:limit]
    query = (
        sa.select(CASE.c.id, CASE.c.kind, CASE.c.state, COMMUNE.c.name.label("place"))
        .join(COMMUNE, COMMUNE.c.insee == CASE.c.commune)
        .where(CASE.c.id.in_(wanted), sees(scope), opens(scope))
        .order_by(CASE.c.id)
    )
    with reading() as connection:
        return tuple(ListedCase(**row) for row in connection.execute(query).mappings())


def places(scope: Scope) -> Places:
    """The choices of the filters. Empty for an observer: subtracting one place from all gives it away."""
    if scope.role == "observer":
        return Places({}, {}, {})
    with reading() as connection:
        return Places(
            sites=_named(connection, scope, SITE.c.id, SITE.c.name, _WITH_SITE),
            landlords=_named(
                connection,
                scope,
                BODY.c.id,
                BODY.c.name,
                sa.join(CASE, BODY, BODY.c.id == CASE.c.landlord_id),
            ),
            communes=_named(
                connection,
                scope,
                COMMUNE.c.insee,
                COMMUNE.c.name,
                sa.join(CASE, COMMUNE, COMMUNE.c.insee == CASE.c.commune),
            ),
        )


_WITH_SITE = (
    sa.join(CASE, BUILDING, BUILDING.c.id == CASE.c.building_id)
    .join(OPERATION, OPERATION.c.id == BUILDING.c.operation_id)
    .join(SITE, SITE.c.id == OPERATION.c.site_id)
)


def _named(
    connection: Connection,
    scope: Scope,
    key: sa.ColumnElement[Any],
    name: sa.ColumnElement[Any],
    joined: sa.FromClause,
) -> dict[str, str]:
    query = (
        sa.select(key, name).select_from(joined).where(counted(scope), opens(scope)).distinct().order_by(name)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def placed(scope: Scope, place: Place) -> list[sa.ColumnElement[bool]]:
    """A place is compared with what the reader may know of it: a protected case is in none."""
    if place == Place() or scope.role == "observer":
        return []
    found: list[sa.ColumnElement[bool]] = []
    if place.landlord is not None:
        found.append(masked(scope, CASE.c.landlord_id, None) == place.landlord)
    if place.commune is not None:
        found.append(masked(scope, CASE.c.commune, None) == place.commune)
    if place.site is not None:
        mine = (
            sa.select(BUILDING.c.id)
            .join(OPERATION, OPERATION.c.id == BUILDING.c.operation_id)
            .where(OPERATION.c.site_id == place.site)
        )
        found += [CASE.c.building_id.in_(mine), opens(scope)]
    return found


def _frame(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame.from_records(rows, columns=list(columns))
