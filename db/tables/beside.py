"""What stands beside the path of a case: suspensions, opinions, approvals by a second person, documents."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class Suspension(SQLModel, table=True):
    """A case that waits, with its reason and the day it is expected to go on."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    reason: str
    explanation: str = ""
    since: date
    expected_end: date
    ended_on: date | None = None
    said_by: str = Field(foreign_key="account.id")


class Opinion(SQLModel, table=True):
    """A question put to an organisation. What it is asked is all that it reads of the case."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    body_id: str = Field(foreign_key="body.id", index=True)
    question: str
    asked_by: str = Field(foreign_key="account.id")
    asked_on: date
    answer_due_on: date
    answer: str = "waiting"
    words: str = ""
    answered_on: date | None = None
    answered_by: str | None = Field(default=None, foreign_key="account.id")


class Approval(SQLModel, table=True):
    """A command that waits for a second person; it is carried out as it was asked, or refused."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    kind: str
    content: dict[str, Any] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    why: str = ""
    occurred_on: date
    asked_by: str = Field(foreign_key="account.id")
    asked_at: datetime
    answer: str = Field(default="waiting", index=True)
    answered_by: str | None = Field(default=None, foreign_key="account.id")
    answered_at: datetime | None = None
    reason: str = ""


class Document(SQLModel, table=True):
    """A file attached to a case. Its content lies outside the database, under its digest."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    type: str
    name: str
    media: str
    size: int
    digest: str = Field(index=True)
    added_by: str = Field(foreign_key="account.id")
    added_at: datetime
    removed_on: date | None = None
    removed_by: str | None = Field(default=None, foreign_key="account.id")
    removed_reason: str = ""
    erased_at: datetime | None = None
