"""A process killed in the middle leaves whole commands only, and running again completes the rest."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import orjson
import pytest

from cases import journal
from cases.clock import morning_of
from cases.deadlines import sweep
from db import rows
from db.engine import reading, transaction
from db.tables.case import CaseFile, Household, Person
from db.tables.clock import Deadline, Notice
from db.tables.journal import JournalEntry
from tests.relogement.conftest import referral

FileOf = Callable[..., Path]
NUMBER = 200  # several batches after the last kill, however late it comes
DAY = date(2026, 11, 24)
KILLED_AFTER = (7, 90)


def apply_command(path: Path) -> list[str]:
    return [sys.executable, "-m", "relogement", "apply", str(path), "--as", "amina.haddad"]


def killed_after(path: Path, answers: int) -> int:
    """Start `apply`, kill it (SIGKILL) as soon as it has said so many answers; how many it had said."""
    with subprocess.Popen(apply_command(path), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        said = 0
        while said < answers and process.stdout.readline():
            said += 1
        process.kill()
        said += len(process.stdout.read().splitlines())
    return said


def counts() -> dict[str, int]:
    with reading() as connection:
        found = {
            model.__name__: len(rows.find(connection, model))
            for model in (CaseFile, Household, Person, Notice)
        }
        lines, fault = journal.verify(connection)
    assert fault is None
    return found | {"referrals": _referrals(), "lines": lines}


def _referrals() -> int:
    with reading() as connection:
        return len(rows.find(connection, JournalEntry, type="refer_transfer"))


def test_apply_killed_again_and_again_completes_without_doubles(stage: str, file_of: FileOf) -> None:
    path = file_of(*[referral(f"k{n}", service_id="ccas-tourcoing") for n in range(NUMBER)])
    for answers in KILLED_AFTER:
        said = killed_after(path, answers)
        found = counts()
        assert (
            found["CaseFile"]
            == found["Household"]
            == found["Person"]
            == found["Notice"]
            == found["referrals"]
        )
        assert found["CaseFile"] >= said, "what was answered is done"
    done = subprocess.run(apply_command(path), capture_output=True, check=True)
    statuses = [orjson.loads(line)["status"] for line in done.stdout.splitlines()]
    assert len(statuses) == NUMBER
    assert set(statuses) == {"accepted", "already_done"}
    final = counts()
    assert final["CaseFile"] == final["Notice"] == NUMBER, (
        "no command lost or doubled, nor the word to the lead"
    )


def _many_due(number: int) -> None:
    today = DAY
    with transaction() as connection:
        rows.insert_many(connection, Deadline, [
            {"kind": "diagnosis_due", "subject": f"case:k{n}", "due_on": today, "nature": "internal",
             "owner_id": "amina.haddad", "lead_id": "sylvie.vandeputte", "explanation": [],
             "opened_at": morning_of(today), "remind_on": today}
            for n in range(number)
        ])  # fmt: skip


SWEEPER = """
import sys
from datetime import date
from cases.clock import morning_of
from cases.deadlines import sweep
day = date(2026, 11, 24)
print("ready", flush=True)
sweep(day, morning_of(day))
print("done", flush=True)
"""


@pytest.mark.parametrize("patience", [0.005, 0.05])
def test_the_daily_watch_killed_loses_and_doubles_no_reminder(stage: str, patience: float) -> None:
    number, day = 4_000, DAY
    _many_due(number)
    with subprocess.Popen([sys.executable, "-c", SWEEPER], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        try:
            process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            process.kill()
    with reading() as connection:
        halfway = len(rows.find(connection, Notice))
    assert halfway in {0, number}, "all of it or none"
    sweep(day, morning_of(day))
    sweep(day, morning_of(day))
    with reading() as connection:
        notices = rows.find(connection, Notice)
    assert len(notices) == number
    assert len({row["deadline_id"] for row in notices}) == number
