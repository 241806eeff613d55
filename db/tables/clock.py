"""Deadlines, the ladder of their reminders, notices to people, runs of the clock."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class Deadline(SQLModel, table=True):
    """A date that follows from facts. `explanation` says from what; `remind_on` is the next day to say
    something."""

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    subject: str = Field(index=True)
    case_id: str | None = Field(default=None, foreign_key="case_file.id", index=True)
    due_on: date
    nature: str
    owner_id: str | None = Field(default=None, foreign_key="account.id", index=True)
    lead_id: str | None = Field(default=None, foreign_key="account.id")
    body_id: str | None = Field(default=None, foreign_key="body.id", index=True)
    explanation: list[str] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    opened_at: datetime
    remind_on: date | None = None
    snoozed_until: date | None = None  # put off by a person; never a legal date
    closed_at: datetime | None = None
    outcome: str | None = None

    __table_args__ = (
        sa.Index(
            "ix_deadline_remind",
            "remind_on",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
        sa.Index(
            "uq_deadline_open",
            "subject",
            "kind",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
        # Partial, like the other: an index led by closed_at would tempt SQLite away from `remind_on`.
        sa.Index(
            "ix_deadline_due",
            "due_on",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
    )


class Ladder(SQLModel, table=True):
    """The registry's reminder ladders, where SQL can join them. Rewritten by each sweep.

    `due_by`: the last due date that has reached this rung on the day of the sweep.
    """

    kind: str = Field(primary_key=True)
    step: int = Field(primary_key=True)
    days: int
    due_by: date
    audience: str


class Notice(SQLModel, table=True):
    """Something to tell somebody, once: `key` is unique, so a flow that is killed repeats nothing."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    recipient_id: str = Field(foreign_key="account.id", index=True)
    kind: str
    case_id: str | None = None
    subject: str = ""
    deadline_id: int | None = None
    due_on: date | None = None
    planned_on: date | None = None  # the rung of the ladder: a later `written_at` is a delay of the clock
    text: str = ""
    written_at: datetime
    delivered_at: datetime | None = Field(default=None, index=True)
    mail_id: int | None = Field(default=None, foreign_key="mail.id", index=True)
    read_at: datetime | None = None


class Mail(SQLModel, table=True):
    """The ledger of what leaves by mail: one digest for a person and a day, written before it is sent.

    `state`: queued, sending (handed to the server, no answer yet), sent, refused (for good). `message_id`
    never changes: a mail sent twice because of a kill is one message for the mailbox that gets it.
    """

    id: int | None = Field(default=None, primary_key=True)
    recipient_id: str = Field(foreign_key="account.id", index=True)
    day: date
    message_id: str = Field(unique=True)
    address: str
    subject: str
    text: str
    html: str
    state: str = "queued"
    tries: int = 0
    next_try_at: datetime
    written_at: datetime
    sent_at: datetime | None = None
    error: str = ""

    __table_args__ = (
        sa.UniqueConstraint("recipient_id", "day"),
        sa.Index(
            "ix_mail_due",
            "next_try_at",
            sqlite_where=sa.text("state IN ('queued', 'sending')"),
            postgresql_where=sa.text("state IN ('queued', 'sending')"),
        ),
    )


class ClockRun(SQLModel, table=True):
    """One good or failed run of a flow, in our own database: Prefect's may be wiped."""

    __tablename__ = "clock_run"
    id: int | None = Field(default=None, primary_key=True)
    flow: str = Field(index=True)
    day: date
    ended_at: datetime
    good: bool
    counts: dict[str, Any] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
