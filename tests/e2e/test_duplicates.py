"""A household met twice: warned before saving, receipt, public stage, merged and separated, in a browser."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from cases.commands import Command, execute
from cases.people import actor_named
from tests.e2e.conftest import Application
from tests.e2e.person import PHONE, Person

pytestmark = pytest.mark.browser

DWELLING = {
    "landlord_id": "lmh",
    "commune": "Roubaix",
    "address": "6 rue de l’Épeule",
    "typology": 2,
    "rooms": 2,
    "surface_m2": 44,
}


def refer(application: Application, who: str, born: str, number: str, key: str) -> tuple[str, str]:
    """Reference and follow-up code."""
    actor = actor_named(who)
    assert actor is not None
    member = {"first_name": "Fatou", "last_name": "Ndiaye", "born_on": born}
    data = {"members": [member], "dwelling": DWELLING, "criteria": ["over_occupation"], "snr_number": number}
    day = application.now - timedelta(days=5)
    outcome = execute(Command(id=key, type="refer_transfer", data=data), now=day, actor=actor)
    assert outcome.done, outcome.message
    return str(outcome.reference), str(outcome.created["tracking_code"])


def test_a_household_met_twice(application: Application, somebody: Callable[[str], Person]) -> None:
    first, code = refer(application, "amina.haddad", "1990-04-05", "059260100012312345", "dup.a")
    worker = somebody("amina.haddad")
    worker.go("/signalement", "Nouveau signalement")
    worker.date("Date de naissance", date(1990, 5, 4))
    worker.write("Prénom", "Fatou")
    worker.write("Nom", "N’Diaye")
    worker.sees("Ce ménage a peut-être déjà un dossier")
    worker.sees("Jour et mois de naissance inversés")
    worker.shot("dup-1-signalement")
    worker.phone_shot("dup-1-signalement")

    second, _ = refer(application, "nadia.ouali", "1990-05-04", "059240300045612345", "dup.b")
    officer = somebody("nadia.ouali")
    officer.go(f"/dossier?id={first}", "Ndiaye")
    officer.sees("Doublon possible")
    officer.sees("Recevabilité")
    officer.start_rare("Fusionner un doublon")
    officer.shot("dup-3-fusion")
    officer.click("Fusionner un doublon")
    officer.sees(f"{second} a été fusionné dans ce dossier")
    officer.sees("Anciens numéros uniques")
    officer.shot("dup-4-fusionne")
    officer.phone_shot("dup-4-fusionne")
    officer.start_rare("Défaire la fusion")
    officer.write("Pourquoi ce n’est pas le même ménage", "Deux sœurs.")
    officer.click("Défaire la fusion")
    officer.sees("Doublon possible")

    public_stage(officer.page, application.url, code, officer)


def public_stage(page: Page, url: str, code: str, person: Person) -> None:
    """Without any session: a wrong code, then the right one."""
    page.context.clear_cookies()
    page.goto(f"{url}/suivi")
    page.get_by_label("Code de suivi").fill("AAAA-BBBB-CCCC")
    page.get_by_role("button", name="Voir l’étape").click()
    expect(page.get_by_role("alert")).to_contain_text("Ce code n’est pas connu")
    page.get_by_label("Code de suivi").fill(code.lower())
    page.get_by_role("button", name="Voir l’étape").click()
    expect(page.get_by_role("status")).to_contain_text("Signalement reçu")
    assert "Ndiaye" not in page.content()
    page.screenshot(path=person.shots / "dup-5-suivi.png")
    page.set_viewport_size(PHONE)
    page.screenshot(path=person.shots / "dup-5-suivi-390.png")
