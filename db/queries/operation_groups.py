"""Grouped solutions of an operation, what its moves cost, and which households may be asked.

Protected households are left out for who may not open them: a list by building would say where they live.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from db.engine import reading
from db.queries.operation_counts import BODY, BUILDING, COMMUNE, OPERATION, TO_REHOUSE, followed
from db.queries.visible import CASE, opens, sees
from db.rows import table_of
from db.scope import Scope
from db.tables.case import Household
from db.tables.rehousing import GroupedAnswer, GroupedSolution, RehousingCost

GROUPED, ANSWER, COST = table_of(GroupedSolution), table_of(GroupedAnswer), table_of(RehousingCost)
HOUSEHOLD = table_of(Household)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """`joined`, `declined`, `waiting`: how many households, protected ones included."""

    id: str
    name: str
    address: str
    commune: str
    landlord: str
    dwellings: int
    answer_due_on: date
    ready_on: date | None
    joined: int
    declined: int
    waiting: int
    annulled_reason: str


@dataclass(frozen=True, slots=True)
class CostLine:
    kind: str
    paid_by: str
    count: int
    amount: Decimal


def grouped_solutions(scope: Scope, operation_id: str) -> tuple[GroupLine, ...]:
    if not scope.sees("common"):
        return ()
    counts = [
        sa.func.sum(sa.case((ANSWER.c.answer == answer, 1), else_=0)).label(answer)
        for answer in ("joined", "declined", "waiting")
    ]
    named = (
        *(GROUPED.c[name] for name in ("id", "name", "address", "dwellings", "answer_due_on", "ready_on")),
        GROUPED.c.annulled_reason,
        COMMUNE.c.name.label("commune"),
        BODY.c.name.label("landlord"),
    )
    query = (
        sa.select(*named, *counts)
        .join(OPERATION, OPERATION.c.id == GROUPED.c.operation_id)
        .join(COMMUNE, COMMUNE.c.insee == GROUPED.c.commune)
        .join(BODY, BODY.c.id == GROUPED.c.landlord_id)
        .join(ANSWER, ANSWER.c.grouped_id == GROUPED.c.id)
        .where(OPERATION.c.id == operation_id, followed(scope))
        .group_by(*named)
        .order_by(GROUPED.c.id.desc())
    )
    with reading() as connection:
        return tuple(
            GroupLine(**dict(row) | {name: int(row[name]) for name in ("joined", "declined", "waiting")})
            for row in connection.execute(query).mappings()
        )


def households(scope: Scope, operation_id: str) -> dict[str, str]:
    """Reference → « R-26-00012 · Nom » of those still to rehouse that this reader may open."""
    if not scope.sees("common"):
        return {}
    name = HOUSEHOLD.c.name if scope.sees("social") else sa.literal("")
    query = (
        sa.select(CASE.c.id, name.label("name"))
        .join(BUILDING, BUILDING.c.id == CASE.c.building_id)
        .join(OPERATION, OPERATION.c.id == BUILDING.c.operation_id)
        .join(HOUSEHOLD, HOUSEHOLD.c.id == CASE.c.household_id)
        .where(OPERATION.c.id == operation_id, followed(scope), TO_REHOUSE, sees(scope), opens(scope))
        .order_by(CASE.c.id)
    )
    with reading() as connection:
        found = connection.execute(query).all()
    return {row.id: f"{row.id} · {row.name}" if row.name else row.id for row in found}


def costs(scope: Scope, operation_id: str) -> tuple[CostLine, ...]:
    """What moves and works cost so far, by kind and payer; no household is named."""
    if not scope.sees("common"):
        return ()
    query = (
        sa.select(
            COST.c.kind,
            COST.c.paid_by,
            sa.func.count().label("count"),
            sa.func.sum(COST.c.amount).label("amount"),
        )
        .join(CASE, CASE.c.id == COST.c.case_id)
        .join(BUILDING, BUILDING.c.id == CASE.c.building_id)
        .join(OPERATION, OPERATION.c.id == BUILDING.c.operation_id)
        .where(OPERATION.c.id == operation_id, followed(scope), COST.c.annulled_reason == "")
        .group_by(COST.c.kind, COST.c.paid_by)
        .order_by(COST.c.kind, COST.c.paid_by)
    )
    with reading() as connection:
        return tuple(CostLine(**row) for row in connection.execute(query).mappings())
