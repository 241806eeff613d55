"""The ICI: sessions, escalations, the course of each case, frozen lists, decisions and who must act."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class IciSession(SQLModel, table=True):
    __tablename__ = "ici_session"
    id: str = Field(primary_key=True)
    ici: str = Field(index=True)
    state: str
    version: int = 1
    held_on: date
    limit_on: date
    called_on: date | None = None
    frozen_at: datetime | None = None
    place: str = ""
    minutes_url: str = ""
    minutes_on: date | None = None
    minutes_head: str = ""
    present_ids: list[int] = Field(sa_column=sa.Column(sa.JSON, nullable=False, default=list))
    excused_ids: list[int] = Field(sa_column=sa.Column(sa.JSON, nullable=False, default=list))
    guests: str = ""


class Escalation(SQLModel, table=True):
    """One item for temps 2: a single case, a profile or a sector (the ICI is not case by case)."""

    id: str = Field(primary_key=True)
    state: str
    version: int = 1
    scale: str = "case"
    theme: str
    title: str
    tried: str = ""
    asked: str = ""
    author_id: str = Field(foreign_key="account.id")
    body_id: str = Field(foreign_key="body.id", index=True)
    ici: str
    session_id: str | None = Field(default=None, foreign_key="ici_session.id", index=True)
    asked_session_id: str | None = Field(default=None, foreign_key="ici_session.id")
    return_session_id: str | None = Field(default=None, foreign_key="ici_session.id")
    submitted_at: datetime | None = None
    claimed_on: date | None = None
    timing: str | None = None
    exception_reason: str = ""
    admitted_by: str | None = None
    objectification: str = ""
    proposal: str = ""
    proposed_kind: str | None = None
    proposed_body_ids: list[str] = Field(sa_column=sa.Column(sa.JSON, nullable=False, default=list))
    minutes: int | None = None
    rank: int | None = None
    returns: int = 0
    provisional: bool = False


class IciCourse(SQLModel, table=True):
    """The ICI course of one case: beside its place in the path. At most one open row per case."""

    __tablename__ = "ici_course"
    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    escalation_id: str = Field(foreign_key="escalation.id", index=True)
    state: str
    exception_reason: str = ""
    joined_on: date | None = None  # of a case added after the draft was made, with why
    joined_reason: str = ""
    left_reason: str = ""
    decision_id: str | None = None
    executed_on: date | None = None
    ended_on: date | None = None

    __table_args__ = (
        sa.Index(
            "uq_ici_course_open",
            "case_id",
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        ),
    )


class FrozenList(SQLModel, table=True):
    """What stood on the list at the limit (number 0), then each numbered addendum. Never changes."""

    __tablename__ = "frozen_list"
    id: int | None = Field(default=None, primary_key=True)
    session_id: str = Field(foreign_key="ici_session.id", index=True)
    number: int
    frozen_at: datetime
    content: list[dict[str, Any]] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    digest: str
    journal_head: str


class IciDecision(SQLModel, table=True):
    """Recorded collectively in session; `id` is its number, without gaps, per ICI and session."""

    __tablename__ = "ici_decision"
    id: str = Field(primary_key=True)
    session_id: str = Field(foreign_key="ici_session.id", index=True)
    escalation_id: str = Field(foreign_key="escalation.id", index=True)
    kind: str
    text: str
    case_ids: list[str] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    due_on: date | None = None
    decided_on: date
    recorded_by: str = Field(foreign_key="account.id")
    agreed_ids: list[int] = Field(sa_column=sa.Column(sa.JSON, nullable=False, default=list))
    abstained_ids: list[int] = Field(sa_column=sa.Column(sa.JSON, nullable=False, default=list))
    reservation: str = ""


class Obligation(SQLModel, table=True):
    """What a named body must do before a date because the ICI decided so."""

    id: int | None = Field(default=None, primary_key=True)
    decision_id: str = Field(foreign_key="ici_decision.id", index=True)
    body_id: str = Field(foreign_key="body.id", index=True)
    due_on: date
    state: str = "awaited"
    settled_on: date | None = None
    detail: str = ""
    reason: str = ""
