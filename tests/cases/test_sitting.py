"""A session lived in the room: members, presence, agreement, order, lessons, excerpts (domain 2.3)."""

from datetime import date

import pytest

from cases.access import scope_of
from cases.actor import SYSTEM
from cases.commands import Command, execute
from cases.excerpts import missing
from db import rows
from db.engine import reading, transaction
from db.queries.sitting import Sitting, sitting
from db.tables.ici import IciDecision
from db.tables.people import Account
from tests.cases.ici_world import ACTORS, HELD, SEPTEMBER, World, at
from tests.cases.test_ici import told

MINUTES = "2026-09-22T10:00:00+02:00"


@pytest.fixture
def world(database: str) -> World:
    world = World()
    world.sessions()
    return world


def name(world: World, capacity: str, who: str, body: str, **more: str) -> list[int]:
    data = {"ici": "A", "from_on": "2026-01-01"} | more
    outcome = world.do("camille", "name_member", capacity=capacity, name=who, body_id=body, **data)
    return list(outcome.created["members"])


def seats(world: World) -> list[int]:
    """A chair of the three ICIs, then two members of ICI A alone."""
    chair = name(world, "chair", "Mme Delattre", "mel", ici="every_ici")
    return [
        chair[0],
        *name(world, "member", "M. Caron", "lmh"),
        *name(world, "member", "Mme Baert", "vilogia"),
    ]


def seen(who: str) -> Sitting:
    return sitting(scope_of(ACTORS[who]), SEPTEMBER)


def test_members_have_terms_and_one_chair(world: World) -> None:
    assert len(name(world, "chair", "Mme Delattre", "mel", ici="every_ici")) == 3
    other = {"ici": "B", "capacity": "chair", "name": "M. Roy", "body_id": "mel", "from_on": "2026-06-01"}
    assert world.refused("camille", "name_member", **other) == {"member.chair"}
    wrong = {
        "ici": "A",
        "capacity": "co_pilot",
        "name": "M. Caron",
        "body_id": "lmh",
        "from_on": "2026-06-01",
    }
    assert world.refused("camille", "name_member", until_on="2026-05-01", **wrong) == {
        "member.dates", "member.co_pilot"}  # fmt: skip
    twice = {
        "ici": "A",
        "capacity": "member",
        "name": "Mme Delattre",
        "body_id": "mel",
        "from_on": "2026-06-01",
    }
    assert world.refused("camille", "name_member", **twice) == {"member.twice"}
    assert world.refused("camille", "end_term", member_id=2, until_on="2025-01-01") == {"member.dates"}
    world.do("camille", "end_term", member_id=2, until_on="2026-05-31")
    world.do("camille", "name_member", **other)
    assert world.refused("marc", "name_member", **other) == {"access.role"}


def test_several_years_are_planned_at_once_or_not_at_all(world: World) -> None:
    assert world.refused("camille", "plan_calendar", ici="A", first_on="2027-03-16", count=3) == {
        "session.twice"
    }
    outcome = world.do("camille", "plan_calendar", ici="B", first_on="2026-03-24", count=4, place="Lille")
    limits = {
        world.session(key)["held_on"]: world.session(key)["limit_on"] for key in outcome.created["sessions"]
    }
    assert limits[date(2026, 9, 22)] == date(2026, 7, 22)
    assert max(limits) == date(2027, 9, 28)
    assert world.open_deadlines("session:ICI-B-2027-2") == ["escalation_limit"]


def test_the_call_keeps_its_addressees(world: World) -> None:
    called = {one.body: one.people for one in seen("camille").called}
    assert called == {"CCAS": 1, "LMH": 1, "VILOGIA": 1, "3F": 1, "HEM": 1}


def test_a_session_is_lived_from_presence_to_closing(world: World) -> None:
    first, second = world.filed(), world.filed()
    chair, landlord, other = seats(world)
    world.held(first, second)
    derogation = {"kind": "derogation", "text": "Dérogation de loyer accordée."}
    assert world.refused("camille", "decide", first, when=HELD, **derogation) == {"decide.no_presence"}
    assert world.refused("camille", "record_presence", SEPTEMBER, when=HELD) == {"presence.nobody"}
    assert world.refused("camille", "record_presence", SEPTEMBER, when=HELD, present_ids=[chair, 99],
                         excused_ids=[chair]) == {"presence.not_member", "presence.both"}  # fmt: skip
    _quorum(world, first, chair)
    sits = {"present_ids": [chair, landlord], "excused_ids": [other], "guests": "M. Petit, ADIL"}
    world.do("camille", "record_presence", SEPTEMBER, when=HELD, **sits)
    assert world.refused("camille", "decide", first, when=HELD, abstained_ids=[other], **derogation) == {
        "decide.absent"}  # fmt: skip
    _order_and_lessons(world, first, second)
    world.do("camille", "decide", first, when=HELD, abstained_ids=[landlord], reservation="Pour un an.",
             **derogation)  # fmt: skip
    duty = {"kind": "body_must_offer", "text": "Proposer un T5.", "duties": [{"body_id": "vilogia"}]}
    world.do("camille", "decide", second, when=HELD, **duty)
    made = decisions()
    assert [(row["agreed_ids"], row["abstained_ids"], row["reservation"]) for row in made] == [
        ([chair], [landlord], "Pour un an."), ([chair, landlord], [], "")]  # fmt: skip
    assert [row["id"] for row in made] == ["ICI-A/2026-1/01", "ICI-A/2026-1/02"]
    _excerpts(world)


def _quorum(world: World, raised: str, chair: int) -> None:
    """Only where somebody has read a rule and set it."""
    rule = {"key": "ici_quorum_percent", "value": 50, "valid_from": "2026-01-01", "source": "Règlement."}
    command = Command(id="quorum", type="change_setting", data=rule)
    assert execute(command, now=at(HELD), actor=SYSTEM).done
    world.do("camille", "record_presence", SEPTEMBER, when=HELD, present_ids=[chair])
    asked = {"kind": "derogation", "text": "Dérogation accordée."}
    assert world.refused("camille", "decide", raised, when=HELD, **asked) == {"decide.no_quorum"}


def decisions() -> list[rows.Row]:
    with reading() as connection:
        return rows.find(connection, IciDecision, session_id=SEPTEMBER)


def _order_and_lessons(world: World, first: str, second: str) -> None:
    lines = [{"escalation_id": second, "minutes": 25}, {"escalation_id": first}]
    version = world.escalation(first)["version"]
    world.do("marc", "order_agenda", SEPTEMBER, when=HELD, lines=lines)
    assert [(world.escalation(key)["rank"], world.escalation(key)["minutes"]) for key in (first, second)] == [
        (2, 10), (1, 25)]  # fmt: skip
    assert world.escalation(first)["version"] == version, "a decision under way is not disturbed"
    assert world.refused("marc", "order_agenda", SEPTEMBER, when=HELD, lines=[{"escalation_id": "E-0"}]) == {
        "order.unknown"}  # fmt: skip
    lesson = {"title": "Visites groupées", "text": "Trois acceptations.", "body_id": "lmh"}
    noted = world.do("marc", "record_contribution", SEPTEMBER, when=HELD, **lesson).created["contribution"]
    world.do(
        "marc", "record_contribution", SEPTEMBER, when=HELD, kind="testimony", title="Un plan", text="Tenu."
    )
    annulled = {"contribution_id": noted, "reason": "Noté deux fois."}
    world.do("marc", "annul_contribution", SEPTEMBER, when=HELD, **annulled)
    assert world.refused("marc", "annul_contribution", SEPTEMBER, when=HELD, **annulled) == {
        "contribution.none"
    }
    assert [one.title for one in seen("paule").told] == ["Un plan"]


def _excerpts(world: World) -> None:
    """To the body that must act and to who raised; one without an account gets it on paper."""
    world.do("camille", "validate_minutes", SEPTEMBER, when=MINUTES)
    assert len(world.session(SEPTEMBER)["minutes_head"]) == 64
    with transaction() as connection:
        rows.update(connection, Account, {"id": "vera"}, active=False)
    with reading() as connection:
        left = missing(connection, SEPTEMBER)
    assert {(one.decision_id[-2:], one.body_id, one.account_id) for one in left} == {
        ("01", "ccas", "sylvie"), ("02", "ccas", "sylvie"), ("02", "vilogia", None)}  # fmt: skip
    world.do("camille", "send_excerpts", SEPTEMBER, when=MINUTES)
    (text,) = [text for text in told("sylvie") if text.startswith("Extrait du relevé")]
    assert "décisions ICI-A/2026-1/01, ICI-A/2026-1/02" in text
    outcome = world.ask("camille", "close_session", SEPTEMBER, when=MINUTES)
    assert "Décision ICI-A/2026-1/02 : extrait à transmettre à VILOGIA." in outcome.message
    assert world.refused("camille", "send_excerpts", SEPTEMBER, when=MINUTES) == {"excerpt.paper"}
    world.do("camille", "send_excerpts", SEPTEMBER, when=MINUTES, printed_ids=["vilogia"])
    world.do("camille", "close_session", SEPTEMBER, when=MINUTES)
    assert {(one.body_id, one.on_paper) for one in seen("camille").sent} == {
        ("ccas", False),
        ("vilogia", True),
    }
    assert {one.body_id for one in seen("sylvie").sent} == {"ccas"}
    assert seen("omar").sent == ()
    late = {"title": "Tard", "text": "Trop tard."}
    assert world.refused("marc", "record_contribution", SEPTEMBER, when=MINUTES, **late) == {
        "sitting.not_held"
    }
    assert "order.state" in world.refused("marc", "order_agenda", SEPTEMBER, when=MINUTES,
                                          lines=[{"escalation_id": "E-0"}])  # fmt: skip
    assert [one.presence for one in seen("paule").members] == ["present", "present", "excused"]
