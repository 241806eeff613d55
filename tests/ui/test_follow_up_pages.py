"""After the move on the pages: the calendar, the form that follows the answers, the promises, the survey."""

from datetime import date

import pytest

from tests.builders import FOLLOW_UP, a_rehousing, a_transfer, do
from tests.cases.examples import SURVEY_RIME
from tests.ui.test_case_pages import ENGLISH, Desk, fill, labels, press, text

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture
def desk(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def test_the_calendar_says_where_each_milestone_stands(desk: Desk) -> None:
    moved = a_transfer("follow_up")
    said = text(desk.case("amina", moved, on="2026-10-20")).replace("\u00a0", " ")
    assert "Contact à 1 mois Fenêtre du 20 mai 2026 au 19 juin 2026 En retard" in said
    assert "Visite à 6 mois Fenêtre du 20 oct. 2026 au 19 nov. 2026 À faire maintenant" in said
    assert "Enquête à 12 mois Fenêtre du 19 avr. 2027 au 19 mai 2027 À venir" in said
    do("record_follow_up", moved, "amina", "2026-10-21", milestone=6, held_on="2026-10-21", reached=False,
       channel="phone")  # fmt: skip
    again = text(desk.case("amina", moved, on="2026-10-22"))
    assert "Essai 1 sans réponse" in again
    assert "ménage non joint (téléphone)" in again


def test_the_form_asks_what_follows_from_the_answers(desk: Desk) -> None:
    moved = a_transfer("follow_up")
    page = press(desk.case("amina", moved, on="2026-11-04"), "Enregistrer un contact de suivi")
    assert "Loyer payé" not in str([item.label for item in page.radio])
    fill(page, "Ménage joint", "yes")
    assert "Loyer payé" in [item.label for item in page.radio]
    fill(page, "Conclusion", "new_difficulty")
    assert "Difficulté signalée à" in [item.label for item in page.selectbox]
    assert "Accompagnement prolongé jusqu’au" not in [item.label for item in page.date_input]
    fill(page, "Contact le", date(2026, 11, 4))
    refused = press(page, "Enregistrer un contact de suivi", 1)
    assert "il manque « Loyer payé »" in text(refused)


def test_what_a_bilan_leads_to_is_on_the_page(desk: Desk) -> None:
    moved = a_rehousing("follow_up")
    typed = FOLLOW_UP | {"outcome": "new_difficulty", "signal_to": "ccapex", "wants_to_move": True}
    typed |= {"relays_in_place": False, "relays_missing": ["school"], "adaptation": "awaited"}
    do("record_follow_up", moved, "farid", "2026-11-04", **typed)
    do("record_satisfaction", moved, "farid", "2026-12-01", **SURVEY_RIME)
    do("record_derogation", moved, "hugo", "2026-12-01", promise="balance", reason="Près de sa mère.",
       decided_on="2026-11-20")  # fmt: skip
    page = desk.case("farid", moved, on="2026-12-02")
    said = text(page).replace("\u00a0", " ")
    for words in (
        "Le ménage souhaite à nouveau déménager",
        "CCAPEX (prévention des expulsions)",
        "Réception à vérifier",
        "à trouver : école",
        "Questionnaire de satisfaction rempli à 6 mois",
        "Tourcoing est la première commune demandée.",
        "taux d’effort",
        "Dérogation du 20 nov. 2026, notée par Hugo : Près de sa mère.",
    ):
        assert words in said, words
    assert not ENGLISH.search(said), ENGLISH.search(said)
    assert "Ouvrir une nouvelle demande" in labels(page)
    common = text(desk.case("gaelle", moved))
    assert "Tourcoing est la première" not in common
    assert "Près de sa mère" not in common


def test_one_promise_opens_on_its_rehousings(desk: Desk) -> None:
    moved = a_rehousing("moved_in")
    page = desk.open("farid", "charter", promesse="means", on="2026-12-02")
    said = text(page)
    assert moved in said
    assert "n’a pas été lue" in said
    chosen = page.get("button_group")[-1]
    assert [option.content for option in chosen.proto.options] == [
        "Tous",
        "Tenue",
        "Non tenue",
        "Non vérifiable",
    ]


def test_the_questionnaire_is_read_in_aggregate_only(desk: Desk) -> None:
    for _ in range(2):
        moved = a_rehousing("follow_up")
        do("record_satisfaction", moved, "farid", "2026-12-01", **SURVEY_RIME)
    said = text(desk.open("karim", "charter", on="2026-12-02"))
    assert "Ce que disent les ménages" in said
    assert "trop peu de réponses" in said
    assert "100\u00a0%" not in said.split("Ce que disent les ménages")[1]


def test_a_contact_is_not_asked_before_its_window_opens(desk: Desk) -> None:
    moved = a_transfer("follow_up")
    page = desk.case("amina", moved, on="2026-05-12")
    assert "Enregistrer un contact de suivi" not in labels(page)
    said = text(page).replace("\u00a0", " ")
    assert "Le bilan à 1 mois se fait à partir du 20 mai 2026." in said
    assert "Enregistrer un contact de suivi" in labels(desk.case("amina", moved, on="2026-05-20"))
