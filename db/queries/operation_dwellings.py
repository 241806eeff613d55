"""The dwellings of an operation: what its forms may name. Who does not follow cases reads none."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from db.engine import reading
from db.queries.operation_counts import BUILDING, DWELLING, OPERATION, STAYED, followed
from db.queries.visible import CASE, masked
from db.scope import Scope


@dataclass(frozen=True, slots=True)
class Home:
    """`occupied`: a household that came from it still lives there or may come back."""

    id: str
    building_id: str
    address: str
    typology: int
    rooms: int
    surface_m2: Decimal
    floor: int
    lift: bool
    canton: str | None
    rent: Decimal | None
    charges: Decimal | None
    housing_aid: Decimal | None
    heating_included: bool | None
    in_qpv: bool | None
    freed_on: date | None
    neutralised_on: date | None
    occupied: bool

    @property
    def left(self) -> bool:
        """Everybody has left it, and nobody has recorded that it is free."""
        return not self.occupied and self.freed_on is None

    @property
    def open_to_all(self) -> bool:
        """Free and not yet made unusable."""
        return self.freed_on is not None and self.neutralised_on is None


COLUMNS = [field.name for field in fields(Home) if field.name != "occupied"]


def dwellings(scope: Scope, operation_id: str) -> tuple[Home, ...]:
    """Every dwelling of the operation, building by building."""
    if not scope.sees("common"):
        return ()
    there = sa.exists().where(
        CASE.c.dwelling_id == DWELLING.c.id,
        CASE.c.moved_in_on.is_(None),
        sa.or_(CASE.c.closed_on.is_(None), CASE.c.closure_reason.in_(STAYED)),
    )
    query = (
        sa.select(*(DWELLING.c[name] for name in COLUMNS), there.label("occupied"))
        .join(BUILDING, BUILDING.c.id == DWELLING.c.building_id)
        .join(OPERATION, OPERATION.c.id == BUILDING.c.operation_id)
        .where(OPERATION.c.id == operation_id, followed(scope))
        .order_by(DWELLING.c.building_id, DWELLING.c.floor, DWELLING.c.id)
    )
    with reading() as connection:
        return tuple(Home(**row) for row in connection.execute(query).mappings())


def homes_to_choose(scope: Scope, building_id: str) -> dict[str, str]:
    """Dwellings of a building where somebody may live: reference → words, with the households followed there.

    The address is told to who reads social data; a protected household is not named.
    """
    if not scope.sees("common"):
        return {}
    lives = sa.and_(CASE.c.dwelling_id == DWELLING.c.id, CASE.c.closed_on.is_(None))
    query = (
        sa.select(DWELLING, masked(scope, CASE.c.id).label("case_id"))
        .join(BUILDING, BUILDING.c.id == DWELLING.c.building_id)
        .join(OPERATION, OPERATION.c.id == BUILDING.c.operation_id)
        .outerjoin(CASE, lives)
        .where(DWELLING.c.building_id == building_id, DWELLING.c.freed_on.is_(None), followed(scope))
        .order_by(DWELLING.c.floor, DWELLING.c.id, CASE.c.id)
    )
    words: dict[str, list[str]] = {}
    with reading() as connection:
        for row in connection.execute(query).mappings():
            words.setdefault(row["id"], _said(dict(row), scope)).append(row["case_id"])
    return {key: " · ".join(part for part in parts if part) for key, parts in words.items()}


def _said(home: dict[str, Any], scope: Scope) -> list[str]:
    floor = "rez-de-chaussée" if home["floor"] == 0 else f"étage {home['floor']}"
    where = home["address"] if scope.sees("social") else home["id"]
    return [where, f"T{home['typology']}, {floor}"]
