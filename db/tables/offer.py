"""Written dwelling proposals and what committees said of them. Never deleted, only annulled."""

from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class Offer(SQLModel, table=True):
    """`judgement` is the countable-offer test of domain 1.4, frozen at the refusal and never computed again.

    `money`: what housing costs before and after, as computed when the offer was made. `effects`: what the
    reasons of the refusal brought about, as the settings had it that day.
    """

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    number: int
    state: str = "pending"
    landlord_id: str = Field(foreign_key="body.id", index=True)
    need_sheet_id: int
    written: bool = True
    offered_on: date
    received_on: date | None = None
    proof: str = ""
    answer_due_on: date
    address: str = ""
    commune: str = Field(foreign_key="commune.insee")
    canton: str | None = None
    adjoins: bool | None = None
    distance_km: Decimal | None = Field(default=None, max_digits=6, decimal_places=2)
    specially_designed: bool = False
    typology: int
    surface_m2: Decimal | None = Field(default=None, max_digits=7, decimal_places=2)
    floor: int | None = None
    lift: bool | None = None
    features: list[str] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    rent: Decimal | None = Field(default=None, max_digits=9, decimal_places=2)
    charges: Decimal | None = Field(default=None, max_digits=9, decimal_places=2)
    housing_aid: Decimal | None = Field(default=None, max_digits=9, decimal_places=2)
    rent_cut: Decimal | None = Field(default=None, max_digits=9, decimal_places=2)
    utilities_flat: Decimal | None = Field(default=None, max_digits=9, decimal_places=2)
    heating_included: bool | None = None
    effort_rate: Decimal | None = Field(default=None, max_digits=6, decimal_places=3)
    recent: bool | None = None
    in_qpv: bool | None = None
    fragility: int | None = None  # IPS class of the quarter, 1 to 4
    visit_offered: bool = False
    visit_on: date | None = None
    visit_outcome: str = ""
    visit_words: str = ""
    money: dict[str, Any] | None = Field(default=None, sa_column=sa.Column(sa.JSON))
    answered_on: date | None = None
    refusal_signed: bool = False
    refusal_reasons: list[str] = Field(default_factory=list, sa_column=sa.Column(sa.JSON, nullable=False))
    refusal_words: str = ""
    effects: list[dict[str, Any]] = Field(default_factory=list, sa_column=sa.Column(sa.JSON, nullable=False))
    countable: bool | None = None
    counted: bool = False  # part of the counter of the case, until it is annulled or the holder changes
    judgement: dict[str, Any] | None = Field(default=None, sa_column=sa.Column(sa.JSON))
    annulled_reason: str = ""
    vacancy_id: str | None = None
    annulled_on: date | None = None
    annulled_from: str = ""
    legitimacy: str | None = None  # what the technical committee judges of a refusal; beside `judgement`
    legitimacy_by: str | None = Field(default=None, foreign_key="account.id")
    legitimacy_on: date | None = None


class CommitteeDecision(SQLModel, table=True):
    """What the landlord's allocation commission decided or was told (R.441-3; domain 5.5 and 1.3 step 9).

    `outcome` of a rank behind others: waiting, awarded, ended; of a suspensive condition: waiting, lifted,
    fallen.
    """

    __tablename__ = "committee_decision"
    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    offer_id: str = Field(foreign_key="offer.id")
    mode: str
    held_on: date
    decision: str
    rank: int | None = None
    condition: str = ""
    condition_due_on: date | None = None
    reason: str = ""
    reasons: list[str] = Field(default_factory=list, sa_column=sa.Column(sa.JSON, nullable=False))
    candidates: int | None = None
    few_candidates: str = ""
    outcome: str = ""
    settled_on: date | None = None
