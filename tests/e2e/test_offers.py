"""Offers in a real browser: an officer makes one, sees what it costs, plans the visit, records a refusal."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from cases.command import Command
from cases.commands import execute
from cases.people import actor_named
from tests.e2e.conftest import Application
from tests.e2e.person import Person

pytestmark = pytest.mark.browser

Somebody = Callable[[str], Person]
MEMBERS = [{"first_name": "Daniel", "last_name": "Desmet", "born_on": "1967-06-01", "sex": "M"}]
DWELLING = {
    "landlord_id": "lmh",
    "commune": "Lille",
    "canton": "Lille-5",
    "address": "12 rue de l’Exemple",
    "typology": 4,
    "rooms": 4,
    "surface_m2": 82,
    "rent": 480,
    "charges": 90,
    "housing_aid": 200,
}
NEED = {"typology_min": 2, "typology_max": 2, "max_cost": 480, "communes": ["Lille"]}


def a_household_to_rehouse(application: Application) -> str:
    """M. D. of the domain file, up to the search: what others did before."""
    officer = actor_named("nadia.ouali")
    lead = actor_named("fabrice.cuvelier")
    assert officer is not None
    assert lead is not None
    asked = iter(range(20))

    def do(kind: str, target: str | None, data: dict[str, object], who: object = officer) -> object:
        command = Command(id=f"offers.{next(asked)}", type=kind, target=target, data=data)
        outcome = execute(command, now=application.now, actor=who)  # type: ignore[arg-type]
        assert outcome.done, outcome.message
        return outcome

    site = {
        "site_id": "lille-concorde",
        "landlord_id": "lmh",
        "name": "Concorde",
        "convention_on": "2019-12-16",
    }
    operation = do("create_operation", None, site, lead).reference  # type: ignore[attr-defined]
    building = do("create_building", operation, {"name": "Tour A", "address": "Rue"}, lead)
    home = {"building_id": building.created["building"], "members": MEMBERS, "dwelling": DWELLING}  # type: ignore[attr-defined]
    case = str(do("identify_household", None, home).reference)  # type: ignore[attr-defined]
    today = application.today.isoformat()
    grid = {"held_on": today, "resources": [{"kind": "pension", "monthly": 1200}]}
    do("inform_household", case, {"letter_sent_on": today})
    do("start_diagnosis", case, {})
    do("sign_diagnosis", case, {"grid": grid, "need": NEED})
    do("validate_need", case, {})
    do("start_search", case, {})
    return case


def make_offer(officer: Person, application: Application) -> None:
    officer.start("Faire une proposition")
    officer.choose("Bailleur", "Vilogia")
    officer.write("Adresse du logement", "8 rue Pierre-Legrand")
    officer.choose("Commune", "Lille")
    officer.choose("Typologie (T)", "2")
    officer.write("Surface (m²)", "47")
    officer.write("Étage", "0")
    officer.write("Canton", "Lille-5")
    officer.write("Loyer (€ par mois)", "395")
    officer.write("Charges (€ par mois)", "70")
    officer.write("Aide au logement estimée (€ par mois)", "150")
    officer.sees("−55,00")  # 370 € today, 315 € there
    officer.sees("26,3")
    officer.date("Reçue le", application.today)
    officer.write("Preuve de réception", "LRAR 1A 203")
    officer.sees("1 condition non remplie")  # no visit was offered yet
    officer.shot("offres-1-proposition")
    officer.confirm("Faire une proposition")


def test_an_offer_is_made_visited_and_refused(application: Application, somebody: Somebody) -> None:
    case = a_household_to_rehouse(application)
    officer = somebody("nadia.ouali")
    officer.go(f"/dossier?id={case}", "Desmet")
    make_offer(officer, application)
    officer.page.get_by_role("button", name="Autres actions").click()
    officer.page.get_by_role("menuitem", name="Programmer une visite").click()
    officer.settle()
    officer.date("Visite le", application.today + timedelta(days=2))
    officer.confirm("Programmer une visite")
    officer.sees("Visite programmée")
    officer.start("Enregistrer un refus")
    officer.choose("Motifs (le premier est le principal)", "Année scolaire")
    officer.main.get_by_text("Refus signé", exact=True).click()
    officer.settle()
    officer.sees("Ce refus compterait parmi les trois offres")
    officer.sees("Le compteur passerait à 1 / 3")
    officer.sees("La recherche est mise en pause")
    officer.shot("offres-2-refus")
    officer.confirm("Enregistrer un refus")
    officer.sees("Refus comptés : 1 / 3")
    officer.sees("Recherche en pause jusqu’au")
    officer.sees("Toutes les conditions sont remplies")
    officer.shot("offres-3-historique")
