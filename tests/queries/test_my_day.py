"""The day and the inbox: what each role is shown, and what a protected case never says."""

from dataclasses import asdict
from datetime import date, timedelta

import pytest

from cases import desk
from cases.access import scope_of
from cases.actor import Role
from db import rows
from db.engine import transaction
from db.queries import day_of_ici, inbox, my_day, queue_options, search_needs, waiting
from db.queries.queue_lines import CaseLine
from db.scope import Scope
from db.tables.people import Account
from flows.delivery import delivery
from tests.cases.ici_world import ACTORS, SEPTEMBER, World, at

TODAY = date(2026, 1, 13)
NO_CONTENT = ("paule", "olga", "adele")


@pytest.fixture
def world(database: str) -> World:
    return World()


def scope(who: str) -> Scope:
    return scope_of(ACTORS[who])


def ids(lines: tuple[CaseLine, ...]) -> list[str]:
    return [line.id for line in lines]


def test_its_deadlines_waits_and_messages_say_nothing_either(world: World) -> None:
    case = world.referred("sylvie", name="Durand")
    world.do("sylvie", "update_contact", case, snr_number="059999999999999999", snr_expires_on="2026-01-20")
    with transaction() as connection:
        rows.insert(connection, Account, id="lucie", name="Lucie", role="social_worker", body_id="ccas")
    world.do("sylvie", "hand_over", case, to_id="lucie", reason="Elle va à Lomme")
    world.do("sylvie", "protect_case", case)
    delivery(TODAY, at("2026-01-13T08:00:00+01:00"))
    reader = Scope("lucie", Role.SOCIAL_WORKER, "ccas", "body", scope("sylvie").fields)
    due = my_day.due_lines(reader, before=TODAY + timedelta(days=90), whose="service").lines
    due += my_day.due_lines(reader, before=TODAY + timedelta(days=90)).lines
    assert {line.household for line in due} == {"dossier protégé"}
    assert {line.explanation for line in due} == {()}
    (message,) = inbox.inbox(reader).messages
    assert (message.text, message.opens) == (inbox.HIDDEN_TEXT, False)
    (proposal,) = inbox.proposals(reader)
    assert (proposal.household, proposal.reason, proposal.opens) == ("dossier protégé", None, False)
    world.do("sylvie", "add_reader", case, account_id="lucie")
    assert inbox.proposals(reader)[0].reason == "Elle va à Lomme"
    assert inbox.inbox(reader).messages[0].text == f"Dossier {case} : du nouveau, à lire dans l’application."


# the day --------------------------------------------------------------------------------------------


def test_due_soon_and_late_of_mine(world: World) -> None:
    case = world.referred("sylvie")  # 42 days to answer on admissibility: 23/02/2026
    day = date(2026, 2, 20)
    soon = my_day.due_lines(scope("sylvie"), since=day, before=day + timedelta(days=8))
    assert [(line.kind, line.case_id, line.due_on) for line in soon.lines] == [
        ("admissibility_answer", case, date(2026, 2, 23))
    ]
    assert soon.lines[0].explanation[0] == "Signalé le 12/01/2026"
    assert my_day.due_lines(scope("sylvie"), before=day).total == 0
    assert my_day.due_lines(scope("sylvie"), before=date(2026, 2, 24)).total == 1
    assert my_day.due_lines(scope("omar"), before=date(2026, 2, 24)).total == 0


def test_what_waits_for_somebody_else(world: World) -> None:
    searching = world.a_case("sylvie")
    asked = world.referred("sylvie", name="Petit")
    world.do("sylvie", "check_admissibility", asked)
    world.do("sylvie", "request_information", asked, wanted="le bail")
    handed = world.referred("sylvie", name="Blanc")
    world.do("sylvie", "hand_over", handed, to_id="omar")
    offered = world.a_case("sylvie", name="Offre")
    world.do("omar", "make_offer", offered, landlord_id="vilogia", address="x", commune="Lille", typology=5)
    found = {(wait.case_id, wait.what): wait.who for wait in waiting.waits(scope("sylvie"))}
    assert found == {
        (searching, "landlord"): "VILOGIA",
        (offered, "landlord"): "VILOGIA",
        (asked, "information"): "CCAS",
        (handed, "handover"): "Omar",
        (offered, "household"): "Offre Aïcha",
    }
    assert waiting.waits(scope("omar")) == ()


def test_the_ici_waits_for_bodies_and_the_body_knows(world: World) -> None:
    world.sessions()
    world.decided("vilogia")
    waits = [wait for wait in waiting.waits(scope("sylvie")) if wait.what == "obligation"]
    assert [(wait.who, wait.since, wait.due_on) for wait in waits] == [
        ("VILOGIA", date(2026, 9, 15), date(2027, 3, 15))
    ]
    (ours,) = day_of_ici.duties(scope("vera"), of_body=True)
    assert (ours.due_on, ours.state, ours.reason_missing) == (date(2027, 3, 15), "awaited", False)
    assert len(day_of_ici.duties(scope("camille"), of_body=False)) == 1
    assert day_of_ici.duties(scope("hugo"), of_body=True) == ()
    assert day_of_ici.duties(scope("hugo"), of_body=False) == ()
    day = date(2027, 3, 10)
    owed = my_day.due_lines(scope("vera"), since=day, before=day + timedelta(days=8), whose="body")
    assert [line.kind for line in owed.lines] == ["execution"]


def test_silence_is_computed(world: World) -> None:
    case = world.referred("sylvie")
    before, after = at("2026-01-12T08:00:00+01:00"), at("2026-01-12T10:00:00+01:00")
    assert my_day.silent_cases(scope("sylvie"), before=before, urgent_before=before) == ()
    assert ids(my_day.silent_cases(scope("sylvie"), before=after, urgent_before=before)) == [case]
    assert my_day.silent_cases(scope("adele"), before=after, urgent_before=after) == ()


def test_sessions_and_items_to_objectify(world: World) -> None:
    world.sessions()
    raised = world.filed()
    assert day_of_ici.to_objectify(scope("marc"), None) == ()
    world.do("camille", "close_call", SEPTEMBER, when="2026-07-16T00:00:05+02:00")
    (item,) = day_of_ici.to_objectify(scope("marc"), "A")
    assert (item.id, item.cases, item.held_on) == (raised, 1, date(2026, 9, 15))
    assert day_of_ici.to_objectify(scope("marc"), "B") == ()
    tasks = day_of_ici.session_tasks(scope("camille"), None)
    assert next((task.id, task.state, task.items, task.to_objectify) for task in tasks) == (
        SEPTEMBER,
        "call_closed",
        1,
        1,
    )
    for who in ("sylvie", "hugo", "paule", "olga", "adele"):
        assert day_of_ici.session_tasks(scope(who), None) == ()
        assert day_of_ici.to_objectify(scope(who), None) == ()


def test_a_landlord_reads_the_dwelling_wanted_and_no_more(world: World) -> None:
    case = world.a_case("sylvie")
    with transaction() as connection:
        rows.insert(connection, Account, id="eva", name="Eva", role="receiving_landlord", body_id="vilogia")
    reader = Scope("eva", Role.RECEIVING_LANDLORD, "vilogia", "none")
    found = search_needs.needs_asked(reader)
    (need,) = found.lines
    assert (found.total, need.case_id, need.typology_min, need.communes) == (1, case, 5, ("Roubaix",))
    assert "Martin" not in str(asdict(need))
    world.do("sylvie", "protect_case", case)
    (need,) = search_needs.needs_asked(reader).lines
    assert (need.protected, need.communes) == (True, ())
    assert search_needs.needs_asked(scope("olga")).total == 0


def test_the_day_of_no_content_is_empty(world: World) -> None:
    world.a_case("sylvie")
    far = TODAY + timedelta(days=400)
    for who in (*NO_CONTENT, "paule"):
        for whose in ("me", "service", "referred", "ici"):
            assert my_day.due_lines(scope(who), before=far, whose=whose).lines == ()
        assert my_day.unassigned_cases(scope(who)) == my_day.referred_cases(scope(who)) == ()


# inbox ----------------------------------------------------------------------------------------------


def test_unread_first_and_counts(world: World) -> None:
    case = world.referred("sylvie")
    world.do("omar", "open_blockage", case, theme="arrears")
    world.do("omar", "open_blockage", case, theme="profile_refused")
    assert inbox.inbox(scope("sylvie")).total == 0  # written, not delivered yet
    now = at("2026-01-13T08:00:00+01:00")
    delivery(TODAY, now)
    first, second = inbox.inbox(scope("sylvie")).messages
    assert inbox.unread_counts(scope("sylvie")) == {"news": 2}
    desk.mark_read([first.id], "sylvie", now=now)
    assert [message.id for message in inbox.inbox(scope("sylvie")).messages] == [second.id, first.id]
    assert inbox.unread_ids(scope("sylvie")) == (second.id,)
    assert inbox.inbox(scope("sylvie"), unread_only=True).total == 1
    assert inbox.inbox(scope("sylvie"), kind="call").total == 0
    assert inbox.inbox(scope("omar")).total == 0


def test_options_name_no_household(world: World) -> None:
    world.sessions()
    found = queue_options.options(scope("sylvie"), date(2026, 6, 1))
    assert found.landlords == {"3f": "3F", "lmh": "LMH", "vilogia": "VILOGIA"}
    assert found.limits == {"A": date(2026, 7, 15)}
    assert found.communes["59512"] == "Roubaix"
