"""A building to empty, in a real browser: its date moves, its last household has a next act, the board."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from cases.command import Command, Outcome
from cases.commands import execute
from cases.people import actor_named
from tests.builders import DWELLING, MEMBERS
from tests.e2e.conftest import Application
from tests.e2e.person import Person

pytestmark = pytest.mark.browser

Somebody = Callable[[str], Person]


def by(who: str, application: Application, kind: str, target: str | None, **data: object) -> Outcome:
    actor = actor_named(who)
    assert actor is not None
    command = Command(id=f"e2e.{kind}", type=kind, target=target, data=data)
    outcome = execute(command, now=application.now, actor=actor)
    assert outcome.done, outcome.message
    return outcome


def a_household(application: Application) -> tuple[str, str]:
    """An operation of LMH with one building and the household still in it: operation, case."""
    ground = {"site_id": "roubaix-alma", "landlord_id": "lmh", "name": "Alma", "convention_on": "2021-11-26"}
    operation = by("fabrice.cuvelier", application, "create_operation", None, **ground).reference
    end = (application.today + timedelta(days=200)).isoformat()
    place = {"name": "Fontenoy 2", "address": "Rue Archimède", "vacate_on": end}
    building = by("fabrice.cuvelier", application, "create_building", operation, **place).created["building"]
    household = {"building_id": building, "members": MEMBERS, "dwelling": DWELLING}
    case = by("nadia.ouali", application, "identify_household", None, **household).reference
    return str(operation), str(case)


def pick_rare(person: Person, action: str) -> None:
    person.button("Autres actions").first.click()
    person.page.get_by_role("menuitem", name=action).click()
    person.settle()


def test_a_building_until_its_last_household(application: Application, somebody: Somebody) -> None:
    operation, case = a_household(application)
    officer = somebody("nadia.ouali")
    officer.go(f"/operations?operation={operation}", "Alma")
    officer.sees("aucune action prévue")
    officer.start("Changer la date de libération")
    officer.date("À libérer avant le", application.today + timedelta(days=300))
    officer.write("Motif du changement", "Désamiantage retardé")
    officer.confirm("Changer la date de libération")
    officer.sees("date changée 1 fois")

    officer.go(f"/dossier?id={case}", "Amrani")
    officer.sees("Date de libération changée 1 fois")
    pick_rare(officer, "Prévoir la prochaine action")
    officer.write("Ce qui sera fait", "Visite avec la médiatrice")
    officer.choose("Par qui", "Nadia Ouali")
    officer.date("Avant le", application.today + timedelta(days=10))
    officer.confirm("Prévoir la prochaine action")
    officer.sees("Prochaine action prévue")
    officer.go(f"/operations?operation={operation}", "Alma")
    officer.sees("Visite avec la médiatrice")
    officer.shot("operation-last-occupant")

    officer.go("/signalement", "Nouveau signalement")
    officer.tick("Ménage à reloger (NPRU)")
    officer.choose("Bâtiment", "Fontenoy 2")
    officer.choose("Logement déjà inscrit dans ce bâtiment", "3 rue de l’Exemple")
    for label, value in (("Prénom", "Karim"), ("Nom", "Lefebvre")):
        officer.write(label, value)
    officer.date("Date de naissance", date(1999, 5, 14))
    officer.shot("operation-second-household")
    officer.confirm("Enregistrer le signalement")
    officer.sees("Référence à noter")

    secretary = somebody("camille.joly")
    secretary.go("/operations", "Opérations NPRU")
    secretary.sees("objectif non fixé")
    secretary.start("Fixer un objectif")
    secretary.write("Avenant (référence)", "Avenant 1")
    secretary.choose("Objectif", "Ménages relogés")
    secretary.choose("Bailleur", "Lille Métropole Habitat")
    secretary.write("Valeur", "40")
    secretary.date("En vigueur à partir du", application.today)
    secretary.confirm("Fixer un objectif")
    secretary.sees("pas encore atteint")
    secretary.shot("operation-board")
    secretary.go("/charte", "Charte et bilans")
    secretary.reads("40 ménages", "Fixer un objectif, dans « Opérations NPRU »")
