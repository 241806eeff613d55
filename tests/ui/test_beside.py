"""Beside the path, on the pages: what each role is shown, what is asked of it, and nothing more."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from cases import desk as desk_writes
from db.rows import Row
from db.tables.beside import Approval
from db.tables.case import CaseFile
from tests.builders import a_transfer, do, instant
from tests.records import the
from tests.ui.test_case_pages import Desk, desk, drawn, labels, text

__all__ = ["desk"]
DAY = "2026-12-01"


def press(page: AppTest, label: str) -> AppTest:
    found = [button for button in page.button if button.label.startswith(label)]
    assert found, labels(page)
    return drawn(found[-1].click().run())


def case(reference: str) -> Row:
    return the(CaseFile, id=reference)


def test_the_last_step_is_taken_back_from_the_page(desk: Desk) -> None:
    reference = a_transfer(at="searching")
    do("open_blockage", reference, "amina", DAY, theme="arrears")
    page = desk.case("amina", reference, on="2026-12-01T09:02:30+01:00")
    assert "Annuler (7 min)" in labels(page)
    press(page, "Annuler (")
    assert case(reference)["open_blockages"] == 0
    again = desk.case("amina", reference)
    assert not [label for label in labels(again) if label.startswith("Annuler (")]
    assert "« Signaler un blocage » annulé par son auteur." in text(again)
    assert not [label for label in labels(desk.case("bruno", reference)) if label.startswith("Annuler (")]


def test_what_falls_is_said_before_closing(desk: Desk) -> None:
    reference = a_transfer(at="offer_pending")
    do("open_blockage", reference, "amina", "2026-04-02", theme="arrears")
    do("ask_opinion", reference, "amina", "2026-04-02", body_id="vilogia", question="Un T4 ?")
    do("suspend_case", reference, "amina", "2026-04-02", reason="household_asks", until="2026-06-01")
    page = desk.case("amina", reference, on="2026-04-03")
    assert "Suspendu jusqu’au 1er juin 2026" in text(page)
    page.session_state[f"_kept:open:{reference}:case"] = "close_early"
    said = text(drawn(page.run()))
    for sentence in (
        "en attente de réponse, sera annulée et ne comptera jamais.",
        "L’avis demandé à vilogia n’aura plus d’objet.",
        "1 blocage ouvert sera levé.",
        "La suspension prendra fin.",
    ):
        assert sentence in said


def test_an_opinion_is_given_by_who_cannot_open_the_case(desk: Desk) -> None:
    reference = a_transfer(at="searching")
    do("ask_opinion", reference, "amina", "2026-11-30", body_id="vilogia", question="Un T4 se libère ?")
    page = desk.open("milo", "my_day", on=DAY)
    said = text(page)
    assert "Votre avis est demandé" in said
    assert "Un T4 se libère ?" in said
    assert "Amrani" not in said
    assert "Tourcoing" not in said
    assert "Votre avis est demandé" not in text(desk.open("jules", "my_day"))


def test_two_people_for_one_action(desk: Desk) -> None:
    """Amina asks, Bruno finds it in his day, reads what it would do, and does it."""
    four: dict[str, Any] = {"key": "four_eyes_commands", "value": ["close_early"], "source": "Décision."}
    do("change_setting", None, "lea", "2026-01-02", valid_from="2026-01-02", **four)
    reference = a_transfer(at="searching")
    page = desk.case("amina", reference, on=DAY)
    page.session_state[f"_kept:open:{reference}:case"] = "close_early"
    page = drawn(page.run())
    reason = next(box for box in page.selectbox if box.label == "Motif *")
    page = drawn(reason.select("moved_out_of_mel").run())
    message = next(box for box in page.text_area if box.label == "Message à la seconde personne")
    page = drawn(message.input("Le ménage l’a écrit.").run())
    press(page, "Demander l’accord")
    assert the(Approval, case_id=reference)["why"] == "Le ménage l’a écrit."
    assert the(Approval, case_id=reference)["content"] == {"reason": "moved_out_of_mel"}
    assert case(reference)["state"] == "searching"

    assert "Clore avant le terme" in text(desk.open("bruno", "my_day"))
    second = desk.case("bruno", reference)
    second.session_state[f"_kept:open:{reference}:case"] = "approve_command"
    second = drawn(second.run())
    assert "Parti hors de la MEL" in text(second)
    assert "Le ménage l’a écrit." in text(second)
    press(second, "Donner mon accord")
    assert case(reference)["state"] == "closed"
    assert "Avec l’accord de Bruno." in text(desk.case("bruno", reference))


@pytest.mark.parametrize("who", ["amina", "bruno", "gaelle"])
def test_notes_and_documents_are_shown_to_whom_they_are_for(desk: Desk, who: str) -> None:
    reference = a_transfer()
    do("add_note", reference, "amina", "2026-11-30", text="Pour moi.", readers="me")
    do("add_note", reference, "amina", "2026-11-30", text="Pour le service.", readers="service")
    paper = {"name": "certificat.pdf", "content": "JVBERi0xLjQ="}
    do("attach_document", reference, "amina", "2026-11-30", type="medical", **paper)
    said = text(desk.case(who, reference, on=DAY))
    assert ("Pour moi." in said) is (who == "amina")
    assert ("Pour le service." in said) is (who != "gaelle")
    assert "certificat.pdf" not in said
    assert "Document réservé" in said


def test_a_supervisor_reopens_from_the_page(desk: Desk) -> None:
    """The holder is told that it is for the lead; Bruno, who leads, does it."""
    reference = a_transfer(at="searching")
    do("close_early", reference, "amina", "2026-02-10", reason="withdrawn_by_household")
    assert "Rouvrir" not in labels(desk.case("amina", reference, on=DAY))
    page = desk.case("bruno", reference)
    assert "Rouvrir" in labels(page)
    page.session_state[f"_kept:open:{reference}:case"] = "reopen"
    page = drawn(page.run())
    box = next(one for one in [*page.text_area, *page.text_input] if one.label.startswith("Motif"))
    press(drawn(box.input("Le ménage revient.").run()), "Rouvrir")
    assert case(reference)["state"] == "searching"


def test_who_read_restricted_data_is_found_from_both_files_of_a_merge(desk: Desk) -> None:
    kept, other = a_transfer(at="searching"), a_transfer(at="referred")
    when = instant(DAY)
    desk_writes.log_read("amina", other, "safety", "Avant la visite", now=when)
    desk_writes.log_read("bruno", kept, "health_functional", "Étage demandé", now=when)
    assert "Avant la visite" not in text(desk.case("amina", kept, on=DAY))
    do("merge_cases", kept, "amina", DAY, duplicate_id=other)
    for reference, elsewhere in ((kept, other), (other, kept)):
        said = text(desk.case("amina", reference))
        assert "Avant la visite" in said
        assert "Étage demandé" in said
        assert f"dans {elsewhere}" in said
    assert "Avant la visite" not in text(desk.case("gaelle", kept))  # reads no restricted data
