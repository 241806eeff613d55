"""The product's own server as a child process, for tests that look at it from outside."""

import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic

PATIENCE_SECONDS = 60
TICK_SECONDS = 0.2


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def application(folder: Path) -> Iterator[str]:
    """Started from `folder` on the configured database; its address, once it answers."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "ui_streamlit.server", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            _wait(f"{address}/sante", process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = monotonic() + PATIENCE_SECONDS
    while monotonic() < deadline and not ends_within(process, TICK_SECONDS):
        with suppress(OSError), urllib.request.urlopen(address, timeout=2) as answer:
            if answer.status == 200:
                return
    raise RuntimeError(f"{address} does not answer")


def ends_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether the process ends before it is time to look again: one that has died is not waited for."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
