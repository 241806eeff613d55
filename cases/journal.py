"""The append-only journal: append, verify, erase.

Each line's digest covers everything but `details`; `details_digest` covers the details with the salt that
lies
inside them. Emptying `details` (erasure under data protection law) therefore leaves the chain verifiable.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy import Connection

from db import direct
from db.rows import insert, insert_many, table_of, update
from db.tables.journal import JournalEntry, JournalHead, JournalLink

ENTRY = table_of(JournalEntry)
HEAD = table_of(JournalHead)
GENESIS = "0" * 64

_LOCK_HEAD = (
    sa.select(HEAD.c.number, HEAD.c.digest, HEAD.c.settings_version).where(HEAD.c.id == 1).with_for_update()
)
_READ_HEAD = sa.select(HEAD.c.number, HEAD.c.digest, HEAD.c.settings_version).where(HEAD.c.id == 1)
_ANSWER = sa.select(ENTRY.c.type, ENTRY.c.actor, ENTRY.c.answer).where(
    ENTRY.c.command_id == sa.bindparam("command_id")
)


@dataclass(frozen=True, slots=True)
class Head:
    number: int
    digest: str
    settings_version: int


@dataclass(frozen=True, slots=True)
class Line:
    """What a command leaves behind. `details` is the data and what changed (before → after)."""

    command_id: str
    recorded_at: datetime
    occurred_on: date
    actor: str
    type: str
    subject: str
    case_id: str | None
    details: dict[str, Any]
    answer: str
    cases: tuple[str, ...] = ()


def lock_head(connection: Connection) -> Head:
    """Take the chain's head before reading anything else: writers pass one at a time."""
    (row,) = direct.fetch(connection, _LOCK_HEAD, {})
    return Head(**row)


def read_head(connection: Connection) -> Head:
    """The head as it stands, for readers: nothing is locked."""
    (row,) = direct.fetch(connection, _READ_HEAD, {})
    return Head(**row)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A command already done: what it was, whose, and its answer."""

    type: str
    actor: str
    answer: str


def earlier_answer(connection: Connection, command_id: str) -> Earlier | None:
    """The command already done under this id."""
    found = direct.fetch(connection, _ANSWER, {"command_id": command_id})
    return Earlier(**found[0]) if found else None


def append(connection: Connection, head: Head, line: Line) -> Head:
    """Write one line, where each other case that it changed finds it, and move the head on."""
    details = orjson.dumps({"salt": secrets.token_hex(16)} | line.details, default=str).decode()
    row: dict[str, Any] = {
        "number": head.number + 1,
        "command_id": line.command_id,
        "recorded_at": line.recorded_at,
        "occurred_on": line.occurred_on,
        "actor": line.actor,
        "type": line.type,
        "subject": line.subject,
        "case_id": line.case_id,
        "details_digest": sha256(details.encode()).hexdigest(),
        "previous_digest": head.digest,
        "answer": line.answer,
    }
    row["digest"] = _digest(row)
    insert(connection, JournalEntry, **row, details=details)
    links = [{"number": row["number"], "case_id": case_id} for case_id in line.cases]
    insert_many(connection, JournalLink, links)
    after = Head(head.number + 1, row["digest"], head.settings_version)
    update(
        connection,
        JournalHead,
        {"id": 1},
        number=after.number,
        digest=after.digest,
        settings_version=after.settings_version,
    )
    return after


def bump_settings(head: Head) -> Head:
    """Other processes read the dated settings again when this number has moved."""
    return Head(head.number, head.digest, head.settings_version + 1)


def _digest(row: dict[str, Any]) -> str:
    covered = {key: value for key, value in row.items() if key not in {"digest", "details"}}
    covered["recorded_at"] = int(row["recorded_at"].timestamp() * 1_000_000)
    return sha256(orjson.dumps(covered, option=orjson.OPT_SORT_KEYS)).hexdigest()


@dataclass(frozen=True, slots=True)
class Fault:
    number: int
    sentence: str


def verify(connection: Connection) -> tuple[int, Fault | None]:
    """How many lines hold, and the first that does not (named). Empty details need an `erase_details`
    line."""
    erased = _erased_numbers(connection)
    previous, count = GENESIS, 0
    for row in connection.execute(sa.select(ENTRY).order_by(ENTRY.c.number)).mappings():
        sentence = _fault_of(dict(row), previous, count + 1, erased)
        if sentence:
            return count, Fault(row["number"], sentence)
        previous, count = row["digest"], count + 1
    head = connection.execute(sa.select(HEAD).where(HEAD.c.id == 1)).mappings().one()
    if (head["number"], head["digest"]) != (count, previous):
        return count, Fault(head["number"], "La tête du journal ne correspond pas à sa dernière ligne.")
    return count, None


def _fault_of(row: dict[str, Any], previous: str, expected: int, erased: set[int]) -> str:
    if row["number"] != expected:
        return f"La ligne {expected} manque."
    if row["previous_digest"] != previous or _digest(row) != row["digest"]:
        return f"La ligne {row['number']} a été modifiée."
    if row["details"] is None:
        return (
            ""
            if row["number"] in erased
            else f"Les détails de la ligne {row['number']} ont été vidés sans trace."
        )
    if sha256(row["details"].encode()).hexdigest() != row["details_digest"]:
        return f"Les détails de la ligne {row['number']} ont été modifiés."
    return ""


def _erased_numbers(connection: Connection) -> set[int]:
    rows = connection.execute(sa.select(ENTRY.c.details).where(ENTRY.c.type == "erase_details"))
    return {number for (text,) in rows if text for number in orjson.loads(text)["data"]["numbers"]}
