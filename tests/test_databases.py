"""What was built once is found by whoever looks at it next, and stays what they made of it."""

import subprocess
import sys

from db.engine import reading
from db.rows import find
from db.tables.people import Body
from tests.builders import a_house

WRITE = """
from db.engine import transaction
from db.rows import find, insert
from db.tables.people import Body
with transaction() as connection:
    print(len(find(connection, Body)))
    insert(connection, Body, id="another", name="CCAS", kind="ccas")
"""


def _bodies() -> int:
    with reading() as connection:
        return len(find(connection, Body))


def test_another_process_finds_what_was_put_back_and_what_it_writes_stays(database: str) -> None:
    a_house()
    known = _bodies()
    a_house()  # put back, once somebody connects
    found = subprocess.run([sys.executable, "-c", WRITE], capture_output=True, text=True, check=True).stdout
    assert int(found) == known
    assert _bodies() == known + 1
