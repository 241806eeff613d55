"""What each role reads of an ICI session, on both databases."""

from datetime import date, timedelta

import pytest

from cases.access import scope_of
from cases.clockwork import before_ici
from cases.ici_desk import raising, setting_on
from db.queries import ici
from db.queries.ici_records import Counts, SessionView
from db.scope import Scope
from tests.cases.ici_world import ACTORS, MARCH, NEXT_SEPTEMBER, SEPTEMBER, World, at

TODAY = date(2026, 7, 20)
LATE = "2026-07-16T09:12:00+02:00"


@pytest.fixture
def world(database: str) -> World:
    world = World()
    world.sessions()
    return world


def scope(who: str) -> Scope:
    return scope_of(ACTORS[who])


def seen(who: str, session: str = SEPTEMBER) -> SessionView:
    view = ici.session_view(scope(who), session, hide_under=5)
    assert view is not None
    return view


def items(who: str, session: str = SEPTEMBER) -> list[str]:
    return [item.id for item in seen(who, session).items]


def test_the_next_session_comes_first_then_the_past_ones(world: World) -> None:
    world.do("camille", "plan_session", ici="B", held_on="2026-09-22")
    order = [line.id for line in ici.sessions(scope("camille"), None, date(2026, 9, 20))]
    assert order == ["ICI-B-2026-1", MARCH, NEXT_SEPTEMBER, SEPTEMBER]
    assert [line.ici for line in ici.sessions(scope("camille"), "B", TODAY)] == ["B"]
    assert ici.session_view(scope("camille"), "ICI-Z", hide_under=5) is None


def test_a_cancelled_session_is_not_listed(world: World) -> None:
    world.do("camille", "cancel_session", NEXT_SEPTEMBER, reason="Élections.")
    assert NEXT_SEPTEMBER not in [line.id for line in ici.sessions(scope("camille"), "A", TODAY)]


def test_an_item_stands_where_it_was_asked_and_where_it_went(world: World) -> None:
    late = world.filed(when=LATE)
    (asked,), (carried,) = seen("camille").items, seen("camille", MARCH).items
    assert asked == carried
    assert (asked.id, asked.timing, asked.session_id, asked.session_on) == (
        late,
        "late",
        MARCH,
        date(2027, 3, 16),
    )
    assert (asked.asked_on, asked.asked_limit) == (date(2026, 9, 15), date(2026, 7, 15))
    assert (asked.case_count, [case.state for case in asked.cases]) == (1, ["carried_over"])
    counts = seen("camille").counts
    assert (counts.filed, counts.late, counts.items, counts.cases) == (1, 1, 0, 0)


def test_each_role_reads_its_share(world: World) -> None:
    ours = world.filed()
    theirs = world.an_escalation(world.a_case("omar", name="Petit"), who="omar")
    world.do("omar", "submit_escalation", theirs, when="2026-07-10T11:00:00+02:00", session_id=SEPTEMBER)
    both = sorted([ours, theirs])
    assert items("camille") == items("marc") == items("paule") == both
    assert items("sylvie") == [ours]
    assert items("omar") == [theirs]
    assert items("hugo") == items("adele") == items("olga") == []


def test_a_draft_is_read_by_its_own_organisation_only(world: World) -> None:
    draft = world.an_escalation()
    assert items("sylvie") == [draft]
    assert items("camille") == items("omar") == items("paule") == []


def test_a_body_that_owes_something_reads_that_decision(world: World) -> None:
    escalation = world.decided("vilogia", "3f")
    for who in ("vera", "fabien", "adele", "sylvie"):
        assert items(who) == [escalation], who
        assert [decision.escalation_id for decision in seen(who).decisions] == [escalation]
    assert items("omar") == []
    owed = {one.body_id: one.mine for one in seen("vera").decisions[0].obligations}
    assert owed == {"vilogia": True, "3f": False}


def test_the_chair_reads_no_reference_and_no_words_of_the_author(world: World) -> None:
    case = world.a_case()
    escalation = world.an_escalation(case, tried="Trois bailleurs.", asked="Un T5.")
    world.do(
        "sylvie", "submit_escalation", escalation, when="2026-07-10T10:00:00+02:00", session_id=SEPTEMBER
    )
    world.decided("vilogia", escalation=escalation)
    view = seen("paule")
    assert (view.items[0].cases, view.items[0].case_count, view.items[0].tried, view.items[0].asked) == (
        (),
        1,
        "",
        "",
    )
    assert view.items[0].proposal == "Ouvrir le T5."
    assert (view.lists[0].lines[0].cases, view.decisions[0].case_ids) == ((), ())
    assert case not in repr(view)


@pytest.mark.parametrize("who", ["olga", "camille", "marc", "sylvie", "paule", "vera"])
def test_no_name_no_commune_is_ever_read(world: World, who: str) -> None:
    case = world.a_case(name="Vandenbroucke", protected=True)
    world.decided("vilogia", escalation=world.filed(case))
    read = repr(seen(who))
    assert "Vandenbroucke" not in read
    assert "59512" not in read
    assert "Tilleuls" not in read


def test_a_protected_case_opens_for_named_readers(world: World) -> None:
    world.filed(world.a_case(protected=True))
    assert [case.openable for case in seen("sylvie").items[0].cases] == [True]
    assert [(case.protected, case.openable) for case in seen("camille").items[0].cases] == [(True, False)]


def test_an_observer_reads_figures_and_not_the_small_ones(world: World) -> None:
    for _ in range(5):
        world.filed()
    world.filed(when=LATE)
    world.do("camille", "close_call", SEPTEMBER, when=LATE)
    view = seen("olga")
    assert (view.items, view.lists, view.decisions, view.debts) == ((), (), (), ())
    assert (view.counts.filed, view.counts.late, view.counts.items, view.counts.exceptions) == (6, None, 5, 0)
    assert {line.items for line in ici.sessions(scope("olga"), None, TODAY)} == {None}
    assert seen("camille").counts.late == 1


def test_small_figures_are_hidden_and_zero_is_not() -> None:
    counts = Counts(*range(10))
    assert counts.hidden(5) == Counts(0, None, None, None, None, 5, 6, 7, 8, 9)
    assert counts.hidden(0) == counts


def test_frozen_lists_and_addenda_are_those_that_were_frozen(world: World) -> None:
    ours = world.filed()
    late = world.filed(when=LATE)
    world.do("camille", "close_call", SEPTEMBER, when=LATE)
    world.do(
        "marc", "admit_by_exception", late, when="2026-07-21T10:00:00+02:00", motive="other", reason="Péril."
    )
    first, second = seen("camille").lists
    assert [line.escalation for line in first.lines] == [ours]
    assert [line.escalation for line in second.lines] == [late]
    stored = world.lists(SEPTEMBER)
    assert (first.digest, second.journal_head) == (stored[0]["digest"], stored[1]["journal_head"])
    (foreign,) = {view.whole for view in seen("omar").lists}
    assert foreign is False
    assert seen("omar").lists[0].lines == ()


def test_debts_of_earlier_sessions_are_shown_until_explained(world: World) -> None:
    escalation = world.decided("vilogia", "3f")
    before_ici(date(2027, 1, 17), at("2027-01-17T00:00:05+01:00"))
    view = seen("camille", MARCH)
    assert [debt.escalation_id for debt in view.debts] == [escalation]
    assert [(item.id, item.provisional) for item in view.items] == [(escalation, True)]
    assert seen("camille").debts == ()
    for owed, who in zip(world.obligations(escalation), ("vera", "fabien"), strict=True):
        world.do(
            who, "record_execution", escalation, when="2027-02-01T10:00:00+01:00", obligation_id=owed["id"]
        )
    assert seen("camille", MARCH).debts == ()
    assert seen("camille").counts.executed == 2


def test_candidates_are_blocked_cases_or_those_of_a_reference(world: World) -> None:
    blocked, free = world.a_case(name="Un"), world.a_case(name="Deux")
    world.do("sylvie", "open_blockage", blocked, theme="arrears")
    found = ici.candidates(scope("sylvie"))
    assert [(case.id, case.theme, case.state) for case in found] == [(blocked, "arrears", "searching")]
    assert [case.id for case in ici.candidates(scope("sylvie"), free.lower())] == [free]
    assert ici.candidates(scope("vera"), free) == ()
    assert ici.candidates(scope("sylvie"), "%") == ()


def test_a_protected_case_is_no_candidate_for_who_may_not_open_it(world: World) -> None:
    case = world.a_case(protected=True)
    assert [found.id for found in ici.candidates(scope("sylvie"), case)] == [case]
    assert ici.candidates(scope("camille"), case) == ()


def test_why_a_case_may_not_be_raised(world: World) -> None:
    ready, young = world.a_case(), world.referred(name="Jeune")
    gone = world.a_case(name="Parti")
    world.an_escalation(gone)
    found = raising([ready, young, gone, "M-99-00001"], ACTORS["sylvie"], TODAY)
    assert set(found) == {ready, young, gone}
    assert (found[ready].ici, found[ready].obstacles, found[ready].lacks) == ("A", (), ())
    assert {reason.code for reason in found[young].lacks} == {
        "raise.no_diagnosis",
        "raise.no_need",
        "raise.no_attempt",
    }
    assert [reason.code for reason in found[gone].obstacles] == ["raise.already"]
    assert [reason.code for reason in raising([ready], ACTORS["vera"], TODAY)[ready].obstacles] == [
        "access.scope"
    ]


def test_a_setting_decided_here_is_the_one_shown(world: World) -> None:
    assert setting_on("ici_agenda_minutes", TODAY).value == 90
    assert setting_on("small_cell_threshold", TODAY + timedelta(days=1)).value == 5


def test_what_comes_next_is_the_date_of_a_duty(world: World) -> None:
    assert seen("camille").next_on == date(2027, 3, 16)
    assert seen("camille", NEXT_SEPTEMBER).next_on is None
