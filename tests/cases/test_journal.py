"""The journal tells when history was rewritten: each column, a missing line, details emptied without trace.

The triggers that refuse such a change are tried in `tests/db/test_migrations.py`; here they are set aside.
"""

from datetime import date
from typing import Any

import orjson
import pytest
import sqlalchemy as sa

from cases import journal
from db import rows
from db.engine import reading, transaction
from db.migrations import triggers
from db.tables.journal import JournalEntry, JournalHead
from tests.builders import a_transfer, ask, do
from tests.records import chain_length, count, every, the

ENTRY = rows.table_of(JournalEntry)
COLUMNS = [column.name for column in ENTRY.columns]
LINE = 25


@pytest.fixture(autouse=True)
def lines(house: str) -> None:
    """Some thirty lines, the last of them a whole path."""
    a_transfer(at="moved_in")
    assert chain_length() > LINE


def tamper(statement: Any) -> tuple[int, journal.Fault | None]:
    """Somebody with the keys of the database: without its triggers, in one transaction, then looked at."""
    with transaction() as connection:
        triggers.remove(connection)
        connection.execute(statement)
        triggers.install(connection)
    with reading() as connection:
        return journal.verify(connection)


def other(column: str) -> Any:
    """Another value than the one stored, of the column's own type."""
    stored = the(JournalEntry, number=LINE)[column]
    return stored.replace(year=2020) if isinstance(stored, date) else f"{stored or ''}x"


def test_a_changed_column_is_found_and_its_line_named() -> None:
    whole = the(JournalEntry, number=LINE)
    for column in (name for name in COLUMNS if name != "number"):
        line = sa.update(ENTRY).where(ENTRY.c.number == LINE)
        good, fault = tamper(line.values({column: other(column)}))
        assert fault is not None, column
        assert (good, fault.number) == (LINE - 1, LINE), column
        assert f"ligne {LINE} " in fault.sentence
        assert tamper(line.values({column: whole[column]})) == (count(JournalEntry), None)


def test_a_renumbered_line_is_found() -> None:
    _, fault = tamper(sa.update(ENTRY).where(ENTRY.c.number == LINE).values(number=9_999))
    assert fault is not None
    assert fault.sentence == f"La ligne {LINE} manque."


def test_a_missing_line_is_found() -> None:
    good, fault = tamper(sa.delete(ENTRY).where(ENTRY.c.number == LINE))
    assert fault is not None
    assert (good, fault.sentence) == (LINE - 1, f"La ligne {LINE} manque.")


def test_a_missing_end_is_found() -> None:
    _, fault = tamper(sa.delete(ENTRY).where(ENTRY.c.number == count(JournalEntry)))
    assert fault is not None
    assert "tête du journal" in fault.sentence


def test_a_whole_journal_gone_is_found() -> None:
    good, fault = tamper(sa.delete(ENTRY))
    assert good == 0
    assert fault is not None


def test_a_head_turned_back_with_the_end_is_the_one_thing_a_printed_head_shows() -> None:
    """Verification alone cannot see it: that is why frozen lists carry the head of their day."""
    last = count(JournalEntry)
    before = the(JournalEntry, number=last - 1)["digest"]
    with transaction() as connection:
        rows.update(connection, JournalHead, {"id": 1}, number=last - 1, digest=before)
    _, fault = tamper(sa.delete(ENTRY).where(ENTRY.c.number == last))
    assert fault is None
    assert chain_length() == last - 1


def test_details_emptied_without_trace_are_found() -> None:
    _, fault = tamper(sa.update(ENTRY).where(ENTRY.c.number == LINE).values(details=None))
    assert fault is not None
    assert fault.sentence == f"Les détails de la ligne {LINE} ont été vidés sans trace."


def test_an_erasure_leaves_its_trace_and_a_whole_chain() -> None:
    digest = the(JournalEntry, number=LINE)["digest"]
    do("erase_details", None, "lea", "2027-01-04", numbers=[LINE, LINE + 1], reason="Effacement demandé.")
    for number in (LINE, LINE + 1):
        assert the(JournalEntry, number=number)["details"] is None
    assert the(JournalEntry, number=LINE)["digest"] == digest
    assert chain_length() == count(JournalEntry)


def test_what_does_not_exist_is_not_erased_in_advance() -> None:
    for number in (9_999, 0, -1):
        answer = ask(
            "erase_details", None, "lea", "2027-01-04", numbers=[number], reason="Effacement demandé."
        )
        assert [reason.code for reason in answer.reasons] == ["erase.unknown"]


def test_the_trace_of_an_erasure_stays() -> None:
    do("erase_details", None, "lea", "2027-01-04", numbers=[LINE], reason="Effacement demandé.")
    answer = ask(
        "erase_details", None, "lea", "2027-01-05", numbers=[count(JournalEntry)], reason="Encore une."
    )
    assert [reason.code for reason in answer.reasons] == ["erase.trace"]
    assert chain_length() == count(JournalEntry)


def test_a_line_says_what_changed_and_keeps_its_salt_inside_the_details() -> None:
    line = next(row for row in every(JournalEntry) if row["type"] == "sign_lease")
    details = orjson.loads(line["details"])
    assert details["data"] == {"signed_on": "2026-04-24"}
    assert details["before"]["state"] == "allocated"
    assert details["after"] == {
        "lease_signed_on": "2026-04-24",
        "stage_since": "2026-04-24",
        "state": "lease_signed",
    }
    assert len(details["salt"]) == 32
    assert line["actor"] == "amina"
    assert line["subject"] == f"case:{line['case_id']}"
