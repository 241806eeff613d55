"""The NPRU board by site: stock to rehouse, departures lately, dates to vacate, last occupants."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from db.engine import reading
from db.queries.operation_counts import (
    BUILDING,
    COMMUNE,
    OPERATION,
    SITE,
    WITH_NAMES,
    case_counts,
    followed,
)
from db.queries.visible import CASE
from db.scope import Scope

COUNTED = ("households", "still_there", "no_offer", "rehoused", "attrition", "recent_exits")


@dataclass(frozen=True, slots=True)
class SiteLine:
    """`last`: households of buildings where few are left. `vacate_on`: when the last one is to be empty."""

    id: str
    name: str
    commune: str
    operations: int
    households: int
    still_there: int
    no_offer: int
    rehoused: int
    attrition: int
    recent_exits: int
    last: int
    vacate_on: date | None
    vacate_changes: int


def sites(scope: Scope, *, recent_since: date, few: int) -> tuple[SiteLine, ...]:
    """The sites of the operations that this reader follows, by name. `few`: the setting `last_occupants`."""
    found = case_counts(CASE.c.building_id, *COUNTED, recent_since=recent_since).subquery()
    query = (
        sa.select(
            SITE.c.id,
            SITE.c.name,
            COMMUNE.c.name.label("commune"),
            OPERATION.c.id.label("operation"),
            BUILDING.c.vacate_on,
            BUILDING.c.vacate_changes,
            *(sa.func.coalesce(found.c[name], 0).label(name) for name in COUNTED),
        )
        .select_from(
            WITH_NAMES.outerjoin(BUILDING, BUILDING.c.operation_id == OPERATION.c.id).outerjoin(
                found, found.c.place == BUILDING.c.id
            )
        )
        .where(followed(scope))
        .order_by(SITE.c.name)
    )
    by_site: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    with reading() as connection:
        for row in connection.execute(query).mappings():
            by_site[row["id"]].append(dict(row))
    return tuple(_line(rows, few) for rows in by_site.values())


def _line(rows: list[Mapping[str, Any]], few: int) -> SiteLine:
    """One row a building of the site."""
    first = rows[0]
    dates = [row["vacate_on"] for row in rows if row["still_there"] and row["vacate_on"]]
    return SiteLine(
        id=first["id"],
        name=first["name"],
        commune=first["commune"],
        operations=len({row["operation"] for row in rows}),
        last=sum(int(row["still_there"]) for row in rows if row["still_there"] <= few),
        vacate_on=max(dates, default=None),
        vacate_changes=sum(row["vacate_changes"] or 0 for row in rows),
        **{name: sum(int(row[name]) for row in rows) for name in COUNTED},
    )


def all_sites() -> dict[str, tuple[str, int]]:
    """identifier → (name, phase), by name: what a form may correct."""
    query = sa.select(SITE.c.id, SITE.c.name, SITE.c.phase).order_by(SITE.c.name)
    with reading() as connection:
        return {row.id: (row.name, row.phase) for row in connection.execute(query)}
