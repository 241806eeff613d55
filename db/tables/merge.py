"""Households known under several numbers or in several cases: number history, reversible merges."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class SnrNumber(SQLModel, table=True):
    """A unique number (SNE) that the household bears or bore: national merging keeps several (domain 5.1).

    `number` is compact: capitals, no space. The one in use is `CaseFile.snr_number`.
    """

    __tablename__ = "snr_number"
    id: int | None = Field(default=None, primary_key=True)
    household_id: str = Field(foreign_key="household.id", index=True)
    number: str = Field(index=True)
    requested_on: date | None = None
    known_on: date


class CaseMerge(SQLModel, table=True):
    """One case absorbed by another, and everything that has to be put back if it was a mistake.

    `journal_number` is the line of the merge: what came after it is later. `undo` holds the columns before.
    """

    __tablename__ = "case_merge"
    id: int | None = Field(default=None, primary_key=True)
    kept_id: str = Field(foreign_key="case_file.id", index=True)
    absorbed_id: str = Field(foreign_key="case_file.id", index=True)
    merged_on: date
    merged_by: str = Field(foreign_key="account.id")
    reason: str = ""
    journal_number: int
    undo: dict[str, Any] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    undone_on: date | None = None
    undone_by: str | None = Field(default=None, foreign_key="account.id")
