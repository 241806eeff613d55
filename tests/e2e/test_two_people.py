"""Two people on one case, at two browsers: nothing is decided twice, and nobody acts once signed out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from cases.command import Command
from cases.commands import execute
from cases.people import actor_named
from db import rows
from db.engine import reading
from db.tables.case import CaseFile
from db.tables.journal import JournalEntry
from tests.e2e.conftest import Application
from tests.e2e.person import Person
from tests.relogement.conftest import referral

pytestmark = pytest.mark.browser

Somebody = Callable[[str], Person]


def a_case_under_study(application: Application) -> str:
    worker = actor_named("amina.haddad")
    assert worker is not None
    proof = [{"kind": "rent_bill", "dated_on": "2026-01-12"}]
    lines = [referral("e2e.two", evidence=proof), {"id": "e2e.check", "type": "check_admissibility"}]
    reference = None
    for line in lines:
        outcome = execute(Command(**line, target=reference), now=application.now, actor=worker)
        assert outcome.done, outcome.message
        reference = outcome.reference
    assert reference is not None
    return reference


def open_both(somebody: Somebody, case_id: str) -> tuple[Person, Person]:
    people = somebody("amina.haddad"), somebody("sylvie.vandeputte")
    for person in people:
        person.go(f"/dossier?id={case_id}", "Essai")
    return people


def state_of(case_id: str) -> str:
    with reading() as connection:
        case = rows.get(connection, CaseFile, id=case_id)
    assert case is not None
    return str(case["state"])


def decisions() -> list[str]:
    with reading() as connection:
        entries = rows.find(connection, JournalEntry)
    return [row["type"] for row in entries if row["type"] in {"admit", "reject"}]


def test_the_second_to_decide_is_told_what_changed(application: Application, somebody: Somebody) -> None:
    case_id = a_case_under_study(application)
    first, second = open_both(somebody, case_id)
    second.start("Déclarer non recevable")
    second.write("Motif de la non-recevabilité", "Hors des sept situations.")
    first.start("Déclarer recevable")
    first.confirm("Déclarer recevable")
    second.button("Déclarer non recevable").last.click()
    second.sees("Quelqu’un a agi avant vous")
    second.sees("Déclarer recevable")
    second.shot("12-conflit")
    assert state_of(case_id) == "admitted"
    assert decisions() == ["admit"]


def test_a_signed_out_tab_acts_no_more(application: Application, somebody: Somebody) -> None:
    case_id = a_case_under_study(application)
    worker = somebody("amina.haddad")
    worker.go(f"/dossier?id={case_id}", "Essai")
    worker.page.reload()
    worker.sees_title("Essai")
    worker.settle()
    other_tab = worker.page.context.new_page()
    other_tab.goto(application.url)
    other_tab.get_by_role("button", name="Se déconnecter").click()
    expect(other_tab.get_by_role("heading", name="Se connecter")).to_be_visible()
    worker.button("Déclarer recevable").first.click()
    expect(worker.page.get_by_text("Votre session est terminée")).to_be_visible()
    assert state_of(case_id) == "admissibility_check"
