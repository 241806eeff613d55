"""The calendar at its secret address: dates and numbers, closed at once, nothing that names or locates."""

from datetime import date

import pytest
from icalendar import Calendar
from starlette.applications import Starlette

from cases import desk
from db import rows
from db.engine import transaction
from db.tables.people import Account
from tests.cases.ici_world import World, at
from tests.ui.conftest import TestClient
from ui_streamlit.calendar_feed import FEEDS

NOON = at("2026-02-26T12:00:00+01:00")


@pytest.fixture
def world(database: str) -> World:
    return World()


def read(token: str) -> tuple[int, str]:
    answer = TestClient(Starlette(routes=FEEDS)).get(f"/agenda/{token}.ics")
    return answer.status_code, answer.text


def test_my_open_deadlines_and_nothing_of_a_household(world: World) -> None:
    case = world.referred(name="Zeitoun", commune="Wattrelos")
    hidden = world.referred(name="Kaddour", commune="Halluin", protected=True)
    token = desk.open_feed("sylvie", "me", now=NOON)
    status, text = read(token)
    events = Calendar.from_ical(text).walk("VEVENT")
    said = {str(event["summary"]): event.decoded("dtstart") for event in events}
    assert status == 200
    assert said[f"Réponse sur la recevabilité, {case}"] == date(2026, 2, 23)
    assert said[f"Dossier {hidden} : une échéance"] == date(2026, 2, 23)
    assert not [word for word in ("Zeitoun", "Wattrelos", "Kaddour", "Halluin", "Tilleuls") if word in text]
    assert [event["uid"] for event in events] == [
        event["uid"] for event in Calendar.from_ical(read(token)[1]).walk("VEVENT")
    ]


def test_the_sessions_of_an_ici(world: World) -> None:
    world.sessions()
    _, text = read(desk.open_feed("hugo", "A", now=NOON))
    days = sorted(event.decoded("dtstart") for event in Calendar.from_ical(text).walk("VEVENT"))
    assert days[:2] == [date(2026, 7, 15), date(2026, 9, 15)]


def test_a_closed_address_or_account_says_so(world: World) -> None:
    former = desk.open_feed("sylvie", "me", now=NOON)
    token = desk.open_feed("sylvie", "me", now=NOON)
    assert read(former)[0] == 404, "the new one replaces it"
    assert desk.feeds_of("sylvie") == {"me"}
    with transaction() as connection:
        rows.update(connection, Account, {"id": "sylvie"}, active=False)
    status, text = read(token)
    assert (status, "est fermée" in text) == (404, True)
    with transaction() as connection:
        rows.update(connection, Account, {"id": "sylvie"}, active=True)
    desk.close_feed("sylvie", "me")
    assert read(token)[0] == 404
