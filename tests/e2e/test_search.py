"""The search between landlords at two browsers: asked, answered with a dwelling, offered from it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from cases.command import Command
from cases.commands import execute
from cases.people import actor_named
from db.tables.vacancy import Vacancy
from tests.builders import NEED
from tests.e2e.conftest import Application
from tests.e2e.person import Person
from tests.records import the
from tests.relogement.conftest import referral

pytestmark = pytest.mark.browser

GRID = {"held_on": "2026-01-20", "resources": [{"kind": "salary", "monthly": "1200"}]}
PATH = (
    ("check_admissibility", {}),
    ("admit", {}),
    ("start_diagnosis", {}),
    ("sign_diagnosis", {"grid": GRID, "need": NEED | {"communes": ["Roubaix"]}}),
    ("validate_need", {}),
    ("start_search", {}),
)


def a_search(application: Application) -> str:
    worker = actor_named("amina.haddad")
    assert worker is not None
    proof = [{"kind": "rent_bill", "dated_on": "2026-01-12"}]
    first = Command(**referral("e2e.search", evidence=proof))
    case = execute(first, now=application.now, actor=worker).reference
    for kind, data in PATH:
        command = Command(id=f"e2e.search.{kind}", type=kind, target=case, data=data)
        outcome = execute(command, now=application.now, actor=worker)
        assert outcome.done, outcome.message
    return str(case)


def test_a_need_is_sent_answered_with_a_dwelling_and_offered(
    application: Application, somebody: Callable[[str], Person]
) -> None:
    case = a_search(application)
    worker = somebody("amina.haddad")
    worker.go(f"/dossier?id={case}", "Essai")
    worker.start("Interroger des bailleurs")
    worker.choose("Bailleurs interrogés", "Vilogia")
    worker.choose("Bailleurs interrogés", "Partenord")
    worker.date("Réponse attendue le", application.today + timedelta(days=5))
    worker.confirm("Interroger des bailleurs")
    worker.sees("Recherche entre bailleurs")
    worker.shot("41-fiche-adressee")

    landlord = somebody("emilie.wattel")
    landlord.go("/recherche", "Recherche interbailleurs")
    landlord.sees(f"Fiche besoin {case}")
    landlord.click("Répondre")
    landlord.pick("Réponse", "Logement proposé")
    landlord.write("Adresse du logement", "8 rue du Parc")
    landlord.choose("Commune", "Roubaix")
    landlord.choose("Typologie (T)", "3")
    landlord.write("Loyer (€ par mois)", "480")
    landlord.write("Charges (€ par mois)", "70")
    landlord.choose("Réservataire", "Action Logement")
    landlord.shot("42-reponse-du-bailleur")
    landlord.click("Envoyer la réponse")
    landlord.done("Réponse enregistrée")

    worker.go(f"/dossier?id={case}", "Essai")
    worker.sees("Logement proposé")
    worker.main.get_by_text("Critère par critère").first.click()
    worker.sees("Réservé à Action Logement : son accord est à demander")
    worker.shot("43-logements-vacants")
    worker.click("Proposer ce logement")
    expect(worker.button("Faire une proposition")).to_have_count(2)  # the action, then the form's own
    worker.confirm("Faire une proposition")
    worker.sees("Proposition en attente")
    assert (the(Vacancy)["state"], the(Vacancy)["address"]) == ("taken", "8 rue du Parc")

    application.move_to(date.fromordinal(application.today.toordinal() + 7))
    worker.go(f"/dossier?id={case}", "Essai")
    worker.sees("Silence depuis 2 jours")
    worker.shot("44-silence")
