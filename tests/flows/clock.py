"""A real Prefect server and the process that serves the flows, each with its own home, for tests."""

import json
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from db.settings import env
from flows.environment import prefect_environment
from relogement.children import Child
from tests.servers import TICK_SECONDS, ends_within, free_port

FLOWS = {"daily", "before_ici", "six_months", "digest", "delivery", "retention"}
ENDS = ("COMPLETED", "FAILED", "CRASHED")


@dataclass
class Clock:
    port: int
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

    def run(self, name: str, day: str) -> str:
        """Ask for a run at a day; its identifier."""
        path = f"deployments/{self.deployments()[name]['id']}/create_flow_run"
        return str(self.ask(path, {"parameters": {"today": day}})["id"])

    def complete(self, run: str, child: Child) -> None:
        """Wait until a run that `child` works at has completed."""
        eventually(lambda: self.ask(f"flow_runs/{run}")["state_type"] in ENDS, 60, child)
        if self.ask(f"flow_runs/{run}")["state_type"] != "COMPLETED":
            pytest.fail("\n".join([f"{run} did not complete", *child.last_lines(60)]))


def clock_in(folder: Path, settings: Mapping[str, str]) -> Clock:
    """Not started yet; `settings` are those of its processes, as in `.env.example`."""
    port = free_port()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        env.cache_clear()
        own = {"RELOGEMENT_PREFECT_PORT": str(port), "PYTHONUNBUFFERED": "1", **settings}
        # Nobody waits ten seconds between two looks.
        own |= dict.fromkeys(("PREFECT_RUNNER_POLL_FREQUENCY", "PREFECT_WORKER_QUERY_SECONDS"), "2")
        environment = prefect_environment(port, folder / "prefect") | own
    env.cache_clear()
    server = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    return Clock(
        port,
        Child("prefect", server, environment, folder / "prefect.log"),
        Child("flows", [sys.executable, "-m", "flows.serve"], environment, folder / "flows.log"),
    )


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
