"""Vacant dwellings: those that a landlord has declared, and those that a search may look at."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.engine import reading
from db.queries.search_needs import COMMUNE, RECEIVERS, VACANCY
from db.rows import table_of
from db.scope import Scope
from db.tables.people import Body

BODY = table_of(Body)
MOST = 30


@dataclass(frozen=True, slots=True)
class VacancyLine:
    """A declared dwelling. Money in € a month. Never says for whom it was taken."""

    id: str
    landlord_id: str
    landlord: str
    state: str
    version: int
    declared_on: date
    address: str
    commune: str
    commune_name: str
    canton: str | None
    typology: int
    surface_m2: Decimal | None
    floor: int | None
    lift: bool | None
    features: tuple[str, ...]
    rent: Decimal | None
    charges: Decimal | None
    heating_included: bool | None
    recent: bool | None
    in_qpv: bool | None
    fragility: int | None
    available_from: date | None
    reserver: str
    ended_on: date | None
    ended_reason: str


@dataclass(frozen=True, slots=True)
class Vacancies:
    """A page of them, and how many there are in all."""

    lines: tuple[VacancyLine, ...]
    total: int


_LINES = (
    sa.select(VACANCY, BODY.c.name.label("landlord"), COMMUNE.c.name.label("commune_name"))
    .join(BODY, BODY.c.id == VACANCY.c.landlord_id)
    .join(COMMUNE, COMMUNE.c.insee == VACANCY.c.commune)
)


def declared(scope: Scope, *, ended: bool = False, limit: int = MOST, offset: int = 0) -> Vacancies:
    """Dwellings of my organisation: those that may be let, or those that no longer are; the last first."""
    where = [
        VACANCY.c.landlord_id == scope.body_id,
        VACANCY.c.state == "withdrawn" if ended else VACANCY.c.state.in_(["vacant", "taken"]),
        sa.literal(scope.role in RECEIVERS),
    ]
    order = (VACANCY.c.declared_on.desc(), VACANCY.c.id.desc())
    count = sa.select(sa.func.count()).select_from(VACANCY).where(*where)
    with reading() as connection:
        found = connection.execute(_LINES.where(*where).order_by(*order).limit(limit).offset(offset))
        lines = tuple(_line(row) for row in found.mappings())
        return Vacancies(lines, connection.execute(count).scalar_one())


def candidates(
    connection: Connection,
    *,
    lowest: int,
    highest: int,
    wished: Collection[str],
    avoided: Collection[str],
    limit: int,
) -> tuple[VacancyLine, ...]:
    """Vacant dwellings of every landlord within a typology, the wished communes first; none to avoid."""
    near = sa.case((VACANCY.c.commune.in_(wished), 0), else_=1)
    query = (
        _LINES.where(
            VACANCY.c.state == "vacant",
            VACANCY.c.typology.between(lowest, highest),
            VACANCY.c.commune.not_in(avoided),
        )
        .order_by(near, VACANCY.c.rent, VACANCY.c.id)
        .limit(limit)
    )
    return tuple(_line(row) for row in connection.execute(query).mappings())


def _line(row: Any) -> VacancyLine:
    values = {field.name: row[field.name] for field in fields(VacancyLine)}
    return VacancyLine(**values | {"features": tuple(row["features"])})
