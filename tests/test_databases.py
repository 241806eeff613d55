"""What was built once is found by whoever looks at it next, and stays what they made of it."""

import subprocess
import sys

from sqlalchemy import URL, make_url

from db.engine import reading
from db.rows import find
from db.tables.people import Body
from tests.builders import a_house

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
