"""The migrations give the declared tables, and the triggers that keep history from being rewritten."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from db import rows
from db.engine import reading, transaction
from db.migrations import triggers
from db.tables.ici import FrozenList, IciSession
from db.tables.journal import JournalEntry, JournalHead
from db.upgrade import alembic_config, is_current, upgrade

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ENTRY: dict[str, Any] = {
    "number": 1,
    "command_id": "c1",
    "recorded_at": NOW,
    "occurred_on": date(2026, 11, 23),
    "actor": "lea",
    "type": "refer",
    "subject": "T-1",
    "details": "{}",
    "details_digest": "d",
    "previous_digest": "0" * 64,
    "digest": "1" * 64,
    "answer": "{}",
}


@pytest.fixture
def journal(database: str) -> str:
    """A journal of one line and a frozen list."""
    with transaction() as connection:
        rows.insert(connection, JournalEntry, **ENTRY)
        rows.insert(connection, IciSession, **_session())
        rows.insert(connection, FrozenList, **_frozen_list())
    return database


def _session() -> dict[str, Any]:
    return IciSession(
        id="S1", ici="nord_est", state="held", held_on=date(2027, 1, 5), limit_on=date(2026, 11, 5)
    ).model_dump()


def _frozen_list() -> dict[str, Any]:
    return {
        "id": 1,
        "session_id": "S1",
        "number": 0,
        "frozen_at": NOW,
        "content": [],
        "digest": "d",
        "journal_head": "h",
    }


def _refused(*statements: str) -> None:
    for statement in statements:
        with pytest.raises(sa.exc.DatabaseError, match="append-only"), transaction() as connection:
            connection.exec_driver_sql(statement)


def test_the_tables_are_those_declared(database: str) -> None:
    command.check(alembic_config(database))
    assert is_current(database)
    upgrade(database)


def test_the_chain_starts_with_a_head(database: str) -> None:
    with reading() as connection:
        head = rows.get(connection, JournalHead, id=1)
    assert head is not None
    assert (head["number"], head["digest"]) == (0, "0" * 64)


def test_the_triggers_are_there(database: str) -> None:
    with reading() as connection:
        expected = {name for _, name in triggers.TRIGGERS[connection.dialect.name]}
        assert expected <= triggers.present(connection)


def test_a_journal_line_is_never_deleted(journal: str) -> None:
    _refused("DELETE FROM journal_entry", "DELETE FROM journal_entry WHERE number = 1")


@pytest.mark.parametrize(
    "column", [name for name in ENTRY if name not in ("number", "recorded_at", "occurred_on")]
)
def test_a_journal_line_is_never_changed(journal: str, column: str) -> None:
    _refused(f"UPDATE journal_entry SET {column} = 'x'")


def test_details_are_emptied_once_and_nothing_else_with_them(journal: str) -> None:
    _refused(
        "UPDATE journal_entry SET number = 2",
        "UPDATE journal_entry SET case_id = 'T-2'",
        "UPDATE journal_entry SET details = NULL, actor = 'x'",
        "UPDATE journal_entry SET details = NULL, case_id = 'T-2'",
    )
    with transaction() as connection:
        assert rows.update(connection, JournalEntry, {"number": 1}, details=None) == 1
    _refused("UPDATE journal_entry SET details = 'back'", "UPDATE journal_entry SET details = NULL")


def test_a_frozen_list_never_changes(journal: str) -> None:
    _refused(
        "UPDATE frozen_list SET digest = 'x'",
        "UPDATE frozen_list SET digest = digest",
        "DELETE FROM frozen_list",
    )


def test_replacing_is_refused(journal: str) -> None:
    columns = "id, session_id, number, frozen_at, content, digest, journal_head"
    if journal.startswith("sqlite"):
        _refused(
            "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry",
            f"INSERT OR REPLACE INTO frozen_list ({columns}) SELECT {columns} FROM frozen_list",
        )
    else:
        _refused(
            "INSERT INTO journal_entry SELECT * FROM journal_entry "
            "ON CONFLICT (number) DO UPDATE SET actor = 'x'",
            "TRUNCATE journal_entry",
            "TRUNCATE frozen_list",
        )


def test_a_batch_rebuild_does_not_lose_the_triggers(database: str) -> None:
    """Alembic rebuilds a SQLite table by dropping it: `install` puts its triggers back."""
    with transaction() as connection:
        triggers.remove(connection)
        assert not triggers.present(connection)
        triggers.install(connection)
        triggers.install(connection)
        expected = {name for _, name in triggers.TRIGGERS[connection.dialect.name]}
        assert triggers.present(connection) == expected
