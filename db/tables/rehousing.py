"""What a demolition does to households: dates that move, stays elsewhere, groups, costs, objectives."""

from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class VacateChange(SQLModel, table=True):
    """One change of the vacate date of a building; `told_on`: when its households were told."""

    __tablename__ = "vacate_change"
    id: int | None = Field(default=None, primary_key=True)
    building_id: str = Field(foreign_key="building.id", index=True)
    changed_on: date
    changed_by: str = Field(foreign_key="account.id")
    before: date | None = None
    after: date
    reason: str
    told_on: date | None = None


class TemporaryStay(SQLModel, table=True):
    """Housed elsewhere for a time, under a convention. `outcome`: returned, renounced, resumed, ended."""

    __tablename__ = "temporary_stay"
    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    moved_on: date
    dwelling: str
    convention_on: date | None = None
    difference_paid_by: str | None = None
    right_of_return: bool = True
    commune: str | None = Field(default=None, foreign_key="commune.insee")
    typology: int | None = None
    surface_m2: Decimal | None = Field(default=None, max_digits=7, decimal_places=2)
    rent: Decimal | None = Field(default=None, max_digits=9, decimal_places=2)
    charges: Decimal | None = Field(default=None, max_digits=9, decimal_places=2)
    housing_aid: Decimal | None = Field(default=None, max_digits=9, decimal_places=2)
    heating_included: bool | None = None
    in_qpv: bool | None = None
    first_return_on: date
    ended_on: date | None = None
    outcome: str = ""
    renounced_on: date | None = None
    document: str = ""


class ReturnChange(SQLModel, table=True):
    """One change of the date on which a household housed temporarily comes back."""

    __tablename__ = "return_change"
    id: int | None = Field(default=None, primary_key=True)
    stay_id: int = Field(foreign_key="temporary_stay.id", index=True)
    changed_on: date
    before: date | None = None
    after: date
    reason: str
    told_on: date | None = None


class HolderChange(SQLModel, table=True):
    """The tenant died and somebody took over. `findings`: the conditions as they were judged that day."""

    __tablename__ = "holder_change"
    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    changed_on: date
    died_on: date
    former_refusals: int = 0
    derogation: str = ""
    findings: list[dict[str, Any]] = Field(sa_column=sa.Column(sa.JSON, nullable=False))


class GroupedSolution(SQLModel, table=True):
    """A group of dwellings kept for households of one operation who want to stay together."""

    __tablename__ = "grouped_solution"
    id: str = Field(primary_key=True)
    operation_id: str = Field(foreign_key="operation.id", index=True)
    landlord_id: str = Field(foreign_key="body.id")
    name: str
    address: str
    commune: str = Field(foreign_key="commune.insee")
    dwellings: int
    proposed_on: date
    answer_due_on: date
    ready_on: date | None = None
    annulled_reason: str = ""


class GroupedAnswer(SQLModel, table=True):
    """What a household says of a grouped solution: waiting, joined, declined. Never a refusal."""

    __tablename__ = "grouped_answer"
    id: int | None = Field(default=None, primary_key=True)
    grouped_id: str = Field(foreign_key="grouped_solution.id", index=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    answer: str = "waiting"
    answer_due_on: date
    answered_on: date | None = None
    words: str = ""


class PlannedAct(SQLModel, table=True):
    """The next dated act for one of the last households of a building: what, who, when."""

    __tablename__ = "planned_act"
    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    what: str
    who_id: str = Field(foreign_key="account.id")
    planned_on: date
    due_on: date
    answer: str = "waiting"
    answered_on: date | None = None
    result: str = ""


class RehousingCost(SQLModel, table=True):
    """What a move or the works in the new dwelling cost (€), and who pays."""

    __tablename__ = "rehousing_cost"
    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case_file.id", index=True)
    kind: str
    amount: Decimal = Field(max_digits=9, decimal_places=2)
    paid_by: str
    spent_on: date
    detail: str = ""
    annulled_reason: str = ""


class Objective(SQLModel, table=True):
    """An objective of an avenant: for a landlord, a commune, or both. The latest in force holds."""

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    landlord_id: str | None = Field(default=None, foreign_key="body.id", index=True)
    commune: str | None = Field(default=None, foreign_key="commune.insee", index=True)
    value: int
    valid_from: date
    valid_until: date | None = None
    amendment: str
    annulled_reason: str = ""
