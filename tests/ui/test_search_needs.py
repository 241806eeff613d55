"""The navigation has all its pages; a landlord answers the need it was sent, and sees nobody behind it."""

import pytest

from db.tables.case import Attempt
from tests.builders import a_transfer, do
from tests.records import every
from tests.ui.test_case_pages import Desk, fill, press, text
from ui_streamlit.navigation import FOLDER, PAGES_OF


@pytest.fixture
def desk(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def test_no_page_of_the_navigation_is_missing() -> None:
    named = {spec.file for specs in PAGES_OF.values() for spec in specs}
    assert named - {path.stem for path in FOLDER.glob("*.py")} == set()


@pytest.mark.parametrize("who", ["milo", "elise"])
def test_the_landlord_that_was_asked_answers(desk: Desk, who: str) -> None:
    reference = a_transfer(at="searching")
    do("record_attempt", reference, "amina", "2026-11-20", body_id="vilogia")
    shown = desk.open(who, "search_needs")
    assert reference in text(shown)
    assert "Amrani" not in text(shown)
    fill(shown, "Réponse", "none")
    press(shown, "Envoyer la réponse")
    assert [row["answer"] for row in every(Attempt, body_id="vilogia")][-1] == "none"


def test_another_landlord_is_not_asked(desk: Desk) -> None:
    reference = a_transfer(at="searching")
    do("record_attempt", reference, "amina", "2026-11-20", body_id="vilogia")
    assert reference not in text(desk.open("farid", "search_needs"))
