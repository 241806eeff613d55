"""NPRU operations, charter and administration: what each role is shown, and what its clicks change."""

import hashlib
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

import ui_streamlit
from cases import clock, desk, outbox
from cases.charter.context import settings_now
from cases.charter.indicators import INDICATORS
from cases.commands import Outcome
from cases.people import actor_named
from db import rows
from db.engine import transaction
from db.tables.journal import JournalEntry
from db.tables.people import Account, SignIn
from tests.builders import Site, a_house, a_rehousing, a_transfer, an_operation, ask, do
from ui_streamlit.admin_parts import people
from ui_streamlit.clock_status import ClockStatus, LastRun, NextRun
from ui_streamlit.cookie import COOKIE

PAGES = Path(ui_streamlit.__file__).parent / "app_pages"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ENGLISH = ("None", "nan", "NaT", "<NA>", "False", "True")


class Desk:
    """Somebody in front of a page, on 24 November 2026."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.jar: dict[str, str] = {}
        monkeypatch.setattr(clock, "now", lambda: NOW)
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: self.jar))
        a_house()
        st.cache_resource.clear()

    def open(self, who: str, page: str, **asked: str) -> AppTest:
        digest = hashlib.sha256(who.encode()).hexdigest()
        with transaction() as connection:
            if rows.get(connection, SignIn, token_digest=digest) is None:
                until = NOW + timedelta(days=1)
                rows.insert(connection, SignIn, token_digest=digest, account_id=who, expires_at=until)
        self.jar[COOKIE] = who
        found = AppTest.from_file(str(PAGES / f"{page}.py"), default_timeout=60)
        found.query_params.update(asked)
        return drawn(found.run())


@pytest.fixture
def front(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def drawn(page: AppTest) -> AppTest:
    assert not page.exception, page.exception
    words = shown(page).split()
    assert not set(ENGLISH) & set(words), set(ENGLISH) & set(words)
    return page


def shown(page: AppTest) -> str:
    bodies = " ".join(str(element.proto.body) for element in page.get("html"))
    plain = re.sub(r"<style>.*?</style>|<[^>]+>", " ", bodies, flags=re.S)
    return re.sub(r"\s+", " ", plain)


def press(page: AppTest, label: str) -> AppTest:
    return drawn(next(button for button in page.button if button.label == label).click().run())


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


# Opérations ------------------------------------------------------------------------------------------


@pytest.fixture
def site(front: Desk) -> Site:
    return an_operation()


def test_the_list_of_operations_leads_to_each(front: Desk, site: Site) -> None:
    a_rehousing("searching", building=site.building)
    page = front.open("gaelle", "operation")
    said = shown(page)
    for words in ("Opérations NPRU", "Concorde, Lille · lmh", "établie", "J−127", "Sans aucune proposition"):
        assert words in said
    assert f"/operations?operation={site.operation}" in " ".join(str(e.proto.body) for e in page.get("html"))
    assert labels(page) == ["Créer une opération", "Fixer un objectif"]
    assert "Aucune opération" in shown(front.open("elise", "operation"))


def test_an_operation_building_by_building(front: Desk, site: Site) -> None:
    case = a_rehousing("searching", building=site.building)
    do("open_blockage", case, "farid", "2026-02-03", theme="arrears")
    a_rehousing("closed", building=site.building)
    said = shown(front.open("farid", "operation", operation=site.operation))
    for words in (
        "Convention ANRU du 16/12/2019",
        "Barre 3",
        "1 ménage sur place, 127 jours restants : il faut 0,2 départ par mois",
        "aucun départ depuis six mois",
        "Amrani Aïcha",
        "Impayés",
        "Farid",
        "Aucun changement de date",
    ):
        assert words in said


def test_without_legal_ground_the_page_warns(front: Desk) -> None:
    bare = an_operation(convention_on=None, vacate_on=None)
    said = shown(front.open("denis", "operation", operation=bare.operation))
    assert "les refus n’ont aucun effet" in said
    assert "date à fixer" in said


def test_who_acts_and_who_only_reads(front: Desk, site: Site) -> None:
    a_rehousing("searching", building=site.building)
    acts = {"denis": True, "gaelle": True, "hugo": False, "ines": False, "karim": False}
    for who, may in acts.items():
        page = front.open(who, "operation", operation=site.operation)
        assert ("Changer la date de libération" in labels(page)) is may, who
        assert ("Derniers occupants" in shown(page)) is (who in {"denis", "gaelle", "hugo"}), who
        assert ("Amrani" in shown(page)) is (who == "denis"), who


def test_an_observer_reads_no_small_cell(front: Desk, site: Site) -> None:
    a_rehousing("searching", building=site.building)
    said = shown(front.open("karim", "operation", operation=site.operation))
    assert "masqué" in said
    assert "moins de 5 ménages" in said
    assert "Barre 3" in said
    assert " masqué" in shown(front.open("karim", "operation"))


def test_an_unknown_operation_or_somebody_elses(front: Desk, site: Site) -> None:
    for who, asked in (("elise", site.operation), ("gaelle", "OP-00-000"), ("gaelle", "<script>")):
        page = front.open(who, "operation", operation=asked)
        assert "Opération introuvable" in shown(page)
        assert labels(page) == []


def test_changing_the_vacate_date_from_the_page(front: Desk, site: Site) -> None:
    a_rehousing("searching", building=site.building)
    page = press(front.open("denis", "operation", operation=site.operation), "Changer la date de libération")
    next(d for d in page.date_input if d.label.startswith("À libérer")).set_value(date(2027, 9, 30))
    next(t for t in page.text_area if t.label.startswith("Motif")).set_value("Travaux décalés.")
    page = drawn(page.run())
    send = [button for button in page.button if button.label == "Changer la date de libération"][-1]
    said = shown(drawn(send.click().run()))
    assert "31/03/2027 → 30/09/2027" in said
    assert "Travaux décalés." in said
    assert "jeudi 30 septembre 2027" in said


# Charte ----------------------------------------------------------------------------------------------


def test_every_indicator_says_what_it_is_and_whether_it_is_kept(front: Desk, site: Site) -> None:
    a_rehousing("closed", building=site.building)
    said = shown(front.open("gaelle", "charter")).replace("'", "’")
    for item in INDICATORS.values():
        assert item.title in said
        assert item.definition in said
        assert item.source.replace("'", "’") in said
    for words in (
        "respecté",
        "non vérifiable",
        "sans objet",
        "à valider",
        "Objectif : Tous, à 15 jours près",
    ):
        assert words in said
    assert "Les trois promesses" in said


def test_an_empty_database_divides_nothing(front: Desk) -> None:
    said = shown(front.open("gaelle", "charter"))
    assert "rien à compter" in said
    assert "Aucun relogement sur la période" in said


def test_each_indicator_opens(front: Desk, site: Site) -> None:
    """By place, and by month where its facts have a day, with cases, without any error."""
    a_rehousing("closed", building=site.building)
    for code, item in INDICATORS.items():
        for view in ("lieu", "mois") if item.dated_by else ("lieu",):
            page = front.open("farid", "charter", indicateur=code, vue=view)
            assert "← Tous les indicateurs" in shown(page)
            assert item.title in shown(page)


def test_the_cases_behind_a_figure(front: Desk, site: Site) -> None:
    housed = a_rehousing("closed", building=site.building)
    hidden = a_rehousing("closed", building=site.building)
    do("reopen", hidden, "denis", "2026-11-10", reason="Erreur de clôture.")
    do("protect_case", hidden, "farid", "2026-11-10")
    sees = {"farid": (True, True), "gaelle": (True, False), "ines": (False, False), "karim": (False, False)}
    for who, (plain, protected) in sees.items():
        said = shown(front.open(who, "charter", indicateur="other_landlord"))
        assert (housed in said) is plain, who
        assert (hidden in said) is protected, who
    assert "2 sur 2" in shown(front.open("gaelle", "charter", indicateur="other_landlord"))
    assert "1 sur 1" in shown(front.open("gaelle", "charter", indicateur="other_landlord", bailleur="lmh"))


def test_filters_come_from_the_address_and_go_to_it(front: Desk, site: Site) -> None:
    a_rehousing("closed", building=site.building)
    page = front.open("gaelle", "charter", site="lille-concorde", periode="6", bailleur="inconnu")
    chosen = {box.label: box.value for box in page.selectbox}
    assert chosen == {"Site": "lille-concorde", "Bailleur": "", "Commune": "", "Période": "6"}
    page = drawn(page.selectbox[2].select("59599").run())
    assert page.query_params["commune"] in ("59599", ["59599"])
    page = drawn(next(box for box in page.selectbox if box.label == "Site").select("").run())
    assert "site" not in page.query_params


def test_an_observer_has_figures_without_small_groups_or_filters(front: Desk, site: Site) -> None:
    a_rehousing("closed", building=site.building)
    page = front.open("karim", "charter")
    assert [box.label for box in page.selectbox] == ["Période"]
    assert "effectif masqué" in shown(page)
    assert "Les trois promesses" not in shown(page)
    assert "R-26-" not in shown(page)


def test_promises_show_their_facts_to_who_reads_social_fields(front: Desk, site: Site) -> None:
    a_rehousing("closed", building=site.building)
    assert "première commune demandée" in shown(front.open("farid", "charter"))
    common = shown(front.open("gaelle", "charter"))
    assert "R-26-00001" in common
    assert "première commune demandée" not in common


def test_figures_follow_what_has_just_been_done(front: Desk, site: Site) -> None:
    """What is kept between two renders is thrown away by the next command."""
    a_rehousing(building=site.building)
    assert "1 sur 1" in shown(front.open("gaelle", "charter", indicateur="no_offer"))
    a_rehousing("offer_pending", building=site.building)
    assert "1 sur 2" in shown(front.open("gaelle", "charter", indicateur="no_offer"))


# Administration --------------------------------------------------------------------------------------


@pytest.fixture
def alive(front: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    status = ClockStatus(
        alive=True,
        message="L’horloge fonctionne.",
        next_runs=(NextRun("Balayage du matin", NOW + timedelta(hours=20)),),
        last_runs=(LastRun("Balayage du matin", NOW, "terminé", 1.25, True),),
    )
    monkeypatch.setattr("ui_streamlit.clock_status.status", lambda: status)


def test_the_clock_is_alive_and_the_morning_was_swept(front: Desk, alive: None) -> None:
    outbox.record_run("daily", NOW.date(), NOW - timedelta(hours=25), True, {"reminders": 7, "deadlines": 2})
    outbox.record_run("delivery", NOW.date(), NOW, False, {})
    said = shown(front.open("lea", "admin"))
    times = ("25 nov. 2026 à 6 h 00", "23 nov. 2026 à 9 h 00")
    for words in ("L’horloge est en marche", "7 rappels", "en échec", *times):
        assert words in said.replace("\u00a0", " ")
    assert "26 heures" not in said


def test_the_clock_is_down_and_the_morning_was_missed(front: Desk) -> None:
    outbox.record_run("daily", NOW.date(), NOW - timedelta(hours=26, seconds=1), True, {"reminders": 0})
    said = shown(front.open("gaelle", "admin"))
    assert "L’horloge est à l’arrêt" in said
    assert "plus de 26 heures" in said
    assert "rattrapées" in said


def test_each_role_has_its_sections(front: Desk, alive: None) -> None:
    everything = ["Horloge", "Comptes", "Organismes", "Réglages", "Périmètres", "Courriels", "Journal"]
    for who, offered in (("lea", everything), ("gaelle", ["Horloge", "Périmètres"])):
        page = front.open(who, "admin")
        assert page.get("button_group")[0].proto.options
        assert [o.content for o in page.get("button_group")[0].proto.options] == offered
    assert "Comptes 13" not in shown(front.open("gaelle", "admin", rubrique="comptes"))
    for who in ("amina", "denis", "hugo", "ines", "karim", "jules", "milo"):
        assert "Page réservée" in shown(front.open(who, "admin"))


def test_no_case_content_is_shown(front: Desk, alive: None) -> None:
    case = a_transfer()
    for section in ("horloge", "comptes", "organismes", "reglages", "perimetres", "journal"):
        said = shown(front.open("lea", "admin", rubrique=section))
        assert case not in said
        assert "Amrani" not in said


def test_the_journal_names_its_first_broken_row(front: Desk) -> None:
    page = front.open("lea", "admin", rubrique="journal")
    assert "Le journal est intact" in shown(press(page, "Vérifier le journal"))
    with transaction() as connection:
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS journal_entry_no_update")
        for name in [
            row[0]
            for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='trigger'")
        ]:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        rows.update(connection, JournalEntry, {"number": 7}, actor="quelqu-un")
    said = shown(press(front.open("lea", "admin", rubrique="journal"), "Vérifier le journal"))
    assert "rompu à la ligne 7" in said
    assert "6 lignes sont intactes" in said


def test_a_setting_is_changed_from_a_day_on(front: Desk) -> None:
    page = front.open("lea", "admin", rubrique="reglages", reglage="last_occupants")
    page.number_input[0].set_value(5)
    page = drawn(page.run())
    next(d for d in page.date_input if d.label.startswith("À partir du")).set_value(date(2026, 12, 1))
    page.text_area[0].set_value("Décision du comité de pilotage.")
    said = shown(press(drawn(page.run()), "Changer ce réglage"))
    assert "Décision du comité de pilotage." in said
    assert settings_now().int_on("last_occupants", date(2026, 12, 1)) == 5
    assert settings_now().int_on("last_occupants", date(2026, 11, 30)) == 3


def test_every_setting_opens_and_what_is_missing_is_said(front: Desk) -> None:
    said = shown(front.open("lea", "admin", rubrique="reglages"))
    assert "Seuil du premier quartile" in said
    assert "Clauses de la charte non lues" in said
    for key in ("ici_weekend_policy", "technical_committee_required", "need_typology", "rsa_single_monthly",
                "ici_agenda_slots", "follow_up_months", "uc_coefficients"):  # fmt: skip
        assert "Histoire" in shown(front.open("lea", "admin", rubrique="reglages", reglage=key))


def test_a_list_wants_numbers(front: Desk) -> None:
    page = front.open("lea", "admin", rubrique="reglages", reglage="follow_up_months")
    page.text_area[0].set_value("1\nsix\n12")
    page = drawn(page.run())
    assert "Un nombre par ligne" in shown(page)
    assert "Changer ce réglage" not in labels(page)


def test_an_account_is_created_with_a_hash_and_signs_in(front: Desk) -> None:
    page = press(front.open("lea", "admin", rubrique="comptes"), "Créer un compte")
    fill = {"Mot de passe": "trop court", "Identifiant": "zoe", "Nom": "Zoé"}
    for label, value in fill.items():
        next(box for box in page.text_input if box.label.startswith(label)).set_value(value)
    page = drawn(page.run())
    assert "Encore 2 caractères" in shown(page)
    next(box for box in page.text_input if box.label.startswith("Mot de passe")).set_value(
        "assez long pour entrer"
    )
    next(box for box in page.selectbox if box.label.startswith("Rôle")).select("observer")
    next(box for box in page.selectbox if box.label.startswith("Organisme")).select("mel")
    page = drawn(page.run())
    send = [button for button in page.button if button.label == "Créer un compte"][-1]
    said = shown(drawn(send.click().run()))
    assert "Zoé" in said
    assert actor_named("zoe") is not None
    assert desk.sign_in("zoe", "assez long pour entrer", now=NOW) is not None
    with transaction() as connection:
        assert "assez long" not in str(rows.find(connection, JournalEntry, type="create_account"))


def test_a_password_is_changed_and_nothing_else(front: Desk) -> None:
    do("update_account", None, "lea", "2026-11-20", account_id="chloe", absent_from="2026-11-20")
    page = press(front.open("lea", "admin", rubrique="comptes"), "Changer un mot de passe")
    next(box for box in page.selectbox if box.label == "Compte").select("chloe")
    next(box for box in page.text_input if box.label.startswith("Mot de passe")).set_value("un autre secret")
    page = drawn(page.run())
    page = press(page, "Changer le mot de passe")
    assert desk.sign_in("chloe", "un autre secret", now=NOW) is not None
    with transaction() as connection:
        account = rows.find(connection, Account, id="chloe")[0]
    assert (account["active"], account["absent_from"]) == (True, date(2026, 11, 20))


def test_absence_and_closed_accounts_are_said(front: Desk) -> None:
    do("update_account", None, "lea", "2026-11-20", account_id="amina", absent_from="2026-11-20",
       absent_until="2026-11-30", deputy_id="bruno")  # fmt: skip
    do("update_account", None, "lea", "2026-11-20", account_id="chloe", active=False)
    said = shown(front.open("lea", "admin", rubrique="comptes"))
    assert "Absence du 20/11/2026 au 30/11/2026, suppléance : Bruno" in said.replace("\u00a0", " ")
    assert "fermé" in said
    assert "sans mot de passe" in said


def test_the_secretariat_moves_a_commune(front: Desk) -> None:
    page = front.open("gaelle", "admin", rubrique="perimetres")
    assert "Découpage à valider" in shown(page)
    do("set_perimeter", None, "gaelle", "2026-11-20", commune="Hem", ici="C", valid_from="2027-01-01")
    assert "puis ICI C" in shown(front.open("gaelle", "admin", rubrique="perimetres"))
    refused: Outcome = ask(
        "set_perimeter", None, "denis", "2026-11-20", commune="Hem", ici="B", valid_from="2027-01-01"
    )
    assert refused.status == "refused"


def test_body_kinds_have_their_words() -> None:
    from typing import get_args  # noqa: PLC0415  # only this test asks

    from cases.commands.office import BodyKind  # noqa: PLC0415

    assert set(get_args(BodyKind)) == set(people.BODY_KINDS)
