"""A transfer, from its referral to the follow-up at six months, clicked by those whose work it is."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from cases.command import Command
from cases.commands import execute
from cases.people import actor_named
from cases.rules.dates import add_months
from tests.e2e.conftest import Application
from tests.e2e.person import Person

pytestmark = pytest.mark.browser

Somebody = Callable[[str], Person]
SESSION_IN_DAYS = 100


def plan_a_session(application: Application) -> date:
    """The secretariat planned it long ago."""
    secretary = actor_named("camille.joly")
    assert secretary is not None
    held_on = application.today + timedelta(days=SESSION_IN_DAYS)
    for rank, day in enumerate((held_on, held_on + timedelta(days=182))):
        data = {"ici": "A", "held_on": day.isoformat()}
        command = Command(id=f"plan.{rank}", type="plan_session", data=data)
        assert execute(command, now=application.now, actor=secretary).done
    return held_on


def refer(worker: Person) -> str:
    worker.go("/signalement", "Nouveau signalement")
    worker.choose("Situations", "Sur-occupation")
    worker.click("Ajouter un justificatif")
    worker.choose("Nature", "justificatif de la composition")
    worker.date("Date du document", date(2026, 1, 12))
    worker.write("Prénom", "Aïcha")
    worker.write("Nom", "Benali")
    worker.date("Date de naissance", date(1986, 5, 4))
    worker.choose("Bailleur actuel", "Lille Métropole Habitat")
    worker.choose("Commune", "Roubaix")
    worker.write("Adresse", "12 rue de l’Alma")
    worker.choose("Typologie (T)", "3")
    worker.write("Pièces habitables (hors cuisine)", "3")
    worker.write("Surface habitable (m²)", "61")
    worker.shot("01-signalement")
    worker.click("Enregistrer le signalement")
    worker.sees(r"M-\d\d-\d{5}")
    found = re.search(r"M-\d\d-\d{5}", worker.main.inner_text())
    assert found is not None
    return found.group()


def open_case(person: Person, case_id: str) -> None:
    person.go(f"/dossier?id={case_id}", "Benali")


def act(person: Person, action: str) -> None:
    """An action that asks nothing but to be confirmed."""
    person.start(action)
    person.confirm(action)


def admit_and_diagnose(worker: Person, case_id: str, today: date) -> None:
    open_case(worker, case_id)
    for action in ("Étudier la recevabilité", "Déclarer recevable", "Commencer le diagnostic"):
        act(worker, action)
    worker.go(f"/diagnostic?id={case_id}", "Diagnostic social")
    worker.date("Entretien le", today)
    open_block(worker, "Ressources")
    worker.click("Ajouter une ressource")
    worker.choose("Nature", "Salaire")
    worker.write("Montant mensuel (€)", "1350")
    open_block(worker, "Conclusion")
    worker.choose("Typologie minimale (T)", "4")
    worker.choose("Typologie maximale (T)", "5")
    worker.write("Loyer et charges au plus (€ par mois)", "720")
    worker.shot("02-diagnostic")
    worker.click("Signer le diagnostic")
    worker.done("Diagnostic signé")


def open_block(worker: Person, title: str) -> None:
    """A block of the grid: its button also says how full it is."""
    worker.main.get_by_role("button", name=re.compile(f"^(✓ )?{title}")).first.click()
    worker.sees_title(title)
    worker.settle()


def search(worker: Person, case_id: str) -> None:
    open_case(worker, case_id)
    act(worker, "Valider la fiche besoin")
    act(worker, "Lancer la recherche")
    worker.start("Enregistrer une recherche")
    worker.choose("Bailleur interrogé", "Vilogia")
    worker.confirm("Enregistrer une recherche")
    worker.start("Signaler un blocage")
    worker.choose("Ce qui bloque", "Typologie manquante")
    worker.confirm("Signaler un blocage")


def raise_it(worker: Person, case_id: str) -> None:
    worker.go(f"/seances?volet=remontee&dossier={case_id}", "Séance")
    worker.write("Intitulé (sans nom)", "T4 introuvable à Roubaix")
    worker.write("Ce qui a été tenté", "Vilogia interrogé, sans suite.")
    worker.shot("03-remontee")
    worker.click("Déposer la remontée")
    worker.done("déposée|délai")


def objectify(pilot: Person) -> None:
    pilot.go("/seances", "Séance")
    pilot.sees("Liste arrêtée")
    pilot.open_tab("Ordre du jour")
    pilot.shot("04-ordre-du-jour")
    pilot.start("Objectiver")
    pilot.write("Constat des co-pilotes", "Deux T4 libérés en un an dans le secteur.")
    pilot.write("Proposition pour la séance", "Vilogia propose un T4 dans le nord-est.")
    pilot.confirm("Objectiver")
    pilot.click("Inscrire tout le recevable (1)")
    pilot.done("inscrite")


def decide(secretary: Person) -> None:
    secretary.go("/seances", "Séance")
    secretary.click("Tenir la séance")
    secretary.done()
    secretary.open_tab("En séance")
    secretary.choose("Qui doit agir", "Vilogia")
    secretary.shot("05-en-seance")
    secretary.click("Enregistrer et passer au suivant")
    secretary.open_tab("Suites")
    secretary.sees(r"ICI-A/20\d\d-1/01")
    secretary.shot("06-suites")


def offer(officer: Person, address: str) -> None:
    officer.start("Faire une proposition")
    officer.choose("Bailleur", "Vilogia")
    officer.write("Adresse du logement", address)
    officer.choose("Commune", "Roubaix")
    officer.choose("Typologie (T)", "4")
    officer.write("Loyer (€ par mois)", "560")
    officer.write("Charges (€ par mois)", "90")
    officer.confirm("Faire une proposition")


def rehouse(officer: Person, case_id: str, today: date) -> None:
    open_case(officer, case_id)
    offer(officer, "3 rue de Lannoy")
    officer.start("Enregistrer un refus")
    officer.choose("Motifs (le premier est le principal)", "Étage sans ascenseur")
    officer.shot("07-refus")
    officer.confirm("Enregistrer un refus")
    offer(officer, "18 rue de la Fosse-aux-Chênes")
    act(officer, "Enregistrer l’acceptation")
    act(officer, "Enregistrer l’attribution")
    for action, label in (
        ("Enregistrer la signature du bail", "Bail signé le"),
        ("Enregistrer l’emménagement", "Emménagement le"),
    ):
        officer.start(action)
        officer.date(label, today)
        officer.confirm(action)
    officer.shot("08-emmenagement")


def follow_up(worker: Person, case_id: str, today: date) -> None:
    worker.go("/", "Ma journée")
    worker.sees("Suivi à six mois")
    worker.shot("09-suivi-du")
    open_case(worker, case_id)
    worker.start("Enregistrer un contact de suivi")
    worker.pick("Bilan à (mois)", "6 mois")
    worker.date("Contact le", today)
    worker.pick("Ménage joint", "Oui")
    worker.pick("Loyer payé", "Oui")
    worker.pick("Aide au logement en place", "Oui")
    worker.choose("Satisfaction (1 à 4)", "4")
    worker.choose("Conclusion", "Situation stabilisée")
    worker.shot("10-bilan-six-mois")
    worker.confirm("Enregistrer un contact de suivi")
    act(worker, "Clore le dossier")


def test_a_referral_becomes_a_home(application: Application, somebody: Somebody) -> None:
    held_on = plan_a_session(application)
    worker = somebody("amina.haddad")
    case_id = refer(worker)
    admit_and_diagnose(worker, case_id, application.today)
    search(worker, case_id)
    raise_it(worker, case_id)

    application.move_to(add_months(held_on, -2) + timedelta(days=1))
    objectify(somebody("marc.verhaeghe"))
    secretary = somebody("camille.joly")
    secretary.go("/seances", "Séance")
    secretary.click("Envoyer le dossier de séance")
    secretary.done()

    application.move_to(held_on)
    decide(secretary)

    application.move_to(held_on + timedelta(days=12))
    officer = somebody("nadia.ouali")
    rehouse(officer, case_id, application.today)

    application.move_to(application.today + timedelta(days=1))
    application.move_to(add_months(application.today, 6))
    follow_up(worker, case_id, application.today)

    officer.go("/charte", "Charte")
    officer.sees("Suivi à six mois fait à temps")
    indicator = officer.main.get_by_text("Suivi à six mois fait à temps")
    card = indicator.locator("xpath=ancestor::*[contains(., ' sur ')][1]")
    assert "1 sur 1" in card.first.inner_text()
    officer.shot("11-charte")
