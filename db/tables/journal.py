"""The append-only journal and its head. Triggers forbid any change but emptying `details` (erasure)."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel


class JournalEntry(SQLModel, table=True):
    """One accepted command. `digest` covers everything but `details`, which `details_digest` covers with its
    salt."""

    __tablename__ = "journal_entry"
    number: int = Field(primary_key=True)
    command_id: str = Field(unique=True)
    recorded_at: datetime
    occurred_on: date
    actor: str = Field(index=True)
    type: str
    subject: str = Field(index=True)
    case_id: str | None = Field(default=None, index=True)
    details: str | None
    details_digest: str
    previous_digest: str
    digest: str
    answer: str


class JournalLink(SQLModel, table=True):
    """A line that also changed other cases than its subject (a decision for six, a split, a moved date)."""

    __tablename__ = "journal_link"
    number: int = Field(primary_key=True)
    case_id: str = Field(primary_key=True, foreign_key="case_file.id", index=True)


class JournalHead(SQLModel, table=True):
    """The single row that every command locks first: it serialises writers and carries the chain."""

    __tablename__ = "journal_head"
    id: int = Field(primary_key=True)
    number: int
    digest: str
    settings_version: int = 0
