"""What was built once is found by whoever looks at it next, and stays what they made of it."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url

from db.engine import reading
from db.rows import find
from db.tables.people import Body
from tests.builders import a_house
from tests.databases import use
from tests.stores import PRISTINE, SqliteFile

# By the drivers alone: another process, whatever it is.
SQLITE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
"""
POSTGRESQL = """
import psycopg, sys
connection = psycopg.connect(sys.argv[1])
"""
WRITE = """
print(connection.execute("SELECT count(*) FROM body").fetchone()[0])
connection.execute("INSERT INTO body (id, name, kind) VALUES ('another', 'CCAS', 'ccas')")
connection.commit()
"""


def _bodies() -> int:
    with reading() as connection:
        return len(find(connection, Body))


def _written_elsewhere(url: URL) -> str:
    """What a process of its own says, which counts and adds one."""
    if url.get_backend_name() == "sqlite":
        connect, address = SQLITE, str(url.database)
    else:
        connect = POSTGRESQL
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    command = [sys.executable, "-c", connect + WRITE, address]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_another_process_finds_what_was_put_back_and_what_it_writes_stays(database: str) -> None:
    a_house()
    known = _bodies()
    a_house()  # put back, once somebody connects
    assert int(_written_elsewhere(make_url(database))) == known
    assert _bodies() == known + 1


def _loses_its_triggers(file: Path) -> None:
    connection = sqlite3.connect(file)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.close()


def _is_replaced(file: Path) -> None:
    file.unlink()
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE body (id)")
    connection.close()


def _is_spoiled(file: Path) -> None:
    file.write_bytes(b"no database" * 1000)


LEFT_OPEN: list[sqlite3.Connection] = []


def _is_still_written(file: Path) -> None:
    LEFT_OPEN.append(sqlite3.connect(file, isolation_level=None))
    LEFT_OPEN[-1].execute("BEGIN IMMEDIATE")
    LEFT_OPEN[-1].execute("DELETE FROM journal_head")


def _tables_and_triggers() -> list[tuple[str, str]]:
    with reading() as connection:
        driver = connection.connection.cursor()
        return driver.execute("SELECT type, name FROM sqlite_master ORDER BY 1, 2").fetchall()  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    "spoil", [_loses_its_triggers, _is_replaced, _is_spoiled, _is_still_written], ids=lambda one: one.__name__
)
def test_whatever_was_done_to_the_file_the_next_finds_a_whole_one(
    spoil: Callable[[Path], None], sqlite: SqliteFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite.put(PRISTINE)
    with use(sqlite, tmp_path, monkeypatch) as url:
        before = _tables_and_triggers()
        a_house()
        spoil(Path(str(make_url(url).database)))
    sqlite.put(PRISTINE)
    with use(sqlite, tmp_path, monkeypatch):
        assert _tables_and_triggers() == before
        assert _bodies() == 0
        a_house()
        assert _bodies() > 0
    while LEFT_OPEN:
        LEFT_OPEN.pop().close()
