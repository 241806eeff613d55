"""The households of a reader's own service or stock who look for a dwelling: what each one needs."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.queries.search_needs import NEED
from db.queries.visible import CASE, opens, sees
from db.rows import Row, table_of
from db.scope import Scope
from db.tables.case import Household
from db.tables.operation import Dwelling

HOUSEHOLD, DWELLING = table_of(Household), table_of(Dwelling)
LOOKING = ("need_validated", "searching")


@dataclass(frozen=True, slots=True)
class OwnSearch:
    """`sheet`: the need sheet in force; `home`: where the household lives. For the rules, not to be shown."""

    case_id: str
    household: str
    kind: str
    sheet: Row
    home: Row


def own_searches(
    connection: Connection, scope: Scope, typologies: Collection[int], *, below: int, above: int, limit: int
) -> tuple[OwnSearch, ...]:
    """Those that a dwelling of one of these typologies may suit, the most pressing first.

    `below` and `above`: how far a typology may be from the need. A protected case is read by named readers.
    """
    if not scope.sees("social"):
        return ()
    near = [
        sa.and_(NEED.c.typology_min - below <= size, NEED.c.typology_max + above >= size)
        for size in typologies
    ]
    columns: list[sa.ColumnElement[Any]] = [column.label(f"need_{column.name}") for column in NEED.c]
    query = (
        sa.select(CASE.c.id, CASE.c.kind, HOUSEHOLD.c.name, DWELLING.c.commune, DWELLING.c.canton, *columns)
        .join(NEED, NEED.c.id == CASE.c.need_sheet_id)
        .join(HOUSEHOLD, HOUSEHOLD.c.id == CASE.c.household_id)
        .join(DWELLING, DWELLING.c.id == CASE.c.dwelling_id)
        .where(
            CASE.c.closed_on.is_(None), CASE.c.state.in_(LOOKING), sees(scope), opens(scope), sa.or_(*near)
        )
        .order_by(CASE.c.urgent.desc(), CASE.c.legal_on, CASE.c.referred_on, CASE.c.id)
        .limit(limit)
    )
    return tuple(_search(dict(row)) for row in connection.execute(query).mappings())


def _search(row: Row) -> OwnSearch:
    sheet = {name.removeprefix("need_"): value for name, value in row.items() if name.startswith("need_")}
    home = {"commune": row["commune"], "canton": row["canton"]}
    return OwnSearch(row["id"], row["name"], row["kind"], sheet, home)
