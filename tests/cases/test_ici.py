"""The ICI through the door, at its borders: domain case 7, the freeze, sessions that move, cases together."""

from datetime import date

import pytest

from cases.clockwork import before_ici
from cases.commands.freeze import digest_of
from db import rows
from db.engine import reading
from db.tables.clock import Notice
from tests.cases.ici_world import HELD, MARCH, NEXT_SEPTEMBER, NIGHT, SEPTEMBER, World, at

FROZEN_MARCH = "2027-01-17T00:00:05+01:00"
MARCH_DAY = "2027-03-16T06:20:00+01:00"
MARCH_HELD = "2027-03-16T10:30:00+01:00"


@pytest.fixture
def world(database: str) -> World:
    world = World()
    world.sessions()
    return world


def told(account: str) -> list[str]:
    with reading() as connection:
        return [row["text"] for row in rows.find(connection, Notice, recipient_id=account)]


# Case 7: the limit is a border to the second ------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "timing", "session"),
    [
        ("2026-07-15T23:59:59+02:00", "on_time", SEPTEMBER),
        ("2026-07-15T21:59:59+00:00", "on_time", SEPTEMBER),
        ("2026-07-16T00:00:00+02:00", "late", MARCH),
        ("2026-07-15T22:30:00+00:00", "late", MARCH),
        ("2026-07-16T09:12:00+02:00", "late", MARCH),
    ],
)
def test_the_limit_is_midnight_in_paris(world: World, when: str, timing: str, session: str) -> None:
    escalation = world.filed(when=when)
    row = world.escalation(escalation)
    assert (row["timing"], row["session_id"], row["asked_session_id"]) == (timing, session, SEPTEMBER)
    assert row["state"] == ("on_time" if timing == "on_time" else "carried_over")
    assert [course["state"] for course in world.courses(escalation)] == [row["state"]]


def test_who_files_a_day_late_is_told_why_and_for_when(world: World) -> None:
    escalation = world.filed(when="2026-07-16T09:12:00+02:00")
    (text,) = [text for text in told("sylvie") if escalation in text]
    assert "hors délai pour la séance du 15/09/2026" in text
    assert "limite : 15/07/2026 à 23:59:59" in text
    assert "16/03/2027" in text


def test_a_claimed_date_is_kept_and_changes_nothing(world: World) -> None:
    escalation = world.an_escalation()
    world.do("sylvie", "submit_escalation", escalation, when="2026-07-16T09:12:00+02:00", said="2026-07-14",
             session_id=SEPTEMBER)  # fmt: skip
    row = world.escalation(escalation)
    assert row["claimed_on"] == date(2026, 7, 14)
    assert row["submitted_at"] == at("2026-07-16T09:12:00+02:00")
    assert (row["timing"], row["session_id"]) == ("late", MARCH)


def test_without_a_next_session_it_waits_and_the_clock_carries_it_over(world: World) -> None:
    for session in (MARCH, NEXT_SEPTEMBER):
        world.do("camille", "cancel_session", session, reason="Calendrier refait.")
    escalation = world.filed(when="2026-07-16T09:12:00+02:00")
    assert world.escalation(escalation)["state"] == "late"
    world.do("camille", "plan_session", when="2026-07-17T09:00:00+02:00", ici="A", held_on="2027-03-09")
    assert before_ici(date(2026, 7, 18), at("2026-07-18T00:05:00+02:00"))["carried_over"] == 1
    assert world.escalation(escalation)["session_id"] == "ICI-A-2027-3"
    assert before_ici(date(2026, 7, 18), at("2026-07-18T00:10:00+02:00"))["carried_over"] == 0


# The freeze ---------------------------------------------------------------------------------------


def test_the_list_freezes_after_the_limit_not_before(world: World) -> None:
    escalation = world.filed()
    before_ici(date(2026, 7, 15), at("2026-07-15T23:59:59+02:00"))
    assert world.lists(SEPTEMBER) == []
    assert before_ici(date(2026, 7, 16), at(NIGHT))["lists_frozen"] == 1
    (frozen,) = world.lists(SEPTEMBER)
    assert [item["escalation"] for item in frozen["content"]] == [escalation]
    assert before_ici(date(2026, 7, 16), at(NIGHT))["lists_frozen"] == 0
    assert told("marc") == [
        f"Liste de la séance {SEPTEMBER} du 15/09/2026 arrêtée : {escalation}. "
        "Constats et propositions attendus pour le 31/08/2026."
    ]


def test_the_digest_recomputes_to_the_stored_one(world: World) -> None:
    world.filed()
    world.do("camille", "close_call", SEPTEMBER, when=NIGHT)
    (frozen,) = world.lists(SEPTEMBER)
    assert digest_of(frozen["content"]) == frozen["digest"]
    assert digest_of(frozen["content"][:-1]) != frozen["digest"]
    assert len(frozen["journal_head"]) == 64


def test_an_exception_after_the_freeze_is_a_numbered_addendum(world: World) -> None:
    world.filed()
    late = world.filed(when="2026-07-16T09:12:00+02:00")
    world.do("camille", "close_call", SEPTEMBER, when=NIGHT.replace("00:00:05", "10:00:00"))
    (before,) = world.lists(SEPTEMBER)
    why = {"motive": "imminent_danger", "reason": "Arrêté de péril pris le 20/07."}
    assert world.refused("sylvie", "admit_by_exception", late, **why) == {"access.role"}
    world.do("marc", "admit_by_exception", late, when="2026-07-21T10:00:00+02:00", **why)
    frozen, addendum = world.lists(SEPTEMBER)
    assert frozen == before
    assert (addendum["number"], [item["escalation"] for item in addendum["content"]]) == (1, [late])
    assert digest_of(addendum["content"]) == addendum["digest"]
    row = world.escalation(late)
    assert (row["session_id"], row["timing"], row["admitted_by"]) == (SEPTEMBER, "exception", "marc")
    assert row["exception_reason"] == "Danger imminent : Arrêté de péril pris le 20/07."


def test_an_exception_before_the_freeze_is_on_the_list_itself(world: World) -> None:
    late = world.filed(when="2026-07-16T00:00:01+02:00")
    world.do("marc", "admit_by_exception", late, when="2026-07-16T00:00:02+02:00", motive="violence",
             reason="Menaces.")  # fmt: skip
    world.do("camille", "close_call", SEPTEMBER, when=NIGHT)
    (frozen,) = world.lists(SEPTEMBER)
    assert [(item["escalation"], item["timing"]) for item in frozen["content"]] == [(late, "exception")]


# A session that moves -----------------------------------------------------------------------------


@pytest.mark.parametrize(("moved_to", "limit"), [("2026-08-25", "2026-06-25"), ("2026-10-13", "2026-08-13")])
def test_what_was_on_time_stays_on_time(world: World, moved_to: str, limit: str) -> None:
    escalation = world.filed(when="2026-07-01T10:00:00+02:00")
    world.do("camille", "move_session", SEPTEMBER, when="2026-07-02T10:00:00+02:00", held_on=moved_to,
             reason="Salle indisponible.")  # fmt: skip
    assert world.session(SEPTEMBER)["limit_on"] == date.fromisoformat(limit)
    row = world.escalation(escalation)
    assert (row["state"], row["timing"], row["session_id"]) == ("on_time", "on_time", SEPTEMBER)
    before_ici(date(2026, 8, 14), at("2026-08-14T00:05:00+02:00"))
    (frozen,) = world.lists(SEPTEMBER)
    assert [item["escalation"] for item in frozen["content"]] == [escalation]


def test_a_session_moved_later_takes_what_comes_before_its_new_limit(world: World) -> None:
    world.do("camille", "move_session", SEPTEMBER, when="2026-07-02T10:00:00+02:00", held_on="2026-10-13",
             reason="Élections.")  # fmt: skip
    assert world.escalation(world.filed(when="2026-08-10T10:00:00+02:00"))["timing"] == "on_time"


def test_a_frozen_session_keeps_its_limit_and_no_two_fall_on_a_day(world: World) -> None:
    world.do("camille", "close_call", SEPTEMBER, when=NIGHT)
    world.do("camille", "move_session", SEPTEMBER, when="2026-07-20T10:00:00+02:00", held_on="2026-10-13",
             reason="Élections.")  # fmt: skip
    assert world.session(SEPTEMBER)["limit_on"] == date(2026, 7, 15)
    again = {"held_on": "2027-03-16", "reason": "Regrouper."}
    assert world.refused("camille", "move_session", SEPTEMBER, **again) == {"session.twice"}


# Cases together -----------------------------------------------------------------------------------


def test_six_cases_go_together_and_each_shows_its_course(world: World) -> None:
    cases = [world.a_case(name=f"Foyer{rank}") for rank in range(6)]
    escalation = world.filed(*cases)
    world.do("camille", "close_call", SEPTEMBER, when=NIGHT)
    assert world.lists(SEPTEMBER)[0]["content"][0]["cases"] == sorted(cases)
    world.held(escalation, freeze=False)
    duty = {"body_id": "vilogia", "due_on": "2027-03-15"}
    world.do(
        "camille", "decide", escalation, when=HELD, kind="body_must_offer", text="Six T5.", duties=[duty]
    )
    assert {course["state"] for course in world.courses(escalation)} == {"decided"}
    (owed,) = world.obligations(escalation)
    world.do(
        "vera", "record_execution", escalation, when="2026-11-02T10:00:00+01:00", obligation_id=owed["id"]
    )
    assert world.escalation(escalation)["state"] == "executed"
    assert {world.case(case)["course_id"] for case in cases} == {None}


def test_a_decision_for_some_cases_leaves_the_others_raised(world: World) -> None:
    cases = [world.a_case(name=f"Foyer{rank}") for rank in range(3)]
    escalation = world.filed(*cases)
    world.held(escalation)
    duty = {"body_id": "vilogia", "due_on": "2027-03-15"}
    outcome = world.do("camille", "decide", escalation, when=HELD, kind="body_must_offer", text="Un T5.",
                       duties=[duty], case_ids=cases[:1])  # fmt: skip
    rest = outcome.created["escalation"]
    assert [course["case_id"] for course in world.courses(rest)] == cases[1:]
    row = world.escalation(rest)
    assert (row["state"], row["session_id"]) == ("carried_over", MARCH)
    assert {course["state"] for course in world.courses(rest)} == {"carried_over"}
    (owed,) = world.obligations(escalation)
    world.do(
        "vera", "record_execution", escalation, when="2026-11-02T10:00:00+01:00", obligation_id=owed["id"]
    )
    assert world.escalation(escalation)["state"] == "executed"
    assert world.case(cases[1])["course_id"] is not None


def test_cases_of_two_icis_do_not_go_together(world: World) -> None:
    cases = [world.a_case(), world.a_case(commune="Lille")]
    asked = {"case_ids": cases, "theme": "arrears", "title": "Impayés"}
    assert world.refused("sylvie", "draft_escalation", **asked) == {"raise.other_ici"}
    escalation = world.an_escalation(cases[0])
    assert world.refused("sylvie", "join_case", escalation, case_id=cases[1]) == {"raise.other_ici"}


def test_what_a_case_lacks_is_said_at_once_and_an_exception_gives_its_reason(world: World) -> None:
    case = world.referred()
    asked = {"case_ids": [case], "theme": "arrears", "title": "Impayés"}
    missing = {"raise.no_diagnosis", "raise.no_need", "raise.no_attempt"}
    assert world.refused("sylvie", "draft_escalation", **asked) == missing
    world.do("sylvie", "draft_escalation", **asked, exception="Péril : le diagnostic suivra.")
    assert world.refused("sylvie", "draft_escalation", **asked) == {"raise.already"}
