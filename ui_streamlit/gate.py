"""The gate in front of every page: who may pass, French in the page's shell, headers that close doors.

Streamlit checks nobody. A page asked for without a session goes to /connexion; anything else without one
is answered 401. A websocket opened before signing out stays open: each of its messages is checked, and a
signed-out one is turned into a plain full run, which draws "Session expirée" instead of acting.
"""

from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from cases import clock, desk
from cases.actor import Actor
from ui_streamlit.cookie import COOKIE

OPEN = (
    "/connexion",
    "/deconnexion",
    "/sante",
    "/suivi",
    "/agenda/",
    "/app/static/",
    "/static/",
    "/_stcore/health",
    "/_stcore/host-config",
)
CLOSED = ("/_stcore/agent", "/_stcore/metrics")
SIGNED_OUT = 4401

PAGE_POLICY = (
    "default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)
SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
FRENCH_SHELL = (
    (b'<html lang="en">', b'<html lang="fr">'),
    (b"<title>Streamlit</title>", b"<title>Relogement</title>"),
    (b"./favicon.png", b"./app/static/mark.svg"),
)
NO_SCRIPT = b"<noscript><p>Relogement a besoin de JavaScript pour afficher ses pages.</p></noscript>"


async def actor_of_cookies(connection: HTTPConnection) -> Actor | None:
    token = connection.cookies.get(COOKIE)
    if not token:
        return None
    return await run_in_threadpool(desk.actor_of, token, now=clock.now())


def in_french(page: bytes) -> bytes:
    """Streamlit's index.html, with our language, title, icon and words for a browser without scripts."""
    for english, french in FRENCH_SHELL:
        page = page.replace(english, french)
    before, tag, rest = page.partition(b"<noscript>")
    _, end, after = rest.partition(b"</noscript>")
    return before + NO_SCRIPT + after if tag and end else page


def without_action(message: Message) -> Message:
    """The same message, asking only that the whole page be drawn again."""
    asked = BackMsg()
    asked.ParseFromString(message.get("bytes") or b"")
    if asked.WhichOneof("type") == "rerun_script":
        asked.rerun_script.ClearField("fragment_id")
        asked.rerun_script.ClearField("widget_states")
    return {**message, "bytes": asked.SerializeToString()}


class Gate:
    """ASGI middleware; see the module."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        if await actor_of_cookies(connection) is None:
            await send({"type": "websocket.close", "code": SIGNED_OUT})
            return

        async def checked() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and await actor_of_cookies(connection) is None:
                return without_action(message)
            return message

        await self.app(scope, checked, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection, path = HTTPConnection(scope), scope["path"]
        if path.startswith(CLOSED):
            await PlainTextResponse("Introuvable", status_code=404)(scope, receive, send)
            return
        is_open = path.startswith(OPEN)
        if not is_open and await actor_of_cookies(connection) is None:
            await self._turn_away(scope, receive, send)
            return
        if is_page(scope) and not is_open:
            await self._page(scope, receive, send)
            return
        await self.app(scope, receive, with_headers(send))

    async def _turn_away(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_page(scope):
            await PlainTextResponse("Connexion requise", status_code=401)(scope, receive, send)
            return
        query = scope["query_string"].decode("latin-1")
        wanted = scope["path"] + (f"?{query}" if query else "")
        where = "/connexion" if wanted == "/" else f"/connexion?suite={quote(wanted, safe='')}"
        await RedirectResponse(where, status_code=303)(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Buffer the shell (a few kilobytes), put it in French, forbid every outside address."""
        asked = MutableHeaders(scope=scope)
        for name in ("accept-encoding", "if-none-match", "if-modified-since"):
            del asked[name]
        start: dict[str, Any] = {}
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            answer = MutableHeaders(raw=list(start["headers"]))
            content = bytes(body)
            if answer.get("content-type", "").startswith("text/html"):
                content = in_french(content)
                answer["content-security-policy"] = PAGE_POLICY
                answer["content-length"] = str(len(content))
                answer["cache-control"] = "no-store"
                del answer["etag"]
            await send({**start, "headers": answer.raw})
            await send({"type": "http.response.body", "body": content})

        await self.app(scope, receive, with_headers(collect))


def is_page(scope: Scope) -> bool:
    """Whether a person in a browser asks for a page to look at."""
    return scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")


def with_headers(send: Send) -> Send:
    """`send`, adding the headers that every answer bears."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message.get("headers", [])))
            for name, value in SECURITY_HEADERS.items():
                headers.setdefault(name, value)
            message = {**message, "headers": headers.raw}
        await send(message)

    return sending
