"""A real server on a demonstration database whose date the test moves on, and real browsers."""

import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from cases import clock, clockwork
from cases.deadlines import sweep
from db import rows
from db.engine import transaction
from db.tables.people import Marker
from flows.delivery import delivery
from tests.e2e.person import WINDOW, Person
from tests.journeys.stage import set_the_stage

PATIENCE = 60
SHOTS = Path(__file__).parents[2] / "var" / "screenshots"


@dataclass
class Application:
    """`url` of the running product; `shift` days separate its day from the real one."""

    url: str
    shift: int = 0

    @property
    def now(self) -> datetime:
        return clock.now() + timedelta(days=self.shift)

    @property
    def today(self) -> date:
        return clock.day_in_paris(self.now)

    def move_to(self, day: date) -> None:
        """Go to a day, then let the clock do what it does every morning."""
        self.shift += (day - self.today).days
        with transaction() as connection:
            rows.delete(connection, Marker, key="clock_shift_days")
            rows.insert(connection, Marker, key="clock_shift_days", value=str(self.shift))
        for watch in (clockwork.before_ici, sweep, clockwork.six_months, delivery):
            watch(self.today, self.now)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{url}/sante", timeout=2) as answer:
            if answer.status == 200:
                return
    raise RuntimeError("the application did not start")


@pytest.fixture
def application(sqlite_database: str, tmp_path: Path) -> Iterator[Application]:
    set_the_stage()
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "ui_streamlit.server", "--host", "127.0.0.1", "--port", str(port)]
    with (tmp_path / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            wait_until_it_answers(url, process)
            yield Application(url)
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium_path: str | None) -> Iterator[Browser]:
    running = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
    yield running
    running.close()


@pytest.fixture
def somebody(browser: Browser, application: Application) -> Iterator[Callable[[str], Person]]:
    """Sign in as an account, each in a browser session of their own."""
    people: list[Person] = []

    def sign_in(account: str) -> Person:
        context = browser.new_context(viewport=WINDOW, locale="fr-FR")
        people.append(Person.signed_in(context.new_page(), application.url, account, SHOTS))
        return people[-1]

    yield sign_in
    for rank, person in enumerate(people):
        person.shot(f"last-{rank}")  # what was on screen at the end, whether it went well or not
        person.page.context.close()
