"""The real server, started from another folder, seen by a real browser."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.ui.conftest import PASSWORD

CHROMIUM = Path("/usr/bin/chromium")
FONT_LOADED = "name => [...document.fonts].some(f => f.family.includes(name) && f.status === 'loaded')"
READY = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return app && app.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && document.querySelector('[data-testid=stMain] .stElementContainer');
}"""


@pytest.fixture
def site(people_sqlite: str, tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log = (tmp_path / "server.log").open("w")
    command = [sys.executable, "-m", "ui_streamlit.server", "--host", "127.0.0.1", "--port", str(port)]
    with log, subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log) as server:
        try:
            wait_for(f"{address}/sante")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=15)


def wait_for(address: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.25)
    raise AssertionError(f"{address} does not answer")


@pytest.fixture
def page() -> Iterator[Page]:
    where = str(CHROMIUM) if CHROMIUM.exists() else None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=["--no-sandbox"])
        yield browser.new_page(locale="fr-FR")
        browser.close()


@pytest.mark.browser
def test_a_person_signs_in_sees_french_and_leaves(site: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site)
    page.get_by_label("Identifiant").fill("alice")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_function(READY)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("CCAS de <Roubaix>")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "fr"
    for family in ("Public Sans", "Source Serif"):
        page.wait_for_function(FONT_LOADED, arg=family)
    assert [url for url in asked if not url.startswith((site, "data:", "blob:"))] == []
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_text("Vous êtes déconnecté")).to_be_visible()
