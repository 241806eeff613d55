"""A trainer moves the demonstration's clock on: the days are lived, and every page shows the day reached."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from cases import present
from relogement.lines import Known
from tests.e2e.conftest import Application
from tests.e2e.person import Person
from tests.e2e.test_moved_session import ask, long_date

pytestmark = pytest.mark.browser


def test_a_day_then_the_next_session(application: Application, somebody: Callable[[str], Person]) -> None:
    today = application.today
    held_on = today + timedelta(days=10)
    plan = {"ici": "A", "held_on": held_on.isoformat()}
    ask(application, Known(), "camille.joly", {"id": "s", "type": "plan_session", "data": plan})
    trainer = somebody("camille.joly")
    trainer.go("/horloge", f"Nous sommes le {long_date(today)}")
    trainer.sees("Le temps n’a pas encore avancé")
    for button, day in (("Avancer d’un jour", today + timedelta(days=1)), ("Aller à la prochaine", held_on)):
        trainer.main.get_by_role("button", name=button).click()
        heading = trainer.page.get_by_role("heading", name=f"Nous sommes le {long_date(day)}")
        expect(heading).to_be_visible(timeout=45_000)  # a process starts, then each day is lived
    trainer.settle()
    trainer.sees("jour de la séance")
    trainer.sees("liste arrêtée")
    trainer.shot("44-horloge-de-demonstration")
    trainer.go("/ma-journee", "")
    trainer.sees(f"Démonstration : nous sommes le {long_date(held_on)}")
    assert present.today() == held_on
