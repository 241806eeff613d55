"""Fixtures shared by every test. See `tests/databases.py` and `tests/stores.py` for what is behind them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies
from playwright.sync_api import Browser, sync_playwright

from tests.databases import use
from tests.stores import PRISTINE, Postgres, SqliteFile

MEMORY = Path("/dev/shm")  # a folder of its own is made in it
FOR_SQLITE, FOR_POSTGRES = 64 << 20, 1 << 30  # bytes that must be free there
CHROMIUMS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)

# No deadline: a loaded machine is not a fault of what is tested.
settings.register_profile("suite", deadline=None, max_examples=60)
settings.register_profile("long", max_examples=2_000, deadline=None)
settings.load_profile("suite")


@settings(max_examples=1, database=None)
@given(strategies.none())
def _an_example(_: None) -> None:
    pass


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Before its first example Hypothesis walks through every object: while there are few to walk through."""
    _an_example()


@pytest.fixture(scope="session")
def chromium_path() -> str | None:
    """The system's Chromium for Playwright's `executable_path`; None where Playwright's own is installed."""
    return next((path for name in CHROMIUMS if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser(chromium_path: str | None) -> Iterator[Browser]:
    """One Chromium for the whole session: Playwright runs once in a process."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield running
        running.close()


def in_memory(needed: int) -> Path | None:
    """The folder of this machine that lies in memory, where it has one with so much room."""
    there = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= needed
    return MEMORY if there else None


@pytest.fixture(scope="session")
def sqlite() -> Iterator[SqliteFile]:
    """The SQLite file of each test, one after the other; in memory where the machine has a folder for that:
    each of its commits waits for the disk."""
    with tempfile.TemporaryDirectory(prefix="relogement-", dir=in_memory(FOR_SQLITE)) as folder:
        store = SqliteFile(Path(folder))
        yield store
        store.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The PostgreSQL server of this test process, started when a test first asks for it."""
    server = Postgres(in_memory(FOR_POSTGRES))
    yield server
    server.stop()


@pytest.fixture
def sqlite_database(sqlite: SqliteFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The application runs on a fresh migrated SQLite file; its address."""
    sqlite.put(PRISTINE)
    with use(sqlite, tmp_path, monkeypatch) as url:
        yield url


@pytest.fixture
def postgresql_database(postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The application runs on a migrated, empty PostgreSQL database; its address."""
    with use(postgres, tmp_path, monkeypatch) as url:
        yield url
    postgres.give_back()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The application runs on a fresh migrated database: the test runs once on each kind. Its address."""
    url: str = request.getfixturevalue(f"{request.param}_database")
    return url
