"""The product's own server as a child process, for tests that look at it from outside."""

import importlib
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from os import environ  # noqa: TID251  handed on whole to the child, never read here
from pathlib import Path
from time import monotonic

from tests.databases import settle

PATIENCE_SECONDS = 60
TICK_SECONDS = 0.2

# Each server is a fork of one process that has imported what they all need: seconds less for each.
PREPARED = get_context("forkserver")
PREPARED.set_forkserver_preload(
    ["ui_streamlit.server", "ui_streamlit.case_parts.columns", "pandas", "altair", "pyarrow"]
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def application(folder: Path) -> Iterator[str]:
    """Started from `folder` on the configured database; its address, once it answers."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settle()  # its fork is another process's: nothing here sees it begin
    process = PREPARED.Process(target=_serve, args=(folder, port, dict(environ)))
    process.start()
    try:
        _wait(f"{address}/sante", process)
        yield address
    finally:
        process.terminate()
        process.join(timeout=20)
        process.close()  # refuses while it runs


def _serve(folder: Path, port: int, environment: dict[str, str]) -> None:
    """In the child: as `python -m ui_streamlit.server` started there, but for the imports already made."""
    with (folder / "server.log").open("wb") as log:
        os.dup2(log.fileno(), sys.stdout.fileno())
        os.dup2(log.fileno(), sys.stderr.fileno())
    os.chdir(folder)
    environ.clear()
    environ.update(environment)
    importlib.import_module("ui_streamlit.server").main("127.0.0.1", port)


def _wait(address: str, process: BaseProcess) -> None:
    deadline = monotonic() + PATIENCE_SECONDS
    while monotonic() < deadline and not wait([process.sentinel], TICK_SECONDS):
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
