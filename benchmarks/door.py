"""The whole door, one durable commit each, beside raw SQL that writes the same rows in the same run; then batches."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from statistics import median
from time import perf_counter
from typing import Any

import psycopg
from sqlalchemy import make_url

from benchmarks.stage import NOW, databases, done_with, use
from cases.actor import Actor
from cases.command import Command, Outcome
from cases.commands import execute, execute_batch
from cases.people import actor_named
from db.settings import env

ROUNDS, NUMBER = 7, 100  # a round of each in turn: what slows the machine for a while slows both
MEMBER = {"first_name": "Aïcha", "last_name": "Essai", "born_on": "1985-03-02"}
DWELLING = {
    "landlord_id": "lmh", "commune": "59512", "address": "3 rue", "typology": 3, "rooms": 3, "surface_m2": "62",
}  # fmt: skip


def prepared() -> str:
    actor = actor_named("amina.haddad")
    assert actor is not None
    data = {"members": [MEMBER], "dwelling": DWELLING, "criteria": ["economic"]}
    reference = execute(
        Command(id="bench.refer", type="refer_transfer", data=data), now=NOW, actor=actor
    ).reference
    assert reference is not None
    return reference


class Door:
    """Blockages opened and closed in turn: one insert or update beside the case, its journal line and its head."""

    def __init__(self, case_id: str) -> None:
        self._case, self._count = case_id, 0
        self._outcomes: list[Outcome] = []
        found = actor_named("amina.haddad")
        assert found is not None
        self._actor = found

    def _acts(self, number: int) -> Iterator[tuple[Command, datetime, Actor]]:
        for rank in range(number):
            self._count += 1
            kind, data = "open_blockage", {"theme": "arrears"}
            if rank % 2:
                opened = self._outcomes[-1].created["blockage"]
                kind, data = "close_blockage", {"blockage_id": opened, "outcome": "levé"}
            yield (
                Command(id=f"bench.{self._count}", type=kind, target=self._case, data=data),
                NOW,
                self._actor,
            )

    def alone(self, number: int) -> None:
        """One durable commit each."""
        for command, now, actor in self._acts(number):
            self._outcomes.append(execute(command, now=now, actor=actor))

    def in_batches(self, number: int) -> None:
        """As `apply` does: fifty in one commit, a savepoint each."""
        for _ in range(number // 50):
            execute_batch(self._acts(50), into=self._outcomes)

    def accepted(self) -> bool:
        return all(outcome.status == "accepted" for outcome in self._outcomes)


RAW = (
    "SELECT number, digest FROM journal_head WHERE id = 1",
    "SELECT answer FROM journal_entry WHERE command_id = {p}",
    "SELECT * FROM case_file WHERE id = {p}",
    "INSERT INTO blockage (case_id, theme, explanation, since, until, outcome, said_by)"
    " VALUES ({p}, 'arrears', '', '2026-11-24', '2026-11-24', '', 'amina.haddad')",
    "UPDATE case_file SET open_blockages = open_blockages, version = version + 1, touched_at = touched_at WHERE id = {p}",
    "SELECT * FROM deadline WHERE subject = {p} AND closed_at IS NULL",
    "INSERT INTO journal_entry (number, command_id, recorded_at, occurred_on, actor, type, subject, case_id, details,"
    " details_digest, previous_digest, digest, answer) SELECT number + 1, {p}, '2026-11-24 09:00:00', '2026-11-24',"
    " 'amina.haddad', 'open_blockage', 'case', NULL, {p}, digest, digest, digest, '{{}}' FROM journal_head WHERE id = 1",
    "UPDATE journal_head SET number = number + 1 WHERE id = 1",
)
DETAILS = (
    '{"salt":"'
    + "0" * 32
    + '","data":{"theme":"arrears"},"before":{"open_blockages":0},"after":{"open_blockages":1}}'
)


class Raw:
    """The same rows written by the driver alone, one durable commit each."""

    def __init__(self, case_id: str) -> None:
        self._case, self._count = case_id, 0
        url = make_url(env().database())
        if url.get_backend_name() == "sqlite":
            connection: Any = sqlite3.connect(str(url.database), isolation_level=None)
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            self._begin, mark = "BEGIN IMMEDIATE", "?"
        else:
            address = url.set(drivername="postgresql").render_as_string(False)
            connection = psycopg.connect(address, autocommit=True)
            self._begin, mark = "BEGIN", "%s"
        self._connection = connection
        self._statements = [statement.format(p=mark) for statement in RAW]

    def _one(self) -> None:
        self._count += 1
        name, case = f"raw.{self._count}", self._case
        values = [(), (name,), (case,), (case,), (case,), (f"case:{case}",), (name, DETAILS), ()]
        cursor = self._connection.cursor()
        cursor.execute(self._begin)
        for statement, given in zip(self._statements, values, strict=True):
            cursor.execute(statement, given)
            if statement.startswith("SELECT"):
                cursor.fetchall()
        cursor.execute("COMMIT")

    def alone(self, number: int) -> None:
        for _ in range(number):
            self._one()

    def close(self) -> None:
        self._connection.close()


def rate(action: Callable[[int], None]) -> float:
    begin = perf_counter()
    action(NUMBER)
    return NUMBER / (perf_counter() - begin)


def measured(case_id: str) -> str:
    door, raw = Door(case_id), Raw(case_id)
    found = [(rate(raw.alone), rate(door.alone), rate(door.in_batches)) for _ in range(ROUNDS)]
    raw.close()
    assert door.accepted()
    plain, alone, batched = (median(rates) for rates in zip(*found, strict=True))
    ratio = median(one / beside for beside, one, _ in found)
    return f"{plain:>9.0f}{alone:>9.0f}{ratio:>8.2f}{batched:>9.0f}"


def main() -> None:
    print(f"{'door':<12}{'raw/s':>9}{'door/s':>9}{'ratio':>8}{'batch/s':>9}")
    with databases() as found:
        for name, address in found:
            use(address)
            print(f"{name:<12}{measured(prepared())}")
            done_with()


if __name__ == "__main__":
    main()
