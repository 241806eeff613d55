"""The followed item: household, people, case file, and what stands beside its path."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class Household(SQLModel, table=True):
    id: str = Field(primary_key=True)
    name: str = Field(index=True)
    search_name: str = Field(index=True)
    phone: str = ""
    email: str = ""
    safe_contact: str = ""


class Person(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    household_id: str = Field(foreign_key="household.id", index=True)
    first_name: str
    last_name: str
    born_on: date = Field(index=True)
    alike_key: str = Field(default="", index=True)  # year of birth and beginning of the plain name
    sex: str | None = None
    link: str
    in_couple: bool = False
    in_dwelling_since: date | None = None
    conflicted: bool = False
    died_on: date | None = None
    left_on: date | None = None


class CaseFile(SQLModel, table=True):
    """A transfer or a rehousing. The summary columns are what the guards read: one row tells where it
    stands."""

    __tablename__ = "case_file"
    id: str = Field(primary_key=True)
    kind: str
    state: str
    version: int = 1
    household_id: str = Field(foreign_key="household.id", index=True)
    dwelling_id: str = Field(foreign_key="dwelling.id", index=True)
    commune: str = Field(foreign_key="commune.insee")
    owner_id: str | None = Field(default=None, foreign_key="account.id", index=True)
    body_id: str = Field(foreign_key="body.id", index=True)
    landlord_id: str = Field(foreign_key="body.id")
    referrer_id: str = Field(foreign_key="account.id", index=True)
    referrer_body_id: str = Field(foreign_key="body.id", index=True)
    building_id: str | None = Field(default=None, foreign_key="building.id", index=True)
    parent_id: str | None = Field(default=None, foreign_key="case_file.id")
    household_split: bool = False  # RIME: part of a décohabitation, on either side
    merged_into_id: str | None = Field(default=None, foreign_key="case_file.id")
    tracking_code: str | None = Field(default=None, unique=True)  # the referrer's, names nobody
    snr_number: str | None = None
    snr_requested_on: date | None = None
    snr_expires_on: date | None = None
    suitable_offers: int | None = None
    criteria: list[str] = Field(default_factory=list, sa_column=sa.Column(sa.JSON, nullable=False))
    evidence: list[dict[str, Any]] = Field(default_factory=list, sa_column=sa.Column(sa.JSON, nullable=False))
    circumstances: str = ""
    protected: bool = False
    urgent: bool = False
    referred_on: date
    stage_since: date
    admitted_on: date | None = None
    touched_at: datetime
    information_due_on: date | None = None
    diagnosis_id: int | None = None
    diagnosis_signed_on: date | None = None
    need_sheet_id: int | None = None
    need_validated_on: date | None = None
    attempts: int = 0
    offers_made: int = 0
    open_offer_id: str | None = None
    offer_answer_due_on: date | None = None
    accepted_offer_id: str | None = None
    countable_refusals: int = 0
    third_refusal_to_validate: bool = False
    third_refusal_validated_on: date | None = None
    third_offer_received_on: date | None = None
    right_to_stay_until: date | None = None
    right_notice_received_on: date | None = None
    visit_on: date | None = None
    search_paused_until: date | None = None
    need_questioned_id: int | None = None  # the sheet that a refusal calls into question
    need_questioned_on: date | None = None
    committee_rank: int | None = None
    condition_due_on: date | None = None
    open_blockages: int = 0
    course_id: int | None = None
    vacate_on: date | None = None
    vacate_changes: int = 0
    legal_on: date = date.max  # the nearest of the dates that order a queue; far away when there is none
    temporary_dwelling: str | None = None
    return_planned_on: date | None = None
    lease_signed_on: date | None = None
    moved_in_on: date | None = None
    follow_up_done: int = 0
    support_until: date | None = None
    suspended_until: date | None = None
    pauses: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=sa.Column(sa.JSON, nullable=False, default=list)
    )  # every suspension: since, until (expected while it lasts), read by the internal clocks
    closed_on: date | None = None
    closure_reason: str | None = None
    closed_from: str | None = None
    kept_until: date | None = None  # the erasure is put off until then, by a person, with a reason
    erased_on: date | None = None  # nothing personal is left of it since

    __table_args__ = (
        sa.Index("ix_case_queue", "body_id", "closed_on", "state"),
        sa.Index("ix_case_mine", "owner_id", "closed_on"),
        sa.Index("ix_case_landlord", "landlord_id", "closed_on"),
    )


def _queue_index(name: str, where: str, *columns: sa.ColumnElement[Any]) -> None:
    """Everything that chooses and orders the cases of a queue: no row is read before its page is known."""
    sa.Index(name, *columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


_case: sa.Table = CaseFile.__table__  # type: ignore[attr-defined]
_order = (_case.c.urgent.desc(), _case.c.legal_on, _case.c.referred_on, _case.c.id)
_queue_index(
    "ix_case_order", "closed_on IS NULL", *_order, _case.c.commune, _case.c.open_blockages, _case.c.course_id
)
_queue_index(
    "ix_case_blocked",
    "open_blockages > 0 AND closed_on IS NULL",
    _case.c.body_id,
    _case.c.landlord_id,
    _case.c.owner_id,
    _case.c.referrer_body_id,
    _case.c.referrer_id,
    *_order,
    _case.c.commune,
    _case.c.course_id,
    _case.c.open_blockages,
    _case.c.closed_on,
)


class NamedReader(SQLModel, table=True):
    """Who may open a protected case. Nobody else, whatever their role (domain 6.4)."""

    __tablename__ = "named_reader"
    case_id: str = Field(primary_key=True, foreign_key="case_file.id")
    account_id: str = Field(primary_key=True, foreign_key="account.id", index=True)


class Blockage(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    theme: str
    explanation: str = ""
    since: date
    until: date | None = None
    outcome: str = ""
    said_by: str = Field(foreign_key="account.id")

    __table_args__ = (
        sa.Index(
            "ix_blockage_open",
            "case_id",
            "theme",
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        ),
    )


class Attempt(SQLModel, table=True):
    """A search with a landlord: the need sheet as it was sent, and its answer.

    `sent` is the whitelisted snapshot of `cases/rules/need_sent.py`; `reason` says why there is nothing;
    `silence_noted_on` is the day a missed date was recorded: a late answer may still come.
    """

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    body_id: str = Field(foreign_key="body.id")
    asked_on: date
    answer_due_on: date | None = None
    answer: str = "waiting"
    answered_on: date | None = None
    answered_by: str | None = Field(default=None, foreign_key="account.id")
    detail: str = ""
    need_sheet_id: int | None = None
    sent: dict[str, Any] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    reason: str = ""
    answer_detail: str = ""
    vacancy_id: str | None = Field(default=None, foreign_key="vacancy.id")
    silence_noted_on: date | None = None

    __table_args__ = (
        sa.Index("ix_attempt_desk", "body_id", "answer", "answer_due_on"),
        sa.Index(
            "ix_attempt_waiting",
            "answer_due_on",
            sqlite_where=sa.text("answer = 'waiting'"),
            postgresql_where=sa.text("answer = 'waiting'"),
        ),
    )


class Handover(SQLModel, table=True):
    """A case handed to somebody else. The sender stays responsible until it is accepted."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    from_id: str | None = Field(default=None, foreign_key="account.id")
    to_id: str = Field(foreign_key="account.id", index=True)
    reason: str = ""
    asked_on: date
    answer: str = "waiting"
    answered_on: date | None = None


class Note(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    author_id: str = Field(foreign_key="account.id")
    body_id: str | None = Field(default=None, foreign_key="body.id")
    readers: str = "all"  # all, service (the author's) or me (the author alone)
    written_at: datetime
    text: str
