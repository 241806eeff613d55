"""The other verbs: watches of the clock at a day, the journal, the doctor, the demonstration."""

from datetime import date
from pathlib import Path

import orjson
import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from db import rows
from db.engine import reading
from db.tables.case import CaseFile
from db.tables.clock import ClockRun
from db.tables.journal import JournalEntry
from relogement.cli import app
from relogement.demo.build import build
from tests.journeys.stage import set_the_stage

SESSION = (
    '{"id":"s","type":"plan_session","data":{"ici":"A","held_on":"2030-09-17"}}\n'
    '{"id":"s.call","type":"open_call","target":"@s"}\n'
)


def test_a_watch_runs_at_the_day_given_and_is_recorded(stage: str, tmp_path: Path) -> None:
    path = tmp_path / "session.jsonl"
    path.write_text(SESSION)
    assert CliRunner().invoke(app, ["apply", str(path), "--as", "camille.joly"]).exit_code == 0
    on_the_limit = CliRunner().invoke(app, ["before-ici", "--today", "2030-07-17"])
    assert orjson.loads(on_the_limit.stdout)["lists_frozen"] == 0
    the_day_after = CliRunner().invoke(app, ["before-ici", "--today", "2030-07-18"])
    assert orjson.loads(the_day_after.stdout)["lists_frozen"] == 1
    again = CliRunner().invoke(app, ["before-ici", "--today", "2030-07-18"])
    assert orjson.loads(again.stdout)["lists_frozen"] == 0
    with reading() as connection:
        runs = rows.find(connection, ClockRun)
    assert [(row["flow"], row["day"]) for row in runs][:2] == [
        ("before_ici", date(2030, 7, 17)),
        ("before_ici", date(2030, 7, 18)),
    ]


@pytest.mark.parametrize("verb", ["daily", "six-months"])
def test_every_watch_has_its_verb(sqlite_stage: str, verb: str) -> None:
    result = CliRunner().invoke(app, [verb, "--today", "2026-11-24"])
    assert result.exit_code == 0
    assert orjson.loads(result.stdout)["today"] == "2026-11-24"


def test_the_journal_verb_names_the_broken_line(sqlite_stage: str) -> None:
    from db.engine import transaction  # noqa: PLC0415  # only to tamper

    assert CliRunner().invoke(app, ["journal", "verify"]).exit_code == 0
    with transaction() as connection:
        connection.execute(sa.text("DROP TRIGGER journal_entry_no_update"))
        connection.execute(
            sa.update(rows.table_of(JournalEntry)).where(sa.column("number") == 5).values(actor="quelqu.un")
        )
    result = CliRunner().invoke(app, ["journal", "verify"])
    assert result.exit_code == 1
    assert "ligne 5" in result.stderr


def test_the_doctor_says_what_is_wrong_and_how_to_mend_it(sqlite_database: str) -> None:
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 1, "no clock runs here"
    assert "✓ Base" in result.stdout
    assert "✓ Journal : intact" in result.stdout
    assert "✗ Horloge" in result.stdout
    assert "relogement serve" in result.stdout


def test_a_small_territory_is_made_through_the_door_without_a_refusal(
    monkeypatch: pytest.MonkeyPatch, sqlite_database: str
) -> None:
    from cases.clock import morning_of  # noqa: PLC0415
    from db.settings import env  # noqa: PLC0415

    monkeypatch.setenv("RELOGEMENT_DATABASE_URL", sqlite_database.replace("relogement.db", "demo.db"))
    env.cache_clear()
    now = morning_of(date(2026, 11, 24))
    played = build(cases=40, seed=3, now=now)
    assert played is not None
    assert played[1] == 0, "nothing in the demonstration is refused"
    with reading() as connection:
        entries = rows.find(connection, JournalEntry)
        living = [row for row in rows.find(connection, CaseFile) if row["closed_on"] is None]
    assert len(living) >= 35
    assert {row["type"] for row in entries} > {"refer_transfer", "make_offer", "decide", "move_in"}
    assert build(cases=40, seed=3, now=now) is None, "an existing database is left alone"


def test_the_stage_has_every_role(sqlite_database: str) -> None:
    from db.tables.people import Account  # noqa: PLC0415

    set_the_stage()
    with reading() as connection:
        roles = {row["role"] for row in rows.find(connection, Account)}
    assert len(roles) == 10
