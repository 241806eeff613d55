"""The real server, started from another folder, seen by a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.servers import application
from tests.ui.conftest import PASSWORD

FONT_LOADED = "name => [...document.fonts].some(f => f.family.includes(name) && f.status === 'loaded')"
READY = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  return app && app.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && document.querySelector('[data-testid=stMain] .stElementContainer');
}"""


@pytest.fixture
def site(people_sqlite: str, tmp_path: Path) -> Iterator[str]:
    with application(tmp_path) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(locale="fr-FR")
    yield page
    page.close()


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
