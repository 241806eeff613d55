"""A real server on a demonstration database whose date the test moves on, and real browsers."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Self

import pytest
from playwright.sync_api import Browser

from cases import clock, clockwork
from db import rows
from db.engine import transaction
from db.tables.people import Marker
from flows.delivery import delivery
from tests import servers
from tests.databases import use
from tests.e2e.person import WINDOW, Person
from tests.journeys.stage import set_the_stage
from tests.stores import SqliteFile

AFTERNOON = time(17)
SHOTS = Path(__file__).parents[2] / "var" / "screenshots"


@dataclass
class Application:
    """`url` of the running product; `shift` days separate its day from the real one."""

    url: str
    shift: float = 0

    @property
    def now(self) -> datetime:
        return clock.shifted(clock.now(), self.shift)

    @property
    def today(self) -> date:
        return clock.day_in_paris(self.now)

    def move_to(self, day: date, at: time | None = None) -> None:
        """Go to a day, and to an hour where it matters, then let the clock do what it does every morning."""
        self.shift += (day - self.today).days
        if at is not None:
            self.shift = (datetime.combine(day, at) - clock.wall_clock(clock.now())) / timedelta(days=1)
        self._keep_shift()
        for watch in (clockwork.before_ici, clockwork.every_day, clockwork.six_months, delivery):
            watch(self.today, self.now)

    def start_in_the_afternoon(self) -> Self:
        """The next five o’clock in Paris: after the hours of the journeys, and no test crosses midnight."""
        wall = clock.wall_clock(clock.now())
        day = wall.date() + timedelta(days=wall.hour >= AFTERNOON.hour)
        self.shift = (datetime.combine(day, AFTERNOON) - wall) / timedelta(days=1)
        self._keep_shift()
        return self

    def _keep_shift(self) -> None:
        with transaction() as connection:
            rows.delete(connection, Marker, key="clock_shift_days")
            rows.insert(connection, Marker, key="clock_shift_days", value=str(self.shift))


@pytest.fixture
def application(sqlite_database: str, tmp_path: Path) -> Iterator[Application]:
    set_the_stage()
    with servers.application(tmp_path) as url:
        yield Application(url).start_in_the_afternoon()


@pytest.fixture
def somebody(browser: Browser, application: Application) -> Iterator[Callable[[str], Person]]:
    """Sign in as an account, each in a browser session of their own."""
    people: list[Person] = []

    def sign_in(account: str) -> Person:
        people.append(_signed_in(browser, application, account))
        return people[-1]

    yield sign_in
    for rank, person in enumerate(people):
        person.last_shot(str(rank))
        person.page.context.close()


def _signed_in(browser: Browser, application: Application, account: str) -> Person:
    context = browser.new_context(viewport=WINDOW, locale="fr-FR", reduced_motion="reduce")
    return Person.signed_in(context.new_page(), application.url, account, SHOTS)


@pytest.fixture(scope="module")
def territory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """One stage and one server for the cases of a module: none touches what another one reads."""
    folder = tmp_path_factory.mktemp("territory")
    with (
        pytest.MonkeyPatch.context() as patch,
        closing(SqliteFile(folder)) as store,
        use(store, folder, patch),
    ):
        set_the_stage()
        with servers.application(folder) as url:
            yield Application(url).start_in_the_afternoon()


@pytest.fixture(scope="module")
def inhabitants(browser: Browser, territory: Application) -> Iterator[Callable[[str], Person]]:
    """The person of an account, who signs in once and stays for the whole module."""
    people: dict[str, Person] = {}

    def person(account: str) -> Person:
        if account not in people:
            people[account] = _signed_in(browser, territory, account)
        return people[account]

    yield person
    for account, someone in people.items():
        someone.last_shot(account)
        someone.page.context.close()
