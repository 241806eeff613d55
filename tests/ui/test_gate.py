"""Who passes, who is turned away, and what a signed-out tab may still ask."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from cases import clock, desk
from db.engine import transaction
from db.rows import insert
from db.tables.people import Marker
from tests.ui.conftest import PASSWORD, TestClient
from ui_streamlit.cookie import COOKIE, sign_out_token
from ui_streamlit.gate import Gate
from ui_streamlit.server import FORM_COOKIE, local_path, own_routes

SHELL = (
    '<!DOCTYPE html><html lang="en"><head><title>Streamlit</title><link href="./favicon.png"></head>'
    "<body><noscript><p>You need</p></noscript><div id='root'></div></body></html>"
)
HTML = {"accept": "text/html"}


async def shell(_: Request) -> Response:
    return HTMLResponse(SHELL, headers={"etag": "x"})


async def upload(_: Request) -> Response:
    return PlainTextResponse("reçu")


async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    while True:
        try:
            await websocket.send_bytes(await websocket.receive_bytes())
        except WebSocketDisconnect:
            return


def demo_accounts() -> list[tuple[str, str]]:
    return [("alice", "Travail <social>")]


@pytest.fixture
def client(people_sqlite: str) -> Iterator[TestClient]:
    app = Starlette(
        routes=[
            *own_routes(demo_accounts),
            WebSocketRoute("/_stcore/stream", echo),
            Route("/_stcore/upload_file/x", upload, methods=["PUT"]),
            Route("/{path:path}", shell),
        ],
        middleware=[Middleware(Gate)],
    )
    with TestClient(app, base_url="http://relogement.test", follow_redirects=False) as opened:
        yield opened


def sign_in(client: TestClient, **changes: str) -> Any:
    client.get("/connexion", headers=HTML)
    form = {
        "identifiant": "alice",
        "mot_de_passe": PASSWORD,
        "csrf": client.cookies.get(FORM_COOKIE, path="/connexion") or "",
        "suite": "/dossier?id=M-1",
    }
    return client.post("/connexion", data=form | changes)


def test_an_anonymous_page_leads_to_the_sign_in_and_keeps_its_address(client: TestClient) -> None:
    answer = client.get("/dossier?id=M-1", headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, "/connexion?suite=%2Fdossier%3Fid%3DM-1")
    assert client.get("/", headers=HTML).headers["location"] == "/connexion"


def test_anything_else_without_a_session_is_refused(client: TestClient) -> None:
    assert client.put("/_stcore/upload_file/x").status_code == 401
    assert client.get("/media/secret.pdf").status_code == 401
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream"):
        pass


def test_signing_in_sets_a_closed_cookie_and_goes_where_one_wanted(client: TestClient) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/dossier?id=M-1")
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("sid=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert client.get("/connexion", headers=HTML).status_code == 303


def test_a_page_is_in_french_and_calls_no_other_site(client: TestClient) -> None:
    sign_in(client)
    answer = client.get("/dossiers", headers=HTML)
    assert '<html lang="fr">' in answer.text
    assert "<title>Relogement</title>" in answer.text
    assert "You need" not in answer.text
    assert "<div id='root'>" in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"
    assert "etag" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.content)


@pytest.mark.parametrize("address", ["/_stcore/agent/interact", "/_stcore/metrics"])
def test_doors_that_nobody_uses_are_closed(client: TestClient, address: str) -> None:
    sign_in(client)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("csrf", ["", "faux", "é"])
def test_a_form_of_another_page_is_refused(client: TestClient, csrf: str) -> None:
    answer = sign_in(client, csrf=csrf)
    assert answer.status_code == 403
    assert COOKIE not in client.cookies


def test_a_form_of_another_site_is_refused(client: TestClient) -> None:
    client.headers["origin"] = "http://ailleurs.test"
    assert sign_in(client).status_code == 403
    client.headers["origin"] = "http://relogement.test"
    assert sign_in(client).status_code == 303


def test_a_wrong_password_says_so_keeps_the_login_and_ends_in_a_pause(client: TestClient) -> None:
    answer = sign_in(client, mot_de_passe="faux")
    assert answer.status_code == 401
    assert "incorrect" in answer.text
    assert 'value="alice"' in answer.text
    assert "faux" not in answer.text
    for _ in range(9):
        sign_in(client, mot_de_passe="faux")
    assert sign_in(client).status_code == 429


def test_signing_out_asks_for_the_secret_of_the_session(client: TestClient) -> None:
    sign_in(client)
    token = client.cookies[COOKIE]
    client.post("/deconnexion", data={"csrf": "faux"})
    assert desk.actor_of(token, now=clock.now()) is not None
    answer = client.post("/deconnexion", data={"csrf": sign_out_token(token)})
    assert answer.headers["location"] == "/connexion?fin=1"
    assert desk.actor_of(token, now=clock.now()) is None
    assert client.get("/deconnexion", headers=HTML).headers["location"] == "/"


def test_signing_in_again_ends_the_session_before(client: TestClient) -> None:
    sign_in(client)
    first = client.cookies[COOKIE]
    sign_in(client)
    assert client.cookies[COOKIE] != first
    assert desk.actor_of(first, now=clock.now()) is None


def test_a_signed_out_tab_may_only_draw_its_page_again(client: TestClient) -> None:
    sign_in(client)
    asked = BackMsg()
    asked.rerun_script.query_string = "id=M-1"
    asked.rerun_script.fragment_id = "fragment"
    asked.rerun_script.widget_states.widgets.add(id="bouton", trigger_value=True)
    message = asked.SerializeToString()
    with client.websocket_connect(
        "/_stcore/stream", headers={"cookie": f"{COOKIE}={client.cookies[COOKIE]}"}
    ) as tab:
        tab.send_bytes(message)
        assert tab.receive_bytes() == message
        desk.sign_out(client.cookies[COOKIE])
        tab.send_bytes(message)
        left = BackMsg.FromString(tab.receive_bytes())
    assert left.rerun_script.query_string == "id=M-1"
    assert left.rerun_script.fragment_id == ""
    assert not left.rerun_script.HasField("widget_states")


def test_an_expired_session_is_turned_away(client: TestClient) -> None:
    token = desk.sign_in("alice", PASSWORD, now=clock.now() - timedelta(hours=12, seconds=1))
    client.cookies.set(COOKIE, token or "")
    assert client.get("/", headers=HTML).status_code == 303


def test_demonstration_accounts_are_listed_in_a_demonstration_only(client: TestClient) -> None:
    assert "démonstration" not in client.get("/connexion", headers=HTML).text
    with transaction() as connection:
        insert(connection, Marker, key="demonstration", value="1")
    listed = client.get("/connexion", headers=HTML).text
    assert "Comptes de démonstration" in listed
    assert "Travail &lt;social&gt;" in listed


def test_health_answers_everybody(client: TestClient) -> None:
    assert client.get("/sante").json() == {"status": "ok", "database": "ok"}


def test_health_says_when_the_database_is_away(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> str:
        raise OSError("away")

    monkeypatch.setattr(desk, "marker", broken)
    assert client.get("/sante").status_code == 503


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (None, "/"),
        ("/dossier?id=M-1", "/dossier?id=M-1"),
        ("//ailleurs.test", "/"),
        ("/\\ailleurs.test", "/"),
        ("https://ailleurs.test", "/"),
        ("/a\nSet-Cookie: x", "/"),
        ("/connexion?suite=/", "/"),
    ],
)
def test_one_goes_nowhere_else_after_signing_in(wanted: str | None, given: str) -> None:
    assert local_path(wanted) == given
