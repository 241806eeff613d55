"""The web server: Streamlit's pages, and beside them our own routes, in one process.

Start it with (from any folder; the settings lie in `ui_streamlit/.streamlit/config.toml`):

    python -m ui_streamlit.server --host 127.0.0.1 --port 8501

or, behind a process manager, `uvicorn ui_streamlit.server:app --host 127.0.0.1 --port 8501`.
Without arguments, host and port are those of the environment (`db/settings.py`).
"""

import argparse
import gc
import hashlib
import hmac
import importlib
import logging
import re
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from cases import clock, desk
from cases.reference import demo_accounts
from db.settings import env
from ui_streamlit.calendar_feed import FEEDS
from ui_streamlit.cookie import COOKIE, sign_out_token
from ui_streamlit.feedback import show_breakdown
from ui_streamlit.gate import Gate, actor_of_cookies
from ui_streamlit.sign_in_page import PAGE_POLICY, sign_in_page
from ui_streamlit.tracking_page import ADDRESS as TRACKING
from ui_streamlit.tracking_page import Tracking
from ui_streamlit.tries import TRIES_MINUTES, Tries

logger = logging.getLogger(__name__)

FORM_COOKIE = "formulaire"
FORM_MINUTES = 60
UPLOAD_BYTES = 32 * 1024 * 1024
LOADED_FIRST = ("pandas", "altair", "pyarrow", "streamlit.elements.vega_charts", "ui_streamlit.session")

DemoAccounts = Callable[[], Sequence[tuple[str, str]]]


def no_demo_accounts() -> Sequence[tuple[str, str]]:
    return ()


class Doors:
    """Sign-in, sign-out, health. `demo_accounts` gives (login, description) in a demonstration database."""

    def __init__(self, accounts: DemoAccounts) -> None:
        self.demo_accounts = accounts
        self.tries = Tries()

    async def sign_in(self, request: Request) -> Response:
        if request.method == "GET":
            if await actor_of_cookies(request) is not None:
                return RedirectResponse(local_path(request.query_params.get("suite")), 303)
            asked = request.query_params
            return await self._page(request, asked.get("identifiant", "")[:80], asked.get("suite"))
        form = await request.form()
        login, password, suite = (
            str(form.get(name, "")) for name in ("identifiant", "mot_de_passe", "suite")
        )
        sent, kept = str(form.get("csrf", "")), request.cookies.get(FORM_COOKIE, "")
        if not (same_origin(request) and kept and hmac.compare_digest(sent.encode(), kept.encode())):
            again = "La page de connexion avait expiré. Recommencez, s’il vous plaît."
            return await self._page(request, login, suite, again, 403)
        who = f"{client_of(request)} {login}"
        if self.tries.too_many(who):
            wait = f"Trop d’essais pour cet identifiant. Réessayez dans {TRIES_MINUTES} minutes."
            return await self._page(request, login, suite, wait, 429)
        self.tries.count(who)
        token = await run_in_threadpool(desk.sign_in, login, password, now=clock.now())
        if token is None:
            wrong = "Identifiant ou mot de passe incorrect. Vérifiez les majuscules, puis réessayez."
            return await self._page(request, login, suite, wrong, 401)
        self.tries.forgive(who)
        await run_in_threadpool(desk.sign_out, request.cookies.get(COOKIE))
        return with_session(RedirectResponse(local_path(suite), 303), token)

    async def sign_out(self, request: Request) -> Response:
        if request.method != "POST":
            return RedirectResponse("/", 303)
        token = request.cookies.get(COOKIE, "")
        sent = str((await request.form()).get("csrf", ""))
        proven = hmac.compare_digest(sent.encode(), sign_out_token(token).encode())
        if not (same_origin(request) and proven):
            return RedirectResponse("/", 303)
        await run_in_threadpool(desk.sign_out, token)
        answer = RedirectResponse("/connexion?fin=1", 303)
        answer.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=env().secure_cookies)
        return answer

    async def health(self, _: Request) -> Response:
        try:
            await run_in_threadpool(desk.marker, "demonstration")
        except Exception:
            logger.exception("health: the database does not answer")
            return JSONResponse({"status": "down", "database": "unreachable"}, status_code=503)
        return JSONResponse({"status": "ok", "database": "ok"})

    async def _page(
        self, request: Request, login: str = "", suite: str | None = None, error: str = "", status: int = 200
    ) -> Response:
        csrf = request.cookies.get(FORM_COOKIE, "")
        if not re.fullmatch(r"[\w-]{43}", csrf):
            csrf = secrets.token_urlsafe(32)
        demonstration = await run_in_threadpool(desk.marker, "demonstration")
        accounts = await run_in_threadpool(self.demo_accounts) if demonstration else ()
        page = sign_in_page(
            csrf=csrf,
            login=login,
            suite=local_path(suite),
            error=error,
            signed_out="fin" in request.query_params,
            accounts=accounts,
        )
        headers = {"content-security-policy": PAGE_POLICY, "cache-control": "no-store"}
        answer = HTMLResponse(page, status_code=status, headers=headers)
        answer.set_cookie(
            FORM_COOKIE,
            csrf,
            max_age=FORM_MINUTES * 60,
            path="/connexion",
            httponly=True,
            samesite="strict",
            secure=env().secure_cookies,
        )
        return answer


def with_session(answer: Response, token: str) -> Response:
    answer.set_cookie(
        COOKIE,
        token,
        max_age=env().session_hours * 3600,
        httponly=True,
        samesite="lax",
        secure=env().secure_cookies,
    )
    return answer


def local_path(wanted: str | None) -> str:
    """Where to go after signing in: a path of ours, never another site."""
    wanted = wanted or "/"
    safe = wanted.startswith("/") and not wanted.startswith(("//", "/\\", "/connexion", "/deconnexion"))
    printable = wanted.isprintable() and "\\" not in wanted
    return wanted if safe and printable else "/"


def same_origin(request: Request) -> bool:
    """Whether the form was sent from a page of this very site."""
    origin = request.headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == request.headers.get("host")
    return request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


def client_of(request: Request) -> str:
    host = request.client.host if request.client else "?"
    return hashlib.sha256(host.encode()).hexdigest()[:12]


@asynccontextmanager
async def ready(_: Any) -> AsyncIterator[None]:
    """Import what pages need, then freeze it: the collection after each run no longer walks through it."""
    for name in LOADED_FIRST:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    yield


def own_routes(accounts: DemoAccounts = no_demo_accounts) -> list[Route]:
    """What is served beside Streamlit's pages."""
    doors = Doors(accounts)
    return [
        Route("/connexion", doors.sign_in, methods=["GET", "POST"]),
        Route("/deconnexion", doors.sign_out, methods=["GET", "POST"]),
        Route("/sante", doors.health),
        Route(TRACKING, Tracking().show, methods=["GET", "POST"]),
    ]


def build(accounts: DemoAccounts = no_demo_accounts, extra_routes: Sequence[Route] = ()) -> st.App:
    """The application. Calendar feeds come as `extra_routes` under /agenda/, open to their secret address."""
    return st.App(
        Path(__file__).with_name("app.py"),
        lifespan=ready,
        routes=[*own_routes(accounts), *extra_routes],
        middleware=[Middleware(Gate)],
        on_script_error=show_breakdown,
    )


app = build(accounts=demo_accounts, extra_routes=FEEDS)


def main(host: str | None = None, port: int | None = None) -> None:
    """Serve until told to stop (SIGINT or SIGTERM)."""
    uvicorn.run(
        app,
        host=host or env().host,
        port=port or env().port,
        ws="websockets-sansio",
        ws_max_size=UPLOAD_BYTES,
        access_log=False,
        server_header=False,
        log_level="warning",
        timeout_graceful_shutdown=3,
    )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(prog="python -m ui_streamlit.server")
    arguments.add_argument("--host")
    arguments.add_argument("--port", type=int)
    given = arguments.parse_args()
    main(given.host, given.port)
