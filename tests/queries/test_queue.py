"""Queues and search: what each role is shown, in which order, and what a protected case never says."""

from dataclasses import asdict
from datetime import date, timedelta

import pytest

from cases.access import scope_of
from cases.search_name import search_name
from db import rows
from db.engine import transaction
from db.queries import search
from db.queries.queue import Filters, queue_counts, queue_page
from db.queries.queue_lines import CaseLine
from db.queries.search import pieces
from db.scope import Scope
from db.tables.case import CaseFile
from tests.cases.ici_world import ACTORS, World

TODAY = date(2026, 1, 13)
QUEUES = ("mine", "service", "unassigned", "late", "blocked", "all")
SECRETS = ("Durand", "durand", "Roubaix", "59512", "LMH", "lmh", "rue des Tilleuls")
NO_CONTENT = ("paule", "olga", "adele")


@pytest.fixture
def world(database: str) -> World:
    return World()


def scope(who: str) -> Scope:
    return scope_of(ACTORS[who])


def page(
    who: str, name: str = "all", *, today: date = TODAY, state: str = "", text: str = ""
) -> tuple[CaseLine, ...]:
    filters = Filters(state=state, text=text, name=search_name(text))
    return queue_page(scope(who), name, filters, today=today).lines


def ids(lines: tuple[CaseLine, ...]) -> list[str]:
    return [line.id for line in lines]


# queues ---------------------------------------------------------------------------------------------


def test_each_queue_holds_what_its_name_says(world: World) -> None:
    mine = world.referred("sylvie")
    reported = world.referred("hugo", name="Petit")
    blocked = world.referred("sylvie", name="Blanc")
    world.do("sylvie", "open_blockage", blocked, theme="arrears")
    world.do("camille", "assign_case", reported, account_id="sylvie")
    later = TODAY + timedelta(days=60)
    assert set(ids(page("sylvie", "mine"))) == {mine, reported, blocked}
    assert set(ids(page("sylvie", "service"))) == {mine, reported, blocked}
    assert ids(page("sylvie", "blocked")) == [blocked]
    assert page("sylvie", "late") == ()
    assert set(ids(page("sylvie", "late", today=later))) == {mine, reported, blocked}
    assert queue_counts(scope("sylvie"), QUEUES, TODAY) == {
        "mine": 3,
        "service": 3,
        "unassigned": 0,
        "late": 0,
        "blocked": 1,
        "all": 3,
    }


def test_an_unassigned_case_is_taken_and_leaves_its_queue(world: World) -> None:
    case = world.referred("hugo")
    assert ids(page("camille", "unassigned")) == [case]
    world.do("camille", "assign_case", case, account_id="sylvie")
    assert page("camille", "unassigned") == ()
    assert page("sylvie", "mine")[0].owner == "Sylvie"


def test_who_lists_what(world: World) -> None:
    case = world.referred("sylvie")
    reported = world.referred("hugo", name="Petit")
    assert ids(page("hugo")) == [reported]
    assert set(ids(page("camille"))) == {case, reported} == set(ids(page("marc")))
    assert set(ids(page("omar"))) == {case, reported}  # the landlord of the present dwellings
    for who in NO_CONTENT:
        assert page(who) == ()
        assert queue_counts(scope(who), QUEUES, TODAY) == dict.fromkeys(QUEUES, 0)


def test_a_line_says_where_the_case_stands(world: World) -> None:
    case = world.a_case("sylvie")
    world.do("sylvie", "open_blockage", case, theme="arrears")
    world.sessions()
    world.an_escalation(case)
    line = page("sylvie")[0]
    assert (line.kind, line.state, line.household, line.commune) == (
        "transfer",
        "searching",
        "Martin Aïcha",
        "Roubaix",
    )
    assert (line.owner, line.service, line.blockages) == ("Sylvie", "CCAS", ("arrears",))
    assert (line.course, line.ici) == ("raised", "A")
    assert line.next is not None
    assert line.next.kind == "landlord_answer"


def test_urgent_then_legal_dates_then_the_ici_limit_then_age(world: World) -> None:
    old = world.referred("sylvie", name="Ancien")
    limited = world.referred("sylvie", name="Bloqué")
    world.do("sylvie", "open_blockage", limited, theme="arrears")
    legal = world.referred("sylvie", name="Légal")
    world.do("sylvie", "update_contact", legal, snr_expires_on="2026-03-01")
    urgent = world.referred("sylvie", name="Urgent")
    with transaction() as connection:
        rows.update(connection, CaseFile, {"id": urgent}, urgent=True)
    near = [(date(2026, 2, 1), frozenset({"59512"}))]
    found = queue_page(scope("sylvie"), "mine", Filters(), today=TODAY, limits=near)
    assert ids(found.lines) == [urgent, legal, limited, old]


def test_pages_share_no_case_and_forget_none(world: World) -> None:
    for number in range(28):
        world.referred("sylvie", name=f"Nom{number}")
    first, second = (queue_page(scope("sylvie"), "all", Filters(), today=TODAY, number=n) for n in (1, 2))
    assert (first.total, first.pages, len(first.lines), len(second.lines)) == (28, 2, 25, 3)
    assert len({*ids(first.lines), *ids(second.lines)}) == 28
    beyond = queue_page(scope("sylvie"), "all", Filters(), today=TODAY, number=99)
    assert (beyond.number, beyond.lines) == (2, second.lines)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filters(kind="transfer"), True),
        (Filters(kind="rehousing"), False),
        (Filters(state="referred"), True),
        (Filters(state="searching"), False),
        (Filters(commune="59512"), True),
        (Filters(commune="59350"), False),
        (Filters(landlord="lmh"), True),
        (Filters(landlord="vilogia"), False),
        (Filters(theme="arrears"), True),
        (Filters(theme="profile_refused"), False),
        (Filters(operation="OP-1"), False),
    ],
)
def test_filters(world: World, wanted: Filters, found: bool) -> None:
    case = world.referred("sylvie")
    world.do("sylvie", "open_blockage", case, theme="arrears")
    assert bool(queue_page(scope("sylvie"), "all", wanted, today=TODAY).total) is found


def test_the_filter_of_an_ici_is_its_communes(world: World) -> None:
    case = world.referred("sylvie", commune="Roubaix")
    for communes, expected in ((frozenset({"59512"}), [case]), (frozenset({"59350"}), [])):
        found = queue_page(scope("camille"), "all", Filters(communes=communes), today=TODAY)
        assert ids(found.lines) == expected


def test_closed_cases_are_found_when_asked(world: World) -> None:
    case = world.referred("sylvie")
    world.do("sylvie", "close_early", case, reason="withdrawn_by_household")
    assert page("sylvie") == ()
    assert ids(page("sylvie", state="closed")) == [case]
    assert ids(page("sylvie", text="martin")) == [case]


def test_violence_is_named_to_readers_of_safety_only(world: World) -> None:
    case = world.referred("sylvie")
    world.do("sylvie", "open_blockage", case, theme="violence_other_commune")
    assert page("sylvie")[0].blockages == ("violence_other_commune",)
    assert page("camille")[0].blockages == ()
    theme = Filters(theme="violence_other_commune")
    assert queue_page(scope("camille"), "all", theme, today=TODAY).total == 0
    assert ids(queue_page(scope("sylvie"), "all", theme, today=TODAY).lines) == [case]


# search ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["Vandamme", "vandame", "Vandmame", "VANDAMME aïcha", "aicha vandam", "Vamdamme", " vandamme "]
)
def test_a_name_is_found_in_spite_of_a_slip(world: World, typed: str) -> None:
    case = world.referred("sylvie", name="Vandamme")
    world.referred("sylvie", name="Kowalski")
    assert ids(search.find_cases(scope("sylvie"), typed, search_name(typed))) == [case]


@pytest.mark.parametrize("typed", ["Zzyzx", "%", "_", "' OR 1=1 --", ""])
def test_what_is_nobody_finds_nobody(world: World, typed: str) -> None:
    world.referred("sylvie", name="Vandamme")
    assert search.find_cases(scope("sylvie"), typed, search_name(typed)) == ()


def test_reference_and_sne_number(world: World) -> None:
    case = world.referred("sylvie")
    world.do("sylvie", "update_contact", case, snr_number="059123456789012345")
    for typed in (case, case.lower(), "059123456789012345"):
        assert ids(search.find_cases(scope("sylvie"), typed, search_name(typed))) == [case]
        assert search.find_cases(scope("adele"), typed, search_name(typed)) == ()


def test_words_are_cut_so_that_a_slip_spares_a_piece() -> None:
    assert [pieces(word) for word in ("li", "dupo", "martin", "vandamme")] == [
        ["li"],
        ["du", "po"],
        ["ma", "rt", "in"],
        ["van", "da", "mme"],
    ]


# protected cases ------------------------------------------------------------------------------------


def protected(world: World) -> str:
    case = world.referred("sylvie", name="Durand", protected=True)
    world.do("sylvie", "update_contact", case, snr_number="059999999999999999", snr_expires_on="2026-01-20")
    world.do("sylvie", "open_blockage", case, theme="violence_other_commune")
    return case


def test_a_protected_case_stands_in_the_list_and_says_nothing(world: World) -> None:
    case = protected(world)
    for who in ("omar", "camille", "marc"):
        (line,) = page(who)
        assert (line.id, line.household, line.opens, line.commune) == (case, "dossier protégé", False, None)
        assert (line.service, line.course, line.ici, line.blockages) == (None, None, None, ())
        said = str(asdict(line))
        assert [word for word in SECRETS if word in said] == []
    assert page("sylvie")[0].household == "Durand Aïcha"


def test_filters_do_not_reveal_where_it_is(world: World) -> None:
    protected(world)
    for filters in (
        Filters(commune="59512"),
        Filters(landlord="lmh"),
        Filters(theme="violence_other_commune"),
        Filters(communes=frozenset({"59512"})),
    ):
        assert queue_page(scope("omar"), "all", filters, today=TODAY).total == 0
        assert queue_page(scope("sylvie"), "all", filters, today=TODAY).total == 1
    found = queue_page(scope("camille"), "all", Filters(communes=frozenset({"59512"})), today=TODAY)
    assert found.total == 0


def test_search_knows_it_by_its_reference_only(world: World) -> None:
    case = protected(world)
    assert search.find_cases(scope("camille"), "Durand", "durand") == ()
    assert search.find_cases(scope("camille"), "059999999999999999", "059999999999999999") == ()
    (line,) = search.find_cases(scope("camille"), case, search_name(case))
    assert line.household == "dossier protégé"
    assert ids(search.find_cases(scope("sylvie"), "Durand", "durand")) == [case]
