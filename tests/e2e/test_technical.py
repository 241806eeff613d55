"""A worker notes an obstacle, sets up a support, asks the technical committee; the secretariat holds it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from cases.command import Command
from cases.commands import execute
from cases.people import actor_named
from db import rows
from db.engine import reading
from db.tables.support import SupportMeasure
from db.tables.technical import TechnicalItem, TechnicalSession
from tests.e2e.conftest import Application
from tests.e2e.person import Person
from tests.relogement.conftest import referral

pytestmark = pytest.mark.browser

Somebody = Callable[[str], Person]


def a_case(application: Application) -> str:
    """Referred, and a committee planned for today."""
    told = {
        "amina.haddad": referral("e2e.technical"),
        "camille.joly": {
            "id": "e2e.plan",
            "type": "plan_technical",
            "data": {"held_on": application.today.isoformat(), "member_ids": ["mel", "lmh", "ccas-roubaix"]},
        },
    }
    found = []
    for who, line in told.items():
        actor = actor_named(who)
        assert actor is not None
        outcome = execute(Command(**line), now=application.now, actor=actor)
        assert outcome.done, outcome.message
        found.append(str(outcome.reference))
    return found[0]


def choose_action(person: Person, action: str) -> None:
    """From the menu of the rarer actions."""
    person.start_rare(action)
    person.sees_title(action)


def test_from_the_case_to_the_opinion(application: Application, somebody: Somebody) -> None:
    case_id, today = a_case(application), application.today
    worker = somebody("amina.haddad")
    worker.go(f"/dossier?id={case_id}", "Essai")
    choose_action(worker, "Noter un frein")
    worker.choose("Frein", "Numérique")
    worker.write("Action prévue", "Atelier numérique du centre social")
    worker.date("Avant le", today + timedelta(days=21))
    worker.confirm("Noter un frein")
    worker.sees("Atelier numérique du centre social")

    choose_action(worker, "Mettre en place un accompagnement")
    worker.choose("Nature de l’accompagnement", "ASLL")
    worker.choose("Organisme", "CCAS de Roubaix")
    worker.write("Intervenant (nom, contact)", "Mme Leroy, 03 20 00 00 00")
    worker.date("À partir du", today)
    worker.button("Mettre en place un accompagnement").last.click()
    worker.sees("sans l’accord daté du ménage")
    worker.shot("31-accord-du-menage")
    worker.date("Accord du ménage recueilli le", today)
    worker.confirm("Mettre en place un accompagnement")
    worker.sees("ASLL \\(FSL\\)")

    choose_action(worker, "Inscrire au comité technique")
    worker.choose("Ce qui est demandé", "Donner une orientation")
    worker.write("La question, sans nom ni donnée de santé", "Logement adapté ou parc ordinaire ?")
    worker.confirm("Inscrire au comité technique")
    worker.shot("32-freins-et-accompagnement")

    secretary = somebody("camille.joly")
    secretary.go("/comite-technique", "Comité technique")
    secretary.click("Ouvrir la séance")
    secretary.click("Commencer")
    secretary.sees("Point 1 sur 1")
    secretary.pick("Avis", "Favorable")
    secretary.shot("33-comite-technique")
    secretary.click("Enregistrer et passer au suivant")
    secretary.click("Clore le relevé")
    secretary.done("clos")
    secretary.shot("34-releve")
    worker.go(f"/dossier?id={case_id}", "Essai")
    worker.sees("Avis favorable")
    with reading() as connection:
        assert [row["opinion"] for row in rows.find(connection, TechnicalItem)] == ["favourable"]
        assert [row["state"] for row in rows.find(connection, TechnicalSession)] == ["closed"]
        assert [row["consented_on"] for row in rows.find(connection, SupportMeasure)] == [today]
