"""Beside the path, in a real browser: a step taken back, a note, a suspension, a document, an opinion."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cases.command import Command
from cases.commands import execute
from cases.people import actor_named
from db import rows
from db.engine import reading
from db.rows import Row
from db.tables.beside import Document
from db.tables.case import CaseFile
from tests.e2e.conftest import Application
from tests.e2e.person import WINDOW, Person
from tests.relogement.conftest import referral

pytestmark = pytest.mark.browser

Somebody = Callable[[str], Person]
PDF = b"%PDF-1.4 une page"


def a_referral(application: Application) -> str:
    worker = actor_named("amina.haddad")
    assert worker is not None
    outcome = execute(Command(**referral("e2e.beside")), now=application.now, actor=worker)
    assert outcome.done, outcome.message
    return str(outcome.reference)


def case_of(reference: str) -> Row:
    with reading() as connection:
        found = rows.get(connection, CaseFile, id=reference)
    assert found is not None
    return found


def pick_rare(person: Person, action: str) -> None:
    person.main.get_by_role("button", name="Autres actions").click()
    person.page.get_by_role("menuitem", name=action).click()
    person.settle()


def test_beside_the_path(application: Application, somebody: Somebody, tmp_path: Path) -> None:
    reference = a_referral(application)
    worker = somebody("amina.haddad")
    worker.go(f"/dossier?id={reference}", "Essai")

    worker.start("Signaler un blocage")
    worker.choose("Ce qui bloque", "Impayés")
    worker.confirm("Signaler un blocage")
    worker.sees("Bloqué")
    worker.shot("beside-undo")
    worker.main.get_by_role("button", name="Annuler (").click()
    worker.done("annulé")
    assert case_of(reference)["open_blockages"] == 0

    worker.start("Ajouter une note")
    worker.write("Note (des faits, pas de jugement)", "Rappeler jeudi.")
    worker.page.reload()  # the form is still open, with what was typed
    worker.sees_title("Essai")
    worker.settle()
    note = worker.main.get_by_role("textbox", name="Note (des faits, pas de jugement)")
    expect(note).to_have_value("Rappeler jeudi.", timeout=15_000)
    worker.choose("Qui peut la lire", "Moi seul")
    worker.confirm("Ajouter une note")
    worker.sees("vous seul la lisez")

    until = application.today + timedelta(days=30)
    pick_rare(worker, "Suspendre le dossier")
    worker.choose("Motif de la suspension", "Ménage absent")
    worker.date("Reprise prévue le", until)
    worker.confirm("Suspendre le dossier")
    worker.sees("Suspendu jusqu’au")
    assert case_of(reference)["suspended_until"] == until

    page = tmp_path / "courrier.pdf"
    page.write_bytes(PDF)
    worker.main.get_by_text("Joindre un document").first.click()
    worker.choose("Type de document", "Courrier")
    worker.main.locator("input[type=file]").set_input_files(page)
    worker.sees("courrier.pdf")
    worker.settle()
    worker.button("Joindre ce document").click()
    worker.done("joint au dossier")
    with worker.page.expect_download() as download:
        worker.button("Télécharger").click()
    assert Path(download.value.path()).read_bytes() == PDF
    with reading() as connection:
        assert [row["name"] for row in rows.find(connection, Document)] == ["courrier.pdf"]

    pick_rare(worker, "Demander un avis")
    worker.choose("Organisme consulté", "Vilogia")
    worker.write("Question (sans nom ni donnée sociale)", "Un T4 se libère-t-il ?")
    worker.confirm("Demander un avis")
    worker.shot("beside-case")
    worker.page.set_viewport_size({**WINDOW, "width": 390})
    worker.shot("beside-case-390")

    landlord = somebody("emilie.wattel")
    landlord.sees("Votre avis est demandé")
    landlord.main.get_by_text("Donner un avis").first.click()
    landlord.choose("Avis", "Favorable")
    landlord.shot("beside-opinion")
    landlord.button("Envoyer l’avis").click()
    landlord.done("enregistré")
    worker.go(f"/dossier?id={reference}", "Essai")
    worker.sees("Avis rendu : favorable")
