"""Escalations in depth: cases that join and leave, opinions asked of bodies, the anonymised sheet."""

from datetime import date

import pytest

from db.tables.clock import Deadline, Notice
from db.tables.item import ItemOpinion
from db.tables.journal import JournalEntry
from tests.cases.ici_world import HELD, NIGHT, SEPTEMBER, World
from tests.records import every, the

JULY = "2026-07-10T10:00:00+02:00"
ASKED = {"body_id": "3f", "question": "Un T5 se libère-t-il avant mars ?"}


@pytest.fixture
def world(database: str) -> World:
    world = World()
    world.sessions()
    return world


def test_cases_join_and_leave_before_the_freeze_each_with_its_reason(world: World) -> None:
    first, second = world.a_case(), world.a_case(name="Durand")
    item = world.filed(first)
    assert world.refused("sylvie", "join_case", item, when=JULY, case_id=second) == {"join.reason"}
    world.do("sylvie", "join_case", item, when=JULY, case_id=second, reason="Même blocage, T5 à Roubaix.")
    world.do("sylvie", "leave_escalation", item, when=JULY, case_id=first, reason="Un T5 est accepté.")
    courses = {row["case_id"]: row for row in world.courses(item)}
    assert courses[second]["joined_reason"] == "Même blocage, T5 à Roubaix."
    assert courses[second]["joined_on"] == date(2026, 7, 10)
    assert (courses[first]["left_reason"], courses[first]["joined_on"]) == ("Un T5 est accepté.", None)
    world.do("camille", "close_call", SEPTEMBER, when=NIGHT)
    assert world.lists(SEPTEMBER)[0]["content"][0]["cases"] == [second]


def test_an_opinion_is_asked_reminded_answered_and_told(world: World) -> None:
    item = world.filed()
    asked = world.do("marc", "ask_item_opinion", item, when=JULY, **ASKED)
    assert world.refused("marc", "ask_item_opinion", item, when=JULY, **ASKED) == {"item_opinion.waiting"}
    number = asked.created["item_opinion"]
    assert world.open_deadlines(f"item_opinion:{number}") == ["item_opinion_answer"]
    line = the(Deadline, subject=f"item_opinion:{number}")
    assert (line["due_on"], line["owner_id"], line["lead_id"]) == (date(2026, 7, 25), "fabien", "camille")
    assert (line["case_id"], line["body_id"]) == (None, "3f")
    told = [row["recipient_id"] for row in every(Notice) if "Votre avis est demandé" in row["text"]]
    assert told == ["fabien"]
    answer = {"opinion_id": number, "opinion": "reserved"}
    assert world.refused("adele", "answer_item_opinion", item, when=HELD, **answer) == {"field.words"}
    assert world.refused("vera", "answer_item_opinion", item, when=HELD, **answer, words="Non.") == {
        "item_opinion.none"
    }
    world.do("adele", "answer_item_opinion", item, when=HELD, **answer, words="Avec un garant.")
    assert world.refused("adele", "answer_item_opinion", item, when=HELD, **answer, words="Bis.") == {
        "item_opinion.answered"
    }
    assert the(Deadline, subject=f"item_opinion:{number}")["outcome"] == "met_late"
    assert {row["recipient_id"] for row in every(Notice) if "Un avis est rendu" in row["text"]} == {
        "marc", "sylvie",
    }  # fmt: skip


def test_who_may_ask_and_when_it_is_too_late(world: World) -> None:
    item = world.filed()
    assert world.refused("hugo", "ask_item_opinion", item, when=JULY, **ASKED) == {"access.scope"}
    past = ASKED | {"due_on": "2026-07-01"}
    assert world.refused("sylvie", "ask_item_opinion", item, when=JULY, **past) == {"field.due_on"}
    number = world.do("sylvie", "ask_item_opinion", item, when=JULY, **ASKED).created["item_opinion"]
    world.do("sylvie", "withdraw_escalation", item, when=JULY, reason="Solution trouvée.")
    assert the(ItemOpinion, id=number)["answer"] == "no_object"
    assert world.open_deadlines(f"item_opinion:{number}") == []
    assert world.refused("sylvie", "ask_item_opinion", item, when=JULY, **ASKED) == {"item_opinion.ended"}


def test_a_decision_names_nobody_and_leaves_no_opinion_awaited(world: World) -> None:
    item = world.filed(world.a_case(name="Vandenbroucke"))
    world.do("marc", "ask_item_opinion", item, when=JULY, **ASKED)
    named = {"kind": "derogation", "text": "Dérogation pour Mme Vandenbroucke."}
    assert "item.names" in world.refused("camille", "decide", item, when=JULY, **named)
    world.decided(escalation=item)
    assert the(ItemOpinion)["answer"] == "no_object"


def test_a_question_names_nobody(world: World) -> None:
    case = world.a_case(name="Vandenbroucke")
    item = world.filed(case)
    outcome = world.ask(
        "marc", "ask_item_opinion", item, when=JULY, body_id="3f", question="Un T5 pour les VANDEN-BROUCKE ?"
    )
    assert {reason.code for reason in outcome.reasons} == {"item.names"}
    assert outcome.message.startswith(f"Question : un nom de famille ({case}) s’y trouve")
    assert every(ItemOpinion) == []


def test_a_sheet_that_names_somebody_is_held_back_and_journaled_without_the_name(world: World) -> None:
    case = world.a_case(name="Vandenbroucke")
    item = world.filed(case)
    page = "<h1>Fiche</h1><h2>Ce qui a été tenté</h2><p>Mme Vandenbroucke, 3 r. des Tilleuls</p>"
    held = world.do("marc", "give_item_sheet", item, when=JULY, content=page).created
    assert held["given"] is False
    assert [(hit["kind"], hit["place"], hit["case_id"]) for hit in held["found"]] == [
        ("last_name", "Ce qui a été tenté", case),
        ("address", "Ce qui a été tenté", case),
    ]
    (line,) = every(JournalEntry, type="give_item_sheet")
    assert '"given":false' in line["answer"]
    assert "andenbroucke" not in f"{line['details']} {line['answer']}"
    given = world.do("marc", "give_item_sheet", item, when=JULY, content="<h1>Fiche</h1><p>T5</p>").created
    assert (given["given"], given["found"]) == (True, [])


def test_of_a_protected_case_the_gate_says_only_that_something_was_found(world: World) -> None:
    item = world.filed(world.a_case(name="Vandenbroucke", protected=True))
    page = "<h1>Fiche</h1><h2>Constat</h2><p>Vandenbroucke</p>"
    nothing_more = [{"kind": "protected", "case_id": "", "place": "Constat", "start": 0, "end": 0}]
    assert world.do("marc", "give_item_sheet", item, when=JULY, content=page).created["found"] == nothing_more
    (own,) = world.do("sylvie", "give_item_sheet", item, when=JULY, content=page).created["found"]
    assert own["kind"] == "last_name"


def test_a_draft_is_completed_and_a_filed_text_corrected_until_the_decision(world: World) -> None:
    item = world.filed(world.a_case(name="Vandenbroucke"))
    world.do("sylvie", "revise_escalation", item, when=JULY, title="T5, Roubaix", asked="Un T5 avant mars.")
    assert world.escalation(item)["title"] == "T5, Roubaix"
    assert world.refused("sylvie", "revise_escalation", item, when=JULY, asked="Un T5 avant mars.") == {
        "revise.nothing"
    }
    named = {"title": "T5 pour Mme Vandenbroucke", "proposal": "Un T5."}
    assert world.refused("sylvie", "revise_escalation", item, when=JULY, **named) == {
        "item.names", "revise.co_pilots",
    }  # fmt: skip
    world.do("camille", "close_call", SEPTEMBER, when=NIGHT)
    assert world.refused("sylvie", "revise_escalation", item, when=HELD, title="T4") == {"revise.frozen"}
    world.do("sylvie", "revise_escalation", item, when=HELD, tried="Trois bailleurs, sans suite.")
    world.held(item, freeze=False)
    world.do("camille", "decide", item, when=HELD, kind="derogation", text="Accordée.")
    assert world.refused("sylvie", "revise_escalation", item, when=HELD, asked="Un T6.") == {"revise.decided"}


def test_a_title_names_nobody(world: World) -> None:
    case = world.a_case(name="Vandenbroucke")
    typed = {"theme": "arrears", "title": "Impayés, famille VANDENBROUCKE", "case_ids": [case]}
    assert world.refused("sylvie", "draft_escalation", **typed) == {"item.names"}
