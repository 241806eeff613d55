"""Looking at what is stored: one record, the open deadlines, a digest of every table."""

from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlmodel import SQLModel

from cases import journal
from cases.hearing import Hearing
from db import rows
from db.engine import reading
from db.rows import Row
from db.tables.case import CaseFile
from db.tables.clock import Deadline


def the(model: type[SQLModel], **by: Any) -> Row:
    """The one row; a case by its reference."""
    with reading() as connection:
        found = rows.find(connection, model, **by)
    assert len(found) == 1, found
    return found[0]


def case(reference: str) -> Row:
    return the(CaseFile, id=reference)


def every(model: type[SQLModel], **by: Any) -> list[Row]:
    with reading() as connection:
        return rows.find(connection, model, **by)


def digest() -> str:
    """Of the whole content of every table: the same before and after when nothing was written."""
    found = sha256()
    with reading() as connection:
        driver: Any = connection.connection.dbapi_connection
        for table in SQLModel.metadata.sorted_tables:
            order = ", ".join(column.name for column in table.primary_key)
            content = driver.execute(f"SELECT * FROM {table.name} ORDER BY {order}").fetchall()
            found.update(repr(content).encode())
    return found.hexdigest()


def chain_length() -> int:
    """How many lines the journal has; fails when the chain is broken."""
    with reading() as connection:
        count, fault = journal.verify(connection)
    assert fault is None, fault
    return count


def count(model: type[SQLModel]) -> int:
    with reading() as connection:
        return int(
            connection.execute(sa.select(sa.func.count()).select_from(rows.table_of(model))).scalar_one()
        )


def hearers(connection: Connection, today: date) -> dict[int, str | None]:
    """Open deadline → who would hear of it that day."""
    return {row[0]: row[1] for row in connection.execute(_hearers(), {"today": today})}


@cache
def _hearers() -> sa.Select[tuple[int, str | None]]:
    table = rows.table_of(Deadline)
    hearing = Hearing(sa.bindparam("today", type_=sa.Date), table)
    meant = sa.func.coalesce(table.c.owner_id, table.c.lead_id)
    return (
        sa.select(table.c.id, hearing.of(meant, table.c.lead_id))
        .select_from(hearing.joined(table, meant))
        .where(table.c.closed_at.is_(None))
    )
