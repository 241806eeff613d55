"""Alembic's entry: one transaction for the whole upgrade, under a lock, then the triggers anew."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import SQLModel

import db.tables
from db.engine import make_engine
from db.migrations import triggers
from db.settings import env

UPGRADE_LOCK = 7_040_826  # any constant: two servers that start together upgrade one after the other


def _no_foreign_keys(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """SQLite rebuilds a table by dropping it: with foreign keys on, that would delete what points at it."""
    connection.cursor().execute("PRAGMA foreign_keys=OFF")


def _upgrade_engine() -> Engine:
    engine = make_engine(context.config.attributes.get("url") or env().database())
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _no_foreign_keys)
    return engine


def _plain_type(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """SQLModel's own types written as SQLAlchemy's: a migration must outlive the library that wrote it."""
    if kind != "type" or not type(item).__module__.startswith("sqlmodel"):
        return False
    return "sa.DateTime(timezone=True)" if "DateTime" in type(item).__name__ else "sa.String()"


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})")


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migration leaves dangling references: {broken[:5]}")


def run() -> None:
    engine = _upgrade_engine()
    try:
        with engine.begin() as connection:
            _lock(connection)
            context.configure(
                connection=connection,
                target_metadata=SQLModel.metadata,
                render_as_batch=bool(context.script.get_heads()),  # the first one only creates
                render_item=_plain_type,
            )
            context.run_migrations()
            triggers.install(connection)
            _check_foreign_keys(connection)
    finally:
        engine.dispose()


assert db.tables.__all__  # importing it declared the tables
run()
