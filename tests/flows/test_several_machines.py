"""Several machines: Prefect on PostgreSQL, the flows in a work pool, a worker on another machine runs one."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db import rows
from db.engine import reading
from db.tables.clock import ClockRun
from relogement.children import Child
from tests.databases import use
from tests.flows.clock import FLOWS, clock_in
from tests.servers import free_port
from tests.stores import PRISTINE, SqliteFile

pytestmark = pytest.mark.prefect
DAY = "2026-11-24"
SYSTEM = sorted(Path("/usr/lib/postgresql").glob("*/bin")) if Path("/usr/lib/postgresql").exists() else []
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def system_postgresql() -> Iterator[str]:
    """The machine's own PostgreSQL, whose contrib has pg_trgm, which Prefect asks for; its address."""
    if not SYSTEM:
        pytest.skip("no PostgreSQL with pg_trgm on this machine: Prefect cannot make its tables on another")
    port, who = free_port(), "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="prefect-pg-"))
    if who:
        shutil.chown(folder, who)
    made = ("-D", str(folder / "data"), "-U", "prefect", "-A", "trust", "-N")
    subprocess.run(
        [SYSTEM[-1] / "initdb", *made], user=who, cwd=folder, stdout=subprocess.DEVNULL, check=True
    )
    settings = [part for each in FAST for part in ("-c", each)]
    start = [SYSTEM[-1] / "postgres", "-D", folder / "data", "-p", str(port), "-k", folder, *settings]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(start, user=who, cwd=folder, stdout=log, stderr=log)
    try:
        yield f"postgresql://prefect@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(folder)


def test_a_worker_of_the_pool_runs_a_flow_of_a_prefect_on_postgresql(
    sqlite: SqliteFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite.put(PRISTINE)
    with system_postgresql() as address, use(sqlite, tmp_path, monkeypatch):
        settings = {
            "RELOGEMENT_DATABASE_URL": sqlite.url,
            "RELOGEMENT_VAR": str(tmp_path),
            "RELOGEMENT_PREFECT_POOL": "machines",
            "RELOGEMENT_PREFECT_DATABASE_URL": address,
        }
        clock = clock_in(tmp_path, settings)
        other = Child(
            "worker", [sys.executable, "-m", "relogement", "worker"], clock.runner.environment, tmp_path / "w"
        )
        try:
            clock.start()
            clock.runner.stop()  # that machine is lost; the schedules stay
            other.tend(print)
            clock.complete(clock.run("daily", DAY), other)
            assert clock.planned() == FLOWS
            assert {d["work_pool_name"] for d in clock.deployments().values()} == {"machines"}
        finally:
            other.stop()
            clock.stop()
        with reading() as connection:
            good = {row["flow"] for row in rows.find(connection, ClockRun) if row["good"]}
        assert good == {"daily", "delivery"}
