"""The whole door, one durable commit each, beside raw SQL that writes the same rows in the same run; then batches."""

import sqlite3
from collections.abc import Callable
from time import perf_counter

import psycopg
from sqlalchemy import make_url

from benchmarks.stage import NOW, databases, done_with, use
from cases.command import Command
from cases.commands import execute, execute_batch
from cases.people import actor_named
from db.settings import env

NUMBER = 600
MEMBER = {"first_name": "Aïcha", "last_name": "Essai", "born_on": "1985-03-02"}
DWELLING = {
    "landlord_id": "lmh", "commune": "59512", "address": "3 rue", "typology": 3, "rooms": 3, "surface_m2": "62",
}  # fmt: skip


def rate(action: Callable[[int], object], number: int, start: int = 0) -> float:
    begin = perf_counter()
    for n in range(start, start + number):
        action(n)
    return number / (perf_counter() - begin)


def prepared() -> str:
    actor = actor_named("amina.haddad")
    assert actor is not None
    data = {"members": [MEMBER], "dwelling": DWELLING, "criteria": ["economic"]}
    reference = execute(
        Command(id="bench.refer", type="refer_transfer", data=data), now=NOW, actor=actor
    ).reference
    assert reference is not None
    return reference


def door(case_id: str, number: int) -> tuple[float, float]:
    """Blockages opened and closed in turn: one insert or update beside the case, its journal line and its head."""
    actor = actor_named("amina.haddad")
    assert actor is not None
    opened = {"n": 0}

    def command(n: int) -> Command:
        if n % 2 == 0:
            return Command(id=f"bench.{n}", type="open_blockage", target=case_id, data={"theme": "arrears"})
        opened["n"] += 1
        data = {"blockage_id": opened["n"], "outcome": "levé"}
        return Command(id=f"bench.{n}", type="close_blockage", target=case_id, data=data)

    def one(n: int) -> None:
        assert execute(command(n), now=NOW, actor=actor).status == "accepted"

    alone = rate(one, number)
    begin = perf_counter()
    for start in range(number, 2 * number, 50):
        outcomes = execute_batch((command(n), NOW, actor) for n in range(start, start + 50))
        assert all(outcome.status == "accepted" for outcome in outcomes)
    return alone, number / (perf_counter() - begin)


RAW = (
    "SELECT number, digest FROM journal_head WHERE id = 1",
    "SELECT answer FROM journal_entry WHERE command_id = {p}",
    "SELECT * FROM case_file WHERE id = {p}",
    "INSERT INTO blockage (case_id, theme, explanation, since, outcome, said_by)"
    " VALUES ({p}, 'arrears', '', '2026-11-24', '', 'amina.haddad')",
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


def raw(case_id: str, number: int) -> float:
    url = make_url(env().database())
    if url.get_backend_name() == "sqlite":
        connection = sqlite3.connect(str(url.database), isolation_level=None)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        begin, mark = "BEGIN IMMEDIATE", "?"
    else:
        connection = psycopg.connect(
            url.set(drivername="postgresql").render_as_string(False), autocommit=True
        )  # type: ignore[assignment]
        begin, mark = "BEGIN", "%s"
    statements = [statement.format(p=mark) for statement in RAW]

    def one(n: int) -> None:
        cursor = connection.cursor()
        values = [
            (),
            (f"raw.{n}",),
            (case_id,),
            (case_id,),
            (case_id,),
            (f"case:{case_id}",),
            (f"raw.{n}", DETAILS),
            (),
        ]
        cursor.execute(begin)
        for statement, given in zip(statements, values, strict=True):
            cursor.execute(statement, given)
            if statement.startswith("SELECT"):
                cursor.fetchall()
        cursor.execute("COMMIT")

    found = rate(one, number)
    connection.close()
    return found


def main() -> None:
    print(f"{'door':<12}{'raw/s':>9}{'door/s':>9}{'ratio':>8}{'batch/s':>9}")
    with databases() as found:
        for name, address in found:
            use(address)
            case_id = prepared()
            alone, batched = door(case_id, NUMBER)
            plain = raw(case_id, NUMBER)
            print(f"{name:<12}{plain:>9.0f}{alone:>9.0f}{alone / plain:>8.2f}{batched:>9.0f}")
            done_with()


if __name__ == "__main__":
    main()
