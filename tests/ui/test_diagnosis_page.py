"""The page « Diagnostic »: typed block by block, computed while typing, signed, renewed, read again."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from db.tables.diagnosis import Diagnosis, DiagnosisStep, NeedSheet
from db.tables.operation import Dwelling
from db.tables.people import Draft
from tests.builders import NEED, OFFER, SURVEY, a_transfer, do
from tests.ui.test_case_pages import ENGLISH, Desk, fill, labels, press, rows, text


@pytest.fixture
def desk(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def block(page: AppTest, title: str) -> AppTest:
    return press(page, next(label for label in labels(page) if title in label))


def test_typed_block_by_block_kept_computed_and_signed(desk: Desk) -> None:
    case = a_transfer("diagnosis")
    page = desk.open("amina", "diagnosis", id=case, on="2026-01-26")
    fill(page, "Entretien le", date(2026, 1, 20))
    block(page, "Logement actuel")
    fill(page, "Loyer (€ par mois)", "420,50")
    fill(page, "Charges (€ par mois)", "80")
    fill(page, "Aide au logement (€ par mois)", "0")
    block(page, "Ressources")
    press(page, "Ajouter une ressource")
    fill(page, "Nature", "salary")
    fill(page, "Montant mensuel (€)", "1 200")
    assert "9 600 € par an" in text(page).replace("\u00a0", " ")  # 1 200 × 12 ÷ 1.5
    assert "500,50 € par mois" in text(page).replace("\u00a0", " ")
    assert "seuil non renseigné" in text(page)
    assert not ENGLISH.search(text(page))
    again = desk.open("amina", "diagnosis", id=case)  # another machine
    assert {"Entretien · 1/2", "Ressources · 1/2"} <= set(labels(again))
    block(again, "Conclusion")
    assert [item.value for item in again.selectbox if item.label.startswith("Typologie m")] == ["2", "3"]
    fill(again, "Le ménage est d’accord", True)
    press(again, "Signer le diagnostic")
    diagnosis = rows(Diagnosis, case_id=case)[0]
    assert diagnosis["grid"]["agreed"] is True
    assert diagnosis["results"]["means"]["net_housing_cost"]["value"] == "500.50"
    assert (rows(NeedSheet, case_id=case)[0]["typology_max"], rows(Draft)) == (3, [])
    assert rows(Dwelling)[0]["charges"] == 80
    assert "Version 1, signée le" in str([item.label for item in again.expander])


def test_a_wrong_amount_is_left_out_then_refused_in_french(desk: Desk) -> None:
    page = desk.open("amina", "diagnosis", id=a_transfer("diagnosis"), on="2026-01-26")
    fill(page, "Entretien le", date(2026, 1, 20))
    block(page, "Ressources")
    press(page, "Ajouter une ressource")
    fill(page, "Nature", "salary")
    fill(page, "Montant mensuel (€)", "beaucoup")
    assert "les résultats les ignorent" in text(page)
    block(page, "Conclusion")
    press(page, "Signer le diagnostic")
    assert "Ressources mensuelles, ressource 1, Montant mensuel (€)" in text(page)
    assert rows(Diagnosis) == []


def test_too_old_it_is_renewed_from_the_former_and_its_steps_are_recorded(desk: Desk) -> None:
    case = a_transfer("searching")
    do("make_offer", case, "amina", "2026-04-01", **OFFER)
    page = desk.open("amina", "diagnosis", id=case, on="2027-01-26")
    assert "À actualiser depuis le 26 janv. 2027" in text(page).replace("\u00a0", " ")
    assert "Ce que changerait chaque proposition" in text(page)
    fill(page, "Faite le", date(2026, 2, 2))
    press(page, "Enregistrer une étape du diagnostic")
    assert [row["step"] for row in rows(DiagnosisStep)] == ["explained"]
    page.toggle[0].set_value(True).run()
    fill(page, "Entretien le", date(2027, 1, 25))
    block(page, "Ressources")
    assert [item.value for item in page.text_input if item.label.startswith("Montant")] == ["1200"]
    block(page, "Conclusion")
    fill(page, "Ce qui a changé", "Rien, mais un an a passé.")
    press(page, "Signer cette version")
    assert [row["number"] for row in rows(Diagnosis, case_id=case)] == [1, 2]
    assert "À actualiser" not in text(page)


def test_restricted_blocks_of_a_signed_version_are_opened_with_a_reason(desk: Desk) -> None:
    case = a_transfer("diagnosis")
    grid = SURVEY["grid"] | {"functional": {"features": ["lift"]}, "safety": {"safe_contact": "Sa sœur"}}
    do("sign_diagnosis", case, "amina", "2026-01-26", grid=grid, need=NEED)
    page = desk.open("amina", "diagnosis", id=case)
    assert "à ouvrir avec un motif" in text(page)
    assert "Sa sœur" not in text(page)
    page.toggle[0].set_value(True).run()
    block(page, "Sécurité")
    assert "repris de la version précédente" in text(page)
    page.text_input[0].set_value("Préparer la nouvelle version")  # in a form: sent by its button
    press(page, "Lire ces données")
    assert [item.value for item in page.text_input if item.label == "Contact sûr"] == ["Sa sœur"]


def test_before_the_path_comes_to_it_and_for_who_may_not_read(desk: Desk) -> None:
    case = a_transfer()
    assert "Pas encore de diagnostic" in text(desk.open("amina", "diagnosis", id=case))
    assert "Aucun dossier à cette adresse" in text(desk.open("chloe", "diagnosis", id=case))
    sealed = a_transfer(protected=True)
    assert "Dossier protégé" in text(desk.open("farid", "diagnosis", id=sealed))


def test_the_case_leads_to_its_diagnosis(desk: Desk) -> None:
    page = desk.case("amina", a_transfer("diagnosis"))
    press(page, "Signer le diagnostic")
    assert "Ouvrir le diagnostic" in text(page)
