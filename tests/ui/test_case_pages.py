"""The pages « Dossier » and « Nouveau signalement »: as each role draws them, and what clicks change."""

import hashlib
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

import ui_streamlit
from cases import clock
from cases.machines import MACHINES
from cases.registry import COMMANDS
from db.engine import reading, transaction
from db.queries.case_story import TOLD, StoryLine
from db.rows import find, insert
from db.tables.case import Blockage, CaseFile
from db.tables.people import ReadLog, SignIn
from tests.builders import (
    BRANCHES,
    NEED,
    PEOPLE,
    REHOUSING,
    SURVEY,
    TRANSFER,
    a_house,
    a_rehousing,
    a_transfer,
    an_operation,
    do,
    instant,
)
from tests.ici_builders import an_escalation
from ui_streamlit.case_parts.action_groups import GROUPS
from ui_streamlit.case_parts.story import SENTENCES, detail
from ui_streamlit.cookie import COOKIE
from ui_streamlit.form_fields import fields_of

PAGES = Path(ui_streamlit.__file__).parent / "app_pages"
UNTIL = instant("2099-01-01")
ENGLISH = re.compile(r"\b(searching|pending|referred|follow_up|None|True|False|waiting|admitted|arrears)\b")


class Desk:
    """Somebody in front of a page, on a day."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        a_house()
        self.instant = instant("2026-12-01")
        self.jar: dict[str, str] = {}
        monkeypatch.setattr(clock, "now", lambda: self.instant)
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: self.jar))
        with transaction() as connection:
            for who in PEOPLE:
                digest = hashlib.sha256(who.encode()).hexdigest()
                insert(connection, SignIn, token_digest=digest, account_id=who, expires_at=UNTIL)

    def open(self, who: str, page: str, *, on: str = "", **asked: str) -> AppTest:
        self.instant = instant(on) if on else self.instant
        self.jar[COOKIE] = who
        shown = AppTest.from_file(str(PAGES / f"{page}.py"), default_timeout=30)
        for name, value in asked.items():
            shown.query_params[name] = value
        return drawn(shown.run())

    def case(self, who: str, case: str, *, on: str = "") -> AppTest:
        return self.open(who, "case_file", on=on, id=case)


@pytest.fixture
def desk(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def drawn(page: AppTest) -> AppTest:
    assert not page.exception, page.exception
    return page


def text(page: AppTest) -> str:
    """What is read on the page, without its markup."""
    bodies = " ".join(str(element.proto.body) for element in page.get("html"))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bodies))


def labels(page: AppTest) -> list[str]:
    menus = [option for menu in page.get("menu_button") for option in menu.proto.options]
    return [button.label for button in page.button] + [str(option).rpartition(" · ")[2] for option in menus]


def press(page: AppTest, label: str, rank: int = 0) -> AppTest:
    return drawn([item for item in page.button if item.label == label][rank].click().run())


def fill(page: AppTest, label: str, value: Any, rank: int = 0) -> None:
    kinds = ("text_input", "text_area", "selectbox", "multiselect", "radio", "checkbox", "date_input")
    widgets: list[Any] = [item for kind in kinds for item in page.get(kind)]
    found = [item for item in widgets if item.label in (label, f"{label} *")]
    drawn(found[rank].set_value(value).run())


def rows(model: Any, **by: Any) -> list[dict[str, Any]]:
    with reading() as connection:
        return find(connection, model, **by)


# Every state, every role ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "state", [*dict.fromkeys(hop.state for hop in TRANSFER), "incomplete", "not_admissible"]
)
def test_a_transfer_in_every_state(desk: Desk, state: str) -> None:
    page = desk.case("amina", a_transfer(state))
    said = text(page)
    assert "Amrani Aïcha" in said
    assert MACHINES["transfer"].states[state] in said
    assert not ENGLISH.search(said), ENGLISH.search(said)


@pytest.mark.parametrize("state", [*dict.fromkeys(hop.state for hop in REHOUSING), "temporarily_housed"])
def test_a_rehousing_in_every_state(desk: Desk, state: str) -> None:
    page = desk.case("farid", a_rehousing(state))
    said = text(page)
    assert MACHINES["rehousing"].states[state] in said
    assert "Barre 3" in said
    assert not ENGLISH.search(said), ENGLISH.search(said)


def test_every_state_has_its_test() -> None:
    reached = {"referred", "identified", *BRANCHES}
    reached |= {hop.state for hop in (*TRANSFER, *REHOUSING)}
    assert reached == set(MACHINES["transfer"].states) | set(MACHINES["rehousing"].states)


@pytest.mark.parametrize(
    ("who", "opens"),
    [
        ("amina", True), ("bruno", True), ("farid", True), ("gaelle", True), ("hugo", True),
        ("chloe", False), ("elise", False), ("milo", False), ("ines", False), ("jules", False),
        ("karim", False), ("lea", False),
    ],
)  # fmt: skip
def test_each_role_on_somebody_s_case(desk: Desk, who: str, opens: bool) -> None:
    said = text(desk.case(who, a_transfer("searching")))
    assert ("Amrani Aïcha" in said) is opens
    assert ("Aucun dossier à cette adresse" in said) is not opens


def test_the_secretariat_sees_no_social_data(desk: Desk) -> None:
    case = a_transfer("searching", phone="06 11 22 33 44", circumstances="Voisinage difficile.")
    do("add_note", case, "amina", "2026-02-02", text="Le fils est parti.")
    said = text(desk.case("gaelle", case))
    for secret in ("06 11 22 33 44", "Voisinage", "Le fils", "rue de l’Exemple", "Noé", "1 200"):
        assert secret not in said
    assert "Note ajoutée" in said
    assert "Santé et sécurité" not in said


def test_a_protected_case_tells_nothing_but_that(desk: Desk) -> None:
    case = a_transfer(criteria=["violence"], evidence=[{"kind": "complaint", "dated_on": "2025-12-01"}])
    for who in ("gaelle", "farid"):
        page = desk.case(who, case)
        said = text(page)
        assert "Ce dossier est protégé" in said
        for secret in ("Amrani", "Tourcoing", "lmh", "Exemple", "Signalé"):
            assert secret not in said
        assert page.button == []
    assert "Amrani Aïcha" in text(desk.case("amina", case))


def test_no_reference_and_unknown_reference(desk: Desk) -> None:
    assert "Choisissez un dossier" in text(desk.open("amina", "case_file"))
    assert "Aucun dossier à cette adresse" in text(desk.case("amina", "M-99-00001"))
    said = text(desk.case("amina", "<script>alert(1)</script>"))
    assert "Aucun dossier" in said
    assert "alert" not in said or "&lt;SCRIPT" in said.upper()


# What is shown --------------------------------------------------------------------------------------


def test_the_head_says_who_has_the_ball_and_until_when(desk: Desk) -> None:
    case = a_transfer("diagnosis")
    said = text(desk.case("amina", case, on="2026-01-20"))
    assert "La balle est chez Amina" in said
    assert "diagnostic social à rendre" in said
    said = text(desk.case("amina", case, on="2026-06-20"))
    assert "En retard" in said
    pending = a_transfer("offer_pending")
    assert "La balle est chez le ménage" in text(desk.case("amina", pending, on="2026-04-02"))


def test_an_unowned_case_waits_for_somebody(desk: Desk) -> None:
    case = a_transfer(who="jules", service_id="ccas-tourcoing")
    page = desk.case("bruno", case, on="2026-01-13")
    assert "ce dossier attend un responsable" in text(page)
    assert "Prendre le dossier" in labels(page)


def test_deadlines_say_why(desk: Desk) -> None:
    said = text(desk.case("amina", a_transfer(), on="2026-01-13"))
    assert "Réponse sur la recevabilité" in said
    assert "Pourquoi cette date ?" in said
    assert "Signalé le 12/01/2026" in said


def test_a_counted_refusal_shows_each_test(desk: Desk) -> None:
    case = a_rehousing("offer_pending")
    do("refuse_offer", case, "farid", "2026-04-03", reasons=["location"], signed=True)
    said = text(desk.case("farid", case))
    assert "Refus comptés : 1 / 3" in said
    assert "Compte parmi les trois" in said
    assert "Distance légale" in said
    assert "détail à ouvrir avec un motif (santé)" in said


def test_the_ici_course_is_on_the_page(desk: Desk) -> None:
    case = a_transfer("searching")
    an_escalation("decided", case=case)
    said = text(desk.case("amina", case))
    for words in (
        "Parcours ICI",
        "Dans les délais",
        "Proposer un T4.",
        "Qui doit agir",
        "vilogia",
        "Attendue",
    ):
        assert words in said


def test_what_cannot_be_done_says_why(desk: Desk) -> None:
    page = desk.case("amina", a_transfer("searching"))
    said = text(page)
    assert "Pourquoi pas ?" in said
    assert "Aucun blocage n’est ouvert." in said
    assert "Ce dossier est déjà suivi par Amina" in said
    assert "Lever un blocage" not in labels(page)
    assert re.search(r"Pourquoi pas \? \d+ actions pas encore possibles Recherche \d", said)


def test_every_action_of_a_case_beside_its_path_is_read_in_a_group_of_its_meaning() -> None:
    from cases.registry import COMMANDS  # noqa: PLC0415

    grouped = [kind for kinds in GROUPS.values() for kind in kinds]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= set(COMMANDS)
    beside = {name for name, one in COMMANDS.items() if one.about == "case" and not one.moves}
    assert beside <= set(grouped)


def test_a_page_loaded_again_shows_the_form_that_was_open_with_what_was_typed(desk: Desk) -> None:
    case = a_transfer("searching")
    page = press(desk.case("amina", case), "Ajouter une note")
    assert page.query_params["action"] == "add_note"
    fill(page, "Note (des faits, pas de jugement)", "Rappeler jeudi.")
    again = desk.open("amina", "case_file", id=case, action="add_note")
    assert [box.value for box in again.text_area] == ["Rappeler jeudi."]
    press(again, "Fermer")
    assert "action" not in again.query_params
    assert not desk.open("amina", "case_file", id=case, action="reopen").text_area  # not possible now


def test_the_story_is_told_in_french_for_every_command_about_a_case() -> None:
    about = {name for name, handler in COMMANDS.items() if handler.about in {"case", "escalation"}}
    special = {"assign_case", "add_reader", "remove_reader", "validate_third_refusal"}
    assert about <= set(SENTENCES) | special


def test_the_story_gives_no_code_for_words() -> None:
    for kind, names in TOLD.items():
        coded = [field for field in fields_of(COMMANDS[kind].data) if field.name in names and field.choices]
        for field in coded:
            told = {field.name: next(iter(field.choices))}
            line = StoryLine(1, kind, instant("2026-12-01"), date(2026, 12, 1), "Amina", False, None, told)
            assert detail(line) not in field.choices, (kind, field.name)


# Clicks ---------------------------------------------------------------------------------------------


def test_a_blockage_is_opened_in_place(desk: Desk) -> None:
    case = a_transfer("searching")
    page = press(desk.case("amina", case), "Signaler un blocage")
    assert "Des faits, pas de jugement" in text(page)
    fill(page, "Ce qui bloque", "arrears")
    page = press(page, "Signaler un blocage", 1)
    assert [row["theme"] for row in rows(Blockage, case_id=case)] == ["arrears"]
    assert "Bloqué" in text(page)
    assert "Fermer" not in labels(page)


def test_a_form_may_be_closed_again(desk: Desk) -> None:
    page = press(desk.case("amina", a_transfer("searching")), "Ajouter une note")
    assert "Fermer" in labels(page)
    assert "Fermer" not in labels(press(page, "Fermer"))


def test_sensitive_fields_are_read_with_a_reason_that_is_kept(desk: Desk) -> None:
    case = a_transfer("diagnosis", safe_contact="Sa sœur")
    need = NEED | {"features": ["wheelchair"]}
    do("sign_diagnosis", case, "amina", "2026-01-26", **(SURVEY | {"need": need}))
    page = desk.case("amina", case)
    assert "Accessible en fauteuil" not in text(page)
    assert "Sa sœur" not in text(page)
    refused = press(page, "Lire ces données")
    assert "Indiquez votre motif" in text(refused)
    assert rows(ReadLog, case_id=case) == []
    page.text_input[0].set_value("Préparer une visite.")  # in a form: sent by its button
    page = press(page, "Lire ces données")
    assert "Accessible en fauteuil" in text(page)
    assert "Sa sœur" in text(page)
    logged = sorted(
        (row["field_class"], row["account_id"], row["reason"]) for row in rows(ReadLog, case_id=case)
    )
    assert logged == [
        ("health_functional", "amina", "Préparer une visite."),
        ("safety", "amina", "Préparer une visite."),
    ]


def test_a_sheet_is_not_revised_blindly(desk: Desk) -> None:
    page = press(desk.case("amina", a_transfer("searching")), "Réviser la fiche besoin")
    assert "ouvrez-les d’abord" in text(page)


def test_a_colleague_acted_in_between(desk: Desk) -> None:
    case = a_transfer("searching")
    page = press(desk.case("amina", case), "Signaler un blocage")
    fill(page, "Ce qui bloque", "arrears")
    do("add_note", case, "bruno", "2026-11-30", text="Appel reçu.")
    drawn(page.run())
    press(page, "Signaler un blocage", 1)
    assert len(rows(Blockage, case_id=case)) == 1  # the page was drawn again since: nothing was hidden


# Nouveau signalement --------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["amina", "farid", "gaelle", "jules"])
def test_who_may_refer_has_the_form(desk: Desk, who: str) -> None:
    page = desk.open(who, "new_case")
    assert "Composition du ménage" in text(page)
    assert "Enregistrer le signalement" in labels(page)


@pytest.mark.parametrize("who", ["milo", "ines", "karim", "lea", "hugo"])
def test_who_may_not_is_told(desk: Desk, who: str) -> None:
    assert "Votre rôle n’ouvre pas de dossier" in text(desk.open(who, "new_case"))


def _household(page: AppTest) -> None:
    fill(page, "Prénom", "Aïcha")
    fill(page, "Nom", "Amrani")
    fill(page, "Date de naissance", date(1985, 3, 2))
    fill(page, "Bailleur actuel", "lmh")
    fill(page, "Commune", "59599")
    fill(page, "Adresse", "3 rue X")
    fill(page, "Typologie (T)", "3")
    fill(page, "Pièces habitables (hors cuisine)", "3")
    fill(page, "Surface habitable (m²)", "62")


def test_a_transfer_is_referred_and_its_reference_given(desk: Desk) -> None:
    page = desk.open("amina", "new_case")
    assert "Lecteurs nommés" not in [item.label for item in page.multiselect]
    fill(page, "Situations", ["over_occupation", "violence"])
    assert "Lecteurs nommés" in [item.label for item in page.multiselect]
    _household(page)
    page = press(page, "Enregistrer le signalement")
    (case,) = rows(CaseFile)
    assert case["protected"]
    assert case["id"] in text(page)
    again = press(page, "Faire un autre signalement")
    assert "Composition du ménage" in text(again)


def test_an_officer_lists_a_household_of_its_building(desk: Desk) -> None:
    site = an_operation()
    page = desk.open("farid", "new_case")
    kinds: Any = page.get("button_group")[0]
    drawn(kinds.set_value("identify_household").run())
    fill(page, "Bâtiment", site.building)
    _household(page)
    press(page, "Enregistrer le signalement")
    (case,) = rows(CaseFile)
    assert (case["kind"], case["building_id"], case["body_id"]) == ("rehousing", site.building, "lmh")
