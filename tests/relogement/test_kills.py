"""A process killed in the middle leaves whole commands only, and running again completes the rest."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TextIO

import orjson
import pytest

from cases import journal
from cases.clock import morning_of
from cases.deadlines import sweep
from db import rows
from db.engine import engine, reading, transaction
from db.tables.case import CaseFile, Household, Person
from db.tables.clock import Deadline, Notice
from db.tables.journal import JournalEntry
from relogement.cli import app
from tests.relogement.conftest import referral

FileOf = Callable[..., Path]
NUMBER = 200  # several batches after the last kill, however late it comes
DAY = date(2026, 11, 24)
KILLED_AFTER = (7, 90)


def applying(path: Path) -> Callable[[], object]:
    arguments = ["apply", str(path), "--as", "amina.haddad"]
    return lambda: app(arguments, standalone_mode=False)


@contextmanager
def a_process(work: Callable[[], object]) -> Iterator[tuple[BaseProcess, TextIO]]:
    """Another process that does this, killed (SIGKILL) at the end of the block, and what it says.

    Forked: it starts at once, where a new interpreter takes seconds to read the product.
    """
    engine().dispose()  # no connection is shared
    mouth, tongue = os.pipe()

    def speak() -> None:
        os.dup2(tongue, sys.__stdout__.fileno())
        sys.stdout = open(sys.__stdout__.fileno(), "w", buffering=1, closefd=False)  # noqa: SIM115
        work()

    process = get_context("fork").Process(target=speak)
    process.start()
    os.close(tongue)
    with open(mouth) as said:
        try:
            yield process, said
        finally:
            process.kill()
            process.join()


def somebody(number: int) -> dict[str, str]:
    """Like nobody else: who looks like many others is compared with each of them."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:03d}")
    return {"last_name": f"{letters[::-1]}{letters}".title(), "born_on": f"{1950 + number % 50}-03-02"}


def killed_after(path: Path, answers: int) -> int:
    """Start `apply`, kill it as soon as it has said so many answers; how many it had said."""
    with a_process(applying(path)) as (process, said):
        heard = sum(1 for _ in islice(said, answers))
        process.kill()
        return heard + len(said.read().splitlines())


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
    path = file_of(
        *[referral(f"k{n}", service_id="ccas-tourcoing", member=somebody(n)) for n in range(NUMBER)]
    )
    for answers in KILLED_AFTER:
        answered = killed_after(path, answers)
        found = counts()
        assert (
            found["CaseFile"]
            == found["Household"]
            == found["Person"]
            == found["Notice"]
            == found["referrals"]
        )
        assert found["CaseFile"] >= answered, "what was answered is done"
    with a_process(applying(path)) as (process, said):
        statuses = [orjson.loads(line)["status"] for line in said]
        process.join()
    assert process.exitcode == 0
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


def _sweep_aloud() -> None:
    sys.stdout.write("ready\n")
    sweep(DAY, morning_of(DAY))


@pytest.mark.parametrize("patience", [0.005, 0.05])
def test_the_daily_watch_killed_loses_and_doubles_no_reminder(stage: str, patience: float) -> None:
    number, day = 4_000, DAY
    _many_due(number)
    with a_process(_sweep_aloud) as (process, said):
        assert said.readline() == "ready\n"
        process.join(patience)
    with reading() as connection:
        halfway = len(rows.find(connection, Notice))
    assert halfway in {0, number}, "all of it or none"
    sweep(day, morning_of(day))
    sweep(day, morning_of(day))
    with reading() as connection:
        notices = rows.find(connection, Notice)
    assert len(notices) == number
    assert len({row["deadline_id"] for row in notices}) == number
