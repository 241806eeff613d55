"""The technical committee of rehousing: its sessions, and what each case asks of it (domain 1.3 step 6)."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class TechnicalSession(SQLModel, table=True):
    """Of one landlord's stock, of one territory, or of the whole metropolis when neither is named."""

    __tablename__ = "technical_session"
    id: str = Field(primary_key=True)
    state: str = "planned"
    version: int = 1
    held_on: date = Field(index=True)
    landlord_id: str | None = Field(default=None, foreign_key="body.id")
    territory: str = ""
    place: str = ""
    member_ids: list[str] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    present_ids: list[str] = Field(default_factory=list, sa_column=sa.Column(sa.JSON, nullable=False))
    planned_by: str = Field(foreign_key="account.id")
    closed_by: str | None = Field(default=None, foreign_key="account.id")
    minutes_on: date | None = None
    journal_head: str = ""
    cancel_reason: str = ""


class TechnicalItem(SQLModel, table=True):
    """One case on one agenda, and the opinion given. `need_sheet_id`: the sheet looked at.

    `next_id`: the point that takes this one up: at a later session when it was adjourned, or again when its
    opinion was annulled.
    """

    __tablename__ = "technical_item"
    id: int | None = Field(default=None, primary_key=True)
    session_id: str = Field(foreign_key="technical_session.id", index=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    asked: str
    question: str = ""
    offer_id: str | None = Field(default=None, foreign_key="offer.id")
    need_sheet_id: int | None = None
    submitted_by: str = Field(foreign_key="account.id")
    submitted_on: date
    opinion: str = "waiting"
    reason: str = ""
    given_on: date | None = None
    given_by: str | None = Field(default=None, foreign_key="account.id")
    returns: int = 0
    next_id: int | None = Field(default=None, foreign_key="technical_item.id")
    annulled_from: str = ""  # the opinion that was recorded by mistake; `opinion` then says "annulled"
    annulled_on: date | None = None
    annulled_by: str | None = Field(default=None, foreign_key="account.id")
    annul_reason: str = ""
