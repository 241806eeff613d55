"""Open deadlines in reach, by how near they are; each closes by its fact and leaves the list."""

from datetime import date

import pytest

from cases.access import scope_of
from db.queries.due_dates import Wanted, about_to_be_said, due_by_day, due_counts, due_page
from tests.cases.ici_world import ACTORS, World

TODAY = date(2026, 2, 26)
HOLDER, COLLEAGUE = scope_of(ACTORS["sylvie"]), scope_of(ACTORS["omar"])
DESK, OBSERVER = scope_of(ACTORS["camille"]), scope_of(ACTORS["olga"])


@pytest.fixture
def world(database: str) -> World:
    return World()


def test_what_is_late_what_comes_and_what_is_closed(world: World) -> None:
    case = world.referred()  # the answer on its admissibility was due on 23/02/2026
    assert due_counts(HOLDER, Wanted(), TODAY)["late"] == 1
    late = due_page(HOLDER, "late", Wanted(), today=TODAY)
    assert [(line.case_id, line.kind, line.due_on) for line in late.lines] == [
        (case, "admissibility_answer", date(2026, 2, 23))
    ]
    assert late.lines[0].explanation
    assert due_counts(HOLDER, Wanted(), date(2026, 2, 20))["week"] == 1
    assert due_counts(HOLDER, Wanted(), date(2026, 2, 1))["later"] == 1
    days = due_by_day(HOLDER, Wanted(), date(2026, 2, 1), date(2026, 2, 28))
    assert days == {date(2026, 2, 23): 1}
    on_that_day = Wanted(day=date(2026, 2, 23))
    assert due_page(HOLDER, "late", on_that_day, today=TODAY).total == 1
    assert due_page(HOLDER, "late", Wanted(day=date(2026, 2, 24)), today=TODAY).total == 0
    world.do("sylvie", "check_admissibility", case, when="2026-02-24T09:00:00+01:00")
    world.do("sylvie", "reject", case, reason="Hors du parc social.", when="2026-02-24T09:01:00+01:00")
    assert not due_page(HOLDER, "late", Wanted(), today=TODAY).lines


def test_each_sees_what_is_in_reach_and_nothing_of_a_protected_case(world: World) -> None:
    world.referred(name="Zeitoun", protected=True)
    assert due_counts(COLLEAGUE, Wanted(), TODAY)["late"] == 0, "another service holds it"
    seen = due_page(DESK, "late", Wanted(), today=TODAY).lines
    assert [line.household for line in seen] == ["dossier protégé"]
    assert seen[0].explanation == ()
    assert due_page(OBSERVER, "late", Wanted(), today=TODAY).total == 0
    east = Wanted(ici="A", communes=frozenset({"59512"}))
    assert due_page(DESK, "late", east, today=TODAY).total == 0, "a filter would tell where they live"


def test_what_leaves_tomorrow(world: World) -> None:
    case = world.referred()
    coming = about_to_be_said(HOLDER, TODAY)
    assert [line.case_id for line in coming] == [case]
    assert not about_to_be_said(HOLDER, date(2026, 1, 13))
