"""Vacant dwellings that landlords declare, so that a search finds them."""

from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class Vacancy(SQLModel, table=True):
    """`state`: vacant, taken (by the offer `offer_id`) or withdrawn. `reserver`: whose right it is to name
    candidates. Never deleted."""

    id: str = Field(primary_key=True)
    landlord_id: str = Field(foreign_key="body.id")
    state: str = "vacant"
    version: int = 1
    declared_on: date
    declared_by: str = Field(foreign_key="account.id")
    address: str
    commune: str = Field(foreign_key="commune.insee")
    canton: str | None = None
    typology: int
    surface_m2: Decimal | None = Field(default=None, max_digits=7, decimal_places=2)
    floor: int | None = None
    lift: bool | None = None
    features: list[str] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    rent: Decimal | None = Field(default=None, max_digits=9, decimal_places=2)
    charges: Decimal | None = Field(default=None, max_digits=9, decimal_places=2)
    heating_included: bool | None = None
    recent: bool | None = None
    in_qpv: bool | None = None
    fragility: int | None = None
    available_from: date | None = None
    reserver: str = "landlord"
    offer_id: str | None = Field(default=None, foreign_key="offer.id", index=True)
    ended_on: date | None = None
    ended_reason: str = ""

    __table_args__ = (
        sa.Index("ix_vacancy_landlord", "landlord_id", "state"),
        sa.Index("ix_vacancy_search", "state", "typology"),
    )
