"""The NPRU board: what is counted in a building, whose operations they are, and who is named."""

from datetime import date
from decimal import Decimal

import pytest

from cases.access import scope_of
from db.queries import objectives as aims
from db.queries import operation as board
from db.queries import operation_dwellings as homes
from db.queries import operation_groups as groups
from db.queries import operation_people as people
from db.queries import operation_sites as by_site
from db.queries.operation import OperationView
from db.queries.operation_counts import COUNTS
from db.scope import Scope
from db.tables.case import CaseFile
from db.tables.clock import Notice
from tests.builders import (
    DWELLING,
    OFFER,
    PEOPLE,
    Site,
    a_house,
    a_rehousing,
    an_operation,
    ask,
    do,
)
from tests.records import every, the

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
        "informed": 6,  # not the one that left the perimeter: it would hide who is still to be told
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
        assert homes.dwellings(scope(who), site.operation) == ()


def test_every_change_of_a_vacate_date_is_kept(site: Site) -> None:
    for on, to, told in (("2026-02-02", "2027-06-30", None), ("2026-03-05", "2027-09-30", "2026-03-05")):
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
    row = seen("denis", site.operation).buildings.iloc[0]
    assert row["vacate_changes"] == 2


def test_a_dwelling_is_free_when_everybody_has_left_it(site: Site) -> None:
    a_rehousing("closed", building=site.building)
    a_rehousing(building=site.building)
    stays = a_rehousing(building=site.building)
    do("close_early", stays, "farid", "2026-02-02", reason="maintained_in_place")
    found = homes.dwellings(scope("farid"), site.operation)
    assert sorted(home.left for home in found) == [False, False, True]
    (home,) = (home for home in found if home.left)
    assert (home.building_id, home.typology) == (site.building, 3)
    do("free_dwelling", site.building, "farid", "2026-06-01", dwelling_id=home.id, freed_on="2026-05-20")
    freed = next(one for one in homes.dwellings(scope("farid"), site.operation) if one.id == home.id)
    assert (freed.left, freed.open_to_all) == (False, True)
    made = {"dwelling_id": home.id, "neutralised_on": "2026-06-02", "how": "walled"}
    do("neutralise_dwelling", site.building, "farid", "2026-06-02", **made)
    row = seen("farid", site.operation).buildings.iloc[0]
    assert (row["dwellings"], row["freed"], row["neutralised"]) == (3, 1, 1)


def test_the_board_by_site(site: Site) -> None:
    """Two left of three households; one moved in on 4 May, within the six months."""
    a_rehousing("closed", building=site.building)
    a_rehousing(building=site.building)
    gone = a_rehousing("informed", building=site.building)
    do("close_early", gone, "farid", "2026-06-01", reason="left_by_themselves")
    do("change_vacate_date", site.building, "denis", "2026-06-02", vacate_on="2027-06-30", reason="Retard.")
    (line,) = by_site.sites(scope("gaelle"), recent_since=SINCE, few=3)
    assert (line.name, line.operations, line.households) == ("Concorde", 1, 3)
    assert (line.still_there, line.no_offer, line.rehoused, line.attrition) == (1, 1, 1, 1)
    assert (line.recent_exits, line.last) == (2, 1)
    assert (line.vacate_on, line.vacate_changes) == (date(2027, 6, 30), 1)
    assert by_site.sites(scope("elise"), recent_since=SINCE, few=3) == ()


def test_the_next_act_of_a_last_occupant(site: Site) -> None:
    case = a_rehousing("searching", building=site.building)
    plan = {"what": "Visite avec la médiatrice", "who_id": "denis", "due_on": "2026-02-20"}
    do("plan_last_act", case, "farid", "2026-02-02", **plan)
    (found,) = people.last_occupants(scope("farid"), [site.building])
    assert (found.act, found.act_by, found.act_on) == (plan["what"], "Denis", date(2026, 2, 20))
    assert [row["text"] for row in every(Notice, recipient_id="denis")][-1] == (
        f"{case} : Visite avec la médiatrice, avant le 20/02/2026."
    )
    do("finish_last_act", case, "denis", "2026-02-18", act_id=1, done_on="2026-02-18", result="Vu.")
    assert people.last_occupants(scope("farid"), [site.building])[0].act is None


def test_a_grouped_solution_may_be_declined_without_any_refusal(site: Site) -> None:
    first, second = (a_rehousing("searching", building=site.building) for _ in range(2))
    other = a_rehousing("searching", building=an_operation().building)
    asked = {
        "name": "Résidence Fontenoy", "landlord_id": "lmh", "address": "2 rue neuve", "commune": "Roubaix",
        "dwellings": 21, "answer_due_on": "2026-03-15",
    }  # fmt: skip
    wrong = ask(
        "propose_grouped_solution", site.operation, "denis", "2026-02-02", case_ids=[first, other], **asked
    )
    assert [reason.code for reason in wrong.reasons] == ["grouped.case"]
    made = do(
        "propose_grouped_solution", site.operation, "denis", "2026-02-02", case_ids=[first, second], **asked
    )
    grouped = made.created["grouped"]
    do("answer_grouped_solution", first, "farid", "2026-02-20", grouped_id=grouped, joins=True)
    do("answer_grouped_solution", second, "farid", "2026-02-20", grouped_id=grouped, joins=False)
    (line,) = groups.grouped_solutions(scope("denis"), site.operation)
    assert (line.dwellings, line.joined, line.declined, line.waiting) == (21, 1, 1, 0)
    for case in (first, second):
        row = the(CaseFile, id=case)
        assert (row["countable_refusals"], row["offers_made"], row["state"]) == (0, 0, "searching")
    assert groups.grouped_solutions(scope("ines"), site.operation) == ()


def test_what_moves_cost_without_what_was_annulled(site: Site) -> None:
    case = a_rehousing("searching", building=site.building)
    for amount in ("650.50", "99"):
        spent = {"kind": "mover", "amount": amount, "paid_by": "landlord", "spent_on": "2026-02-01"}
        do("record_cost", case, "farid", "2026-02-02", **spent)
    do("annul_cost", case, "farid", "2026-02-03", cost_id=2, reason="Saisie en double.")
    (line,) = groups.costs(scope("denis"), site.operation)
    assert (line.kind, line.count, Decimal(line.amount)) == ("mover", 1, Decimal("650.50"))


def test_objectives_stand_beside_what_was_done(site: Site) -> None:
    """Two rehoused by Vilogia in Tourcoing on 4 May; the objective of 2027 has nothing yet."""
    today = date(2026, 12, 1)
    assert aims.objectives(scope("gaelle"), today) == ()
    for _ in range(2):
        a_rehousing("closed", building=site.building)
    landlords, communes = aims.without_objective(scope("gaelle"), today)
    assert [(item.place, item.rehoused) for item in (*landlords, *communes)] == [
        ("vilogia", 2),
        ("Tourcoing", 2),
    ]
    aim = {"amendment": "Avenant 1", "kind": "rehoused", "landlord_id": "vilogia"}
    do("set_objective", None, "gaelle", "2026-12-01", value=3, valid_from="2026-01-01", **aim)
    do("set_objective", None, "gaelle", "2026-12-01", value=9, valid_from="2027-01-01", **aim)
    now, later = aims.objectives(scope("ines"), today)
    assert (now.value, now.achieved, later.value, later.achieved) == (3, 2, 9, 0)
    assert aims.without_objective(scope("gaelle"), today)[0] == ()
    assert aims.objectives(scope("amina"), today) == ()
    do("annul_objective", None, "gaelle", "2026-12-02", objective_id=now.id, reason="Saisie en double.")
    assert [line.value for line in aims.objectives(scope("gaelle"), today)] == [9]
