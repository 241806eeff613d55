"""Two workers at the same moment, each its own process: nothing is said, written or mailed twice."""

import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from cases.clock import morning_of
from db import rows
from db.engine import reading, transaction
from db.tables.clock import Deadline, Mail, Notice
from db.tables.people import Account
from tests.cases.ici_world import World
from tests.flows.test_mail import Mailbox, server, world

__all__ = ["server", "world"]

pytestmark = pytest.mark.prefect  # its children import the flows
DAY = date(2026, 2, 26)
NUMBER = 1200  # several batches of notices
WORKER = """
from datetime import date
from cases.clock import morning_of
from cases.clockwork import every_day
from flows.delivery import delivery
from flows.digest import digest
day = date(2026, 2, 26)
print("ready", flush=True)
input()
now = morning_of(day)
for flow in (every_day, delivery, digest):
    print(flow.__name__, flow(day, now), flush=True)
"""


def many_due(number: int) -> None:
    now, people = morning_of(DAY), [f"p{n}" for n in range(20)]
    with transaction() as connection:
        rows.insert_many(connection, Account, [
            {"id": who, "name": who, "role": "social_worker", "body_id": "ccas", "email": f"{who}@e.org"}
            for who in people
        ])  # fmt: skip
        rows.insert_many(connection, Deadline, [
            {"kind": "diagnosis_due", "subject": f"case:k{n}", "due_on": DAY, "nature": "internal",
             "owner_id": people[n % 20], "lead_id": "sylvie", "explanation": [], "opened_at": now,
             "remind_on": DAY}
            for n in range(number)
        ])  # fmt: skip


def test_two_workers_say_each_thing_once(world: World, server: Mailbox) -> None:
    many_due(NUMBER)
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:  # both at once
        assert worker.stdin is not None
        worker.stdin.write("\n")
        worker.stdin.flush()
    for worker in workers:
        _, errors = worker.communicate(timeout=60)
        assert worker.returncode == 0, errors
    with reading() as connection:
        notices, mails = rows.find(connection, Notice), rows.find(connection, Mail)
    assert Counter(row["deadline_id"] for row in notices) == dict.fromkeys(range(1, NUMBER + 1), 1)
    assert {row["state"] for row in mails} == {"sent"}
    assert all(row["mail_id"] for row in notices)
    in_ledger = {(row["message_id"], row["address"], row["subject"]) for row in mails}
    received = [(str(m["Message-ID"]), str(m["To"]), str(m["Subject"])) for m in server.received]
    assert len(received) == len(mails) == 20
    assert set(received) == in_ledger
