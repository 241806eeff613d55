"""Statements for a row or a few, run by the driver itself.

SQLAlchemy builds and compiles each of them once, and says how every value goes in and comes out. What it
does around one execution takes longer than most of these statements (ADR 0023): the door runs a dozen for a
command.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Dialect

Row = dict[str, Any]
Process = Callable[[Any], Any]


class _Plan:
    """One statement for one dialect: its SQL, how values are given to it, how its rows are read."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self.sql = str(compiled)
        self._order = compiled.positiontup
        binds = compiled.binds
        self._fixed = {name: bind.value for name, bind in binds.items() if not bind.required}
        into = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
        self._into: dict[str, Process] = {name: process for name, process in into.items() if process}
        columns = statement.exported_columns if hasattr(statement, "exported_columns") else ()
        self._types = {column.key: column.type.dialect_impl(dialect) for column in columns}
        self._out: dict[str, Process] | None = None

    def given(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver takes them: by place or by name."""
        put = {**self._fixed, **values}
        for name, process in self._into.items():
            put[name] = process(put[name])
        return put if self._order is None else [put[name] for name in self._order]

    def read(self, cursor: Any, dialect: Dialect) -> list[Row]:
        names = tuple(self._types)
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        for name, process in self._processes(cursor, dialect).items():
            for row in found:
                row[name] = process(row[name])
        return found

    def _processes(self, cursor: Any, dialect: Dialect) -> dict[str, Process]:
        """Known once the driver has described the columns of a first answer."""
        if self._out is None:
            codes = [column[1] for column in cursor.description]
            made = {
                name: kind.result_processor(dialect, code)
                for (name, kind), code in zip(self._types.items(), codes, strict=True)
            }
            self._out = {name: process for name, process in made.items() if process}
        return self._out


@lru_cache(maxsize=1024)
def _plan(statement: Any, dialect: Dialect) -> _Plan:
    return _Plan(statement, dialect)


def _run(connection: Connection, statement: Any, values: Mapping[str, Any]) -> tuple[_Plan, Any]:
    plan = _plan(statement, connection.dialect)
    given = plan.given(values)
    cursor = connection.connection.cursor()
    _execute(connection, cursor, plan.sql, given)
    return plan, cursor


def _execute(connection: Connection, cursor: Any, sql: str, given: Any = ()) -> None:
    driver: Any = connection.dialect.loaded_dbapi
    try:
        cursor.execute(sql, given)
    except driver.Error as error:
        cursor.close()
        raise sa.exc.DBAPIError.instance(
            sql, given, error, driver.Error, dialect=connection.dialect
        ) from error


def say(connection: Connection, words: str) -> None:
    """A statement as it is, which takes and gives nothing: BEGIN."""
    cursor = connection.connection.cursor()
    _execute(connection, cursor, words)
    cursor.close()


def fetch(connection: Connection, statement: Any, values: Mapping[str, Any]) -> list[Row]:
    """Every row of a statement with no IN list, as plain dicts. It is kept and run again: build it once.

    Raises what SQLAlchemy would (`sqlalchemy.exc.DBAPIError`).
    """
    plan, cursor = _run(connection, statement, values)
    found = plan.read(cursor, connection.dialect)
    cursor.close()
    return found


def change(connection: Connection, statement: Any, values: Mapping[str, Any]) -> int:
    """Run a statement that writes; how many rows it changed."""
    _, cursor = _run(connection, statement, values)
    changed: int = cursor.rowcount
    cursor.close()
    return changed
