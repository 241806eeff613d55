"""« Comité technique », and obstacles and support on the case page, as people use them."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from db.tables.offer import Offer
from db.tables.support import Obstacle, SupportMeasure
from db.tables.technical import TechnicalItem, TechnicalSession
from tests.builders import NEED, SURVEY, a_rehousing, a_transfer, do
from tests.records import case, every, the
from tests.ui.test_case_pages import ENGLISH, Desk, drawn, fill, labels, press, text

DECEMBER, JUNE, CONSENT, DUE = date(2026, 12, 1), date(2027, 6, 1), date(2026, 11, 20), date(2026, 12, 15)
MEMBERS = ["lmh", "mel", "ccas-tourcoing"]


def choose(page: AppTest, reference: str, kind: str) -> AppTest:
    """An action of the menu, which AppTest cannot open: the browser test does."""
    page.session_state[f"_kept:open:{reference}:case"] = kind
    return drawn(page.run())


@pytest.fixture
def desk(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def a_committee(*references: str, opened: bool = True, **where: Any) -> str:
    plan = {"held_on": "2026-11-24", "place": "Hôtel de la MEL", "member_ids": MEMBERS} | where
    session = str(do("plan_technical", None, "gaelle", "2026-11-02", **plan).reference)
    for reference in references:
        submitted = {"session_id": session, "asked": "orientation", "question": "Vers quel parc ?"}
        do("submit_to_technical", reference, "amina", "2026-11-10", **submitted)
    if opened:
        do("open_technical", session, "gaelle", "2026-11-24", present_ids=["lmh", "mel"])
    return session


def test_the_committee_is_planned_opened_and_held_point_by_point(desk: Desk) -> None:
    empty = desk.open("gaelle", "technical_committee", on="2026-11-24")
    assert "Aucune séance n’est programmée" in text(empty)
    first, second = a_transfer(at="searching"), a_transfer(at="searching")
    session = a_committee(first, second, opened=False)
    shown = desk.open("gaelle", "technical_committee")
    assert "mardi 24 novembre 2026" in text(shown)
    assert "Hôtel de la MEL" in text(shown)
    shown = press(press(shown, "Ouvrir la séance"), "Commencer")
    assert the(TechnicalSession, id=session)["present_ids"] == MEMBERS
    assert "Point 1 sur 2 · 2 à examiner" in text(shown)
    assert "Clore le relevé" not in labels(shown)
    fill(shown, "Avis", "unfavourable")
    refused = press(shown, "Enregistrer et passer au suivant")
    assert "dites pourquoi l’avis est défavorable" in text(refused)
    fill(refused, "Motif (obligatoire si l’avis n’est pas favorable)", "Le T3 suffit.")
    shown = press(refused, "Enregistrer et passer au suivant")
    assert "Point 2 sur 2 · 1 à examiner" in text(shown)
    fill(shown, "Avis", "favourable")
    shown = press(shown, "Enregistrer et passer au suivant")
    shown = press(shown, "Clore le relevé")
    assert the(TechnicalSession, id=session)["state"] == "closed"
    assert "Télécharger le relevé à imprimer" in [item.proto.label for item in shown.get("download_button")]
    assert not ENGLISH.search(text(shown))
    assert [row["opinion"] for row in every(TechnicalItem)] == ["unfavourable", "favourable"]


def test_a_refusal_is_judged_on_screen(desk: Desk) -> None:
    reference = a_rehousing(at="offer_pending")
    do("refuse_offer", reference, "farid", "2026-04-03", reasons=["no_lift"], signed=True)
    offer = the(Offer, case_id=reference)["id"]
    session = a_committee(opened=False, landlord_id="lmh")
    submitted = {"session_id": session, "asked": "refusal", "offer_id": offer}
    do("submit_to_technical", reference, "farid", "2026-11-10", **submitted)
    do("open_technical", session, "denis", "2026-11-24", present_ids=["lmh"])
    shown = desk.open("denis", "technical_committee", on="2026-11-24")
    assert "étage sans ascenseur" in text(shown)
    fill(shown, "Le refus est", "legitimate")
    fill(shown, "Motif", "Le besoin est établi.")
    press(shown, "Enregistrer et passer au suivant")
    assert the(Offer, id=offer)["legitimacy"] == "legitimate"
    sits = desk.open("amina", "technical_committee")  # for a member body, of a case that is not its own
    assert "T4, vilogia" in text(sits)
    assert "étage sans ascenseur" not in text(sits)
    assert "Clore le relevé" not in labels(desk.open("elise", "technical_committee"))  # of another landlord
    page = text(desk.case("farid", reference))
    assert "Dire si un refus est légitime (offre 1)" in page
    assert "Refus légitime" in page


def test_who_sits_reads_the_question_without_the_name_and_nobody_else_does(desk: Desk) -> None:
    evidence = [{"kind": "complaint", "dated_on": "2026-01-02"}]
    hidden = a_transfer(at="searching", criteria=["violence"], evidence=evidence)
    plain = a_transfer(at="searching")
    a_committee(hidden, plain, member_ids=["vilogia", "mel"])
    sits = text(desk.open("elise", "technical_committee", on="2026-11-24", point="2"))
    assert "Vers quel parc ?" in sits
    assert "suivi par un autre service" in sits
    assert "Amrani" not in sits
    absent = text(desk.open("chloe", "technical_committee"))
    assert "2 points ne relèvent pas de vos dossiers" in absent
    assert plain not in absent
    secretary = text(desk.open("gaelle", "technical_committee", point="1"))
    assert "dossier protégé" in secretary
    point = secretary.split("Tout l’ordre du jour")[0].split("Point 1")[-1]
    assert "Tourcoing" not in point
    assert "Vers quel parc" not in point.split("Avis du comité")[0]


def test_an_obstacle_and_a_support_measure_from_the_case_page(desk: Desk) -> None:
    reference = a_transfer(at="searching")
    shown = desk.case("amina", reference, on="2026-11-24")
    shown = choose(shown, reference, "note_obstacle")
    fill(shown, "Frein", "digital")
    fill(shown, "Action prévue", "Atelier numérique du centre social")
    fill(shown, "Avant le", DUE)
    shown = press(shown, "Noter un frein")
    assert "Numérique" in text(shown)
    assert "Action sur un frein" in text(shown)  # its deadline
    shown = choose(shown, reference, "start_support")
    fill(shown, "Nature de l’accompagnement", "asll")
    fill(shown, "Organisme", "ccas-tourcoing")
    fill(shown, "Intervenant (nom, contact)", "Mme Leroy, 03 20 00 00 00")
    fill(shown, "À partir du", DECEMBER)
    refused = press(shown, "Mettre en place un accompagnement")
    assert "sans l’accord daté du ménage" in text(refused)
    assert every(SupportMeasure) == []
    fill(refused, "Accord du ménage recueilli le", CONSENT)
    shown = press(refused, "Mettre en place un accompagnement")
    row = the(SupportMeasure, case_id=reference)
    assert (row["started_on"], row["until"]) == (DECEMBER, JUNE)
    page = text(shown)
    assert "ASLL (FSL)" in page
    assert "accord du ménage le 20" in page
    assert not ENGLISH.search(page)
    assert case(reference)["state"] == "searching"
    without = text(desk.case("gaelle", reference))
    assert "ASLL" not in without, "support is social data"
    assert "Atelier" not in without


def test_who_moves_in_is_told_of_the_running_support(desk: Desk) -> None:
    reference = a_transfer(at="lease_signed")
    measure = {"kind": "asll", "body_id": "ccas-tourcoing", "worker": "Mme Leroy", "started_on": "2026-04-20"}
    do("start_support", reference, "amina", "2026-04-24", **measure, consented_on="2026-04-17")
    shown = press(desk.case("amina", reference, on="2026-05-04"), "Enregistrer l’emménagement")
    assert "Un accompagnement est en cours" in text(shown)
    assert "ASLL (FSL), ccas-tourcoing, jusqu’au 20" in text(shown)


def test_a_favourable_opinion_is_followed_in_one_click_and_a_wrong_one_corrected(desk: Desk) -> None:
    reference = a_transfer(at="diagnosed")
    session = a_committee(opened=False)
    do("submit_to_technical", reference, "amina", "2026-11-10", session_id=session, asked="need")
    do("open_technical", session, "gaelle", "2026-11-24", present_ids=["lmh"])
    item = the(TechnicalItem)["id"]
    do("record_opinion", session, "gaelle", "2026-11-24", item_id=item, opinion="favourable")
    shown = desk.open("gaelle", "technical_committee", on="2026-11-24")
    fill(shown, "Avis enregistré", str(item))
    fill(shown, "Ce qui avait été enregistré par erreur", "Un autre dossier.")
    shown = press(shown, "Annuler cet avis")
    assert "Avis favorable, annulé le" in text(shown)
    fill(shown, "Avis", "favourable")
    press(shown, "Enregistrer et passer au suivant")
    assert "Valider le besoin en un clic" not in labels(desk.case("gaelle", reference))
    page = desk.case("amina", reference)
    assert "Avis favorable, annulé le" in text(page)
    assert "est favorable à ce besoin" in text(page)
    press(page, "Valider le besoin en un clic")
    assert case(reference)["state"] == "need_validated"


def test_the_obstacles_of_the_signed_grid_are_all_followed_in_one_click(desk: Desk) -> None:
    reference = a_transfer(at="diagnosis")
    grid = SURVEY["grid"] | {"obstacles": ["digital", "arrears"]}
    do("sign_diagnosis", reference, "amina", "2026-01-26", grid=grid, need=NEED)
    assert "freins que personne ne suit encore" in text(desk.open("amina", "diagnosis", id=reference))
    assert "freins que personne" not in text(desk.case("gaelle", reference))  # social data
    page = desk.open("amina", "case_file", id=reference, action="follow_obstacles", on="2026-12-01")
    assert "Numérique, impayés de loyer." in text(page)
    press(page, "Suivre les freins du diagnostic", 0)
    followed = every(Obstacle, case_id=reference)
    assert [(row["kind"], row["owner_id"], row["due_on"]) for row in followed] == [
        ("digital", "amina", date(2026, 12, 31)),
        ("arrears", "amina", date(2026, 12, 31)),
    ]
    assert followed[1]["action"] == "Proposer un plan d’apurement au bailleur"
    assert "freins que personne" not in text(desk.case("amina", reference))
