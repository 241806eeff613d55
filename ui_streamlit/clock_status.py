"""Asks the clock (Prefect) how it is, by plain HTTP: importing Prefect would cost each page two seconds."""

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from cases.clock import PARIS, now
from db.settings import env

TIMEOUT_SECONDS = 2
BUSY_SECONDS = 0.3
SHOWN = 20
OVERDUE = timedelta(minutes=5)
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never through a proxy
NO_FILTER: Mapping[str, Any] = MappingProxyType({})
Answer = list[dict[str, Any]]

FLOWS = {
    "daily": "Balayage du matin",
    "before_ici": "Préparation des ICI",
    "six_months": "Points à six mois",
    "delivery": "Envoi des rappels",
    "digest": "Récapitulatifs par courriel",
    "retention": "Conservation des données",
}
STATES = {
    "COMPLETED": "terminé",
    "FAILED": "en échec",
    "CRASHED": "interrompu",
    "RUNNING": "en cours",
    "CANCELLED": "annulé",
}
ALIVE = "L’horloge fonctionne."
NOTHING_PLANNED = "L’horloge répond, mais aucun passage n’est prévu : le service des échéances est arrêté."
LATE = "L’horloge répond, mais un passage prévu le {day} à {hour} n’a pas eu lieu."
DOWN = (
    "L’horloge est arrêtée : les rappels ne partent plus. "
    "L’application fonctionne, et les échéances seront rattrapées à son retour."
)


@dataclass(frozen=True, slots=True)
class NextRun:
    flow: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LastRun:
    """`state` in French; `duration` in seconds; `good` is false for a run that failed or was killed."""

    flow: str
    started: datetime | None
    state: str
    duration: float
    good: bool


@dataclass(frozen=True, slots=True)
class ClockStatus:
    """`alive`: the clock answers and nothing planned was left behind. `next_runs`: the next of each flow."""

    alive: bool
    message: str
    next_runs: tuple[NextRun, ...] = ()
    last_runs: tuple[LastRun, ...] = ()


def status() -> ClockStatus:
    """How the clock is, now. Never raises, and gives up on a silent clock after two seconds."""
    try:
        names = {flow["id"]: flow["name"] for flow in _post("flows/filter", {})}
        planned = [_next_run(run, names) for flow_id in names for run in _next_of(flow_id)]
        past = [_last_run(run, names) for run in _runs(STATES, "EXPECTED_START_TIME_DESC", SHOWN)]
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return ClockStatus(alive=False, message=DOWN)
    planned.sort(key=lambda run: run.at)
    alive, message = _verdict(planned)
    return ClockStatus(alive, message, tuple(planned), tuple(past))


def _verdict(planned: Sequence[NextRun]) -> tuple[bool, str]:
    """Prefect plans by itself; what shows that nobody runs the flows is a planned run left behind."""
    if not planned:
        return False, NOTHING_PLANNED
    if planned[0].at < now() - OVERDUE:
        missed = planned[0].at.astimezone(PARIS)
        return False, LATE.format(day=f"{missed:%d/%m}", hour=f"{missed:%H h %M}")
    return True, ALIVE


def _next_of(flow_id: str) -> Answer:
    return _runs(["SCHEDULED"], "EXPECTED_START_TIME_ASC", 1, {"flows": {"id": {"any_": [flow_id]}}})


def _runs(states: Iterable[str], sort: str, limit: int, more: Mapping[str, Any] = NO_FILTER) -> Answer:
    return _post(
        "flow_runs/filter",
        {"limit": limit, "sort": sort, "flow_runs": {"state": {"type": {"any_": list(states)}}}, **more},
    )


def _post(path: str, body: dict[str, Any]) -> Answer:
    request = urllib.request.Request(
        f"http://{env().prefect_host}:{env().prefect_port}/api/{path}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        return _read(request)
    except urllib.error.HTTPError as busy:  # 503: Prefect's own SQLite was locked, for a moment
        busy.close()
        time.sleep(BUSY_SECONDS)
        return _read(request)


def _read(request: urllib.request.Request) -> Answer:
    with DIRECT.open(request, timeout=TIMEOUT_SECONDS) as answer:
        content: Answer = json.load(answer)
    return content


def _next_run(run: dict[str, Any], names: dict[str, str]) -> NextRun:
    return NextRun(flow=_label(run, names), at=datetime.fromisoformat(run["expected_start_time"]))


def _last_run(run: dict[str, Any], names: dict[str, str]) -> LastRun:
    started = run["start_time"]
    return LastRun(
        flow=_label(run, names),
        started=datetime.fromisoformat(started) if started else None,
        state=STATES[run["state_type"]],
        duration=float(run["total_run_time"]),
        good=run["state_type"] in ("COMPLETED", "RUNNING"),
    )


def _label(run: dict[str, Any], names: dict[str, str]) -> str:
    name = names.get(run["flow_id"], "?")
    return FLOWS.get(name, name)
