"""What follows a decision: domain case 6 (executed or not in time), and what a session owes to close."""

from datetime import date

import pytest

from cases.clockwork import before_ici, six_months
from tests.cases.ici_world import HELD, MARCH, NEXT_SEPTEMBER, NIGHT, SEPTEMBER, World, at
from tests.cases.test_ici import FROZEN_MARCH, MARCH_DAY, MARCH_HELD, told

AUTUMN = "2026-11-02T10:00:00+01:00"
MINUTES = "2027-03-20T10:00:00+01:00"


@pytest.fixture
def world(database: str) -> World:
    world = World()
    world.sessions()
    return world


def march_is_held(world: World) -> None:
    """The clock of January and of the day, then the session itself."""
    before_ici(date(2027, 1, 17), at(FROZEN_MARCH))
    world.do("camille", "send_file", MARCH, when="2027-03-01T09:00:00+01:00")
    six_months(date(2027, 3, 16), at(MARCH_DAY))
    world.do("camille", "hold_session", MARCH, when=MARCH_HELD)


def test_an_unexecuted_decision_comes_back_provisionally_then_for_good(world: World) -> None:
    escalation = world.decided("vilogia", "3f")
    before_ici(date(2027, 1, 16), at("2027-01-16T23:59:59+01:00"))
    assert world.lists(MARCH) == []
    before_ici(date(2027, 1, 17), at(FROZEN_MARCH))
    (item,) = world.lists(MARCH)[0]["content"]
    assert (item["escalation"], item["provisional"], item["returns"]) == (escalation, True, 0)
    assert world.escalation(escalation)["state"] == "decided"

    assert six_months(date(2027, 3, 15), at("2027-03-15T06:20:00+01:00"))["not_executed"] == 0
    counts = six_months(date(2027, 3, 16), at(MARCH_DAY))
    assert (counts["not_executed"], counts["returned"]) == (1, 1)
    row = world.escalation(escalation)
    assert (row["id"], row["state"], row["session_id"], row["returns"], row["provisional"]) == (
        escalation, "on_agenda", MARCH, 1, False)  # fmt: skip
    assert {owed["state"] for owed in world.obligations(escalation)} == {"not_executed"}
    assert any("donnez le motif par écrit" in text for text in told("vera"))
    again = six_months(date(2027, 3, 16), at(MARCH_DAY))
    assert (again["not_executed"], again["returned"]) == (0, 0)


def test_the_owner_owes_a_written_reason_before_the_session_closes(world: World) -> None:
    escalation = world.decided("vilogia")
    march_is_held(world)
    assert world.refused("camille", "validate_minutes", MARCH, when=MINUTES) == {"ici.open_item"}
    world.do("camille", "decide", escalation, when=MARCH_HELD, kind="derogation", text="Dérogation de loyer.")
    world.do("camille", "validate_minutes", MARCH, when=MINUTES)
    world.do("camille", "send_excerpts", MARCH, when=MINUTES)
    assert world.refused("camille", "close_session", MARCH, when=MINUTES) == {"ici.reason_missing"}
    (owed, *_) = world.obligations(escalation)
    why = {"obligation_id": owed["id"], "reason": "Aucun T5 libéré."}
    assert world.refused("fabien", "give_reason", escalation, when=MINUTES, **why) == {"obligation.body"}
    world.do("vera", "give_reason", escalation, when=MINUTES, **why)
    world.do("camille", "close_session", MARCH, when=MINUTES)


@pytest.mark.parametrize("way", ["postpone", "decide"])
def test_the_reason_is_owed_even_when_the_item_goes_further(world: World, way: str) -> None:
    escalation = world.decided("vilogia")
    march_is_held(world)
    data = {"kind": "no_solution", "text": "Rien ce jour."} if way == "decide" else {}
    world.do("camille", way, escalation, when=MARCH_HELD, **data)
    assert world.escalation(escalation)["session_id"] == NEXT_SEPTEMBER
    world.do("camille", "validate_minutes", MARCH, when=MINUTES)
    world.ask("camille", "send_excerpts", MARCH, when=MINUTES)
    assert world.refused("camille", "close_session", MARCH, when=MINUTES) == {"ici.reason_missing"}


def test_executed_before_the_session_it_leaves_the_agenda_by_itself(world: World) -> None:
    escalation = world.decided("vilogia")
    before_ici(date(2027, 1, 17), at(FROZEN_MARCH))
    frozen = world.lists(MARCH)
    (owed,) = world.obligations(escalation)
    world.do(
        "vera", "record_execution", escalation, when="2027-02-10T10:00:00+01:00", obligation_id=owed["id"]
    )
    row = world.escalation(escalation)
    assert (row["state"], row["return_session_id"], row["provisional"]) == ("executed", None, False)
    assert world.lists(MARCH) == frozen
    assert any("quitte l’ordre du jour" in text for text in told("sylvie"))
    counts = six_months(date(2027, 3, 16), at(MARCH_DAY))
    assert (counts["not_executed"], counts["returned"]) == (0, 0)


def test_one_body_of_two_is_not_enough(world: World) -> None:
    escalation = world.decided("vilogia", "3f")
    first, second = (owed["id"] for owed in world.obligations(escalation))
    world.do("vera", "record_execution", escalation, when=AUTUMN, obligation_id=first)
    assert world.escalation(escalation)["state"] == "partly_executed"
    assert world.refused("vera", "record_execution", escalation, when=AUTUMN, obligation_id=second) == {
        "obligation.body"
    }
    march_is_held(world)
    assert [owed["state"] for owed in world.obligations(escalation)] == ["executed", "not_executed"]
    assert world.escalation(escalation)["returns"] == 1


def test_both_late_then_one_executes_and_the_item_stays(world: World) -> None:
    escalation = world.decided("vilogia", "3f")
    march_is_held(world)
    first, second = (owed["id"] for owed in world.obligations(escalation))
    world.do("vera", "record_execution", escalation, when=MARCH_HELD, obligation_id=first)
    assert world.escalation(escalation)["state"] == "on_agenda"
    world.do("fabien", "record_execution", escalation, when=MARCH_HELD, obligation_id=second)
    assert world.escalation(escalation)["state"] == "executed"


def test_done_in_part_is_still_due_at_the_session(world: World) -> None:
    escalation = world.decided("vilogia")
    (owed,) = world.obligations(escalation)
    world.do("vera", "record_execution", escalation, when=AUTUMN, obligation_id=owed["id"], result="partly",
             detail="Un T4 proposé.")  # fmt: skip
    assert world.escalation(escalation)["state"] == "partly_executed"
    assert world.open_deadlines(f"obligation:{owed['id']}") == ["execution"]
    march_is_held(world)
    assert world.open_deadlines(f"obligation:{owed['id']}") == []
    (owed,) = world.obligations(escalation)
    assert (owed["state"], owed["detail"], owed["reason"]) == ("not_executed", "Un T4 proposé.", "")
    assert world.escalation(escalation)["returns"] == 1


def test_decided_again_it_may_come_back_a_second_time(world: World) -> None:
    escalation = world.decided("vilogia")
    march_is_held(world)
    duty = {"body_id": "vilogia"}
    world.do(
        "camille", "decide", escalation, when=MARCH_HELD, kind="body_must_offer", text="Un T5.", duties=[duty]
    )
    assert [owed["due_on"] for owed in world.obligations(escalation)] == [
        date(2027, 3, 15),
        date(2027, 9, 21),
    ]
    before_ici(date(2027, 7, 22), at("2027-07-22T00:00:05+02:00"))
    six_months(date(2027, 9, 21), at("2027-09-21T06:20:00+02:00"))
    row = world.escalation(escalation)
    assert (row["session_id"], row["returns"], row["state"]) == (NEXT_SEPTEMBER, 2, "on_agenda")


def test_a_second_decision_done_is_enough(world: World) -> None:
    escalation = world.decided("vilogia")
    march_is_held(world)
    world.do("camille", "decide", escalation, when=MARCH_HELD, kind="body_must_offer", text="Un T5.",
             duties=[{"body_id": "3f"}])  # fmt: skip
    owed = world.obligations(escalation)[-1]
    world.do("fabien", "record_execution", escalation, when=MINUTES, obligation_id=owed["id"])
    assert world.escalation(escalation)["state"] == "executed"


def test_a_session_closes_only_when_every_item_is_settled(world: World) -> None:
    decided, postponed, waiting = (world.filed() for _ in range(3))
    world.held(decided, postponed)
    assert world.refused("camille", "validate_minutes", SEPTEMBER, when=HELD) == {"ici.open_item"}
    world.do("camille", "decide", decided, when=HELD, kind="support_set_up", text="ASLL.")
    world.do("camille", "postpone", postponed, when=HELD, reason="Manque de temps.")
    assert world.refused("camille", "validate_minutes", SEPTEMBER, when=HELD) == {"ici.open_item"}
    world.on_agenda(waiting, when=HELD)
    world.do("camille", "postpone", waiting, when=HELD)
    world.do("camille", "validate_minutes", SEPTEMBER, when=HELD, minutes_url="RD-2026-09")
    assert world.refused("camille", "close_session", SEPTEMBER, when=HELD) == {
        "ici.excerpt_missing", "excerpt.missing"}  # fmt: skip
    world.do("camille", "send_excerpts", SEPTEMBER, when=HELD)
    assert world.refused("camille", "send_excerpts", SEPTEMBER, when=HELD) == {"ici.excerpts_sent"}
    world.do("camille", "close_session", SEPTEMBER, when=HELD)
    assert {world.escalation(key)["session_id"] for key in (postponed, waiting)} == {MARCH}
    assert world.escalation(decided)["state"] == "executed"


def test_a_provisional_return_holds_the_session_until_the_clock_has_looked(world: World) -> None:
    world.decided("vilogia")
    before_ici(date(2027, 1, 17), at(FROZEN_MARCH))
    world.do("camille", "send_file", MARCH, when="2027-03-01T09:00:00+01:00")
    world.do("camille", "hold_session", MARCH, when=MARCH_HELD)
    assert world.refused("camille", "validate_minutes", MARCH, when=MINUTES) == {"ici.open_item"}


def test_what_is_due_after_a_session_moved_earlier_waits_for_its_own_date(world: World) -> None:
    first, mixed = world.filed(), world.filed()
    world.held(first, mixed)
    later, sooner = (
        {"body_id": "vilogia", "due_on": "2027-03-15"}, {"body_id": "3f", "due_on": "2027-02-20"},
    )  # fmt: skip
    for item, duties in ((first, [later]), (mixed, [later, sooner])):
        asked = {"kind": "body_must_offer", "text": "Un T5.", "duties": duties}
        world.do("camille", "decide", item, when=HELD, **asked)
    before_ici(date(2027, 1, 17), at(FROZEN_MARCH))
    world.do("camille", "send_file", MARCH, when="2027-02-01T09:00:00+01:00")
    earlier = {"held_on": "2027-03-02", "reason": "Salle."}
    world.do("camille", "move_session", MARCH, when="2027-02-02T09:00:00+01:00", **earlier)
    day = "2027-03-02T06:20:00+01:00"
    assert world.refused("camille", "mark_not_executed", first, when=day) == {"execution.not_due"}
    assert six_months(date(2027, 3, 2), at(day))["not_executed"] == 1
    assert {owed["body_id"]: owed["state"] for owed in world.obligations(mixed)} == {
        "vilogia": "awaited", "3f": "not_executed",
    }  # fmt: skip
    world.do("camille", "hold_session", MARCH, when="2027-03-02T10:00:00+01:00")
    row = world.escalation(first)
    assert (row["state"], row["provisional"], row["return_session_id"]) == ("decided", False, None)
    assert any(first in text and "rien n’est encore dû" in text for text in told("sylvie"))
    assert "execution" in world.open_deadlines(f"obligation:{world.obligations(first)[0]['id']}")
    before_ici(date(2027, 7, 22), at("2027-07-22T00:05:00+02:00"))
    assert world.escalation(first)["return_session_id"] == NEXT_SEPTEMBER
    six_months(date(2027, 9, 21), at("2027-09-21T06:20:00+02:00"))
    assert [owed["state"] for owed in world.obligations(first)] == ["not_executed"]


def test_decision_numbers_follow_without_gaps_per_session(world: World) -> None:
    first, second = world.filed(), world.filed()
    world.held(first, second)
    numbers = [
        world.do("camille", "decide", key, when=HELD, kind="support_set_up", text="ASLL.").created["decision"]
        for key in (first, second)
    ]
    assert numbers == ["ICI-A/2026-1/01", "ICI-A/2026-1/02"]


def test_nobody_decides_before_the_session_nor_twice(world: World) -> None:
    escalation = world.filed()
    world.do("camille", "close_call", SEPTEMBER, when=NIGHT)
    world.on_agenda(escalation)
    what = {"kind": "support_set_up", "text": "ASLL."}
    assert world.refused("camille", "decide", escalation, **what) == {"decide.not_held"}
    assert world.refused("marc", "decide", escalation, **what) == {"access.role"}
    world.do("camille", "send_file", SEPTEMBER, when="2026-09-01T09:00:00+02:00")
    world.do("camille", "hold_session", SEPTEMBER, when=HELD)
    world.do("camille", "decide", escalation, when=HELD, **what)
    assert world.refused("camille", "decide", escalation, when=HELD, **what) == {"state.misplaced"}
