"""A social worker fills the grid block by block, loses nothing to a reload, signs, dates the next step."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from cases.command import Command
from cases.commands import execute
from cases.people import actor_named
from tests.builders import DWELLING, EVIDENCE, MEMBERS
from tests.e2e.conftest import Application
from tests.e2e.person import WINDOW, Person

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
CHILD = MEMBERS[1] | {"first_name": "Lina", "born_on": "2016-05-04", "sex": "F"}


def a_case_in_diagnosis(application: Application) -> str:
    """Referred, admitted and begun by Amina, through the door."""
    actor = actor_named("amina.haddad")
    assert actor is not None
    data: dict[str, Any] = {
        "members": [*MEMBERS, CHILD],
        "dwelling": DWELLING | {"rent": "410", "charges": "90", "housing_aid": "120"},
        "criteria": ["over_occupation"],
        "evidence": EVIDENCE,
    }
    case = None
    for kind in ("refer_transfer", "check_admissibility", "admit", "start_diagnosis"):
        command = Command(id=f"e2e.{kind}", type=kind, target=case, data={} if case else data)
        outcome = execute(command, now=application.now - timedelta(days=1), actor=actor)
        assert outcome.done, outcome.message
        case = outcome.reference
    return str(case)


def open_block(worker: Person, title: str) -> None:
    worker.main.get_by_role("button", name=re.compile(f"^(✓ )?{title}")).first.click()
    worker.sees_title(title)
    worker.settle()


def test_a_grid_is_filled_reloaded_signed_and_followed(
    application: Application, somebody: Callable[[str], Person]
) -> None:
    case = a_case_in_diagnosis(application)
    worker = somebody("amina.haddad")
    address = f"/diagnostic?id={case}"
    worker.go(address, "Diagnostic social")
    worker.date("Entretien le", application.today)
    open_block(worker, "Ressources")
    worker.click("Ajouter une ressource")
    worker.choose("Nature", "Salaire")
    worker.write("Montant mensuel (€)", "1 350")
    worker.write("Revenu fiscal de référence du ménage (€ par an)", "15 900")
    open_block(worker, "Souhaits")
    worker.choose("Communes souhaitées (dans l’ordre, 8 au plus)", "Tourcoing")
    worker.choose("Communes souhaitées (dans l’ordre, 8 au plus)", "Mouvaux")
    worker.go(address, "Diagnostic social")  # a reload: another machine would read the same draft
    open_block(worker, "Ressources")
    expect(worker.main.get_by_label("Montant mensuel (€)")).to_have_value("1 350")
    worker.sees("28,1")  # (410 + 90 − 120) ÷ 1 350
    worker.shot("diagnostic-saisie")
    worker.page.set_viewport_size(PHONE)
    worker.settle()
    worker.page.screenshot(path=worker.shots / "diagnostic-telephone.png", full_page=True)
    worker.page.set_viewport_size(WINDOW)
    open_block(worker, "Conclusion")
    worker.sees("Mouvaux")  # the ranked wishes are proposed for the need sheet
    worker.click("Signer le diagnostic")
    worker.done("Diagnostic signé")
    worker.sees("Version 1 signée le")
    worker.main.get_by_text("Enregistrer une étape", exact=True).click()
    worker.date("Faite le", application.today)
    worker.confirm("Enregistrer une étape du diagnostic")
    worker.sees("Enregistrée par")
    worker.shot("diagnostic-signe")
