"""What is counted in a building to empty, and which operations a reader follows: pieces of the NPRU board."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from db.queries.visible import CASE
from db.rows import table_of
from db.scope import Scope
from db.tables.operation import Building, Dwelling, Operation, Site
from db.tables.people import Body
from db.tables.territory import Commune

OPERATION, BUILDING = table_of(Operation), table_of(Building)
SITE, COMMUNE, BODY, DWELLING = table_of(Site), table_of(Commune), table_of(Body), table_of(Dwelling)

WHOLE_TERRITORY = {"ici_secretariat", "co_pilot", "chair", "observer"}
# Left the perimeter of the operation: nobody has to rehouse them. Left without being rehoused: attrition.
OUT_OF_PERIMETER = ("duplicate_merged", "withdrawn_from_operation", "maintained_in_place")
ATTRITION = (
    "left_by_themselves",
    "moved_out_of_mel",
    "withdrawn_by_household",
    "no_answer",
    "eviction",
    "death_no_successor",
    "oriented_elsewhere",
)
ACCEPTED = ("accepted", "allocated", "lease_signed")
COUNTS = (
    "households",
    "remaining",
    "still_there",
    "informed",
    "surveyed",
    "no_offer",
    "pending",
    "accepted",
    "rehoused",
    "temporary",
    "attrition",
    "third_refusal",
    "recent_exits",
)

_OPEN = CASE.c.closed_on.is_(None)
TO_REHOUSE = sa.and_(_OPEN, CASE.c.moved_in_on.is_(None))
STILL_THERE = sa.and_(TO_REHOUSE, CASE.c.state != "temporarily_housed")
_REACHED = sa.case((_OPEN, CASE.c.state), else_=CASE.c.closed_from)
_IN_PERIMETER = sa.func.coalesce(CASE.c.closure_reason, "").not_in(OUT_OF_PERIMETER)
_ATTRITION = sa.and_(CASE.c.closure_reason.in_(ATTRITION), CASE.c.moved_in_on.is_(None))
LIST_COUNTS = ("households", "remaining", "no_offer", "attrition")
# Closed, and yet living there (cases/commands/dwelling.py).
STAYED = ("maintained_in_place", "withdrawn_from_operation")
OPERATION_COLUMNS = (
    OPERATION.c.id,
    OPERATION.c.name,
    OPERATION.c.kind,
    SITE.c.name.label("site"),
    COMMUNE.c.name.label("commune"),
    BODY.c.name.label("landlord"),
    OPERATION.c.convention_on,
    OPERATION.c.permit_on,
)
WITH_NAMES = (
    sa.join(OPERATION, SITE, SITE.c.id == OPERATION.c.site_id)
    .join(COMMUNE, COMMUNE.c.insee == SITE.c.commune)
    .join(BODY, BODY.c.id == OPERATION.c.landlord_id)
)
BUILDING_COLUMNS = ("id", "version", "name", "address", "in_qpv", "vacate_on", "vacate_changes")
HOMES = ("dwellings", "freed", "neutralised")
BOARD = [*BUILDING_COLUMNS, *HOMES, *COUNTS]


def followed(scope: Scope) -> sa.ColumnElement[bool]:
    """The operations of a reader: their landlord's, all for those who steer, none for the others."""
    if scope.role in WHOLE_TERRITORY:
        return sa.true()
    if scope.role == "rehousing_officer":
        return OPERATION.c.landlord_id == scope.body_id
    return sa.false()


def _conditions(third: int, recent_since: date) -> dict[str, sa.ColumnElement[bool]]:
    """What each count of a building counts, over the rehousings that came from it."""
    left = sa.or_(CASE.c.moved_in_on >= recent_since, sa.and_(_ATTRITION, CASE.c.closed_on >= recent_since))
    return {
        "households": _IN_PERIMETER,
        "remaining": TO_REHOUSE,
        "still_there": STILL_THERE,
        "informed": sa.and_(_REACHED != "identified", _IN_PERIMETER),
        "surveyed": sa.and_(CASE.c.diagnosis_signed_on.is_not(None), _IN_PERIMETER),
        "no_offer": sa.and_(STILL_THERE, CASE.c.offers_made == 0),
        "pending": sa.and_(_OPEN, CASE.c.open_offer_id.is_not(None)),
        "accepted": sa.and_(_OPEN, CASE.c.state.in_(ACCEPTED)),
        "rehoused": CASE.c.moved_in_on.is_not(None),
        "temporary": CASE.c.state == "temporarily_housed",
        "attrition": _ATTRITION,
        "third_refusal": sa.and_(TO_REHOUSE, CASE.c.countable_refusals >= third),
        "recent_exits": left,
    }


def case_counts(
    place: sa.ColumnElement[Any], *names: str, third: int = 0, recent_since: date = date.max
) -> sa.Select[Any]:
    conditions = _conditions(third, recent_since)
    sums = [sa.func.sum(sa.case((conditions[name], 1), else_=0)).label(name) for name in names]
    return (
        sa.select(place.label("place"), *sums)
        .where(place.is_not(None), CASE.c.kind == "rehousing")
        .group_by(place)
    )


def buildings(operation_id: str, third: int, recent_since: date) -> sa.Select[Any]:
    mine = sa.select(BUILDING.c.id).where(BUILDING.c.operation_id == operation_id)
    counts = (
        case_counts(CASE.c.building_id, *COUNTS, third=third, recent_since=recent_since)
        .where(CASE.c.building_id.in_(mine))
        .subquery()
    )
    homes = (
        sa.select(
            DWELLING.c.building_id.label("place"),
            sa.func.count().label("dwellings"),
            sa.func.count(DWELLING.c.freed_on).label("freed"),
            sa.func.count(DWELLING.c.neutralised_on).label("neutralised"),
        )
        .where(DWELLING.c.building_id.in_(mine))
        .group_by(DWELLING.c.building_id)
        .subquery()
    )
    return (
        sa.select(
            *(BUILDING.c[name] for name in BUILDING_COLUMNS),
            *(sa.func.coalesce(homes.c[name], 0).label(name) for name in HOMES),
            *(sa.func.coalesce(counts.c[name], 0).label(name) for name in COUNTS),
        )
        .select_from(BUILDING)
        .outerjoin(counts, counts.c.place == BUILDING.c.id)
        .outerjoin(homes, homes.c.place == BUILDING.c.id)
        .where(BUILDING.c.operation_id == operation_id)
        .order_by(sa.func.coalesce(BUILDING.c.vacate_on, date.max), BUILDING.c.id)
    )
