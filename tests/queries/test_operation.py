"""The NPRU board: what is counted in a building, whose operations they are, and who is named."""

from datetime import date

import pytest

from cases.access import scope_of
from db.queries import operation as board
from db.queries import operation_people as people
from db.queries.operation import OperationView
from db.queries.operation_counts import COUNTS
from db.scope import Scope
from tests.builders import (
    DWELLING,
    OFFER,
    PEOPLE,
    Site,
    a_house,
    a_rehousing,
    an_operation,
    do,
)

CANTON = {"canton": "Tourcoing-1"}
SINCE = date(2026, 5, 1)


def scope(who: str) -> Scope:
    return scope_of(PEOPLE[who])


def seen(who: str, operation: str) -> OperationView:
    view = board.operation(scope(who), operation, third=3, recent_since=SINCE)
    assert view is not None
    return view


@pytest.fixture
def site(database: str) -> Site:
    a_house()
    return an_operation()


def refused_offers(case: str, times: int) -> None:
    for day in range(1, times + 1):
        on = f"2026-04-{day:02d}"
        do("make_offer", case, "farid", on, received_on=on, **(OFFER | CANTON))
        do("refuse_offer", case, "farid", on, reasons=["location"], signed=True)


def test_a_building_counts_each_stage(site: Site) -> None:
    states = ("identified", "informed", "offer_pending", "lease_signed", "closed", "temporarily_housed")
    at = {state: a_rehousing(state, building=site.building) for state in states}
    refusing = a_rehousing("searching", building=site.building, dwelling=DWELLING | CANTON)
    do("close_early", at["informed"], "farid", "2026-02-02", reason="left_by_themselves")
    out = a_rehousing("informed", building=site.building)
    do("close_early", out, "farid", "2026-02-02", reason="maintained_in_place")
    refused_offers(refusing, 3)
    row = seen("denis", site.operation).buildings.iloc[0].to_dict()
    assert {name: row[name] for name in COUNTS} == {
        "households": 7,
        "remaining": 5,
        "still_there": 4,
        "informed": 7,
        "surveyed": 5,
        "no_offer": 1,
        "pending": 1,
        "accepted": 1,
        "rehoused": 1,
        "temporary": 1,
        "attrition": 1,
        "third_refusal": 1,
        "recent_exits": 1,
    }
    assert (row["dwellings"], row["freed"], row["vacate_on"]) == (8, 0, date(2027, 3, 31))


def test_the_list_of_operations(site: Site) -> None:
    a_rehousing("closed", building=site.building)
    a_rehousing("offer_pending", building=site.building)
    a_rehousing(building=site.building)
    (line,) = board.operations(scope("gaelle"))
    assert (line.id, line.site, line.commune, line.landlord) == (site.operation, "Concorde", "Lille", "lmh")
    assert (line.households, line.remaining, line.no_offer) == (3, 2, 1)
    assert line.next_vacate_on == date(2027, 3, 31)
    assert line.convention_on == date(2019, 12, 16)


def test_an_operation_without_building_or_household(site: Site) -> None:
    do(
        "create_operation",
        None,
        "gaelle",
        "2026-01-05",
        site_id="lille-sud",
        landlord_id="vilogia",
        name="Vide",
    )
    bare = next(line for line in board.operations(scope("gaelle")) if line.name == "Vide")
    assert (bare.households, bare.remaining, bare.next_vacate_on) == (0, 0, None)
    assert seen("gaelle", bare.id).buildings.empty
    assert int(seen("gaelle", site.operation).buildings["households"].sum()) == 0


def test_whose_operations(site: Site) -> None:
    """Their landlord's, or all for who steers; nobody else's."""
    for who in PEOPLE:
        allowed = who in {"denis", "farid", "gaelle", "hugo", "ines", "karim"}
        assert bool(board.operations(scope(who))) is allowed, who
        found = board.operation(scope(who), site.operation, third=3, recent_since=SINCE)
        assert (found is not None) is allowed, who
    assert board.operation(scope("gaelle"), "OP-99-999", third=3, recent_since=SINCE) is None


def test_last_occupants_say_what_blocks_who_acts_and_when(site: Site) -> None:
    waiting = a_rehousing("searching", building=site.building)
    do("open_blockage", waiting, "farid", "2026-02-02", theme="arrears")
    pending = a_rehousing("offer_pending", building=site.building)
    a_rehousing("temporarily_housed", building=site.building)
    a_rehousing("closed", building=site.building)
    found = {item.case_id: item for item in people.last_occupants(scope("farid"), [site.building])}
    assert set(found) == {waiting, pending}
    assert (found[waiting].theme, found[waiting].ball, found[waiting].name) == (
        "arrears",
        "Farid",
        "Amrani Aïcha",
    )
    assert (found[pending].next_kind, found[pending].next_on) == ("offer_answer", date(2026, 4, 11))
    assert found[pending].theme is None
    assert {item.name for item in people.last_occupants(scope("gaelle"), [site.building])} == {""}


def test_a_protected_household_is_counted_and_listed_for_named_readers_only(site: Site) -> None:
    case = a_rehousing("informed", building=site.building)
    do("protect_case", case, "farid", "2026-02-02")
    assert int(seen("gaelle", site.operation).buildings["still_there"].sum()) == 1
    assert people.last_occupants(scope("gaelle"), [site.building]) == ()
    assert people.last_occupants(scope("hugo"), [site.building]) == ()
    assert [item.case_id for item in people.last_occupants(scope("farid"), [site.building])] == [case]


def test_nobody_else_reads_a_name_or_a_reason(site: Site) -> None:
    a_rehousing("closed", building=site.building)
    a_rehousing(building=site.building)
    do("change_vacate_date", site.building, "denis", "2026-02-02", vacate_on="2027-06-30", reason="Retard.")
    for who in ("ines", "karim", "lea", "elise", "amina"):
        assert people.last_occupants(scope(who), [site.building]) == ()
        assert people.vacate_history(scope(who), [site.building]) == ()
        assert board.empty_dwellings(scope(who), site.operation) == ()


def test_the_history_of_a_vacate_date_comes_from_the_journal(site: Site) -> None:
    for on, to, told in (("2026-02-02", "2027-06-30", None), ("2026-03-02", "2027-09-30", "2026-03-05")):
        do(
            "change_vacate_date",
            site.building,
            "denis",
            on,
            vacate_on=to,
            reason=f"Report au {to}.",
            told_on=told,
        )
    last, first = people.vacate_history(scope("denis"), [site.building])
    assert (first.before, first.after) == (date(2027, 3, 31), date(2027, 6, 30))
    assert (last.before, last.after, last.told_on) == (date(2027, 6, 30), date(2027, 9, 30), date(2026, 3, 5))
    assert (last.who, last.reason) == ("Denis", "Report au 2027-09-30.")
    do("erase_details", None, "lea", "2026-04-01", numbers=_numbers(), reason="Droit à l’effacement.")
    assert [item.reason for item in people.vacate_history(scope("denis"), [site.building])] == ["", ""]


def _numbers() -> list[int]:
    import sqlalchemy as sa  # noqa: PLC0415  # only this test reads the journal

    from db.engine import reading  # noqa: PLC0415

    query = sa.text("SELECT number FROM journal_entry WHERE type = 'change_vacate_date'")
    with reading() as connection:
        return [row[0] for row in connection.execute(query)]


def test_a_dwelling_is_free_when_everybody_has_left_it(site: Site) -> None:
    a_rehousing("closed", building=site.building)
    a_rehousing(building=site.building)
    (home,) = board.empty_dwellings(scope("farid"), site.operation)
    assert (home.building_id, home.typology) == (site.building, 3)
    do("free_dwelling", site.building, "farid", "2026-06-01", dwelling_id=home.id, freed_on="2026-05-20")
    assert board.empty_dwellings(scope("farid"), site.operation) == ()
    assert int(seen("farid", site.operation).buildings["freed"].sum()) == 1


def test_what_a_new_operation_may_name(site: Site) -> None:
    sites, landlords = board.choices()
    assert sites["lille-concorde"] == "Concorde"
    assert set(landlords) == {"lmh", "vilogia"}
