"""The secretariat moves a session earlier then later; a co-pilot admits an exception after the freeze."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import orjson
import pytest

from cases.command import Command
from cases.commands import execute
from cases.people import actor_named
from cases.rules.dates import add_months
from db import rows
from db.engine import reading
from db.tables.ici import FrozenList, IciSession
from relogement.lines import Known, Line
from relogement.rehearse import rehearse
from tests.e2e.conftest import Application
from tests.e2e.person import Person
from ui_streamlit.widgets.dates import long_date as written

pytestmark = pytest.mark.browser

LIFE = Path(__file__).parents[1] / "journeys" / "session_moved.jsonl"
NAME = "session_moved"
BEFORE = 18  # lines of the two cases that this test raises, up to their search


def long_date(day: date) -> str:
    """As a browser reads it."""
    return written(day).replace("\u00a0", " ")


def two_cases_searching(known: Known, application: Application) -> None:
    """The journey's own households, as if they had come today."""
    lives = [orjson.loads(line) for line in LIFE.read_bytes().splitlines()[2 : 2 + BEFORE - 2]]
    moved = [
        row | {"now": (application.now - timedelta(minutes=60 - rank)).isoformat()}
        for rank, row in enumerate(lives)
    ]
    text = orjson.dumps(moved).replace(b'"2026-03-02"', orjson.dumps(application.today.isoformat()))
    for played in rehearse([Line(rank, row) for rank, row in enumerate(orjson.loads(text))], known=known):
        assert played.outcome.done, played.outcome.message


def ask(application: Application, known: Known, who: str, line: dict[str, object]) -> str:
    actor = actor_named(who)
    assert actor is not None
    outcome = execute(Command(**line), now=application.now, actor=actor)  # type: ignore[arg-type]
    assert outcome.done, outcome.message
    known.learn(str(line["id"]), outcome)
    return str(outcome.reference)


def a_call_open(application: Application, known: Known, held_on: date) -> tuple[str, str, str]:
    """(session, escalation filed, draft): the call is open, a later session is planned."""
    for rank, day in enumerate((held_on, add_months(held_on, 6))):
        plan = {"ici": "A", "held_on": day.isoformat()}
        ask(application, known, "camille.joly", {"id": f"s{rank}", "type": "plan_session", "data": plan})
    session = str(known.resolve("@s0"))
    application.move_to(application.today)
    items = []
    for name in "td":
        data = {
            "case_ids": [known.resolve(f"@{NAME}.{name}")],
            "theme": "no_accessible_stock",
            "title": "T2 de plain-pied introuvable",
            "session_id": session,
        }
        line = {"id": f"e.{name}", "type": "draft_escalation", "data": data}
        items.append(ask(application, known, "amina.haddad", line))
    ask(application, known, "amina.haddad", {"id": "f.t", "type": "submit_escalation", "target": items[0]})
    return session, items[0], items[1]


def move(secretary: Person, day: date, words: str, shot: str) -> None:
    secretary.click("Déplacer la séance")
    secretary.date("Nouvelle date", day)
    secretary.write("Motif", "Salle indisponible.")
    secretary.sees("Ce que ce déplacement entraînera")
    secretary.sees(words)
    secretary.shot(shot)
    secretary.confirm("Déplacer la séance")
    secretary.sees_title(f"Séance du {long_date(day)}")


def test_moved_both_ways_and_an_exception_after_the_freeze(
    application: Application, somebody: Callable[[str], Person]
) -> None:
    known = Known()
    two_cases_searching(known, application)
    today = application.today
    session, filed, draft = a_call_open(application, known, add_months(today, 2) + timedelta(days=25))
    secretary = somebody("camille.joly")
    secretary.go(f"/seances?seance={session}", "Séance du")
    move(secretary, add_months(today, 2) - timedelta(days=8), "devient hors délai", "41-seance-avancee")
    move(secretary, add_months(today, 2) + timedelta(days=9), "de nouveau à temps", "42-seance-repoussee")
    with reading() as connection:
        limit_on = rows.find(connection, IciSession, id=session)[0]["limit_on"]
    application.move_to(limit_on + timedelta(days=1))
    ask(application, known, "amina.haddad", {"id": "f.d", "type": "submit_escalation", "target": draft})
    pilot = somebody("marc.verhaeghe")
    pilot.go(f"/seances?seance={session}&volet=appel", "Séance du")
    pilot.click("Admettre par exception")
    pilot.choose("Motif", "Danger imminent")
    pilot.write("Explication", "Péril signalé par la commune.")
    pilot.confirm("Admettre par exception")
    pilot.shot("43-exception-apres-arret")
    with reading() as connection:
        lists = rows.find(connection, FrozenList, session_id=session)
    assert [[item["escalation"] for item in one["content"]] for one in lists] == [[filed], [draft]]
