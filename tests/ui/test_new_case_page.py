"""« Nouveau signalement »: duplicates said before saving, to whom, and the receipt; the block on a case."""

from datetime import date
from typing import Any

import pytest

from db.tables.case import CaseFile
from db.tables.clock import Notice
from tests.builders import a_transfer, do
from tests.records import case, every
from tests.ui.test_case_pages import Desk, drawn, fill, labels, press, text
from ui_streamlit.case_parts.twins import NONE_SEEN, PROTECTED

VIOLENCE: dict[str, Any] = {
    "criteria": ["violence"],
    "evidence": [{"kind": "complaint", "dated_on": "2025-12-01"}],
}


@pytest.fixture
def desk(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def typed(desk: Desk, who: str, born: str = "1985-02-03", number: str = "") -> Any:
    """The form with the holder's name, birth date and number: nothing is saved."""
    page = desk.open(who, "new_case", on="2026-06-01")
    fill(page, "Prénom", "Aïcha")
    fill(page, "Nom", "AMRANI")
    fill(page, "Date de naissance", date.fromisoformat(born))
    if number:
        fill(page, "Numéro unique (SNE)", number)
    return page


def verdict(page: Any) -> str:
    """What the page says under the form."""
    said = text(page)
    return said[said.index("pour qui n’est pas nommé.") :]


def test_a_probable_duplicate_is_said_before_saving_with_its_reasons(desk: Desk) -> None:
    found = a_transfer(snr_number="059260100012312345")
    said = text(typed(desk, "amina", number="0592601000123 12345"))
    assert "Ce ménage a peut-être déjà un dossier" in said
    for words in (
        found,
        "Amrani Aïcha",
        "Même numéro unique",
        "Même nom",
        "Jour et mois de naissance inversés",
    ):
        assert words in said
    assert "Vous pouvez enregistrer quand même" in said
    assert len(every(CaseFile)) == 1

    # Who does not reach that case learns its number and whom to ask, nothing of the household.
    away = text(typed(desk, "jules"))
    assert f"{found}" in away
    assert "Suivi par ccas-tourcoing : demandez-lui" in away
    for secret in ("Amrani", "Même", "signalé le", "Signalé"):
        assert secret not in away


def test_of_a_protected_case_nothing_can_be_learned_and_its_readers_are_told(desk: Desk) -> None:
    """The same sentence whether a protected case looks like it or not; a named reader sees it."""
    before = verdict(typed(desk, "chloe"))
    assert NONE_SEEN in before
    assert PROTECTED in before
    hidden = a_transfer(**VIOLENCE, snr_number="059260100012312345")
    for who in ("chloe", "gaelle", "farid"):
        assert verdict(typed(desk, who, number="059260100012312345")) == before
        assert verdict(typed(desk, who)) == before
    assert "Amrani Aïcha" in text(typed(desk, "bruno"))

    do("add_reader", hidden, "amina", "2026-05-01", account_id="jules")
    new = a_transfer(who="chloe")
    told = [(row["recipient_id"], row["text"]) for row in every(Notice) if "ressemble" in row["text"]]
    assert {who for who, _ in told} == {"amina", "bruno", "jules"}
    assert all(new in words and "Amrani" not in words for _, words in told)


def test_an_odd_number_is_warned_about_and_saved(desk: Desk) -> None:
    assert "12 caractères au lieu de 18" in text(typed(desk, "amina", number="059260100012"))
    found = a_transfer(snr_number="059260100012")
    assert (
        "12 caractères"
        in do("record_snr_number", found, "amina", "2026-02-01", number="123456789012").created["warning"]
    )
    do(
        "record_snr_number",
        found,
        "amina",
        "2026-03-01",
        number="059260200012312345",
        requested_on="2023-05-02",
    )
    row = case(found)
    assert (row["snr_number"], str(row["snr_requested_on"])) == ("059260200012312345", "2023-05-02")
    said = text(desk.case("amina", found))
    assert "Anciens numéros uniques" in said
    assert "059260100012 ; 123456789012" in said


def test_the_receipt_bears_the_code_and_no_name(desk: Desk) -> None:
    found = a_transfer()
    page = desk.case("amina", found)
    assert case(found)["tracking_code"][:4] in text(page)
    assert "Télécharger le reçu à imprimer" in [item.proto.label for item in page.get("download_button")]


def test_a_case_shows_its_evidence_its_twins_and_merges_them(desk: Desk) -> None:
    kept = a_transfer("incomplete", criteria=["over_occupation", "economic"], evidence=[])
    other = a_transfer()
    page = desk.case("amina", kept, on="2026-06-01")
    said = text(page)
    for words in (
        "Recevabilité",
        "Avis d’échéance ou quittance de loyer",
        "manque",
        "Doublon possible",
        other,
    ):
        assert words in said
    assert "Un complément est demandé" in said
    page = desk.case("amina", kept)
    page.get("menu_button")[0].set_value("Ménage · Fusionner un doublon")
    page = drawn(page.run())
    assert "Le doublon sera clos" in text(page)
    page = press(page, "Fusionner un doublon")
    assert case(other)["merged_into_id"] == kept, text(page)[1800:6000]
    assert f"{other} a été fusionné dans ce dossier" in text(page)
    assert "Doublon possible" not in text(page)
    assert f"Ouvrir {kept}" in text(desk.case("amina", other))
    assert "Défaire la fusion" in labels(desk.case("amina", kept))
