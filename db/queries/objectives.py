"""Objectives of the avenants beside what was done: by landlord that rehouses, by commune of the new dwelling.

Counts only, over every household rehoused for good; nobody is named.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from db.engine import reading
from db.queries.visible import CASE
from db.rows import table_of
from db.scope import Scope
from db.tables.offer import Offer
from db.tables.people import Body
from db.tables.rehousing import Objective
from db.tables.territory import Commune

OFFER, BODY, COMMUNE, OBJECTIVE = table_of(Offer), table_of(Body), table_of(Commune), table_of(Objective)
READERS = {"ici_secretariat", "co_pilot", "chair", "rehousing_officer"}


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """In force or to come. `landlord` or `commune` may be empty, not both."""

    id: int
    amendment: str
    kind: str
    landlord: str
    commune: str
    value: int
    valid_from: date
    valid_until: date | None
    rehoused: int
    recent: int
    recent_known: int
    outside: int
    outside_known: int

    @property
    def achieved(self) -> int | None:
        """The number, or the share in %; None when nothing is known to compute a share from."""
        part, whole = {
            "recent": (self.recent, self.recent_known),
            "outside_qpv": (self.outside, self.outside_known),
        }.get(self.kind, (self.rehoused, None))
        if whole is None:
            return part
        return round(100 * part / whole) if whole else None


@dataclass(frozen=True, slots=True)
class Achieved:
    """What was done in a place for which no objective was set."""

    place: str
    rehoused: int


_DONE = (
    sa.func.count(CASE.c.id).label("rehoused"),
    *(
        sa.func.coalesce(
            sa.func.sum(sa.case((sa.and_(CASE.c.id.is_not(None), condition), 1), else_=0)), 0
        ).label(name)
        for name, condition in (
            ("recent", OFFER.c.recent.is_(True)),
            ("recent_known", OFFER.c.recent.is_not(None)),
            ("outside", OFFER.c.in_qpv.is_(False)),
            ("outside_known", OFFER.c.in_qpv.is_not(None)),
        )
    ),
)


def objectives(scope: Scope, today: date) -> tuple[ObjectiveLine, ...]:
    """Those not annulled and not over, each with what was done since it is in force."""
    if scope.role not in READERS:
        return ()
    served = sa.and_(
        sa.or_(OBJECTIVE.c.landlord_id.is_(None), OFFER.c.landlord_id == OBJECTIVE.c.landlord_id),
        sa.or_(OBJECTIVE.c.commune.is_(None), OFFER.c.commune == OBJECTIVE.c.commune),
    )
    rehoused = sa.and_(
        CASE.c.accepted_offer_id == OFFER.c.id,
        CASE.c.kind == "rehousing",
        CASE.c.moved_in_on >= OBJECTIVE.c.valid_from,
        CASE.c.moved_in_on <= sa.func.coalesce(OBJECTIVE.c.valid_until, date.max),
    )
    named = [OBJECTIVE.c[name] for name in ("id", "amendment", "kind", "value", "valid_from", "valid_until")]
    places = [
        sa.func.coalesce(BODY.c.name, "").label("landlord"),
        sa.func.coalesce(COMMUNE.c.name, "").label("commune"),
    ]
    query = (
        sa.select(*named, *places, *_DONE)
        .select_from(OBJECTIVE)
        .outerjoin(BODY, BODY.c.id == OBJECTIVE.c.landlord_id)
        .outerjoin(COMMUNE, COMMUNE.c.insee == OBJECTIVE.c.commune)
        .outerjoin(OFFER, sa.and_(served, OFFER.c.state == "accepted"))
        .outerjoin(CASE, rehoused)
        .where(
            OBJECTIVE.c.annulled_reason == "",
            sa.or_(OBJECTIVE.c.valid_until.is_(None), OBJECTIVE.c.valid_until >= today),
        )
        .group_by(*named, BODY.c.name, COMMUNE.c.name)
        .order_by(BODY.c.name, COMMUNE.c.name, OBJECTIVE.c.kind, OBJECTIVE.c.valid_from)
    )
    with reading() as connection:
        return tuple(ObjectiveLine(**_whole(row)) for row in connection.execute(query).mappings())


def _whole(row: Any) -> dict[str, Any]:
    counted = ("rehoused", "recent", "recent_known", "outside", "outside_known")
    return dict(row) | {name: int(row[name]) for name in counted}


def without_objective(scope: Scope, today: date) -> tuple[tuple[Achieved, ...], tuple[Achieved, ...]]:
    """Landlords, then communes, where households were rehoused and no objective is in force."""
    if scope.role not in READERS:
        return (), ()
    with reading() as connection:
        return tuple(
            tuple(
                Achieved(row.place, row.rehoused)
                for row in connection.execute(_bare(key, table, named, aimed, today))
            )
            for key, table, named, aimed in (
                (OFFER.c.landlord_id, BODY, BODY.c.id, OBJECTIVE.c.landlord_id),
                (OFFER.c.commune, COMMUNE, COMMUNE.c.insee, OBJECTIVE.c.commune),
            )
        )  # type: ignore[return-value]  # two of them, as listed above


def _bare(key: Any, table: sa.Table, named: Any, aimed: Any, today: date) -> sa.Select[Any]:
    in_force = sa.exists().where(
        aimed == key,
        OBJECTIVE.c.annulled_reason == "",
        OBJECTIVE.c.valid_from <= today,
        sa.func.coalesce(OBJECTIVE.c.valid_until, date.max) >= today,
    )
    return (
        sa.select(table.c.name.label("place"), sa.func.count().label("rehoused"))
        .select_from(CASE)
        .join(OFFER, OFFER.c.id == CASE.c.accepted_offer_id)
        .join(table, named == key)
        .where(CASE.c.kind == "rehousing", CASE.c.moved_in_on.is_not(None), ~in_force)
        .group_by(table.c.name)
        .order_by(sa.func.count().desc(), table.c.name)
    )
