"""What a demolition brings to one household: stays elsewhere, succession, group, acts planned, costs."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection

from db.queries.case_access import SOCIAL, Eye
from db.rows import Row, table_of
from db.tables.case import CaseFile
from db.tables.people import Account
from db.tables.rehousing import (
    GroupedAnswer,
    GroupedSolution,
    HolderChange,
    PlannedAct,
    RehousingCost,
    ReturnChange,
    TemporaryStay,
)

_stay, _slip, _holder = table_of(TemporaryStay), table_of(ReturnChange), table_of(HolderChange)
_group, _answer, _act = table_of(GroupedSolution), table_of(GroupedAnswer), table_of(PlannedAct)
_cost, _account, _case = table_of(RehousingCost), table_of(Account), table_of(CaseFile)
OF: sa.BindParameter[str] = sa.bindparam("case_id")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Slip:
    stay_id: int
    changed_on: date
    before: date | None
    after: date
    reason: str | None
    told_on: date | None


@dataclass(frozen=True, slots=True)
class Stay:
    id: int
    moved_on: date
    dwelling: str | None
    convention_on: date | None
    difference_paid_by: str | None
    right_of_return: bool
    first_return_on: date
    rent: Decimal | None
    charges: Decimal | None
    heating_included: bool | None
    in_qpv: bool | None
    ended_on: date | None
    outcome: str
    renounced_on: date | None
    document: str | None


@dataclass(frozen=True, slots=True)
class Succession:
    """`findings`: each condition as it was judged, with its inputs, source and certainty."""

    died_on: date
    changed_on: date
    former_refusals: int
    derogation: str | None
    findings: list[dict[str, Any]] | None


@dataclass(frozen=True, slots=True)
class Group:
    grouped_id: str
    name: str
    answer: str
    answer_due_on: date
    answered_on: date | None
    words: str | None


@dataclass(frozen=True, slots=True)
class Act:
    id: int
    what: str
    who: str
    due_on: date
    answer: str
    answered_on: date | None
    result: str | None


@dataclass(frozen=True, slots=True)
class Cost:
    id: int
    kind: str
    amount: Decimal
    paid_by: str
    spent_on: date
    detail: str | None
    annulled_reason: str


@dataclass(frozen=True, slots=True)
class RehousingFacts:
    """`twins`: the other cases of the same décohabitation."""

    stays: tuple[Stay, ...] = ()
    slips: tuple[Slip, ...] = ()
    successions: tuple[Succession, ...] = ()
    groups: tuple[Group, ...] = ()
    acts: tuple[Act, ...] = ()
    costs: tuple[Cost, ...] = ()
    twins: tuple[str, ...] = ()
    vacate_changes: int = 0


CLASSES = dict.fromkeys(
    (
        *("dwelling", "document", "derogation", "findings", "words", "result", "detail", "reason"),
        *("rent", "charges", "heating_included", "in_qpv"),
    ),
    SOCIAL,
)
_STAYS = sa.select(_stay).where(_stay.c.case_id == OF).order_by(_stay.c.id.desc())
_SLIPS = (
    sa.select(_slip)
    .join(_stay, _stay.c.id == _slip.c.stay_id)
    .where(_stay.c.case_id == OF)
    .order_by(_slip.c.id.desc())
)
_HOLDERS = sa.select(_holder).where(_holder.c.case_id == OF).order_by(_holder.c.id.desc())
_GROUPS = (
    sa.select(_answer, _group.c.name)
    .join(_group, _group.c.id == _answer.c.grouped_id)
    .where(_answer.c.case_id == OF)
    .order_by(_answer.c.id.desc())
)
_ACTS = (
    sa.select(_act, _account.c.name.label("who"))
    .join(_account, _account.c.id == _act.c.who_id)
    .where(_act.c.case_id == OF)
    .order_by(_act.c.answer != "waiting", _act.c.due_on)
)
_COSTS = sa.select(_cost).where(_cost.c.case_id == OF).order_by(_cost.c.spent_on, _cost.c.id)
_KNOWN = sa.select(
    *(
        sa.exists().where(table.c.case_id == OF).label(name)
        for name, table in (
            ("stays", _stay),
            ("successions", _holder),
            ("groups", _answer),
            ("acts", _act),
            ("costs", _cost),
        )
    )
)
_child = _case.alias("child")
_TWINS = (
    sa.select(_child.c.id)
    .where(sa.or_(_child.c.parent_id == OF, _child.c.id == sa.bindparam("parent_id")))
    .order_by(_child.c.id)
)


def rehousing_facts(connection: Connection, row: Row, eye: Eye) -> RehousingFacts:
    """One statement says what this case has; only that is read."""
    case_id = row["id"]
    known = connection.execute(_KNOWN, {"case_id": case_id}).mappings().one()

    def read(name: str, query: sa.Select[Any], view: type[T]) -> tuple[T, ...]:
        return _read(connection, query, case_id, view, eye) if known[name] else ()

    twins: tuple[str, ...] = ()
    if row["household_split"]:
        asked = {"case_id": case_id, "parent_id": row["parent_id"]}
        twins = tuple(connection.execute(_TWINS, asked).scalars())
    return RehousingFacts(
        stays=read("stays", _STAYS, Stay),
        slips=read("stays", _SLIPS, Slip),
        successions=read("successions", _HOLDERS, Succession),
        groups=read("groups", _GROUPS, Group),
        acts=read("acts", _ACTS, Act),
        costs=read("costs", _COSTS, Cost),
        twins=twins,
        vacate_changes=row["vacate_changes"],
    )


def _read(
    connection: Connection, query: sa.Select[Any], case_id: str, view: type[T], eye: Eye
) -> tuple[T, ...]:
    names = [field.name for field in fields(view)]  # type: ignore[arg-type]  # every view is a dataclass
    return tuple(
        view(**eye.pick({name: row[name] for name in names}, CLASSES))
        for row in connection.execute(query, {"case_id": case_id}).mappings()
    )
