"""Engine, pragmas and `transaction()`: commits on success, rolls back otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from db import direct
from db.postgres import remember_statements
from db.settings import env

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an accepted command survives a power cut
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",  # without it INSERT OR REPLACE slips past the journal's triggers
    "PRAGMA busy_timeout=15000",
)


def _to_json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _from_json(value: Any) -> Any:
    """SQLite gives a bare number of a JSON column as a number (numeric affinity), not as its text."""
    return orjson.loads(value) if isinstance(value, str | bytes) else value


def make_engine(url: str) -> Engine:
    """An engine for `url`; on SQLite every transaction is BEGIN IMMEDIATE unless marked read-only."""
    engine = create_engine(url, json_serializer=_to_json, json_deserializer=_from_json, pool_pre_ping=False)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        remember_statements(engine)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we issue BEGIN ourselves
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    direct.say(connection, "BEGIN" if reading else "BEGIN IMMEDIATE")


@lru_cache(maxsize=4)
def engine_for(url: str) -> Engine:
    return make_engine(url)


def engine() -> Engine:
    """The engine of the configured database."""
    return engine_for(env().database())


@contextmanager
def transaction() -> Iterator[Connection]:
    """One writing transaction. Raising inside leaves nothing behind."""
    with engine().begin() as connection:
        yield connection


@contextmanager
def reading() -> Iterator[Connection]:
    """One consistent read that never waits for a writer on SQLite."""
    with engine().connect().execution_options(reading=True) as connection, connection.begin():
        yield connection
