"""The clock for real: a Prefect server and the process that serves the flows, each with its own home."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from db import rows
from db.engine import reading
from db.tables.clock import ClockRun
from flows.environment import prefect_environment
from relogement.children import Child, free_port
from tests.databases import Postgres, SqliteFile, use
from tests.servers import TICK_SECONDS, ends_within
from ui_streamlit.clock_status import status

pytestmark = pytest.mark.prefect

FLOWS = {"daily", "before_ici", "six_months", "digest", "delivery", "retention"}
CRONS = {
    "daily": "0 6 * * *",
    "digest": "30 7 * * *",
    "before_ici": "5 0 * * *",
    "six_months": "20 6 * * *",
} | {"retention": "40 6 * * *"}


@dataclass
class Clock:
    port: int
    database: SqliteFile
    server: Child
    runner: Child

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/{path}",
            data=data,
            headers={"Content-Type": "application/json"},
        )
        for attempt in range(6):
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as busy:  # Prefect's SQLite is locked for a moment
                busy.close()
                if busy.code != 503 or attempt == 5 or gone(self.server):
                    raise
        return None

    def start(self) -> None:
        for child, ready in ((self.server, self.healthy), (self.runner, self.served)):
            child.tend(print)
            eventually(ready, 90, child)

    def stop(self) -> None:
        self.runner.stop()
        self.server.stop()

    def healthy(self) -> bool:
        return self.ask("health") is True

    def served(self) -> bool:
        return {d["name"] for d in self.deployments().values()} == {"relogement"} and self.planned() >= FLOWS

    def deployments(self) -> dict[str, dict[str, Any]]:
        names = {flow["id"]: flow["name"] for flow in self.ask("flows/filter", {})}
        return {names[d["flow_id"]]: d for d in self.ask("deployments/filter", {})}

    def planned(self) -> set[str]:
        """The flows that have a run planned by the scheduler itself."""
        names = {d["id"]: flow for flow, d in self.deployments().items()}
        asked = {"limit": 200, "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
        runs = self.ask("flow_runs/filter", asked)
        return {names[run["deployment_id"]] for run in runs if run["auto_scheduled"]}


def gone(child: Child) -> bool:
    """Whether it has died, or dies before it is time to look again."""
    return child.process is None or ends_within(child.process, TICK_SECONDS)


def eventually(ready: Callable[[], bool], seconds: float, child: Child) -> None:
    """Wait until `ready()`; nobody is there to answer in the first seconds."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit and not gone(child):
        with suppress(OSError):
            if ready():
                return
    pytest.fail("\n".join([f"{child.name} is not ready", *child.last_lines(40)]))


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clock]:
    folder = tmp_path_factory.mktemp("clock")
    database = SqliteFile(folder)
    port = free_port("127.0.0.1", 4300)
    environment = prefect_environment(port, folder / "prefect") | {
        "RELOGEMENT_DATABASE_URL": database.url,
        "RELOGEMENT_VAR": str(folder),
        "RELOGEMENT_PREFECT_PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }
    server = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    clock = Clock(
        port,
        database,
        Child("prefect", server, environment, folder / "prefect.log"),
        Child("flows", [sys.executable, "-m", "flows.serve"], environment, folder / "flows.log"),
    )
    try:
        clock.start()
        yield clock
    finally:
        clock.stop()


@pytest.fixture(autouse=True)
def same_settings(clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process reads the database and the port of the clock."""
    monkeypatch.setenv("RELOGEMENT_PREFECT_PORT", str(clock.port))
    with use(clock.database, tmp_path, monkeypatch):
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
    deployment = clock.deployments()[name]["id"]
    asked = {"parameters": {"today": "2026-11-24"}}
    run = clock.ask(f"deployments/{deployment}/create_flow_run", asked)["id"]

    def ended() -> bool:
        return clock.ask(f"flow_runs/{run}")["state_type"] in ("COMPLETED", "FAILED", "CRASHED")

    eventually(ended, 60, clock.runner)
    if clock.ask(f"flow_runs/{run}")["state_type"] != "COMPLETED":
        pytest.fail("\n".join([f"{name} did not complete", *clock.runner.last_lines(60)]))
    with reading() as connection:
        recorded = rows.find(connection, ClockRun, flow=name)
    assert recorded
    assert all(row["good"] and row["day"].isoformat() == "2026-11-24" for row in recorded)


WORKER = """
from datetime import date
from flows.daily import daily_flow
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

    clock.stop()
    asked_at = time.monotonic()
    down = status()
    assert time.monotonic() - asked_at < 3
    assert not down.alive
    assert "arrêtée" in down.message

    clock.start()
    after = status()
    assert after.alive, after.message
    assert [run.started for run in after.last_runs] == [run.started for run in before.last_runs]
    assert clock.planned() == FLOWS
    assert len(clock.ask("automations/filter", {})) == 1
