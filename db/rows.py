"""Small Core statements, built once per shape: one command costs microseconds of client time, not
milliseconds."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

from db import direct
from db.direct import Row

__all__ = [
    "Row",
    "delete",
    "dialect_insert",
    "find",
    "get",
    "insert",
    "insert_many",
    "table_of",
    "update",
    "upsert",
]


def table_of(model: type[SQLModel]) -> sa.Table:
    return model.__table__  # type: ignore[attr-defined, no-any-return]


@lru_cache(maxsize=256)
def _select_by(model: type[SQLModel], columns: tuple[str, ...], nulls: tuple[str, ...]) -> sa.Select[Any]:
    table = table_of(model)
    where = [table.c[name] == sa.bindparam(name) for name in columns]
    where += [table.c[name].is_(None) for name in nulls]
    return sa.select(table).where(*where).order_by(*table.primary_key.columns)


def find(connection: Connection, model: type[SQLModel], **by: Any) -> list[Row]:
    """Every row whose columns equal `by` (None: is empty), in the order of the primary key."""
    given = {name: value for name, value in by.items() if value is not None}
    nulls = tuple(name for name in by if name not in given)
    return direct.fetch(connection, _select_by(model, tuple(given), nulls), given)


def get(connection: Connection, model: type[SQLModel], **by: Any) -> Row | None:
    """The first row whose columns equal `by` (None: is empty), as a plain dict, or None."""
    found = find(connection, model, **by)
    return found[0] if found else None


@lru_cache(maxsize=256)
def _defaults(model: type[SQLModel]) -> dict[str, Any]:
    return {column.name: column.default for column in table_of(model).columns if column.default is not None}


def _completed(model: type[SQLModel], values: Mapping[str, Any]) -> Row:
    """With what the columns not given hold by default."""
    missing = {name: held for name, held in _defaults(model).items() if name not in values}
    return dict(values) | {
        name: held.arg(None) if held.is_callable else held.arg for name, held in missing.items()
    }


@lru_cache(maxsize=256)
def _insert(model: type[SQLModel], columns: tuple[str, ...]) -> sa.Insert:
    table = table_of(model)
    statement = sa.insert(table).values({name: sa.bindparam(name) for name in columns})
    return statement.returning(*table.primary_key.columns)


def insert(connection: Connection, model: type[SQLModel], **values: Any) -> Any:
    """Insert one row; the value of its primary key (of its first column when it has several)."""
    whole = _completed(model, values)
    (key,) = direct.fetch(connection, _insert(model, tuple(whole)), whole)
    return next(iter(key.values()))


def dialect_insert(connection: Connection, model: type[SQLModel]) -> Any:
    """An INSERT of this database's own dialect: it may be told what to do on conflict."""
    return _dialect_insert(connection.dialect.name, model)


def _dialect_insert(kind: str, model: type[SQLModel]) -> Any:
    make: Any = postgresql.insert if kind == "postgresql" else sqlite.insert
    return make(table_of(model))


@lru_cache(maxsize=64)
def _upsert(model: type[SQLModel], kind: str, keys: tuple[str, ...], columns: tuple[str, ...]) -> Any:
    statement = _dialect_insert(kind, model).values({name: sa.bindparam(name) for name in columns})
    changed = {name: statement.excluded[name] for name in columns if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def upsert(connection: Connection, model: type[SQLModel], keys: tuple[str, ...], **values: Any) -> None:
    """Insert one row, or change the one that has the same `keys` (the columns of a unique index)."""
    statement = _upsert(model, connection.dialect.name, keys, tuple(values))
    direct.change(connection, statement, values)


def insert_many(connection: Connection, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(sa.insert(table_of(model)), list(rows))


@lru_cache(maxsize=512)
def _update(model: type[SQLModel], keys: tuple[str, ...], columns: tuple[str, ...]) -> sa.Update:
    table = table_of(model)
    where = [table.c[name] == sa.bindparam(f"by_{name}") for name in keys]
    return sa.update(table).where(*where).values({name: sa.bindparam(f"to_{name}") for name in columns})


def update(connection: Connection, model: type[SQLModel], by: Mapping[str, Any], **changes: Any) -> int:
    """Change the rows whose columns equal `by`; how many there were."""
    statement = _update(model, tuple(by), tuple(changes))
    values = {f"by_{k}": v for k, v in by.items()} | {f"to_{k}": v for k, v in changes.items()}
    return direct.change(connection, statement, values)


def delete(connection: Connection, model: type[SQLModel], **by: Any) -> int:
    """Remove the rows whose columns equal `by`; how many there were."""
    table = table_of(model)
    where = [table.c[name] == value for name, value in by.items()]
    return connection.execute(sa.delete(table).where(*where)).rowcount
