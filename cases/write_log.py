"""What a command wrote, row by row, so that its author may take it back for a few minutes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlmodel import SQLModel

from db import rows
from db.rows import Row
from db.tables.people import Counter

PARSED: tuple[tuple[type[Any], Callable[[str], Any]], ...] = (
    (sa.DateTime, datetime.fromisoformat),
    (sa.Date, date.fromisoformat),
    (sa.Numeric, Decimal),
)


@dataclass
class WriteLog:
    """`lines`, oldest first: a row inserted (`row`), or changed with its former values (`before`).

    Nothing is kept unless `kept`: only the commands that may be taken back pay for it.
    """

    kept: bool = False
    lines: list[dict[str, Any]] = field(default_factory=list)

    def inserted(self, model: type[SQLModel], key: Any) -> Any:
        if self.kept and model is not Counter:  # a number once given is never given again
            self.lines.append({"table": rows.table_of(model).name, "key": key})
        return key

    def before(
        self, connection: Connection, model: type[SQLModel], by: Mapping[str, Any], changed: Iterable[str]
    ) -> None:
        if not self.kept:
            return
        table, names = rows.table_of(model), tuple(changed)
        for row in rows.find(connection, model, **by):
            self.changed(table, row[key_of(table)], {name: row[name] for name in names})

    def changed(self, table: sa.Table, key: Any, former: Mapping[str, Any]) -> None:
        """A row of which the former values are known."""
        if self.kept:
            self.lines.append({"table": table.name, "key": key, "before": dict(former)})


def key_of(table: sa.Table) -> str:
    """The name of the single-column primary key."""
    (column,) = table.primary_key.columns
    return column.name


def put_back(connection: Connection, line: Mapping[str, Any]) -> Row:
    """Undo one line; the former values, as Python reads them (empty for a row that is removed)."""
    table = SQLModel.metadata.tables[line["table"]]
    same = table.c[key_of(table)] == line["key"]
    if "before" not in line:
        connection.execute(sa.delete(table).where(same))
        return {}
    former = {name: _typed(table.c[name], value) for name, value in line["before"].items()}
    connection.execute(sa.update(table).where(same).values(former))
    return former


def _typed(column: sa.Column[Any], value: Any) -> Any:
    """A value of the journal as its column takes it."""
    stored = column.type.impl if isinstance(column.type, sa.TypeDecorator) else column.type
    parse = next((read for kind, read in PARSED if isinstance(stored, kind)), None)
    return parse(value) if parse is not None and isinstance(value, str) else value
