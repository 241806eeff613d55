"""The clock for real: a Prefect server and the process that serves the flows, each with its own home."""

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from db import rows
from db.engine import reading
from db.tables.clock import ClockRun
from tests.databases import use
from tests.flows.clock import FLOWS, Clock, clock_in, eventually
from tests.stores import Postgres, SqliteFile
from ui_streamlit.clock_status import status

pytestmark = pytest.mark.prefect

CRONS = {
    "daily": "0 6 * * *",
    "digest": "30 7 * * *",
    "before_ici": "5 0 * * *",
    "six_months": "20 6 * * *",
    "retention": "40 6 * * *",
}


@dataclass
class Served:
    """The database that the clock works in, beside it."""

    database: SqliteFile
    clock: Clock


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("clock")
    database = SqliteFile(folder)
    clock = clock_in(folder, {"RELOGEMENT_DATABASE_URL": database.url, "RELOGEMENT_VAR": str(folder)})
    try:
        clock.start()
        yield Served(database, clock)
    finally:
        clock.stop()
        database.close()


@pytest.fixture
def clock(served: Served) -> Clock:
    return served.clock


@pytest.fixture(autouse=True)
def same_settings(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process reads the database and the port of the clock."""
    monkeypatch.setenv("RELOGEMENT_PREFECT_PORT", str(served.clock.port))
    with use(served.database, tmp_path, monkeypatch):
        yield


def test_the_schedules_are_those_of_lille(clock: Clock) -> None:
    schedules = {name: d["schedules"] for name, d in clock.deployments().items()}
    assert set(schedules) == FLOWS
    for name, (only,) in schedules.items():
        assert only["active"]
        assert only["schedule"]["timezone"] == "Europe/Paris"
        assert only["schedule"]["cron"] == CRONS.get(name, "*/15 7-19 * * *")


def test_the_scheduler_really_plans_runs(clock: Clock) -> None:
    """With the wrong SQLAlchemy Prefect is healthy, serves the flows, and never plans one run."""
    assert clock.planned() == FLOWS


def test_one_watch_crashes_the_runs_that_no_longer_give_a_sign(clock: Clock) -> None:
    (watch,) = clock.ask("automations/filter", {})
    assert watch["enabled"]
    assert watch["trigger"]["within"] == 90
    assert watch["actions"][0]["state"] == "CRASHED"


@pytest.mark.parametrize("name", sorted(FLOWS))
def test_a_run_completes_and_is_recorded_in_our_own_database(clock: Clock, name: str) -> None:
    clock.complete(clock.run(name, "2026-11-24"), clock.runner)
    with reading() as connection:
        recorded = rows.find(connection, ClockRun, flow=name)
    assert recorded
    assert all(row["good"] and row["day"].isoformat() == "2026-11-24" for row in recorded)


WORKER = """
from datetime import date
from flows.scheduled import daily_flow
print(daily_flow(date(2026, 11, 24)), flush=True)
"""


def test_a_run_on_another_machine_works_on_postgresql(
    clock: Clock, postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process of its own, told by settings only: the same Prefect server, the shared database."""
    before = {run["id"] for run in clock.ask("flow_runs/filter", {"limit": 200})}
    environment = {name: value for name, value in clock.runner.environment.items() if "DATABASE" not in name}
    with monkeypatch.context() as patch, use(postgres, tmp_path, patch):
        for name, value in environment.items():
            patch.setenv(name, value)
        done = subprocess.run([sys.executable, "-c", WORKER], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        with reading() as connection:
            flows = {row["flow"] for row in rows.find(connection, ClockRun) if row["good"]}
    postgres.give_back()
    assert flows == {"daily", "delivery"}
    seen = [run for run in clock.ask("flow_runs/filter", {"limit": 200}) if run["id"] not in before]
    assert "COMPLETED" in {run["state_type"] for run in seen}


def test_the_page_sees_the_clock_stop_and_come_back(clock: Clock) -> None:
    before = status()
    assert before.alive, before.message
    assert {run.flow for run in before.next_runs} >= {"Balayage du matin", "Envoi des rappels"}
    assert all(run.good and run.state == "terminé" for run in before.last_runs)

    killed = clock.run("daily", "2026-11-24")
    clock.ask(f"flow_runs/{killed}/set_state", {"state": {"type": "RUNNING"}, "force": True})
    clock.stop()
    asked_at = time.monotonic()
    down = status()
    assert time.monotonic() - asked_at < 3
    assert not down.alive
    assert "arrêtée" in down.message

    clock.start()
    eventually(lambda: clock.ask(f"flow_runs/{killed}")["state_type"] == "CRASHED", 60, clock.runner)
    after = status()
    assert after.alive, after.message
    kept = [run.started for run in after.last_runs if run.good]
    assert kept == [run.started for run in before.last_runs]
    eventually(lambda: clock.planned() == FLOWS, 60, clock.runner)  # the scheduler starts after the server
    assert len(clock.ask("automations/filter", {})) == 1
