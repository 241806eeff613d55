"""The people behind the NPRU board: last occupants of a building, and who changed its vacate date.

Lists leave out the protected cases that the reader may not open: a list by building would say where they
live.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date

import sqlalchemy as sa

from db.engine import reading
from db.queries.operation_counts import BUILDING, OPERATION, STILL_THERE, followed
from db.queries.visible import CASE, opens, sees
from db.rows import table_of
from db.scope import Scope
from db.tables.case import Blockage, Household
from db.tables.clock import Deadline
from db.tables.people import Account
from db.tables.rehousing import PlannedAct
from db.tables.rehousing import VacateChange as ChangeRow

DEADLINE, BLOCKAGE, HOUSEHOLD = table_of(Deadline), table_of(Blockage), table_of(Household)
ACCOUNT, CHANGE, ACT = table_of(Account), table_of(ChangeRow), table_of(PlannedAct)
NEAREST, SOONEST = DEADLINE.alias("nearest"), ACT.alias("soonest")


@dataclass(frozen=True, slots=True)
class Occupant:
    """A household among the last of its building: what blocks, who has the ball, what comes next and when."""

    case_id: str
    building_id: str
    name: str
    state: str
    theme: str | None
    ball: str | None
    next_kind: str | None
    next_on: date | None
    act: str | None
    act_on: date | None
    act_by: str | None


@dataclass(frozen=True, slots=True)
class VacateChange:
    building_id: str
    changed_on: date
    who: str
    before: date | None
    after: date
    reason: str
    told_on: date | None


def last_occupants(scope: Scope, building_ids: Collection[str]) -> tuple[Occupant, ...]:
    """Households still there, in these buildings, that this reader may open; the nearest act first."""
    if not scope.sees("common") or not building_ids:
        return ()
    following = (
        sa.select(NEAREST.c.id)
        .where(NEAREST.c.case_id == CASE.c.id, NEAREST.c.closed_at.is_(None))
        .order_by(NEAREST.c.due_on, NEAREST.c.id)
        .limit(1)
        .scalar_subquery()
    )
    theme = (
        sa.select(sa.func.min(BLOCKAGE.c.theme))
        .where(BLOCKAGE.c.case_id == CASE.c.id, BLOCKAGE.c.until.is_(None))
        .scalar_subquery()
    )
    planned = (
        sa.select(SOONEST.c.id)
        .where(SOONEST.c.case_id == CASE.c.id, SOONEST.c.answer == "waiting")
        .order_by(SOONEST.c.due_on, SOONEST.c.id)
        .limit(1)
        .scalar_subquery()
    )
    deadline_owner, act_by = ACCOUNT.alias("deadline_owner"), ACCOUNT.alias("act_by")
    query = (
        sa.select(
            CASE.c.id.label("case_id"),
            CASE.c.building_id,
            (HOUSEHOLD.c.name if scope.sees("social") else sa.literal("")).label("name"),
            CASE.c.state,
            theme.label("theme"),
            sa.func.coalesce(deadline_owner.c.name, ACCOUNT.c.name).label("ball"),
            DEADLINE.c.kind.label("next_kind"),
            DEADLINE.c.due_on.label("next_on"),
            ACT.c.what.label("act"),
            ACT.c.due_on.label("act_on"),
            act_by.c.name.label("act_by"),
        )
        .join(HOUSEHOLD, HOUSEHOLD.c.id == CASE.c.household_id)
        .outerjoin(ACCOUNT, ACCOUNT.c.id == CASE.c.owner_id)
        .outerjoin(DEADLINE, DEADLINE.c.id == following)
        .outerjoin(deadline_owner, deadline_owner.c.id == DEADLINE.c.owner_id)
        .outerjoin(ACT, ACT.c.id == planned)
        .outerjoin(act_by, act_by.c.id == ACT.c.who_id)
        .where(CASE.c.building_id.in_(list(building_ids)), STILL_THERE, sees(scope), opens(scope))
        .order_by(CASE.c.building_id, DEADLINE.c.due_on, CASE.c.id)
    )
    with reading() as connection:
        return tuple(Occupant(**row) for row in connection.execute(query).mappings())


def vacate_history(scope: Scope, building_ids: Collection[str]) -> tuple[VacateChange, ...]:
    """Every change of a vacate date, newest first. Reasons are for who follows cases."""
    if not scope.sees("common") or not building_ids:
        return ()
    names = [field.name for field in fields(VacateChange) if field.name != "who"]
    query = (
        sa.select(*(CHANGE.c[name] for name in names), sa.func.coalesce(ACCOUNT.c.name, "").label("who"))
        .join(BUILDING, BUILDING.c.id == CHANGE.c.building_id)
        .join(OPERATION, OPERATION.c.id == BUILDING.c.operation_id)
        .outerjoin(ACCOUNT, ACCOUNT.c.id == CHANGE.c.changed_by)
        .where(BUILDING.c.id.in_(list(building_ids)), followed(scope))
        .order_by(CHANGE.c.id.desc())
    )
    with reading() as connection:
        return tuple(VacateChange(**row) for row in connection.execute(query).mappings())
