"""The visit at six months, a signal to the FSL, the questionnaire, the three promises of the charter."""

from collections.abc import Callable
from datetime import date

import pytest

from cases.people import actor_named
from db import rows
from db.engine import reading
from db.tables.follow_up import Satisfaction, Signal
from tests import builders
from tests.e2e.conftest import Application
from tests.e2e.person import Person

pytestmark = pytest.mark.browser

Somebody = Callable[[str], Person]
VISIT = date(2026, 11, 4)


@pytest.fixture
def rehoused(application: Application, monkeypatch: pytest.MonkeyPatch) -> str:
    """A household of LMH that moved in on 4 May 2026, followed by Nadia Ouali."""
    officer = actor_named("nadia.ouali")
    assert officer is not None
    for who in ("denis", "farid"):
        monkeypatch.setitem(builders.ACTORS, who, officer)
    return builders.a_rehousing("follow_up")


def visit(officer: Person) -> None:
    officer.start("Enregistrer un contact de suivi")
    officer.pick("Bilan à (mois)", "6 mois")
    officer.date("Contact le", VISIT)
    officer.choose("Moyen de contact", "Visite au logement")
    officer.pick("Ménage joint", "Oui")
    officer.pick("Loyer payé", "Non")
    officer.write("Dette depuis l’entrée (€)", "420")
    officer.pick("Aide au logement en place", "Oui")
    officer.choose("Satisfaction (1 à 4)", "3")
    officer.choose("Conclusion", "Nouvelle difficulté")
    officer.choose("Difficulté signalée à", "FSL")
    officer.main.get_by_text("Le ménage est d’accord avec ce signalement").click()
    officer.settle()
    officer.shot("suivi-01-bilan")
    officer.confirm("Enregistrer un contact de suivi")
    officer.sees("Réception à vérifier")


def check_signal(officer: Person) -> None:
    officer.start("Vérifier un signalement")
    officer.choose("Ce qu’en dit l’organisme", "Reçu, pris en charge")
    officer.date("Vérifié le", VISIT)
    officer.confirm("Vérifier un signalement")
    officer.sees("Reçu, pris en charge")


def ask_household(officer: Person) -> None:
    officer.start("Enregistrer le questionnaire de satisfaction")
    officer.pick("Bilan à (mois)", "6 mois")
    officer.date("Réponse du", VISIT)
    officer.choose("Comment le ménage a appris l’opération ou la mutation", "Par courrier")
    for label in ("Qualité de l’information (1 à 4)", "Satisfaction : le logement (1 à 4)",
                  "Satisfaction : le quartier (1 à 4)"):  # fmt: skip
        officer.choose(label, "3")
    for label in (
        "A eu un interlocuteur unique",
        "S’est senti accompagné",
        "S’est senti accompagné au déménagement",
    ):
        officer.pick(label, "Oui")
    officer.shot("suivi-02-questionnaire")
    officer.confirm("Enregistrer le questionnaire de satisfaction")


def test_a_household_is_followed_and_the_charter_shows_it(rehoused: str, somebody: Somebody) -> None:
    officer = somebody("nadia.ouali")
    officer.go(f"/dossier?id={rehoused}", "Amrani")
    officer.sees("Les trois promesses de la charte")
    visit(officer)
    check_signal(officer)
    ask_household(officer)
    officer.sees("Questionnaire de satisfaction rempli à 6 mois")
    officer.shot("suivi-03-dossier")
    with reading() as connection:
        assert [row["answer"] for row in rows.find(connection, Signal, case_id=rehoused)] == ["received"]
        assert len(rows.find(connection, Satisfaction, case_id=rehoused)) == 1
    officer.go("/charte?promesse=residential_choice", "Charte et bilans")
    officer.sees("Tourcoing est la première commune demandée")
    officer.shot("suivi-04-charte")
