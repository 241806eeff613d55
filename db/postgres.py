"""What the application asks of psycopg beyond its defaults (ADR 0024)."""

from typing import Any

import sqlalchemy as sa
from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

PREPARED_AT, PREPARED = 1, 1_000  # uses of a statement before it is prepared; how many a connection keeps
UNDER_WAY = {TransactionStatus.INTRANS, TransactionStatus.INERROR}


def remember_statements(engine: Engine) -> None:
    """What a connection of `engine` has prepared stays prepared, also when a refused command is rolled back.

    psycopg forgets all of it at each ROLLBACK, in case a table was dropped and made again under it: here
    tables change with a migration only.
    """
    event.listen(engine, "connect", _prepare)
    dialect: Any = engine.dialect
    dialect.do_rollback = _roll_back
    dialect.do_rollback_to_savepoint = _roll_back_to


def _prepare(connection: Any, _: ConnectionPoolEntry) -> None:
    connection.prepare_threshold, connection.prepared_max = PREPARED_AT, PREPARED


def _done(connection: Any, words: str) -> bool:
    return bool(connection.pgconn.exec_(words.encode()).status == ExecStatus.COMMAND_OK)


def _roll_back(connection: Any) -> None:
    if connection.pgconn.transaction_status not in UNDER_WAY or not _done(connection, "ROLLBACK"):
        connection.rollback()  # there is nothing to undo, or it says what is wrong


def _roll_back_to(connection: Connection, name: str) -> None:
    words = f"ROLLBACK TO SAVEPOINT {name}"
    if not _done(connection.connection.driver_connection, words):
        connection.execute(sa.text(words))  # says what is wrong
