"""One process that is looked after: its own group, its log, started again when it dies."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FIRST_DELAY = 1.0
LONGEST_DELAY = 60.0
SETTLED_SECONDS = 60.0
PATIENCE_SECONDS = 10.0
LOG_BYTES = 5_000_000
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A command that should be running. `tend()` is called again and again; it never blocks."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    _started_at: float = 0.0
    _again_at: float = 0.0

    def tend(self, say: Callable[[str], None]) -> None:
        """Start it if it should be started; when it has died, say so and plan its next start."""
        if self.process is None:
            if time.monotonic() >= self._again_at:
                self._start()
        elif self.process.poll() is not None:
            self._bury(self.process, say)

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self, patience: float = PATIENCE_SECONDS) -> None:
        """Ask (TERM), wait, then end the whole group (KILL): a run may have left children."""
        process, self.process = self.process, None
        if process is None:
            return
        if process.poll() is None:
            process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
        _kill_group(process)

    def last_lines(self, count: int = 15) -> list[str]:
        return self.log.read_text(errors="replace").splitlines()[-count:] if self.log.exists() else []

    def _start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".1.log"))
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603 - our own modules
                self.command,
                env={**os.environ, **self.environment},  # noqa: TID251 - handed on, not read
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - this process has one thread
            )
        self._started_at = time.monotonic()

    def _bury(self, process: subprocess.Popen[bytes], say: Callable[[str], None]) -> None:
        _kill_group(process)
        self.process = None
        settled = time.monotonic() - self._started_at > SETTLED_SECONDS
        self.failures = 1 if settled else self.failures + 1
        delay = min(LONGEST_DELAY, FIRST_DELAY * 2 ** (self.failures - 1))
        self._again_at = time.monotonic() + delay
        say(
            f"« {self.name} » s’est arrêté (code {process.returncode}) ; "
            f"nouvel essai dans {delay:.0f} s. Son journal : {self.log}"
        )


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody left in it
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _die_with_parent() -> None:
    """On Linux a child is told when its supervisor dies, even of kill -9: no orphan keeps the ports."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def free_port(host: str, wanted: int, tries: int = 100) -> int:
    """`wanted`, or the next port that nobody listens on."""
    for port in range(wanted, wanted + tries):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port between {wanted} and {wanted + tries - 1}")
