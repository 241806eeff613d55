"""Escalations in depth on screen: a proposal becomes a draft, opinions, corrections, the anonymised sheet."""

from streamlit.testing.v1 import AppTest

from tests.cases.ici_world import NIGHT, SEPTEMBER, at
from tests.ui.test_ici_page import Desk, desk, drawn, labels, press, shown
from ui_streamlit.navigation import FOLDER

__all__ = ["desk"]  # the fixture
JULY = "2026-07-01T10:00:00+02:00"


def test_a_proposal_opens_a_draft_that_is_filed(desk: Desk) -> None:
    cases = [desk.world.a_case(name=f"Martin{rank}") for rank in range(5)]
    for case in cases:
        desk.world.do("sylvie", "open_blockage", case, theme="typology_lacking")
    page = desk.open("camille", seance=SEPTEMBER, volet="appel")
    assert "5 dossiers bloqués : typologie manquante Roubaix" in shown(page)
    assert "à partir de 5 dossiers (à valider)" in shown(page)
    page = desk.open("camille", volet="remontee", proposition="A.typology_lacking.59512")
    assert page.multiselect[0].value == cases
    assert page.text_input[2].value == "Typologie manquante – Roubaix – 5 dossiers"
    assert page.text_area[0].value.startswith("5 recherches auprès de 1 bailleur (VILOGIA 5)")
    page.multiselect[0].set_value(cases[:4])
    page.text_area[1].set_value("Un T5 par bailleur d’ici mars.")
    page = press(page, "Déposer la remontée")
    assert desk.world.escalation("E-26-0001")["state"] == "on_time"
    assert len(desk.world.courses("E-26-0001")) == 4
    gone = desk.open("camille", volet="remontee", proposition="A.arrears.59512")
    assert "Cette proposition n’a plus d’objet" in shown(gone)


def test_an_opinion_is_given_from_the_day_and_what_is_late_shows_on_the_card(desk: Desk) -> None:
    item = desk.world.filed()
    asked = {"question": "Un T5 se libère-t-il ?", "due_on": "2026-07-12"}
    for body in ("3f", "lmh"):
        desk.world.do(
            "marc", "ask_item_opinion", item, when="2026-07-10T11:00:00+02:00", body_id=body, **asked
        )
    desk.instant = at(NIGHT)
    page = day_of(desk, "adele")
    assert "Votre avis est demandé sur une remontée" in shown(page)
    assert "Un T5 se libère-t-il ?" in shown(page)
    page.selectbox[0].set_value("reserved")
    page.text_area[0].set_value("Avec un garant.")
    press(page, "Envoyer l’avis")
    card = shown(desk.open("marc", seance=SEPTEMBER, volet="appel"))
    assert (
        "3F Favorable sous réserve, le jeudi 16 juillet 2026 Un T5 se libère-t-il ? « Avec un garant. »"
        in card
    )
    assert "LMH en retard de 4 jours" in card
    assert "Demander un avis sur la remontée" in labels(page_of(desk))


def day_of(desk: Desk, who: str) -> AppTest:
    desk.sign_in(who)
    return drawn(AppTest.from_file(str(FOLDER / "my_day.py"), default_timeout=30).run())


def page_of(desk: Desk) -> AppTest:
    return desk.open("marc", seance=SEPTEMBER, volet="appel")


def test_a_sheet_is_held_back_corrected_then_given(desk: Desk) -> None:
    case = desk.world.a_case(name="Vandenbroucke")
    item = desk.world.an_escalation(case, tried="La famille VANDEN BROUCKE, 3 r. des Tilleuls.")
    desk.world.do("sylvie", "submit_escalation", item, when=JULY, session_id=SEPTEMBER)
    page = press(desk.open("sylvie", when=JULY, seance=SEPTEMBER, volet="appel"), "Tirer la fiche anonymisée")
    read = shown(page)
    assert "La fiche n’est pas remise : elle désigne un ménage" in read
    assert f"Ce qui a été tenté : un nom de famille ({case}), « VANDEN BROUCKE »." in read
    assert f"Ce qui a été tenté : une adresse ({case}), « 3 r. des Tilleuls »." in read
    assert "Télécharger la fiche à imprimer" not in str(page.main)
    page = press(page, "Corriger la remontée")
    page.text_area[0].set_value("Trois bailleurs interrogés, sans suite.")
    button = [one for one in page.button if one.label == "Corriger la remontée"][-1]
    page = press(drawn(button.click().run()), "Tirer la fiche anonymisée")
    assert "La fiche ne désigne personne" in shown(page)
    assert "Télécharger la fiche à imprimer" in str(page.main)


def test_who_joined_and_left_is_read_with_why_by_those_who_follow(desk: Desk) -> None:
    first, second = desk.world.a_case(), desk.world.a_case(name="Durand")
    item = desk.world.filed(first)
    why = {"when": "2026-07-10T11:00:00+02:00"}
    desk.world.do("sylvie", "join_case", item, case_id=second, reason="Même blocage.", **why)
    desk.world.do("sylvie", "leave_escalation", item, case_id=first, reason="Un T5 est accepté.", **why)
    read = shown(desk.open("camille", seance=SEPTEMBER, volet="appel"))
    assert f"{first} retiré le 10 juil. 2026 : Un T5 est accepté." in read
    assert f"{second} ajouté le 10 juil. 2026 : Même blocage." in read
