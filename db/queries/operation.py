"""The NPRU board: operations, then one operation building by building.

Counts take in protected cases; nothing here names a case. The chair and observers read these counts only.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa

from db.engine import reading
from db.queries.operation_counts import (
    BOARD,
    BODY,
    BUILDING,
    COUNTS,
    HOMES,
    LIST_COUNTS,
    OPERATION,
    OPERATION_COLUMNS,
    SITE,
    WITH_NAMES,
    buildings,
    case_counts,
    followed,
)
from db.queries.visible import CASE
from db.scope import Scope


@dataclass(frozen=True, slots=True)
class OperationLine:
    """One operation in the list. `remaining`: households not yet rehoused for good."""

    id: str
    name: str
    kind: str
    site: str
    commune: str
    landlord: str
    convention_on: date | None
    permit_on: date | None
    next_vacate_on: date | None
    households: int
    remaining: int
    no_offer: int
    attrition: int


@dataclass(frozen=True, slots=True)
class OperationView:
    """`buildings`: one row a building, with the columns of `COUNTS` beside its name, dates and dwellings."""

    id: str
    version: int
    name: str
    kind: str
    site_id: str
    site: str
    commune: str
    landlord_id: str
    landlord: str
    convention_on: date | None
    permit_on: date | None
    buildings: pd.DataFrame


def operations(scope: Scope) -> tuple[OperationLine, ...]:
    """Those this reader follows, by site."""
    found = case_counts(CASE.c.building_id, *LIST_COUNTS).subquery()
    query = (
        sa.select(
            *OPERATION_COLUMNS,
            sa.func.min(sa.case((found.c.remaining > 0, BUILDING.c.vacate_on))).label("next_vacate_on"),
            *(sa.func.coalesce(sa.func.sum(found.c[name]), 0).label(name) for name in LIST_COUNTS),
        )
        .select_from(
            WITH_NAMES.outerjoin(BUILDING, BUILDING.c.operation_id == OPERATION.c.id).outerjoin(
                found, found.c.place == BUILDING.c.id
            )
        )
        .where(followed(scope))
        .group_by(*OPERATION_COLUMNS)
        .order_by(SITE.c.name, OPERATION.c.id)
    )
    with reading() as connection:
        return tuple(OperationLine(**_whole(row)) for row in connection.execute(query).mappings())


def operation(scope: Scope, operation_id: str, *, third: int, recent_since: date) -> OperationView | None:
    """One operation; None when it does not exist or is not this reader's.

    `third`: how many countable refusals end the right to stay; `recent_since`: from when exits are counted.
    """
    head = (
        sa.select(*OPERATION_COLUMNS, OPERATION.c.version, OPERATION.c.landlord_id, OPERATION.c.site_id)
        .select_from(WITH_NAMES)
        .where(OPERATION.c.id == operation_id, followed(scope))
    )
    with reading() as connection:
        row = connection.execute(head).mappings().first()
        if row is None:
            return None
        found = connection.execute(buildings(operation_id, third, recent_since)).mappings()
        frame = pd.DataFrame([dict(line) for line in found], columns=BOARD)
    counted = [*COUNTS, *HOMES, "vacate_changes"]
    return OperationView(**row, buildings=frame.astype(dict.fromkeys(counted, "int64")))


def choices() -> tuple[dict[str, str], dict[str, str]]:
    """What a new operation may name: sites, then landlords that exist today (identifier → name)."""
    sites = sa.select(SITE.c.id, SITE.c.name).order_by(SITE.c.name)
    landlords = (
        sa.select(BODY.c.id, BODY.c.name)
        .where(BODY.c.kind == "landlord", BODY.c.successor_id.is_(None))
        .order_by(BODY.c.name)
    )
    with reading() as connection:
        return (
            {row.id: row.name for row in connection.execute(sites)},
            {row.id: row.name for row in connection.execute(landlords)},
        )


def _whole(row: Any) -> dict[str, Any]:
    """PostgreSQL sums to Decimal."""
    return dict(row) | {name: int(row[name]) for name in LIST_COUNTS}
