"""NPRU: sites, operations, buildings, dwellings to empty."""

from datetime import date
from decimal import Decimal

from sqlmodel import Field, SQLModel


class Site(SQLModel, table=True):
    id: str = Field(primary_key=True)
    name: str
    commune: str = Field(foreign_key="commune.insee")
    phase: int


class Operation(SQLModel, table=True):
    """Demolition or requalification. Without convention or permit a refusal has no legal effect (domain
    1.4)."""

    id: str = Field(primary_key=True)
    version: int = 1
    site_id: str = Field(foreign_key="site.id", index=True)
    landlord_id: str = Field(foreign_key="body.id", index=True)
    name: str
    kind: str = "demolition"
    convention_on: date | None = None
    permit_on: date | None = None


class Building(SQLModel, table=True):
    id: str = Field(primary_key=True)
    version: int = 1
    operation_id: str = Field(foreign_key="operation.id", index=True)
    name: str
    address: str
    in_qpv: bool | None = None
    vacate_on: date | None = None
    vacate_changes: int = 0


class Dwelling(SQLModel, table=True):
    """A present dwelling: where a household lives when its case opens."""

    id: str = Field(primary_key=True)
    landlord_id: str = Field(foreign_key="body.id")
    building_id: str | None = Field(default=None, foreign_key="building.id", index=True)
    commune: str = Field(foreign_key="commune.insee")
    canton: str | None = None
    address: str
    typology: int
    rooms: int
    surface_m2: Decimal = Field(max_digits=7, decimal_places=2)
    floor: int = 0
    lift: bool = False
    rent: Decimal | None = Field(default=None, max_digits=9, decimal_places=2)
    charges: Decimal | None = Field(default=None, max_digits=9, decimal_places=2)
    housing_aid: Decimal | None = Field(default=None, max_digits=9, decimal_places=2)
    heating_included: bool | None = None
    in_qpv: bool | None = None
    freed_on: date | None = None
    neutralised_on: date | None = None
    neutralised_how: str = ""
