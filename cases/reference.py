"""Reference data that a database is born with: communes, NPRU sites, the system's own account. No case, no
journal."""

import orjson

from cases.actor import SYSTEM
from cases.labels import ROLES
from cases.territory import communes, sites
from db import rows
from db.engine import reading, transaction
from db.tables.operation import Site
from db.tables.people import Account, Body, Marker
from db.tables.territory import Commune

DEMONSTRATION = "demonstration"
DEMO_ACCOUNTS = "demonstration_accounts"
READY = "demonstration_ready"
SHIFT = "clock_shift_days"
DEMO_PASSWORD = "demonstration"  # noqa: S105  # shown on purpose; such accounts exist in demonstrations only


def load_reference() -> int:
    """Insert what is missing; how many rows were new. Running it again writes nothing."""
    with transaction() as connection:
        known = {row["insee"] for row in rows.find(connection, Commune)}
        new = [
            {"insee": commune.insee, "name": commune.name, "population": commune.population}
            for commune in communes()
            if commune.insee not in known
        ]
        rows.insert_many(connection, Commune, new)
        placed = {row["id"] for row in rows.find(connection, Site)}
        fresh = [
            {"id": site.code, "name": site.name, "commune": site.insee, "phase": site.phase}
            for site in sites()
            if site.code not in placed
        ]
        rows.insert_many(connection, Site, fresh)
        if rows.get(connection, Account, id=SYSTEM.id) is None:
            rows.insert(connection, Body, id=SYSTEM.body_id, name="Métropole européenne de Lille", kind="mel")
            rows.insert(
                connection,
                Account,
                id=SYSTEM.id,
                name=ROLES[SYSTEM.role],
                role=SYSTEM.role,
                body_id=SYSTEM.body_id,
            )
    return len(new) + len(fresh)


def mark_demonstration() -> None:
    """Only a database born as a demonstration may be rehearsed in: nothing marks one afterwards."""
    with transaction() as connection:
        rows.insert(connection, Marker, key=DEMONSTRATION, value="1")


def remember_demo_accounts(accounts: list[tuple[str, str]]) -> None:
    """(login, description) of the accounts that the sign-in page of a demonstration shows."""
    with transaction() as connection:
        rows.insert(connection, Marker, key=DEMO_ACCOUNTS, value=orjson.dumps(accounts).decode())


def mark_ready() -> None:
    """The demonstration is whole: said last, so that one killed on the way is made again."""
    with transaction() as connection:
        rows.insert(connection, Marker, key=READY, value="1")


def keep_shift(days: int) -> None:
    """How far ahead a demonstration lives. Never back: another hand may have gone further meanwhile."""
    with transaction() as connection:
        kept = rows.get(connection, Marker, key=SHIFT)
        if kept is None:
            rows.insert(connection, Marker, key=SHIFT, value=str(days))
        elif float(kept["value"]) < days:
            rows.update(connection, Marker, {"key": SHIFT}, value=str(days))


def is_half_made() -> bool:
    with reading() as connection:
        keys = {row["key"] for row in rows.find(connection, Marker)}
    return DEMONSTRATION in keys and READY not in keys


def demo_accounts() -> list[tuple[str, str]]:
    """What was remembered; nothing on a real database."""
    with reading() as connection:
        row = rows.get(connection, Marker, key=DEMO_ACCOUNTS)
    return [(login, description) for login, description in orjson.loads(row["value"])] if row else []


def is_demonstration() -> bool:
    with reading() as connection:
        return rows.get(connection, Marker, key=DEMONSTRATION) is not None
