"""Where: dated perimeter of each ICI, and dated settings that override the file of the territory."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class Commune(SQLModel, table=True):
    insee: str = Field(primary_key=True)
    name: str = Field(index=True)
    population: int


class Perimeter(SQLModel, table=True):
    """From `valid_from` on, this commune belongs to this ICI (provisional, editable: domain 2.3)."""

    id: int | None = Field(default=None, primary_key=True)
    commune: str = Field(foreign_key="commune.insee", index=True)
    ici: str
    valid_from: date


class SettingOverride(SQLModel, table=True):
    """A value decided here, from a day on. The journal says who decided it.

    `text_read`: somebody read the text that gives it, so what rests on it can be judged.
    """

    __tablename__ = "setting_override"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True)
    valid_from: date
    value: Any = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    source: str
    text_read: bool = False
