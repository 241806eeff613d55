"""A landlord answers the needs it was sent and sees nobody behind them; its dwellings; the case's search."""

import pytest

from db.tables.case import Attempt, Blockage
from db.tables.offer import Offer
from db.tables.vacancy import Vacancy
from tests.builders import OFFER, a_rehousing, a_transfer, do
from tests.cases.test_search import VACANT
from tests.records import every, the
from tests.ui.test_case_pages import Desk, fill, labels, press, text
from ui_streamlit.navigation import FOLDER, PAGES_OF


@pytest.fixture
def desk(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def asked(*landlords: str, due_on: str = "2026-12-10", **referral: object) -> str:
    reference = a_transfer(at="searching", **referral)
    do("send_need", reference, "amina", "2026-11-20", body_ids=list(landlords), answer_due_on=due_on)
    return reference


def test_no_page_of_the_navigation_is_missing() -> None:
    named = {spec.file for specs in PAGES_OF.values() for spec in specs}
    assert named - {path.stem for path in FOLDER.glob("*.py")} == set()


@pytest.mark.parametrize("who", ["milo", "elise"])
def test_the_landlord_that_was_asked_says_why_it_has_nothing(desk: Desk, who: str) -> None:
    reference = asked("vilogia", due_on="2026-11-28")
    shown = desk.open(who, "search_needs")
    said = text(shown)
    assert f"Fiche besoin {reference}" in said
    assert "T3 à T4" in said
    assert "en retard de 3 jours" in said
    assert "Amrani" not in said
    press(shown, "Répondre")
    fill(shown, "Réponse", "none")
    assert "Pourquoi il n’y a rien *" in [item.label for item in shown.selectbox]
    fill(shown, "Pourquoi il n’y a rien", "promised")
    shown = press(shown, "Envoyer la réponse")
    assert the(Attempt, case_id=reference)["reason"] == "promised"
    assert "Aucune fiche n’attend de réponse" in text(shown)
    shown = desk.open(who, "search_needs", vue="repondues")
    assert "Logements déjà promis à d’autres ménages" in text(shown)


def test_a_dwelling_is_described_in_the_answer(desk: Desk) -> None:
    reference = asked("vilogia")
    shown = press(desk.open("milo", "search_needs"), "Répondre")
    fill(shown, "Réponse", "offer")
    fill(shown, "Adresse du logement", "8 rue du Parc")
    fill(shown, "Commune", "59599")
    fill(shown, "Typologie (T)", "3")
    press(shown, "Envoyer la réponse")
    vacancy = the(Vacancy)
    assert (vacancy["landlord_id"], vacancy["state"]) == ("vilogia", "vacant")
    assert the(Attempt, case_id=reference)["vacancy_id"] == vacancy["id"]


def test_another_landlord_is_not_asked(desk: Desk) -> None:
    reference = asked("vilogia")
    assert reference not in text(desk.open("farid", "search_needs"))


def test_dwellings_are_declared_matched_with_the_needs_received_and_withdrawn(desk: Desk) -> None:
    reference = asked("vilogia")
    elsewhere = asked("lmh")
    do("declare_vacancy", None, "milo", "2026-11-30", **VACANT)
    shown = desk.open("milo", "search_needs", vue="logements")
    said = text(shown)
    assert "T3 de 66 m², 8 rue du Parc, Tourcoing" in said
    assert "Réservé : Action Logement" in said
    assert f"Fiche besoin {reference}" in said
    assert elsewhere not in said
    assert "Amrani" not in said
    shown = press(shown, "Retirer")
    fill(shown, "Motif", "let")
    press(shown, "Retirer ce logement")
    assert the(Vacancy)["ended_reason"] == "Loué par ailleurs"


def test_the_case_shows_silences_and_proposes_the_blockage(desk: Desk) -> None:
    reference = asked("vilogia", "lmh", due_on="2026-11-24")
    do("record_attempt", reference, "amina", "2026-11-20", body_id="vilogia", answer_due_on="2026-11-30")
    do("note_silence", reference, "amina", "2026-12-01")
    shown = desk.case("amina", reference)
    said = text(shown)
    assert "Silence depuis 7 jours" in said
    assert "Silence depuis 1 jour " in said
    assert "3 recherches sans réponse dans le délai (seuil : 3, à valider)" in said
    shown = press(shown, "Signaler ce blocage")
    press(shown, "Signaler un blocage", rank=-1)
    assert the(Blockage, case_id=reference)["theme"] == "no_partner_reply"


def test_the_case_offers_a_declared_dwelling_as_it_was_declared(desk: Desk) -> None:
    reference = a_rehousing(at="searching")
    do("declare_vacancy", None, "milo", "2026-11-30", **VACANT | {"canton": "Tourcoing-1"})
    shown = desk.case("farid", reference)
    said = text(shown)
    assert "4 critères remplis" in said
    assert "Réservé à Action Logement : son accord est à demander." in said
    shown = press(shown, "Proposer ce logement")
    press(shown, "Faire une proposition", rank=-1)
    offer, vacancy = the(Offer, case_id=reference), the(Vacancy)
    assert (offer["address"], offer["typology"], str(offer["rent"])) == ("8 rue du Parc", 3, "480.00")
    assert (vacancy["state"], vacancy["offer_id"]) == ("taken", offer["id"])


def test_the_ball_is_with_the_household_while_it_answers_an_offer(desk: Desk) -> None:
    reference = a_transfer(at="searching")
    do("send_need", reference, "amina", "2026-03-25", body_ids=["lmh"], answer_due_on="2026-04-03")
    do("make_offer", reference, "amina", "2026-04-01", received_on="2026-04-01", **OFFER)
    said = text(desk.case("amina", reference, on="2026-04-02"))
    assert "La balle est chez le ménage : réponse à la proposition" in said


def test_the_forms_of_a_case_send_the_need_to_several_landlords(desk: Desk) -> None:
    reference = a_transfer(at="searching")
    shown = desk.case("amina", reference)
    assert "Interroger des bailleurs" in labels(shown)
    shown = press(shown, "Interroger des bailleurs")
    fill(shown, "Bailleurs interrogés", ["vilogia", "lmh"])
    press(shown, "Interroger des bailleurs", rank=-1)
    assert {row["body_id"] for row in every(Attempt, case_id=reference)} == {"vilogia", "lmh"}
