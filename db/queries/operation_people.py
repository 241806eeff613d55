"""The people behind the NPRU board: last occupants of a building, and who changed its vacate date.

Lists leave out the protected cases that the reader may not open: a list by building would say where they
live.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
import sqlalchemy as sa

from db.engine import reading
from db.queries.operation_counts import BUILDING, OPERATION, STILL_THERE, followed
from db.queries.visible import CASE, opens, sees
from db.rows import table_of
from db.scope import Scope
from db.tables.case import Blockage, Household
from db.tables.clock import Deadline
from db.tables.journal import JournalEntry
from db.tables.people import Account

DEADLINE, BLOCKAGE, HOUSEHOLD = table_of(Deadline), table_of(Blockage), table_of(Household)
ACCOUNT, ENTRY = table_of(Account), table_of(JournalEntry)
NEAREST = DEADLINE.alias("nearest")


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


@dataclass(frozen=True, slots=True)
class VacateChange:
    building_id: str
    recorded_at: datetime
    who: str
    before: date | None
    after: date | None
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
    deadline_owner = ACCOUNT.alias("deadline_owner")
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
        )
        .join(HOUSEHOLD, HOUSEHOLD.c.id == CASE.c.household_id)
        .outerjoin(ACCOUNT, ACCOUNT.c.id == CASE.c.owner_id)
        .outerjoin(DEADLINE, DEADLINE.c.id == following)
        .outerjoin(deadline_owner, deadline_owner.c.id == DEADLINE.c.owner_id)
        .where(CASE.c.building_id.in_(list(building_ids)), STILL_THERE, sees(scope), opens(scope))
        .order_by(CASE.c.building_id, DEADLINE.c.due_on, CASE.c.id)
    )
    with reading() as connection:
        return tuple(Occupant(**row) for row in connection.execute(query).mappings())


def vacate_history(scope: Scope, building_ids: Collection[str]) -> tuple[VacateChange, ...]:
    """Every change of a vacate date, newest first, from the journal. Reasons are for who follows cases."""
    if not scope.sees("common") or not building_ids:
        return ()
    query = (
        sa.select(BUILDING.c.id.label("building_id"), ENTRY.c.recorded_at, ACCOUNT.c.name, ENTRY.c.details)
        .select_from(BUILDING)
        .join(OPERATION, OPERATION.c.id == BUILDING.c.operation_id)
        .join(ENTRY, ENTRY.c.subject == sa.literal("building:") + BUILDING.c.id)
        .outerjoin(ACCOUNT, ACCOUNT.c.id == ENTRY.c.actor)
        .where(BUILDING.c.id.in_(list(building_ids)), followed(scope), ENTRY.c.type == "change_vacate_date")
        .order_by(ENTRY.c.number.desc())
    )
    with reading() as connection:
        return tuple(_change(row) for row in connection.execute(query).mappings())


def _change(row: Any) -> VacateChange:
    """Details may have been erased: the line stays."""
    details = orjson.loads(row["details"]) if row["details"] else {"data": {}, "before": {}}
    data, before = details["data"], details["before"]
    return VacateChange(
        building_id=row["building_id"],
        recorded_at=row["recorded_at"],
        who=row["name"] or "",
        before=_day(before.get("vacate_on")),
        after=_day(data.get("vacate_on")),
        reason=data.get("reason", ""),
        told_on=_day(data.get("told_on")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
