"""After moving in: contacts, signals, the RIME questionnaire; the charter's promises, frozen."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class FollowUp(SQLModel, table=True):
    """A contact after moving in, or a try: its content is that of domain 1.6."""

    __tablename__ = "follow_up"
    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    author_id: str | None = Field(default=None, foreign_key="account.id")
    milestone: int
    held_on: date
    channel: str = ""
    reached: bool
    rent_paid: bool | None = None
    arrears: int | None = None
    aid_in_place: bool | None = None
    bills_as_expected: bool | None = None
    defects: str = ""
    defects_closed: bool | None = None
    adaptation: str | None = None
    relays_in_place: bool | None = None
    relays_missing: list[str] = Field(default_factory=list, sa_column=sa.Column(sa.JSON, nullable=False))
    neighbourhood: str = ""
    wants_to_move: bool | None = None
    support_need: str = ""
    satisfaction: int | None = None
    detail: str = ""
    outcome: str = ""
    extended_until: date | None = None


class Signal(SQLModel, table=True):
    """A new difficulty told to the FSL, the CCAPEX or a CCAS; its reception is to be checked."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    follow_up_id: int | None = Field(default=None, foreign_key="follow_up.id")
    told: str
    reason: str = ""
    consent: bool = False
    sent_on: date
    answer: str = "waiting"
    answered_on: date | None = None
    detail: str = ""


class Satisfaction(SQLModel, table=True):
    """The RIME questionnaire of one household at one milestone. Read in aggregate only."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    milestone: int
    answered_on: date
    income_class: str | None = None
    informed_how: str
    information: int
    single_contact: bool
    supported: bool
    supported_at_move: bool
    dwelling: int
    works: int | None = None
    neighbourhood: int


class Promise(SQLModel, table=True):
    """One of the charter's three promises as it was judged at moving in: never computed again."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    code: str
    verdict: str
    sentence: str
    inputs: dict[str, Any] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    source: str
    certainty: str
    judged_on: date


class Derogation(SQLModel, table=True):
    """Why a promise was set aside, by whom: shown beside the verdict, which it does not change."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    code: str
    reason: str
    decided_on: date
    author_id: str = Field(foreign_key="account.id")
