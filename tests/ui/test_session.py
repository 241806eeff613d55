"""Who is here, drafts and outcomes, in a real script run (AppTest has no routes: the cookie is ours)."""

from datetime import date, timedelta

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from cases import clock, desk
from cases.actor import Role
from db.engine import transaction
from db.rows import insert
from db.tables.people import Marker
from tests.ui.conftest import PASSWORD
from ui_streamlit import navigation, session
from ui_streamlit.cookie import COOKIE


@pytest.fixture
def cookies(people_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    jar = {COOKIE: desk.sign_in("alice", PASSWORD, now=clock.now()) or ""}
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: jar))
    return jar


def form_page() -> None:
    from datetime import date  # noqa: PLC0415  # the script of an AppTest stands alone
    from types import SimpleNamespace  # noqa: PLC0415

    import streamlit as st  # noqa: PLC0415

    from cases.reasons import Reason, refuse  # noqa: PLC0415
    from ui_streamlit.feedback import attempt  # noqa: PLC0415
    from ui_streamlit.session import current_actor, form_draft, show_flash  # noqa: PLC0415

    actor = current_actor()
    show_flash()
    form = form_draft(actor, "contact:M-1", {"what": "", "on": date(2026, 9, 15)})
    st.text_area("Quoi", key=form.key("what"), on_change=form.save)
    st.date_input("Quand", key=form.key("on"), on_change=form.save)
    st.html(f"<p>{'Brouillon retrouvé' if form.is_kept else 'Nouveau'} {actor.name}</p>")

    def act(status: str) -> SimpleNamespace:
        if status == "raised":
            raise refuse("x", "Une autre raison.", "Charte")
        if status == "broken":
            raise RuntimeError("secret")
        reasons = (Reason("a", "Trop <tôt>.", "Charte, art. 3"), Reason("b", "Trop tard."))
        return SimpleNamespace(status=status, reasons=reasons, message="")

    for status in ("accepted", "already_done", "refused", "conflict", "raised", "broken"):
        if st.button(status) and attempt(act, status, said="Noté.", draft=form):
            st.rerun()


def shown(page: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in page.get("html"))


def opened() -> AppTest:
    page = AppTest.from_function(form_page, default_timeout=30).run()
    assert not page.exception
    return page


def press(page: AppTest, label: str) -> AppTest:
    button = next(button for button in page.button if button.label == label)
    return button.click().run()


def test_nobody_sees_a_french_sentence_and_nothing_else(cookies: dict[str, str]) -> None:
    cookies.clear()
    page = opened()
    assert "Votre session est terminée" in shown(page)
    assert not page.text_area


def test_a_draft_survives_a_reload_with_its_dates(cookies: dict[str, str]) -> None:
    page = opened()
    assert "Nouveau Alice" in shown(page)
    page.text_area[0].set_value("Il rappelle.").run()
    page.date_input[0].set_value(date(2026, 9, 1)).run()
    again = opened()
    assert "Brouillon retrouvé" in shown(again)
    assert again.text_area[0].value == "Il rappelle."
    assert again.date_input[0].value == date(2026, 9, 1)


@pytest.mark.parametrize(("status", "words"), [("accepted", "Noté."), ("already_done", "C’était déjà fait")])
def test_what_is_done_is_said_once_and_the_draft_dropped(
    cookies: dict[str, str], status: str, words: str
) -> None:
    page = opened()
    page.text_area[0].set_value("Il rappelle.").run()
    press(page, status)
    assert words in shown(page)
    assert page.text_area[0].value == ""
    assert desk.draft("alice", "contact:M-1") is None
    assert words not in shown(page.run())


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("refused", ["pas possible", "Trop &lt;tôt&gt;.", "Charte, art. 3", "Trop tard."]),
        ("raised", ["Une autre raison.", "Charte"]),
        ("conflict", ["Quelqu’un a agi avant vous", "votre saisie est gardée"]),
        ("broken", ["de notre côté", "Rien n’a été enregistré", "donnez ce numéro"]),
    ],
)
def test_what_is_not_done_says_why_and_keeps_what_was_typed(
    cookies: dict[str, str], status: str, words: list[str]
) -> None:
    page = opened()
    page.text_area[0].set_value("Il rappelle.").run()
    press(page, status)
    assert [word for word in words if word not in shown(page)] == []
    assert "secret" not in shown(page)
    assert page.text_area[0].value == "Il rappelle."
    assert desk.draft("alice", "contact:M-1") is not None


def test_only_a_demonstration_shifts_its_days(people_sqlite: str) -> None:
    before = clock.day_in_paris(clock.now())
    with transaction() as connection:
        insert(connection, Marker, key="clock_shift_days", value="-30")
    assert session.today() >= before
    with transaction() as connection:
        insert(connection, Marker, key="demonstration", value="1")
    assert abs(session.today() - (before - timedelta(days=30))) <= timedelta(days=1)


def test_every_role_has_its_pages_and_a_first_one() -> None:
    for role in Role:
        pages = navigation.pages_for(role)
        assert pages
        assert not pages[0].hidden
    addresses = [spec.address for spec in navigation.PAGES_OF[Role.ICI_SECRETARIAT]]
    assert len(addresses) == len(set(addresses))
