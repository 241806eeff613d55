"""Six cases blocked for the same reason: proposed together, filed, advised upon, decided for four of them."""

from collections.abc import Callable
from datetime import date
from itertools import takewhile
from typing import Any

import pytest

from db import rows
from db.engine import reading
from db.tables.ici import Escalation, IciCourse
from relogement.lines import Known, Line, read_lines
from relogement.rehearse import rehearse
from tests.e2e.conftest import Application
from tests.e2e.person import Person
from tests.journeys.test_journeys import HERE

pytestmark = pytest.mark.browser

Somebody = Callable[[str], Person]
SESSION = "/seances?seance=ICI-A-2026-1&volet="
SIX = ("a", "g1", "g2", "g3", "g4", "g5")


def played(known: Known, *lines: Line) -> None:
    for one in rehearse(lines, known=known):
        assert one.outcome.done, one.outcome.message


def line(name: str, kind: str, target: str, actor: str, now: str, **data: Any) -> Line:
    content = {"id": name, "type": kind, "target": target, "actor": actor, "now": now, "data": data}
    return Line(1, content)


def six_blocked_cases() -> list[str]:
    """As the journey of the trade has them, before anything is raised; their references."""
    known = Known()
    with (HERE / "grouped_escalation.jsonl").open("rb") as stream:
        before = takewhile(lambda one: one.content["id"] != "grouped.e", read_lines(stream))
        lines = [one for one in before if one.content["id"] != "grouped.block"]
    blocked = (
        line(f"block.{one}", "open_blockage", f"@grouped.{one}", "karim.zeroual", "2026-06-20T10:00:00+02:00",
             theme="arrears")
        for one in SIX
    )  # fmt: skip
    played(known, *lines, *blocked)
    return [str(known.resolve(f"@grouped.{one}")) for one in SIX]


def held(escalation: str) -> None:
    """From the frozen list to the session: the work of the co-pilots, which other tests click."""
    said = {"objectification": "Six plans respectés.", "proposal": "Accepter un T5 après trois mois."}
    played(
        Known(),
        line("b.obj", "objectify", escalation, "marc.verhaeghe", "2026-08-10T10:00:00+02:00", **said),
        line("b.agenda", "put_on_agenda", escalation, "marc.verhaeghe", "2026-08-20T10:00:00+02:00"),
        line("b.file", "send_file", "ICI-A-2026-1", "camille.joly", "2026-09-01T10:00:00+02:00"),
        line("b.held", "hold_session", "ICI-A-2026-1", "camille.joly", "2026-09-15T08:00:00+02:00"),
    )


def test_six_cases_proposed_together_are_decided_for_four(
    application: Application, somebody: Somebody
) -> None:
    cases = six_blocked_cases()
    application.move_to(date(2026, 7, 8))
    worker = somebody("karim.zeroual")
    worker.go(f"{SESSION}appel", "Séance du mardi 15 septembre 2026")
    worker.sees("Remontées proposées par le système")
    worker.shot("60-proposition")
    worker.main.get_by_role("link", name="6 dossiers bloqués : impayés").click()
    worker.settle()
    worker.sees_title("Préparer une remontée")
    worker.write("Ce qui est demandé à l’ICI", "Accepter un T5 dès trois mois de plan respecté.")
    worker.shot("61-brouillon-rempli")
    worker.click("Déposer la remontée")
    worker.done("déposée")

    pilot = somebody("marc.verhaeghe")
    pilot.go(f"{SESSION}appel", "Séance du mardi 15 septembre 2026")
    pilot.start("Demander un avis sur la remontée")
    pilot.choose("Organisme consulté", "Lille Métropole Habitat")
    pilot.write("Question (sans nom ni adresse)", "Et pour la famille AMRANI ?")
    pilot.button("Demander un avis sur la remontée").last.click()
    pilot.sees("Question : un nom de famille")
    pilot.shot("62-question-refusee")
    pilot.write("Question (sans nom ni adresse)", "Acceptez-vous un T5 après trois mois ?")
    pilot.confirm("Demander un avis sur la remontée")

    landlord = somebody("fabrice.cuvelier")
    landlord.sees("Votre avis est demandé sur une remontée")
    landlord.main.get_by_text("Donner un avis").first.click()
    landlord.choose("Avis", "Favorable sous réserve")
    landlord.write("Explication (sans nom)", "Trois mois au moins.")
    landlord.shot("63-avis")
    landlord.click("Envoyer l’avis")
    landlord.done()

    application.move_to(date(2026, 9, 15))
    held("E-26-0001")
    decided(somebody("camille.joly"), cases)


def decided(secretary: Person, cases: list[str]) -> None:
    secretary.go(f"{SESSION}seance", "Séance du mardi 15 septembre 2026")
    secretary.sees("« Trois mois au moins. »")
    secretary.click("Tirer la fiche anonymisée")
    secretary.sees("La fiche ne désigne personne")
    for case in cases[:4]:
        secretary.choose("Dossiers concernés (tous si rien n’est choisi)", case)
    secretary.choose("Qui doit agir", "Lille Métropole Habitat")
    secretary.shot("64-decision-pour-quatre")
    secretary.click("Enregistrer et passer au suivant")
    secretary.done("Décision enregistrée")
    with reading() as connection:
        states = {row["case_id"]: row["state"] for row in rows.find(connection, IciCourse)}
        rest = rows.get(connection, Escalation, id="E-26-0002")
    assert [states[case] for case in cases] == ["decided"] * 4 + ["carried_over"] * 2
    assert rest is not None
    assert (rest["state"], rest["session_id"]) == ("carried_over", "ICI-A-2027-1")
