"""`relogement serve`: the database, the application, Prefect and the flows, started and stopped as one."""

import fcntl
import http.client
import signal
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType
from typing import TextIO

import typer

from db.settings import env
from db.upgrade import upgrade
from flows.environment import prefect_environment
from relogement.children import PATIENCE_SECONDS, Child, free_port

TICK_SECONDS = 0.25
APPLICATION_FIRST_SECONDS = 15  # Prefect's start takes a whole core: the application has it first
CLOCK_SECONDS = 90
GIVE_UP_AFTER = 4
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def no_lines() -> list[str]:
    return []


def say(line: str) -> None:
    typer.echo(line)
    sys.stdout.flush()


def run(port: int | None = None, demo: bool = False, accounts: Callable[[], Iterable[str]] = no_lines) -> int:
    """Serve until asked to stop. `accounts` gives the lines to print under the address."""
    upgrade(env().database())
    with _clock_lock(env().var.absolute()) as lock:
        return Service(port or env().port, lock, demo, accounts).run()


def answers(url: str) -> bool:
    try:
        with DIRECT.open(url, timeout=1) as answer:
            return bool(answer.status == http.client.OK)
    except (OSError, http.client.HTTPException):
        return False


class ClockLock:
    """Held by the one service that runs the clock of this data folder; the file says where its Prefect is."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.held = True
        except OSError:
            self.held = False

    def __enter__(self) -> "ClockLock":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def prefect_port(self) -> int:
        """A free port if the clock is ours (noted for the others), else the port of the one who keeps it."""
        if not self.held:
            self._file.seek(0)
            return int(self._file.read() or env().prefect_port)
        port = free_port(env().prefect_host, env().prefect_port)
        self._file.truncate(0)
        self._file.write(str(port))
        self._file.flush()
        return port


def _clock_lock(var: Path) -> ClockLock:
    var.mkdir(parents=True, exist_ok=True)
    return ClockLock((var / "clock.lock").open("a+"))


class Service:
    """The three processes, and what has been said of them."""

    def __init__(self, port: int, lock: ClockLock, demo: bool, accounts: Callable[[], Iterable[str]]) -> None:
        host, var = env().host, env().var.absolute()
        self.port = free_port(host, port)
        if self.port != port:
            say(f"Le port {port} est occupé : l’application prend le port {self.port}.")
        prefect_port = lock.prefect_port()
        common = {
            "RELOGEMENT_VAR": str(var),
            "RELOGEMENT_PORT": str(self.port),
            "RELOGEMENT_PREFECT_PORT": str(prefect_port),
            "PYTHONUNBUFFERED": "1",
        }
        clock = common | prefect_environment(prefect_port, var / "prefect")
        log = var / "log"
        serve_application = ["-m", "ui_streamlit.server", "--host", host, "--port", str(self.port)]
        serve_prefect = [
            "-m",
            "prefect",
            "server",
            "start",
            "--host",
            env().prefect_host,
            "--port",
            str(prefect_port),
        ]
        self.application = _child("application", serve_application, common, log)
        self.prefect = _child("prefect", serve_prefect, clock, log)
        self.flows = _child("flows", ["-m", "flows.serve"], clock, log)
        self.keeps_clock, self.demo, self.accounts = lock.held, demo, accounts
        self.address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{self.port}"  # noqa: S104
        self.health = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{self.port}/sante"  # noqa: S104
        self.clock_health = f"http://{env().prefect_host}:{prefect_port}/api/health"
        self.stops = 0
        self.opened = self.clock_ready = self.clock_late = False
        self.started_at = self.clock_started_at = time.monotonic()

    def run(self) -> int:
        for number in STOPS:
            signal.signal(number, self._on_stop)
        say("Démarrage de Relogement…")
        try:
            while not self.stops:
                self._tick()
                if not self.opened and self.application.failures >= GIVE_UP_AFTER:
                    return self._give_up()
                time.sleep(TICK_SECONDS)
        finally:
            self._stop_all()
        return 0

    def _tick(self) -> None:
        self.application.tend(say)
        if not self.opened and self.application.running() and answers(self.health):
            self._announce()
        if self.keeps_clock and (
            self.opened or time.monotonic() - self.started_at > APPLICATION_FIRST_SECONDS
        ):
            self._tend_clock()

    def _announce(self) -> None:
        self.opened = True
        self.clock_started_at = time.monotonic()
        say(f"\nL’application est ouverte : {self.address}")
        if self.demo:
            say("Base de démonstration : toutes les personnes sont fictives.")
        for line in self.accounts():
            say(line)
        if not self.keeps_clock:
            say("Un autre service tient déjà l’horloge de ce dossier de données : celui-ci n’en lance pas.")
        say("Pour arrêter : Ctrl-C.")

    def _tend_clock(self) -> None:
        """The server, and once it answers the flows. However slow or broken, the application goes on."""
        self.prefect.tend(say)
        if self.clock_ready:
            self.flows.tend(say)
        elif self.prefect.running() and answers(self.clock_health):
            self.clock_ready = True
            say("L’horloge (Prefect) fonctionne.")
        elif not self.clock_late and time.monotonic() - self.clock_started_at > CLOCK_SECONDS:
            self.clock_late = True
            say(
                f"L’horloge (Prefect) ne répond pas après {CLOCK_SECONDS} s : les rappels l’attendront. "
                f"L’application fonctionne. Journal : {self.prefect.log}"
            )

    def _give_up(self) -> int:
        say("L’application ne démarre pas. Dernières lignes de son journal :")
        for line in self.application.last_lines():
            say(f"  {line}")
        return 1

    def _on_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stops += 1

    def _stop_all(self) -> None:
        """The flows first, so that they can still tell the server; the server last."""
        say("\nArrêt…")
        for child in (self.flows, self.application, self.prefect):
            child.stop(PATIENCE_SECONDS if self.stops <= 1 else 0.5)
        say("Relogement est arrêté.")


def _child(name: str, arguments: list[str], environment: dict[str, str], log: Path) -> Child:
    return Child(name, [sys.executable, *arguments], environment, log / f"{name}.log")
