"""Administration: the clock, accounts, settings, perimeters and the journal, from the page."""

from datetime import date, timedelta

import pytest

from cases import desk, outbox
from cases.charter.context import settings_now
from cases.commands import Outcome
from cases.people import actor_named
from db import rows
from db.engine import transaction
from db.tables.journal import JournalEntry
from db.tables.people import Account
from tests.builders import a_transfer, ask, do
from tests.ui.front import NOW, Desk, drawn, labels, press, shown
from ui_streamlit.admin_parts import people
from ui_streamlit.clock_status import ClockStatus, LastRun, NextRun


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
