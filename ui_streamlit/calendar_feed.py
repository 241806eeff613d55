"""Calendar feeds at a secret address that its owner can close: days and numbers, no name, no place."""

from datetime import UTC, datetime

from icalendar import Calendar, Event
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from cases import clock, desk
from cases.access import scope_of
from cases.labels import DEADLINES
from cases.people import actor_named
from cases.territory import icis
from db.queries.feeds import FeedEvent, deadline_events, session_events
from db.settings import env

MINE = "me"
TITLES = {"session": "Séance {}", "limit": "Date limite de remontée, séance {}"}
GONE = "Cette adresse d’agenda est fermée. Créez-en une autre dans l’application, page « Échéances »."


def feed_address(token: str, here: str = "") -> str:
    """At the public address of the machine; where none is set, at `here`, the one its reader came by."""
    return f"{(env().public_url or here).rstrip('/')}/agenda/{token}.ics"


def feed_names() -> dict[str, str]:
    """What a calendar may be about."""
    return {MINE: "Mes échéances"} | {entry.code: f"Séances de l’{entry.name}" for entry in icis()}


def events_of(token: str) -> tuple[str, tuple[FeedEvent, ...]] | None:
    """(title, events) of an open address; None when it is closed or its account is."""
    feed = desk.feed_of(token)
    actor = actor_named(feed[0]) if feed else None
    if feed is None or actor is None:
        return None
    about = feed[1]
    found = deadline_events(scope_of(actor)) if about == MINE else session_events(about)
    return feed_names().get(about, about), found


def calendar(title: str, events: tuple[FeedEvent, ...], now: datetime) -> bytes:
    """An iCalendar file (RFC 5545); the same events give the same identities each time it is read."""
    made = Calendar()
    for name, value in (("prodid", "-//Relogement//FR"), ("version", "2.0"), ("method", "PUBLISH")):
        made.add(name, value)
    made.add("x-wr-calname", f"Relogement : {title}")
    for event in events:
        made.add_component(_event(event, now))
    return bytes(made.to_ical())


def _event(event: FeedEvent, now: datetime) -> Event:
    made = Event()
    made.add("uid", f"{event.uid}@relogement")
    made.add("dtstamp", (event.changed_at or now).astimezone(UTC))
    made.add("dtstart", event.on)
    made.add("summary", _summary(event))
    made.add("transp", "TRANSPARENT")
    return made


def _summary(event: FeedEvent) -> str:
    if event.protected:
        return f"Dossier {event.reference} : une échéance"
    if event.kind in TITLES:
        return TITLES[event.kind].format(event.reference)
    return f"{DEADLINES.get(event.kind, 'Échéance')}, {event.reference}"


async def serve_feed(request: Request) -> Response:
    found = await run_in_threadpool(events_of, str(request.path_params["token"]))
    if found is None:
        return PlainTextResponse(GONE, status_code=404)
    headers = {"cache-control": "private, no-store"}
    return Response(calendar(*found, clock.now()), media_type="text/calendar; charset=utf-8", headers=headers)


FEEDS = [Route("/agenda/{token}.ics", serve_feed)]
