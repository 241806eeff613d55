"""Cases 8 and 9 of domain section 9, clicked to the dates written there: a household met twice, a household
that becomes two."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from tests.builders import SURVEY
from tests.e2e.conftest import Application
from tests.e2e.journey import Journey, by
from tests.e2e.person import Person

pytestmark = pytest.mark.browser

Inhabitants = Callable[[str], Person]
OFFERED = {"landlord_id": "lmh", "address": "9 rue du Moulin", "commune": "Roubaix", "typology": 3}


def open_case(person: Person, reference: str, name: str) -> None:
    person.go(f"/dossier?id={reference}", name)


def refused_once(who: str, there: Application, case: str) -> None:
    """As far as one refused offer."""
    for kind in ("check_admissibility", "admit", "start_diagnosis"):
        by(who, there, kind, case)
    by(who, there, "sign_diagnosis", case, **SURVEY)
    for kind in ("validate_need", "start_search"):
        by(who, there, kind, case)
    by("nadia.ouali", there, "make_offer", case, **OFFERED)
    by(who, there, "refuse_offer", case, reasons=["location"])


def test_case_8_duplicates_merged_and_separated(territory: Application, inhabitants: Inhabitants) -> None:
    """Met by the CCAS of Roubaix, then by LMH under an older number, day and month of birth swapped."""
    journey = Journey(8)
    journey.until("nb")
    kept, twin = journey.record("a"), journey.record("b")
    territory.move_to(date(2026, 3, 9))
    refused_once("amina.haddad", territory, kept)
    refused_once("nadia.ouali", territory, twin)
    officer = inhabitants("nadia.ouali")
    open_case(officer, kept, "Ndiaye")
    officer.reads("Doublon possible", "Même nom · Jour et mois de naissance inversés")
    merge(officer, twin)
    officer.reads("signalé le 2 mars 2026", "Propositions 2", "059240300045612345")  # the oldest, the sum
    officer.reads("Vue à la permanence du 6 mars.", "Dépôt de plainte en cours.")  # both histories
    expect(badge(officer, "Dossier protégé")).to_be_visible()  # one of the two was
    officer.shot("cas8-2-fusionne")

    territory.move_to(date(2026, 4, 8))  # thirty days later, still
    separate(officer, kept)
    officer.done()
    officer.misses("Dépôt de plainte en cours")
    expect(badge(officer, "Dossier protégé")).to_have_count(0)
    territory.move_to(date(2026, 4, 10))
    open_case(officer, kept, "Ndiaye")
    merge(officer, twin)
    territory.move_to(date(2026, 5, 11))
    separate(officer, kept)
    officer.reads("La fusion du 10/04/2026 pouvait être défaite pendant 30 jours")
    officer.shot("cas8-3-trop-tard")


def merge(officer: Person, twin: str) -> None:
    officer.start_rare("Fusionner un doublon")
    officer.shot("cas8-1-fusion")
    officer.button("Fusionner un doublon").last.click()
    officer.sees(f"{twin} a été fusionné dans ce dossier")


def separate(officer: Person, kept: str) -> None:
    open_case(officer, kept, "Ndiaye")
    officer.start_rare("Défaire la fusion")
    officer.write("Pourquoi ce n’est pas le même ménage", "Deux sœurs.")
    officer.click("Défaire la fusion")


def badge(person: Person, words: str) -> Locator:
    """In the head of the case."""
    return person.main.locator(".rl-case").get_by_text(words, exact=True)


def test_case_9_one_household_becomes_two(territory: Application, inhabitants: Inhabitants) -> None:
    """Seven in a T5; the daughter of 24 and her baby leave: two cases, two numbers, two counters."""
    journey = Journey(9)
    journey.until("inform")
    parent, operation = journey.record("s"), journey.record("op")
    territory.move_to(date(2026, 4, 14))
    officer = inhabitants("nadia.ouali")
    open_case(officer, parent, "Slimani Samira")
    child = split(officer)
    journey.became("split", parent, case=child)
    officer.reads("5 personnes dans le logement", "059260100012345678")
    open_case(officer, child, "Slimani Nora")
    officer.reads("2 personnes dans le logement", "059260400078912345", f"du même logement : {parent}")
    expect(officer.main.get_by_text("Décohabitation", exact=True)).to_be_visible()  # the answer to RIME

    journey.until("ro")
    territory.move_to(date(2026, 5, 20))
    open_case(officer, child, "Slimani Nora")
    refuse(officer)
    journey.clicked("rr")
    officer.reads("Refus comptés : 1 / 3", "T2 à T3")
    officer.shot("cas9-2-compteur")
    journey.until("cm")
    lead = inhabitants("fabrice.cuvelier")
    territory.move_to(date(2026, 6, 10))
    lead.go(f"/operations?operation={operation}", "Alma")
    lead.click("Enregistrer la libération d’un logement")
    lead.reads("Aucun logement de ce bâtiment n’a été quitté par tous ses occupants")
    lead.shot("cas9-3-encore-habite")
    journey.until("pm")
    territory.move_to(date(2026, 7, 2))
    open_case(officer, parent, "Slimani Samira")
    officer.reads("Refus comptés : 0 / 3")
    expect(officer.main.get_by_text("T4", exact=True).filter(visible=True).first).to_be_visible()
    lead.open_anew(f"/operations?operation={operation}", "Alma")
    free(lead, date(2026, 7, 1))
    lead.done()
    lead.shot("cas9-4-libre")


def split(officer: Person) -> str:
    """Refused with a presence too short, then recorded; the reference of the new case."""
    officer.start_rare("Enregistrer une décohabitation")
    for first_name in ("Nora", "Tom"):
        officer.choose("Personnes qui partent", first_name)
    officer.choose("Titulaire du nouveau ménage", "Nora")
    officer.date("Présence dans le logement depuis", date(2025, 1, 1))
    officer.write("Justificatif de présence (nature, date)", "Attestation CAF du 01/04/2026")
    officer.write("Numéro unique (SNE) du nouveau ménage", "059260400078912345")
    officer.click("Enregistrer une décohabitation")
    officer.reads("2 ans de présence dans le logement sont demandés")
    officer.date("Présence dans le logement depuis", date(2021, 1, 15))
    officer.shot("cas9-1-decohabitation")
    officer.confirm("Enregistrer une décohabitation")
    officer.sees("Autre ménage issu du même logement")
    found = re.search(r"même logement\s: (R-26-\d{5})", officer.main.inner_text())
    assert found is not None
    return found.group(1)


def refuse(officer: Person) -> None:
    officer.start("Enregistrer un refus")
    officer.choose("Motifs (le premier est le principal)", "Localisation")
    officer.tick("Refus signé")
    officer.confirm("Enregistrer un refus")


def free(lead: Person, day: date) -> None:
    lead.start("Enregistrer la libération d’un logement")
    lead.choose("Logement", "LOG")
    lead.date("Libéré le", day)
    lead.button("Enregistrer la libération d’un logement").last.click()
    lead.settle()
