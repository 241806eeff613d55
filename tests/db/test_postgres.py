"""What a PostgreSQL connection keeps when work is undone, and what it says when it is cut."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from db.engine import engine, reading, transaction

COUNT = sa.text("SELECT count(*) FROM body WHERE id = 'ccas'")
PREPARED = sa.text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%INTO body%'")
WRITE = sa.text("INSERT INTO body (id, name, kind, commune) VALUES (:id, 'CCAS', 'ccas', '59512')")


class RefusedError(Exception):
    pass


def _write_then_refuse(connection: Connection) -> None:
    connection.execute(WRITE, {"id": "ccas"})
    raise RefusedError


def _refused() -> None:
    with pytest.raises(RefusedError), transaction() as connection:
        _write_then_refuse(connection)


@pytest.mark.usefixtures("postgresql_database")
def test_work_that_is_undone_leaves_nothing_but_its_statements() -> None:
    engine().dispose()  # a connection of its own, with nothing prepared
    for _ in range(3):
        _refused()
    with reading() as connection:
        assert connection.scalar(COUNT) == 0
        assert connection.scalar(PREPARED) == 1


@pytest.mark.usefixtures("postgresql_database")
def test_a_savepoint_undoes_its_own_part_and_keeps_the_rest() -> None:
    with transaction() as connection:
        connection.execute(WRITE, {"id": "lmh"})
        for _ in range(3):
            with pytest.raises(RefusedError), connection.begin_nested():
                _write_then_refuse(connection)
    with reading() as connection:
        assert connection.scalar(COUNT) == 0
        assert connection.scalar(sa.text("SELECT count(*) FROM body WHERE id = 'lmh'")) == 1


def _write(connection: Connection) -> None:
    connection.execute(WRITE, {"id": "ccas"})


def _write_twice() -> None:
    with transaction() as connection:
        _write(connection)
        _write(connection)


def _write_and_be_cut() -> None:
    with transaction() as connection, engine().connect() as other:
        _write(connection)
        mine = connection.scalar(sa.text("SELECT pg_backend_pid()"))
        other.execute(sa.text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": mine})
        connection.execute(COUNT)


@pytest.mark.usefixtures("postgresql_database")
@pytest.mark.parametrize(
    ("goes_wrong", "error"),
    [(_write_twice, sa.exc.IntegrityError), (_write_and_be_cut, sa.exc.OperationalError)],
)
def test_what_goes_wrong_inside_is_said_and_undone_and_the_next_one_works(
    goes_wrong: Callable[[], None], error: type[Exception]
) -> None:
    with pytest.raises(error):
        goes_wrong()
    with transaction() as connection:
        assert connection.scalar(COUNT) == 0
        _write(connection)
