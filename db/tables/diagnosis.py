"""The social diagnosis on the shared grid, its steps, and the need sheet that it gives. All are versioned."""

from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class Diagnosis(SQLModel, table=True):
    """`grid` holds the blocks of domain 4.1 by their names, as the command's model validated them."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    number: int
    started_on: date
    author_id: str = Field(foreign_key="account.id")
    grid: dict[str, Any] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    results: dict[str, Any] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    signed_on: date | None = None
    signed_by: str | None = None
    renewal_reason: str = ""


class DiagnosisStep(SQLModel, table=True):
    """One of the steps that follow the diagnosis (domain 3.4), as a dated fact. Corrected by a new row."""

    __tablename__ = "diagnosis_step"
    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    diagnosis_id: int
    step: str
    done_on: date
    note: str = ""
    recorded_by: str = Field(foreign_key="account.id")
    annulled_on: date | None = None


class NeedSheet(SQLModel, table=True):
    """The validated need: an offer is tested against the one in force that day."""

    __tablename__ = "need_sheet"
    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    number: int
    in_force_from: date | None = None
    typology_min: int
    typology_max: int
    surface_min: Decimal | None = Field(default=None, max_digits=7, decimal_places=2)
    max_cost: Decimal | None = Field(default=None, max_digits=9, decimal_places=2)
    communes: list[str] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    excluded_communes: list[str] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    features: list[str] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    support: str = ""
    under_occupation_accepted: bool = False
    revision_reason: str = ""
