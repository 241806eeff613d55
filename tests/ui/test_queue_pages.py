"""*Ma journée*, *Dossiers* and *Messages* as each role draws them, and their clicks (AppTest; our cookie)."""

import hashlib
import re
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

import ui_streamlit
from cases import clock
from cases.actor import Role
from db import rows
from db.engine import reading, transaction
from db.tables.case import CaseFile, Handover
from db.tables.clock import Notice
from db.tables.people import Account, SignIn
from flows.delivery import delivery
from tests.cases.ici_world import NIGHT, SEPTEMBER, World, at
from ui_streamlit.cookie import COOKIE
from ui_streamlit.queue_parts.words import QUEUES_OF, steps

PAGES = Path(ui_streamlit.__file__).parent / "app_pages"
MORNING = "2026-02-26T09:00:00+01:00"
EVERYBODY = ("sylvie", "omar", "hugo", "camille", "marc", "paule", "olga", "adele", "root")
ENGLISH = re.compile(r"\b(None|True|False|error|late|owner|unassigned|searching|referred)\b")


class Desk:
    """Somebody in front of a page, on a day."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = World()
        self.instant = at(MORNING)
        self.jar: dict[str, str] = {}
        monkeypatch.setattr(clock, "now", lambda: self.instant)
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: self.jar))
        with transaction() as connection:
            rows.insert(connection, Account, id="root", name="Root", role="administrator", body_id="mel")

    def open(self, page: str, who: str, /, *, when: str = "", **asked: str) -> AppTest:
        self.instant = at(when) if when else self.instant
        digest = hashlib.sha256(who.encode()).hexdigest()
        with transaction() as connection:
            if rows.get(connection, SignIn, token_digest=digest) is None:
                until = datetime.fromisoformat("2099-01-01T00:00:00+00:00")
                rows.insert(connection, SignIn, token_digest=digest, account_id=who, expires_at=until)
        self.jar[COOKIE] = who
        drawn = AppTest.from_file(str(PAGES / f"{page}.py"), default_timeout=30)
        drawn.query_params.update(asked)
        drawn.run()
        assert not drawn.exception, drawn.exception
        return drawn

    def deliver(self) -> None:
        delivery(clock.day_in_paris(self.instant), self.instant)


@pytest.fixture
def desk(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def html(page: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in page.get("html"))


def shown(page: AppTest) -> str:
    """What a person reads, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html(page)).replace("\u00a0", " "))


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception, page.exception
    return page


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("page", ["my_day", "cases", "inbox"])
def test_every_role_opens_every_page_empty_or_full(desk: Desk, page: str, who: str) -> None:
    empty = shown(desk.open(page, who))
    assert not ENGLISH.search(empty)
    desk.world.sessions()
    decided = desk.world.decided("vilogia", "hem")
    desk.world.do("sylvie", "open_blockage", desk.world.a_case(name="Blanc"), theme="arrears")
    full = shown(desk.open(page, who, when="2027-03-12T09:00:00+01:00"))
    assert decided
    assert not ENGLISH.search(full)
    if who in {"paule", "olga", "root", "adele"}:
        assert "Martin" not in full
        assert "M-26" not in full


# Ma journée -----------------------------------------------------------------------------------------


def test_a_late_deadline_is_said_late_with_its_reasons(desk: Desk) -> None:
    case = desk.world.referred()
    words = shown(desk.open("my_day", "sylvie"))
    assert "En retard 1" in words
    assert "Réponse sur la recevabilité" in words
    assert f"{case} · Martin Aïcha · Signalé" in words
    assert "J+3" in words
    assert "interne" in words
    assert "Signalé le 12/01/2026" in words


def test_what_others_owe_says_who_and_since_when(desk: Desk) -> None:
    desk.world.a_case()
    words = shown(desk.open("my_day", "sylvie"))
    assert "La réponse de VILOGIA à la fiche besoin" in words
    assert "12 janv. 2026" in words


def test_a_lead_sees_the_service_and_silence_says_its_setting(desk: Desk) -> None:
    desk.world.referred("hugo", name="Petit")
    desk.world.referred(name="Blanc")
    words = shown(desk.open("my_day", "sylvie"))
    assert "Dossiers silencieux" in words
    assert "Rien depuis 30 jours, 7 pour un dossier urgent (à valider)." in words


def test_the_secretariat_sees_sessions_and_the_co_pilot_what_to_objectify(desk: Desk) -> None:
    desk.world.sessions()
    desk.world.filed()
    desk.world.do("camille", "close_call", SEPTEMBER, when=NIGHT)
    after = "2026-08-16T09:00:00+02:00"
    for who in ("camille", "marc"):
        words = shown(desk.open("my_day", who, when=after))
        assert "Liste arrêtée : remontées à objectiver" in words
        assert "T5 introuvables" in words
        assert "Martin" not in words


def test_a_partner_is_led_to_what_its_body_owes(desk: Desk) -> None:
    desk.world.sessions()
    desk.world.decided("hem")
    page = desk.open("my_day", "hugo", when="2026-10-01T09:00:00+02:00")
    assert "Ce que votre organisme doit faire" in shown(page)
    assert "/seances?seance=ICI-A-2026-1&amp;volet=suites" in html(page)
    assert "Proposer un T5." in shown(page)


def test_a_landlord_sees_dwellings_wanted(desk: Desk) -> None:
    desk.world.a_case()
    with transaction() as connection:
        rows.insert(connection, Account, id="eva", name="Eva", role="receiving_landlord", body_id="vilogia")
    words = shown(desk.open("my_day", "eva"))
    assert "T5" in words
    assert "700 €" in words
    assert "Roubaix" in words
    assert "Martin" not in words


# Dossiers -------------------------------------------------------------------------------------------


def test_queues_of_a_role_with_their_counts(desk: Desk) -> None:
    desk.world.referred()
    page = desk.open("cases", "sylvie")
    assert list(page.button_group[0].options) == [
        "Mes dossiers · 1",
        "Mon service · 1",
        "Sans responsable · 0",
        "En retard · 1",
        "Bloqués · 0",
        "Tous · 1",
    ]
    assert "1 dossier." in shown(page)
    assert '<th role="columnheader" scope="col">Dossier</th>' in html(page)
    assert "/dossier?id=M-26-00001" in html(page)


def test_the_queue_and_the_filters_come_from_the_address(desk: Desk) -> None:
    desk.world.referred()
    blocked = desk.world.referred(name="Blanc", commune="Lille")
    desk.world.do("sylvie", "open_blockage", blocked, theme="arrears")
    assert blocked in shown(desk.open("cases", "sylvie", file="blocked"))
    page = desk.open("cases", "camille")
    page.selectbox(key="commune").set_value("59350").run()
    assert "1 dossier." in shown(page)
    assert blocked in shown(page)
    page.selectbox(key="ici").set_value("A").run()
    assert "Aucun dossier ici" in shown(page)
    press(page, "Effacer les filtres")
    assert "2 dossiers." in shown(page)


def test_a_search_forgives_a_slip_and_says_where_else_to_look(desk: Desk) -> None:
    case = desk.world.referred(name="Vandamme")
    page = desk.open("cases", "sylvie", file="all")
    page.text_input(key="texte").set_value("vandame").run()
    assert case in shown(page)
    page = desk.open("cases", "sylvie", file="blocked")
    page.text_input(key="texte").set_value("vandame").run()
    assert "Chercher dans tous les dossiers" in shown(page)


def test_many_cases_are_paged(desk: Desk) -> None:
    for number in range(27):
        desk.world.referred(name=f"Nom{number}")
    assert "27 dossiers, page 1 sur 2." in shown(desk.open("cases", "sylvie"))
    last = desk.open("cases", "sylvie", page="2")
    assert "27 dossiers, page 2 sur 2." in shown(last)
    assert html(last).count("/dossier?id=") == 2


def test_taking_a_case_is_one_click(desk: Desk) -> None:
    case = desk.world.referred("hugo")
    with transaction() as connection:
        rows.update(connection, CaseFile, {"id": case}, body_id="ccas")
    page = desk.open("cases", "sylvie", file="unassigned")
    assert "Sans responsable" in shown(page)
    press(page, f"Prendre {case}")
    assert desk.world.case(case)["owner_id"] == "sylvie"
    assert case not in labels(page)
    assert f"Prendre {case}" not in labels(desk.open("cases", "camille", file="unassigned"))


def test_a_protected_case_is_only_a_number(desk: Desk) -> None:
    case = desk.world.referred(name="Durand", protected=True)
    for page in ("cases", "my_day"):
        for who in ("camille", "omar", "marc"):
            words = shown(desk.open(page, who))
            assert "Durand" not in words
            assert "Roubaix" not in words
    words = shown(desk.open("cases", "camille"))
    assert case in words
    assert "dossier protégé" in words


def test_queues_and_steps_have_french_names() -> None:
    assert set(QUEUES_OF) == {
        Role.SOCIAL_WORKER,
        Role.REHOUSING_OFFICER,
        Role.ICI_SECRETARIAT,
        Role.CO_PILOT,
        Role.PARTNER,
    }
    assert steps()["searching"] == "Recherche"
    assert steps()["diagnosis"] == "Diagnostic en cours / enquête sociale en cours"


# Messages -------------------------------------------------------------------------------------------


def test_messages_are_read_one_by_one_then_all(desk: Desk) -> None:
    case = desk.world.referred()
    for theme in ("arrears", "profile_refused", "sector_closed"):
        desk.world.do("omar", "open_blockage", case, theme=theme)
    desk.deliver()
    page = desk.open("inbox", "sylvie")
    assert "3 messages non lus" in shown(page)
    assert f"Ouvrir le dossier {case}" in shown(page)
    assert "2 messages non lus" in shown(press(page, "Lu"))
    assert "Tout est lu." in shown(press(page, "Tout marquer lu"))
    with reading() as connection:
        assert all(row["read_at"] for row in rows.find(connection, Notice, recipient_id="sylvie"))


def test_a_hand_over_is_accepted_from_here(desk: Desk) -> None:
    case = desk.world.referred()
    desk.world.do("sylvie", "hand_over", case, to_id="omar", reason="Il connaît l’immeuble")
    page = desk.open("inbox", "omar")
    assert "Sylvie vous propose de reprendre" in shown(page)
    assert "« Il connaît l’immeuble »" in shown(page)
    press(page, "Accepter la passation")
    assert desk.world.case(case)["owner_id"] == "omar"
    assert "vous propose de reprendre" not in shown(page)


def test_a_refusal_needs_its_reason(desk: Desk) -> None:
    case = desk.world.referred()
    desk.world.do("sylvie", "hand_over", case, to_id="omar")
    page = press(desk.open("inbox", "omar"), "Refuser la passation")
    assert desk.world.case(case)["owner_id"] == "sylvie"
    page.text_area[0].set_value("Ce n’est pas mon secteur").run()
    press(page, "Refuser la passation")
    with reading() as connection:
        assert [row["answer"] for row in rows.find(connection, Handover, case_id=case)] == ["refused"]
