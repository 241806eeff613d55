"""The actor behind an account's identifier: for `apply --as` and rehearsals, where nobody signs in."""

from sqlalchemy import Connection

from cases.actor import SYSTEM, Actor, Role
from db import rows
from db.engine import reading
from db.tables.people import Account, Body


def actor_named(account_id: str) -> Actor | None:
    """The active account of this identifier, or None. The system account acts for the clock only."""
    with reading() as connection:
        return actor_on(connection, account_id)


def actor_on(connection: Connection, account_id: str) -> Actor | None:
    """The same, read within a transaction."""
    account = rows.get(connection, Account, id=account_id, active=True)
    if account is None or account_id == SYSTEM.id:
        return None
    body = rows.get(connection, Body, id=account["body_id"])
    return Actor(
        id=account["id"],
        name=account["name"],
        role=Role(account["role"]),
        body_id=account["body_id"],
        body_kind=body["kind"] if body else "",
        is_lead=account["is_lead"],
        ici=account["ici"],
    )
