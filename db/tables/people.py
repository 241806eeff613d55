"""Who works here: organisations, accounts, sign-in tokens, drafts, reads of sensitive fields."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class Body(SQLModel, table=True):
    """An organisation (organisme): landlord, commune, CCAS, association, MEL, State… Cases survive
    mergers."""

    id: str = Field(primary_key=True)
    name: str
    kind: str = Field(index=True)
    commune: str | None = None
    successor_id: str | None = Field(default=None, foreign_key="body.id")


class Account(SQLModel, table=True):
    id: str = Field(primary_key=True)
    name: str
    email: str = ""
    role: str = Field(index=True)
    body_id: str = Field(foreign_key="body.id", index=True)
    is_lead: bool = False
    ici: str | None = None
    password_hash: str = ""
    mail_wanted: bool = True
    active: bool = True
    absent_from: date | None = None
    absent_until: date | None = None
    deputy_id: str | None = Field(default=None, foreign_key="account.id")


class SignIn(SQLModel, table=True):
    """A session in a browser. Only the digest of its token is kept."""

    __tablename__ = "sign_in"
    token_digest: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    expires_at: datetime


class Feed(SQLModel, table=True):
    """A calendar address that opens without a password. Only the digest of its secret is kept; closing it
    deletes the row. `about`: "me" (my open deadlines) or the code of an ICI (its sessions)."""

    token_digest: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    about: str
    made_at: datetime

    __table_args__ = (sa.UniqueConstraint("account_id", "about"),)


class Draft(SQLModel, table=True):
    """What somebody has typed and not yet sent: survives a reload, a conflict and a lost connection."""

    account_id: str = Field(primary_key=True, foreign_key="account.id")
    form: str = Field(primary_key=True)
    content: dict[str, Any] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    saved_at: datetime


class ReadLog(SQLModel, table=True):
    """A read of `safety` or `health_functional` fields, with its reason (domain 6.3)."""

    __tablename__ = "read_log"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    account_id: str = Field(index=True)
    case_id: str = Field(index=True)
    field_class: str
    reason: str


class Counter(SQLModel, table=True):
    """The last number given in a series: references are gap-free and never reused."""

    series: str = Field(primary_key=True)
    value: int


class Marker(SQLModel, table=True):
    """Facts about the database itself, such as whether it was created for demonstration."""

    key: str = Field(primary_key=True)
    value: str
