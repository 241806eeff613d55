"""The ICI page as each role draws it, and the clicks that change something (AppTest; the cookie is ours)."""

import hashlib
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

import ui_streamlit
from cases import clock
from db import rows
from db.engine import transaction
from db.tables.people import SignIn
from tests.cases.ici_world import ACTORS, HELD, MARCH, NIGHT, SEPTEMBER, World, at
from ui_streamlit.cookie import COOKIE

PAGE = Path(ui_streamlit.__file__).parent / "app_pages" / "ici_session.py"
TABS = ("appel", "ordre", "seance", "suites", "remontee")


class Desk:
    """Somebody in front of the page, on a day."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = World()
        self.world.sessions()
        self.instant = at("2026-07-01T10:00:00+02:00")
        self.jar: dict[str, str] = {}
        monkeypatch.setattr(clock, "now", lambda: self.instant)
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: self.jar))

    def sign_in(self, who: str) -> None:
        digest = hashlib.sha256(who.encode()).hexdigest()
        with transaction() as connection:
            if rows.get(connection, SignIn, token_digest=digest) is None:
                until = datetime.fromisoformat("2099-01-01T00:00:00+00:00")
                rows.insert(connection, SignIn, token_digest=digest, account_id=who, expires_at=until)
        self.jar[COOKIE] = who

    def open(self, who: str, *, when: str = "", **asked: str) -> AppTest:
        self.instant = at(when) if when else self.instant
        self.sign_in(who)
        page = AppTest.from_file(str(PAGE), default_timeout=30)
        page.query_params.update(asked)
        return drawn(page.run())


@pytest.fixture
def desk(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def drawn(page: AppTest) -> AppTest:
    assert not page.exception, page.exception
    return page


def shown(page: AppTest) -> str:
    """What a person reads, without tags."""
    bodies = " ".join(str(element.proto.body) for element in page.get("html"))
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", bodies, flags=re.S)).replace(
        "\u00a0", " "
    )


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def press(page: AppTest, label: str) -> AppTest:
    return drawn(next(button for button in page.button if button.label == label).click().run())


@pytest.mark.parametrize("who", list(ACTORS))
def test_every_role_opens_every_tab(desk: Desk, who: str) -> None:
    case = desk.world.a_case(name="Vandenbroucke", protected=True)
    desk.world.decided("vilogia", escalation=desk.world.filed(case))
    for tab in TABS:
        read = shown(desk.open(who, when=HELD, seance=SEPTEMBER, volet=tab))
        assert "Séance du mardi 15 septembre 2026" in read, tab
        limit = "jusqu’au mercredi 15 juillet 2026 à 23:59:59"
        assert (limit in read) is (tab != "seance" or who == "olga"), tab
        assert "Vandenbroucke" not in read, tab


def test_without_an_address_the_next_session_opens_where_its_work_is(desk: Desk) -> None:
    assert "Séance du mardi 15 septembre 2026" in shown(desk.open("camille"))
    later = shown(desk.open("camille", when="2026-10-01T10:00:00+02:00", seance="inconnue"))
    assert "Séance du mardi 16 mars 2027" in later


def test_no_session_at_all_is_said_kindly(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(World, "sessions", lambda _: None)
    page = Desk(monkeypatch).open("camille")
    assert "Aucune séance n’est programmée" in shown(page)


def test_what_cannot_be_done_yet_says_why(desk: Desk) -> None:
    page = desk.open("camille", seance=SEPTEMBER)
    assert "Déplacer la séance" in labels(page)
    assert "Arrêter la liste" not in labels(page)
    assert "la liste s’arrête le lendemain à 0 h" in shown(page)


def test_the_list_stops_in_one_click_once_the_limit_has_passed(desk: Desk) -> None:
    desk.world.filed()
    page = press(desk.open("camille", when=NIGHT, seance=SEPTEMBER), "Arrêter la liste")
    assert desk.world.session(SEPTEMBER)["state"] == "call_closed"
    assert "La balle est chez les co-pilotes" in shown(page)
    frozen = shown(desk.open("camille", seance=SEPTEMBER, volet="liste"))
    assert desk.world.lists(SEPTEMBER)[0]["digest"] in frozen
    assert desk.world.lists(SEPTEMBER)[0]["journal_head"] in frozen


def test_a_late_item_says_why_and_where_it_went(desk: Desk) -> None:
    desk.world.filed(when="2026-07-16T09:12:00+02:00")
    read = shown(desk.open("sylvie", when=NIGHT, seance=SEPTEMBER, volet="appel"))
    assert "Hors délai pour la séance du mardi 15 septembre 2026" in read
    assert "la limite était le 15 juil. 2026 à 23:59:59" in read
    assert "Reportée à la séance du mardi 16 mars 2027" in read


def test_everything_ready_goes_on_the_agenda_in_one_click(desk: Desk) -> None:
    items = [desk.world.filed(), desk.world.filed()]
    desk.world.do("camille", "close_call", SEPTEMBER, when=NIGHT)
    for item in items:
        desk.world.do(
            "marc", "objectify", item, when=NIGHT, objectification="Constat.", proposal="Un T5.", minutes=50
        )
    page = press(
        desk.open("marc", when=NIGHT, seance=SEPTEMBER, volet="ordre"), "Inscrire tout le recevable (2)"
    )
    assert [desk.world.escalation(item)["rank"] for item in items] == [1, 2]
    assert "100 minutes prévues sur 90 : 10 minutes de trop" in shown(page)


def test_decisions_follow_one_another(desk: Desk) -> None:
    first, second = desk.world.filed(), desk.world.filed()
    desk.world.held(first, second)
    page = desk.open("camille", when=HELD, seance=SEPTEMBER, volet="seance")
    assert "Point 1 sur 2 · 2 restent à traiter" in shown(page)
    page = press(page, "Enregistrer et passer au suivant")
    assert "Indiquez l’organisme qui doit proposer" in shown(page)
    page.selectbox[0].set_value("vilogia").run()
    page = press(page, "Enregistrer et passer au suivant")
    assert "Point 2 sur 2 · 1 reste à traiter" in shown(page)
    (owed,) = desk.world.obligations(first)
    assert (owed["body_id"], str(owed["due_on"])) == ("vilogia", "2027-03-16")
    page = press(page, "Reporter le point")
    assert desk.world.escalation(second)["session_id"] == MARCH
    assert "tout est traité" in shown(page)


def test_before_the_session_nothing_is_decided_and_the_chair_only_reads(desk: Desk) -> None:
    item = desk.world.filed()
    desk.world.do("camille", "close_call", SEPTEMBER, when=NIGHT)
    desk.world.on_agenda(item)
    asked = {"seance": SEPTEMBER, "volet": "seance"}
    assert "La séance n’est pas ouverte" in shown(desk.open("camille", when=NIGHT, **asked))
    page = desk.open("paule", when=NIGHT, **asked)
    assert labels(page) == []
    assert "M-26-" not in shown(page)


def test_what_keeps_the_session_from_closing_is_named(desk: Desk) -> None:
    item = desk.world.filed()
    desk.world.held(item)
    read = shown(desk.open("camille", when=HELD, seance=SEPTEMBER, volet="suites"))
    assert f"{item}, « T5 introuvables » : ni décision ni report." in read


def test_an_escalation_is_prepared_and_filed(desk: Desk) -> None:
    ready, young = desk.world.a_case(), desk.world.referred(name="Jeune")
    for case in (ready, young):
        desk.world.do("sylvie", "open_blockage", case, theme="typology_lacking")
    page = desk.open("sylvie", seance=SEPTEMBER, volet="remontee")
    assert "1 dossier ne peut pas être remonté" in shown(page)
    assert f"{young} : le diagnostic n’est pas signé." in shown(page)
    page.multiselect[0].set_value([ready]).run()
    page.text_input(key="ici.remontee.A.title").set_value("T5 introuvables").run()
    page = press(page, "Déposer la remontée")
    row = desk.world.escalation("E-26-0001")
    assert (row["state"], row["session_id"], row["title"]) == ("on_time", SEPTEMBER, "T5 introuvables")
    assert "Déposées dans les délais" in shown(page)


def test_from_a_case_page_its_case_is_chosen_already(desk: Desk) -> None:
    case = desk.world.a_case()
    desk.world.do("camille", "plan_session", ici="B", held_on="2026-08-04")
    page = desk.open("sylvie", volet="remontee", dossier=case)
    assert "Séance du mardi 15 septembre 2026" in shown(page)
    assert page.multiselect[0].value == [case]
    hidden = desk.world.a_case(protected=True)
    assert "Séance du mardi 4 août 2026" in shown(desk.open("camille", volet="remontee", dossier=hidden))


def test_what_changed_in_between_is_told_before_deciding(desk: Desk) -> None:
    cases = [desk.world.a_case(name="Un"), desk.world.a_case(name="Deux")]
    item = desk.world.filed(*cases)
    desk.world.held(item)
    page = desk.open("camille", when=HELD, seance=SEPTEMBER, volet="seance")
    page.selectbox[0].set_value("vilogia").run()
    desk.world.do("sylvie", "leave_escalation", item, when=HELD, case_id=cases[1], reason="Relogée.")
    page = press(page, "Enregistrer et passer au suivant")
    assert "Quelqu’un a agi avant vous" in shown(page)
    assert desk.world.obligations(item) == []
    assert page.selectbox[0].value == "vilogia"
    press(page, "Enregistrer et passer au suivant")
    assert [owed["body_id"] for owed in desk.world.obligations(item)] == ["vilogia"]


def test_an_exception_opens_the_cases_that_only_lack_a_step(desk: Desk) -> None:
    young = desk.world.referred(name="Jeune")
    desk.world.do("sylvie", "open_blockage", young, theme="arrears")
    page = desk.open("sylvie", seance=SEPTEMBER, volet="remontee")
    assert page.multiselect[0].options == []
    page.text_input(key="ici.remontee.A.exception").set_value("Péril.").run()
    assert len(page.multiselect[0].options) == 1


def test_the_limit_passed_is_said_before_filing(desk: Desk) -> None:
    desk.world.do("sylvie", "open_blockage", desk.world.a_case(), theme="arrears")
    page = desk.open("sylvie", when="2026-07-20T10:00:00+02:00", seance=SEPTEMBER, volet="remontee")
    assert "La remontée sera reportée à la séance suivante" in shown(page)


def test_observers_see_figures_only(desk: Desk) -> None:
    desk.world.filed()
    page = desk.open("olga", seance=SEPTEMBER)
    assert "masqué" in shown(page)
    assert "E-26-" not in shown(page)
    assert labels(page) == []
    assert desk.instant < at(NIGHT) + timedelta(days=1)
