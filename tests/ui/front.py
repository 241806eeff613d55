"""Somebody in front of a page run by Streamlit's own tester, and what the page says."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

import ui_streamlit
from cases import clock
from db import rows
from db.engine import transaction
from db.tables.people import SignIn
from tests.builders import a_house
from ui_streamlit.cookie import COOKIE

PAGES = Path(ui_streamlit.__file__).parent / "app_pages"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ENGLISH = ("None", "nan", "NaT", "<NA>", "False", "True")


class Desk:
    """Somebody in front of a page, on 24 November 2026."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.jar: dict[str, str] = {}
        monkeypatch.setattr(clock, "now", lambda: NOW)
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: self.jar))
        a_house()
        st.cache_resource.clear()

    def open(self, who: str, page: str, **asked: str) -> AppTest:
        digest = hashlib.sha256(who.encode()).hexdigest()
        with transaction() as connection:
            if rows.get(connection, SignIn, token_digest=digest) is None:
                until = NOW + timedelta(days=1)
                rows.insert(connection, SignIn, token_digest=digest, account_id=who, expires_at=until)
        self.jar[COOKIE] = who
        found = AppTest.from_file(str(PAGES / f"{page}.py"), default_timeout=60)
        found.query_params.update(asked)
        return drawn(found.run())


def drawn(page: AppTest) -> AppTest:
    assert not page.exception, page.exception
    words = shown(page).split()
    assert not set(ENGLISH) & set(words), set(ENGLISH) & set(words)
    return page


def shown(page: AppTest) -> str:
    bodies = " ".join(str(element.proto.body) for element in page.get("html"))
    plain = re.sub(r"<style>.*?</style>|<[^>]+>", " ", bodies, flags=re.S)
    return re.sub(r"\s+", " ", plain)


def press(page: AppTest, label: str) -> AppTest:
    return drawn(next(button for button in page.button if button.label == label).click().run())


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]
