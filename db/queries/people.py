"""Lists to choose from: organisations, who may hold or read a case, buildings. No household here."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from db.engine import reading
from db.rows import table_of
from db.tables.ici import IciSession
from db.tables.operation import Building, Operation, Site
from db.tables.people import Account, Body

Options = Mapping[str, str]
HOLDERS = ("social_worker", "rehousing_officer")
READERS = (*HOLDERS, "partner", "ici_secretariat", "co_pilot")

_body, _account = table_of(Body), table_of(Account)
_building, _operation, _site = table_of(Building), table_of(Operation), table_of(Site)
_session = table_of(IciSession)


def bodies(kinds: Iterable[str] = ()) -> Options:
    """Organisations still in activity, of these kinds (all when none is named): id → name."""
    wanted = tuple(kinds)
    query = sa.select(_body.c.id, _body.c.name).where(_body.c.successor_id.is_(None)).order_by(_body.c.name)
    if wanted:
        query = query.where(_body.c.kind.in_(wanted))
    with reading() as connection:
        return {row.id: row.name for row in connection.execute(query)}


def holders(body_id: str | None = None) -> Options:
    """Accounts who may follow a case (of one organisation when it is named): id → « name, organisation »."""
    return _accounts(HOLDERS, body_id)


def readers() -> Options:
    """Accounts who may be named on a protected case."""
    return _accounts(READERS, None)


def _accounts(roles: Iterable[str], body_id: str | None) -> Options:
    query = (
        sa.select(_account.c.id, _account.c.name, _body.c.name.label("body"))
        .join(_body, _body.c.id == _account.c.body_id)
        .where(_account.c.active.is_(True), _account.c.role.in_(tuple(roles)))
        .order_by(_account.c.name)
    )
    if body_id is not None:
        query = query.where(_account.c.body_id == body_id)
    with reading() as connection:
        return {row.id: f"{row.name}, {row.body}" for row in connection.execute(query)}


def buildings(landlord_id: str | None = None) -> Options:
    """Buildings to empty (of one landlord when it is named): id → « building, operation »."""
    query = (
        sa.select(
            _building.c.id, _building.c.name, _operation.c.name.label("operation"), _site.c.name.label("site")
        )
        .join(_operation, _operation.c.id == _building.c.operation_id)
        .join(_site, _site.c.id == _operation.c.site_id)
        .order_by(_site.c.name, _building.c.name)
    )
    if landlord_id is not None:
        query = query.where(_operation.c.landlord_id == landlord_id)
    with reading() as connection:
        return {row.id: f"{row.name}, {row.operation} ({row.site})" for row in connection.execute(query)}


def sites() -> Options:
    """NPRU sites: id → name."""
    query = sa.select(_site.c.id, _site.c.name).order_by(_site.c.name)
    with reading() as connection:
        return {row.id: row.name for row in connection.execute(query)}


def open_sessions() -> Options:
    """Sessions that can still receive an escalation: id → « ICI, date of the session »."""
    query = (
        sa.select(_session.c.id, _session.c.ici, _session.c.held_on)
        .where(_session.c.state.in_(("planned", "call_open")))
        .order_by(_session.c.ici, _session.c.held_on)
    )
    with reading() as connection:
        return {
            row.id: f"ICI {row.ici}, séance du {row.held_on:%d/%m/%Y}" for row in connection.execute(query)
        }
