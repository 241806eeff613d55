"""The technical committee's sessions and points, redacted for their reader.

A point is seen by who sees its case, and by the bodies that sit. Out of sight its household has no name;
of a protected case only the number is told to who is not named.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection

from db.engine import reading
from db.queries.visible import CASE, PROTECTED, opens, sees
from db.rows import table_of
from db.scope import Scope
from db.tables.case import Household
from db.tables.diagnosis import NeedSheet
from db.tables.offer import Offer
from db.tables.people import Account, Body
from db.tables.technical import TechnicalItem, TechnicalSession
from db.tables.territory import Commune

_item, _session = table_of(TechnicalItem), table_of(TechnicalSession)
_household, _commune, _need, _offer = (table_of(one) for one in (Household, Commune, NeedSheet, Offer))
_account, _body = table_of(Account), table_of(Body)
_by, _from, _seller = _account.alias("given_by"), _account.alias("from"), _body.alias("seller")
MOST = 40
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SessionLine:
    """`landlord` and `territory` are None and empty for the whole metropolis."""

    id: str
    held_on: date
    state: str
    landlord_id: str | None
    landlord: str | None
    territory: str
    points: int
    waiting: int


@dataclass(frozen=True, slots=True)
class PointView:
    """What is None is out of this reader's sight. `refused`: (typology, landlord, refusal reasons)."""

    id: int
    case_id: str
    case_kind: str
    case_state: str | None
    household: str | None
    commune: str | None
    landlord: str | None
    opens: bool
    asked: str
    question: str | None
    submitted_by: str | None
    returns: int
    opinion: str
    reason: str | None
    given_by: str | None
    given_on: date | None
    need: tuple[int, int, Any] | None
    refused: tuple[int, str, tuple[str, ...]] | None
    annulled_from: str
    annulled_on: date | None
    annul_reason: str | None


@dataclass(frozen=True, slots=True)
class TechnicalView:
    """`hidden`: points of the agenda that this reader does not see."""

    id: str
    version: int
    state: str
    held_on: date
    place: str
    landlord_id: str | None
    landlord: str | None
    territory: str
    members: tuple[tuple[str, str], ...]
    present: tuple[str, ...]
    minutes_on: date | None
    closed_by: str | None
    journal_head: str
    cancel_reason: str
    points: tuple[PointView, ...]
    hidden: int


def sessions(scope: Scope, limit: int = MOST) -> tuple[SessionLine, ...]:
    """The latest first. Dates and perimeters are no secret; nothing for who reads no case."""
    if not scope.sees("common"):
        return ()
    waiting = sa.func.sum(sa.case((_item.c.opinion == "waiting", 1), else_=0))
    query = (
        sa.select(
            _session,
            _body.c.name.label("landlord"),
            sa.func.count(_item.c.id).label("points"),
            sa.func.coalesce(waiting, 0).label("waiting"),
        )
        .outerjoin(_body, _body.c.id == _session.c.landlord_id)
        .outerjoin(_item, _item.c.session_id == _session.c.id)
        .group_by(_session.c.id, _body.c.name)
        .order_by(_session.c.held_on.desc(), _session.c.id)
        .limit(limit)
    )
    with reading() as connection:
        return tuple(_record(SessionLine, dict(row)) for row in connection.execute(query).mappings())


def session(scope: Scope, session_id: str) -> TechnicalView | None:
    if not scope.sees("common"):
        return None
    closer = _account.alias("closer")
    query = (
        sa.select(_session, _body.c.name.label("landlord"), closer.c.name.label("closer"))
        .outerjoin(_body, _body.c.id == _session.c.landlord_id)
        .outerjoin(closer, closer.c.id == _session.c.closed_by)
        .where(_session.c.id == session_id)
    )
    with reading() as connection:
        row = connection.execute(query).mappings().first()
        if row is None:
            return None
        names = _names(connection, {*row["member_ids"], *row["present_ids"]})
        found = _points(connection, scope, row)
        count = sa.select(sa.func.count()).where(_item.c.session_id == session_id)
        total = connection.execute(count).scalar_one()
    more = {
        "members": tuple((key, names[key]) for key in row["member_ids"]),
        "present": tuple(names[key] for key in row["present_ids"]),
        "closed_by": row["closer"],
        "points": found,
        "hidden": total - len(found),
    }
    return _record(TechnicalView, {**row, **more})


def _names(connection: Connection, keys: set[str]) -> dict[str, str]:
    query = sa.select(_body.c.id, _body.c.name).where(_body.c.id.in_(sorted(keys)))
    return {row.id: row.name for row in connection.execute(query)}


def _points(connection: Connection, scope: Scope, row: Any) -> tuple[PointView, ...]:
    sits = scope.body_id in {*row["member_ids"], row["landlord_id"]}
    seen = sa.true() if sits else sees(scope)
    query = (
        sa.select(
            _item,
            CASE.c.kind.label("case_kind"),
            CASE.c.state.label("case_state"),
            CASE.c.protected,
            _household.c.name.label("household"),
            _commune.c.name.label("commune"),
            _body.c.name.label("landlord"),
            sees(scope).label("in_sight"),
            opens(scope).label("openable"),
            _by.c.name.label("giver"),
            _from.c.name.label("submitter"),
            _need.c.typology_min,
            _need.c.typology_max,
            _need.c.max_cost,
            _offer.c.typology.label("offered"),
            _offer.c.refusal_reasons,
            _seller.c.name.label("seller"),
        )
        .join(CASE, CASE.c.id == _item.c.case_id)
        .join(_household, _household.c.id == CASE.c.household_id)
        .join(_commune, _commune.c.insee == CASE.c.commune)
        .join(_body, _body.c.id == CASE.c.landlord_id)
        .outerjoin(_by, _by.c.id == _item.c.given_by)
        .outerjoin(_from, _from.c.id == _item.c.submitted_by)
        .outerjoin(_need, _need.c.id == sa.func.coalesce(_item.c.need_sheet_id, CASE.c.need_sheet_id))
        .outerjoin(_offer, _offer.c.id == _item.c.offer_id)
        .outerjoin(_seller, _seller.c.id == _offer.c.landlord_id)
        .where(_item.c.session_id == row["id"], seen)
        .order_by(_item.c.returns.desc(), _item.c.id)
    )
    return tuple(_point(scope, dict(found)) for found in connection.execute(query).mappings())


OF_CASE = (
    *("case_state", "commune", "landlord", "question", "submitted_by", "reason", "need", "refused"),
    "annul_reason",
)


def _point(scope: Scope, row: dict[str, Any]) -> PointView:
    """A body that sits reads the question of a case that is not its own, without the name."""
    openable, in_sight = bool(row["openable"]), bool(row["in_sight"])
    row |= {"submitted_by": row["submitter"], "given_by": row["giver"], "opens": openable and in_sight}
    row["need"] = None
    if row["typology_min"] is not None:
        row["need"] = (row["typology_min"], row["typology_max"], row["max_cost"])
    row["refused"] = None
    if row["offered"] is not None:
        reasons = tuple(row["refusal_reasons"] or ()) if in_sight and scope.sees("social") else ()
        row["refused"] = (row["offered"], row["seller"], reasons)
    if not openable:
        row |= dict.fromkeys(OF_CASE) | {"household": PROTECTED}
    elif not in_sight:
        row["household"] = None
    return _record(PointView, row)


def agendas() -> tuple[SessionLine, ...]:
    """Sessions that still take points, the nearest first: their perimeter says whose."""
    query = (
        sa.select(
            _session,
            _body.c.name.label("landlord"),
            sa.literal(0).label("points"),
            sa.literal(0).label("waiting"),
        )
        .outerjoin(_body, _body.c.id == _session.c.landlord_id)
        .where(_session.c.state.in_(("planned", "open")))
        .order_by(_session.c.held_on, _session.c.id)
    )
    with reading() as connection:
        return tuple(_record(SessionLine, dict(row)) for row in connection.execute(query).mappings())


def _record(kind: type[T], row: dict[str, Any]) -> T:
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # every view is a dataclass
    return kind(**{name: row[name] for name in names})
