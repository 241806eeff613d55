"""A session lived by the secretariat: four tabs, presence, decisions in two clicks, excerpts, the end."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from cases.command import Command
from cases.commands import execute
from cases.people import actor_named
from cases.rules.dates import add_months
from db import rows
from db.engine import reading
from db.tables.ici import IciDecision, IciSession, Obligation
from tests.e2e.conftest import Application
from tests.e2e.person import Person
from tests.relogement.conftest import referral

pytestmark = pytest.mark.browser

Somebody = Callable[[str], Person]


class Desk:
    """What was done before the session day, through the door."""

    def __init__(self, application: Application) -> None:
        self.application, self.asked = application, 0

    def do(self, who: str, kind: str, target: str | None = None, /, **data: Any) -> str:
        self.asked += 1
        command = Command(id=f"e2e.session.{self.asked}", type=kind, target=target, data=data)
        actor = actor_named(who)
        assert actor is not None
        outcome = execute(command, now=self.application.now, actor=actor)
        assert outcome.done, outcome.message
        return str(outcome.reference)

    def prepared(self) -> tuple[str, date]:
        """A session of today, its list frozen two months ago, two items objectified by the co-pilots."""
        day = self.application.today
        held_on = add_months(day, 3)
        session = self.do("camille.joly", "plan_session", ici="A", held_on=held_on.isoformat(), place="Lille")
        self.do("camille.joly", "plan_session", ici="A", held_on=add_months(day, 9).isoformat())
        for capacity, name, body in (
            ("chair", "Mme Dassonville", "mel"),
            ("co_pilot", "Mme Lorthioir", "ddtm"),
            ("member", "M. Caron", "lmh"),
        ):
            self.do("camille.joly", "name_member", ici="A", capacity=capacity, name=name, body_id=body,
                    from_on=day.isoformat())  # fmt: skip
        items = [self._item(rank, session) for rank in (1, 2)]
        self.application.move_to(add_months(held_on, -2) + timedelta(days=1))
        for item in items:
            self.do("marc.verhaeghe", "objectify", item, objectification="Blocage confirmé.", minutes=15,
                    proposal="Vilogia propose un T5.", proposed_kind="body_must_offer",
                    proposed_body_ids=["vilogia"])  # fmt: skip
            self.do("marc.verhaeghe", "put_on_agenda", item)
        self.do("camille.joly", "send_file", session)
        self.application.move_to(held_on)
        return session, held_on

    def _item(self, rank: int, session: str) -> str:
        line = referral(f"e2e.case.{rank}", member={"last_name": f"Essai{rank}"})
        case = self.do("amina.haddad", line["type"], **line["data"])
        item = self.do("amina.haddad", "draft_escalation", case_ids=[case], theme="typology_lacking",
                       title=f"T5 introuvables, secteur {rank}", exception="Péril.")  # fmt: skip
        self.do("amina.haddad", "submit_escalation", item, session_id=session)
        return item


def test_a_session_from_the_call_to_the_end(application: Application, somebody: Somebody) -> None:
    session, _ = Desk(application).prepared()
    secretary = somebody("camille.joly")
    secretary.go(f"/seances?seance={session}&volet=appel", "Séance")
    secretary.sees("Dépôt des remontées")
    secretary.sees("Appel envoyé le")
    secretary.sees("Télécharger la liste arrêtée")
    secretary.open_tab("Ordre du jour")
    secretary.sees("30 minutes prévues sur 90")
    secretary.main.get_by_text("Régler l’ordre et les durées").click()
    secretary.main.get_by_role("button", name="arrow_upward").last.click()
    secretary.settle()
    secretary.click("Enregistrer l’ordre du jour")
    secretary.done("réglé")

    secretary.open_tab("En séance")
    secretary.click("Tenir la séance")
    secretary.sees("décochez qui n’est pas là")
    secretary.main.get_by_role("button", name="Caron").click()
    secretary.settle()
    secretary.shot("43-presences")
    secretary.click("Enregistrer les présences")
    secretary.sees("2 présents sur 3")
    secretary.shot("44-en-seance")
    secretary.click("Enregistrer et passer au suivant")  # as the co-pilots propose it
    secretary.sees("Point 2 sur 2")
    secretary.main.get_by_role("radiogroup", name="Décision").get_by_text(
        "Une dérogation est accordée"
    ).click()
    secretary.settle()
    secretary.click("Enregistrer et passer au suivant")
    secretary.sees("tout est traité")
    secretary.start("Valider le relevé de décisions")
    secretary.confirm("Valider le relevé de décisions")

    secretary.go(f"/seances?seance={session}&volet=suites", "Séance")
    secretary.sees("Extraits à transmettre")
    secretary.main.get_by_role("button", name="Envoyer les extraits").click()
    secretary.done("partis")
    secretary.shot("45-suites")
    secretary.click("Clore la séance")
    secretary.settle()
    with reading() as connection:
        assert [row["state"] for row in rows.find(connection, IciSession, id=session)] == ["closed"]
        made = rows.find(connection, IciDecision, session_id=session)
        assert [(row["kind"], len(row["agreed_ids"])) for row in made] == [
            ("body_must_offer", 2),
            ("derogation", 2),
        ]
        assert {row["body_id"] for row in rows.find(connection, Obligation)} == {"vilogia"}
    the_cil_reads(somebody("marc.verhaeghe"))


def the_cil_reads(co_pilot: Person) -> None:
    """The session counts in the consolidation of the three ICIs; small figures are hidden."""
    co_pilot.go("/bilan-ici", "Bilan des ICI")
    co_pilot.sees("séance tenue")
    co_pilot.sees("masqué")
    with co_pilot.page.expect_download() as table:
        co_pilot.click("Télécharger le tableau (CSV)")
    lines = Path(table.value.path()).read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("Tableau;Ligne;")
    assert any("masqué" in line for line in lines)
    co_pilot.shot("46-bilan-cil")
