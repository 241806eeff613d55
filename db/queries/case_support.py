"""What stands against one case and who supports it (social data), and what its technical committees said."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection

from db.queries.case_access import SOCIAL, Eye
from db.rows import table_of
from db.tables.people import Account, Body
from db.tables.support import Obstacle, SupportMeasure
from db.tables.technical import TechnicalItem, TechnicalSession

_obstacle, _measure = table_of(Obstacle), table_of(SupportMeasure)
_item, _session = table_of(TechnicalItem), table_of(TechnicalSession)
_account, _body = table_of(Account), table_of(Body)
T = TypeVar("T")
OF: sa.BindParameter[str] = sa.bindparam("case_id")


@dataclass(frozen=True, slots=True)
class ObstacleView:
    """`owner`: the person named, empty when it is whoever follows the case."""

    id: int
    kind: str
    action: str
    due_on: date
    owner: str
    noted_on: date
    result: str
    outcome: str
    settled_on: date | None


@dataclass(frozen=True, slots=True)
class SupportView:
    id: int
    kind: str
    body: str
    worker: str
    consented_on: date
    started_on: date
    until: date
    end_source: str
    extended_on: date | None
    extended_from: date | None
    extension_reason: str
    ended_on: date | None
    end_reason: str
    end_detail: str
    previous_id: int | None


@dataclass(frozen=True, slots=True)
class TechnicalPoint:
    """`question` and `reason` are None for who reads no social data."""

    id: int
    session_id: str
    held_on: date
    asked: str
    question: str | None
    offer_id: str | None
    need_sheet_id: int | None
    opinion: str
    reason: str | None
    given_on: date | None
    given_by: str | None
    returns: int
    annulled_from: str
    annulled_on: date | None
    annul_reason: str | None


_OBSTACLES = (
    sa.select(_obstacle, _account.c.name.label("account"))
    .outerjoin(_account, _account.c.id == _obstacle.c.owner_id)
    .where(_obstacle.c.case_id == OF)
    .order_by(_obstacle.c.result != "open", _obstacle.c.due_on, _obstacle.c.id)
)
_MEASURES = (
    sa.select(_measure, _body.c.name.label("body"))
    .join(_body, _body.c.id == _measure.c.body_id)
    .where(_measure.c.case_id == OF)
    .order_by(_measure.c.started_on.desc(), _measure.c.id.desc())
)
_POINTS = (
    sa.select(_item, _session.c.held_on, _account.c.name.label("by"))
    .join(_session, _session.c.id == _item.c.session_id)
    .outerjoin(_account, _account.c.id == _item.c.given_by)
    .where(_item.c.case_id == OF)
    .order_by(_session.c.held_on.desc(), _item.c.id.desc())
)


def obstacles(connection: Connection, case_id: str, eye: Eye) -> tuple[ObstacleView, ...]:
    """Those still open first, the nearest action first; none at all without social data."""
    if not eye.sees(SOCIAL):
        return ()
    rows = connection.execute(_OBSTACLES, {"case_id": case_id}).mappings()
    return tuple(_view(ObstacleView, {**row, "owner": row["account"] or row["owner_name"]}) for row in rows)


def measures(connection: Connection, case_id: str, eye: Eye) -> tuple[SupportView, ...]:
    """The latest first; none at all without social data."""
    if not eye.sees(SOCIAL):
        return ()
    rows = connection.execute(_MEASURES, {"case_id": case_id}).mappings()
    return tuple(_view(SupportView, dict(row)) for row in rows)


def points(connection: Connection, case_id: str, eye: Eye) -> tuple[TechnicalPoint, ...]:
    rows = connection.execute(_POINTS, {"case_id": case_id}).mappings()
    classes = {"question": SOCIAL, "reason": SOCIAL, "annul_reason": SOCIAL}
    return tuple(_view(TechnicalPoint, eye.pick({**row, "given_by": row["by"]}, classes)) for row in rows)


def _view(kind: type[T], row: dict[str, Any]) -> T:
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # every view is a dataclass
    return kind(**{name: row[name] for name in names})
