"""Two people and two organisations, on the database of the test."""

import tomllib
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from streamlit import config
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

import ui_streamlit
from cases import desk
from db.engine import transaction
from db.rows import insert
from db.tables.people import Account, Body
from tests.ui.front import Desk

with warnings.catch_warnings():
    # Starlette asks for httpx2, which is not among our dependencies; httpx serves.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

__all__ = ["PASSWORD", "TestClient"]

PASSWORD = "un mot de passe assez long"


@cache
def hash_of_password() -> str:
    """Once: it is made to be slow."""
    return desk.hash_password(PASSWORD)


def write_people() -> None:
    """Alice may sign in, Bob has no password, Chloé has left."""
    known = hash_of_password()
    with transaction() as connection:
        insert(connection, Body, id="ccas", name="CCAS de <Roubaix>", kind="ccas")
        rows = [("alice", known, True, "alice@ccas.test"), ("bob", "", True, ""), ("chloe", known, False, "")]
        for who, password_hash, active, email in rows:
            insert(
                connection,
                Account,
                id=who,
                name=who.title(),
                email=email,
                role="social_worker",
                body_id="ccas",
                password_hash=password_hash,
                active=active,
                is_lead=who == "alice",
            )


@pytest.fixture
def people(database: str) -> str:
    """On SQLite, then on PostgreSQL."""
    write_people()
    return database


@pytest.fixture
def people_sqlite(sqlite_database: str) -> str:
    write_people()
    return sqlite_database


@pytest.fixture(scope="session")
def theme() -> str:
    return (Path(ui_streamlit.__file__).parent / "theme.css").read_text(encoding="utf-8")


@pytest.fixture(scope="session", autouse=True)
def hashes_are_cheap() -> Iterator[None]:
    """The same hash with less work in it: made to be slow, it took a good part of these tests' time."""
    hasher = PasswordHash([Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "_hasher", lambda: hasher)
        yield


_ask_again_and_again = local_script_runner.require_widgets_deltas


def _wait_for_the_page(runner: LocalScriptRunner, timeout: float = 3) -> None:
    """The thread of the page, then what it left, as Streamlit looks at it."""
    assert runner._script_thread
    runner._script_thread.join(timeout)
    _ask_again_and_again(runner, timeout)


@pytest.fixture(scope="session", autouse=True)
def pages_run_as_the_product_does() -> Iterator[None]:
    """With the product's own settings, and each page compiled once: `AppTest` reads none of its file,
    compiles anew each time, reads the metadata of every installed package, and asks a thousand times a
    second whether the page has run."""
    settings = tomllib.loads((Path(ui_streamlit.__file__).parent / ".streamlit/config.toml").read_text())
    compiled = ScriptCache()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)
        )
        patch.setattr(local_script_runner, "ScriptCache", lambda: compiled)
        patch.setattr(local_script_runner, "require_widgets_deltas", _wait_for_the_page)
        for section in ("browser", "runner", "client"):
            for name, value in settings[section].items():
                config.set_option(f"{section}.{name}", value)
        yield


@pytest.fixture
def front(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)
