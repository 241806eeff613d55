"""Operations through the door: dates that move and who is told, dwellings, stays, groups, what is refused."""

import pytest

from cases.access import scope_of
from db.queries.operation_dwellings import homes_to_choose
from db.tables.case import CaseFile, Person
from db.tables.clock import Deadline, Notice
from db.tables.operation import Dwelling, Operation, Site
from db.tables.rehousing import HolderChange, ReturnChange, TemporaryStay, VacateChange
from tests.builders import DWELLING, MEMBERS, PEOPLE, a_rehousing, an_operation, ask, do
from tests.records import case, every, the

pytestmark = pytest.mark.usefixtures("house")
ON = "2026-06-02"


def codes(kind: str, target: str | None, who: str, on: str, /, **data: object) -> list[str]:
    return [reason.code for reason in ask(kind, target, who, on, **data).reasons]


def told(account: str) -> list[str]:
    return [row["text"] for row in every(Notice, recipient_id=account)]


def test_each_owner_is_told_of_the_old_and_the_new_date_and_how_often_it_moved() -> None:
    site = an_operation()
    there, gone = (
        a_rehousing("searching", building=site.building),
        a_rehousing("closed", building=site.building),
    )
    hidden = a_rehousing("informed", building=site.building)
    do("protect_case", hidden, "farid", "2026-02-02")
    do("change_vacate_date", site.building, "denis", ON, vacate_on="2027-06-30", reason="Désamiantage.")
    do("change_vacate_date", site.building, "denis", "2026-07-01", vacate_on="2027-05-31", reason="Avancé.")
    first, hidden_first, second, _ = told("farid")[-4:]
    assert "reportée du 31/03/2027 au 30/06/2027, date changée 1 fois" in first
    assert "fixée du 30/06/2027 au 31/05/2027, date changée 2 fois" in second
    assert hidden_first == f"{hidden} : une date a changé ; ouvrez le dossier."
    assert (case(there)["vacate_changes"], case(gone)["vacate_changes"]) == (2, 0)
    assert [(row["before"].isoformat(), row["after"].isoformat()) for row in every(VacateChange)] == [
        ("2027-03-31", "2027-06-30"),
        ("2027-06-30", "2027-05-31"),
    ]
    same = {"vacate_on": "2027-05-31", "reason": "Encore."}
    assert codes("change_vacate_date", site.building, "denis", "2026-07-02", **same) == ["building.same_date"]
    assert (
        codes("change_vacate_date", site.building, "elise", "2026-07-02", **same)[0] == "operation.landlord"
    )


def test_sites_operations_and_dwellings_are_created_and_corrected() -> None:
    do("create_site", None, "gaelle", ON, name="Îlot des Peintres", commune="Lille", phase=2)
    assert the(Site, id="ilot-des-peintres")["name"] == "Îlot des Peintres"
    assert codes("create_site", None, "gaelle", ON, name="Ilot des peintres", commune="Lille", phase=2) == [
        "site.exists"
    ]
    site = an_operation(convention_on=None)
    renamed = {"site_id": "ilot-des-peintres", "name": "Peintres", "kind": "requalification"}
    do("update_operation", site.operation, "denis", ON, permit_on="2026-05-04", **renamed)
    row = the(Operation, id=site.operation)
    assert (row["name"], row["kind"], row["permit_on"].isoformat()) == (
        "Peintres",
        "requalification",
        "2026-05-04",
    )
    home = {"address": "Porte 12", "typology": 3, "rooms": 3, "surface_m2": "61.5"}
    made = do("create_dwelling", site.building, "denis", ON, **home).created["dwelling"]
    do("update_dwelling", site.building, "denis", ON, dwelling_id=made, **(home | {"rooms": 4}))
    row = the(Dwelling, id=made)
    assert (row["rooms"], row["commune"], row["landlord_id"]) == (4, "59350", "lmh")
    free = {"dwelling_id": made, "freed_on": ON}
    assert codes(
        "neutralise_dwelling", site.building, "denis", ON, dwelling_id=made, neutralised_on=ON, how="door"
    ) == ["dwelling.not_freed"]
    do("free_dwelling", site.building, "denis", ON, **free)
    early = {"dwelling_id": made, "neutralised_on": "2026-06-01", "how": "door"}
    assert codes("neutralise_dwelling", site.building, "denis", ON, **early) == ["field.neutralised_on"]


def test_a_dwelling_whose_household_stays_is_not_free() -> None:
    site = an_operation()
    kept = a_rehousing("informed", building=site.building)
    do("close_early", kept, "farid", "2026-03-02", reason="maintained_in_place")
    dwelling = case(kept)["dwelling_id"]
    assert codes("free_dwelling", site.building, "denis", ON, dwelling_id=dwelling, freed_on=ON) == [
        "dwelling.occupied"
    ]


def test_a_return_that_slips_keeps_each_date_and_ends_with_what_was_written() -> None:
    housed = a_rehousing("temporarily_housed")
    for to in ("2026-10-31", "2026-12-31"):
        do("change_return_date", housed, "denis", ON, return_on=to, reason="Chauffage.")
    assert "déplacé du 31/10/2026 au 31/12/2026" in told("farid")[-1]
    early = {"written_on": "2026-02-01"}
    assert codes("renounce_return", housed, "farid", ON, **early) == ["field.written_on"]
    do("renounce_return", housed, "farid", ON, written_on="2026-06-01", document="Courrier signé")
    stay = the(TemporaryStay, case_id=housed)
    assert (stay["outcome"], stay["renounced_on"].isoformat(), stay["document"]) == (
        "renounced",
        "2026-06-01",
        "Courrier signé",
    )
    assert len(every(ReturnChange, stay_id=stay["id"])) == 2
    assert (case(housed)["state"], case(housed)["offers_made"]) == ("moved_in", 0)


def test_a_case_that_stops_leaves_no_planned_act_and_no_answer_awaited() -> None:
    site = an_operation()
    pair = [a_rehousing("searching", building=site.building) for _ in range(2)]
    do("plan_last_act", pair[0], "farid", ON, what="Visite", who_id="farid", due_on="2026-06-20")
    group: dict[str, object] = {
        "name": "R",
        "landlord_id": "lmh",
        "address": "A",
        "commune": "Lille",
        "dwellings": 2,
    }
    do(
        "propose_grouped_solution",
        site.operation,
        "denis",
        ON,
        case_ids=pair,
        answer_due_on="2026-07-01",
        **group,
    )
    open_kinds = {row["kind"] for row in every(Deadline, case_id=pair[0], closed_at=None)}
    assert {"last_act", "grouped_answer"} <= open_kinds
    do("close_early", pair[0], "farid", "2026-06-10", reason="left_by_themselves")
    still = {row["kind"] for row in every(Deadline, case_id=pair[0], closed_at=None)}
    assert not still & {"last_act", "grouped_answer", "vacate"}


def test_a_holder_may_die_before_the_survey_and_the_judgement_is_kept() -> None:
    known = a_rehousing("informed")
    successor = every(CaseFile, id=known)[0]["household_id"]

    child = every(Person, household_id=successor, link="child")[0]["id"]
    took = {"died_on": "2026-05-20", "successor_id": child, "present_since": "2019-03-01"}
    lacks = codes("change_holder", known, "farid", ON, reference_income="50000", **took)
    assert lacks == ["holder.ceilings", "holder.under_occupied"]
    do("change_holder", known, "farid", ON, derogation="Sera relogé plus petit.", **took)
    assert case(known)["state"] == "informed"
    kept = the(HolderChange, case_id=known)
    assert {found["code"]: found["value"] for found in kept["findings"]} == {
        "presence": True,
        "ceilings": None,
        "occupation": False,
    }


def holder(case_id: str) -> tuple[str, str]:
    row = case(case_id)
    return row["state"], the(Person, household_id=row["household_id"], link="holder")["first_name"]


def test_a_holder_may_die_while_housed_for_a_time_or_once_the_lease_is_signed() -> None:
    """Away, the case begins again without leaving; a lease signed passes on, by the size of that dwelling."""
    site = an_operation()

    def took(case_id: str) -> dict[str, object]:
        child = the(Person, household_id=case(case_id)["household_id"], link="child")["id"]
        known = {"died_on": "2026-05-20", "successor_id": child, "present_since": "2019-03-01"}
        return known | {"reference_income": "9000"}

    away = a_rehousing("temporarily_housed", building=site.building)
    reason = {"derogation": "Sera relogé plus petit."}
    do("change_holder", away, "farid", ON, **took(away), **reason)
    assert holder(away) == ("temporarily_housed", "Noé")
    assert (case(away)["need_sheet_id"], case(away)["return_planned_on"] is None) == (None, False)
    do("resume_search", away, "farid", "2026-06-03")
    assert case(away)["state"] == "diagnosis"

    signed = a_rehousing("lease_signed", building=site.building)
    assert codes("change_holder", signed, "farid", ON, **took(signed)) == ["holder.under_occupied"]
    before = case(signed)
    do("change_holder", signed, "farid", ON, **took(signed), **reason)
    assert holder(signed) == ("lease_signed", "Noé")
    assert {name: case(signed)[name] for name in ("accepted_offer_id", "need_sheet_id", "diagnosis_id")} == {
        name: before[name] for name in ("accepted_offer_id", "need_sheet_id", "diagnosis_id")
    }
    do("move_in", signed, "farid", "2026-06-04", moved_on="2026-06-04")

    alone = a_rehousing("temporarily_housed", building=site.building)
    do("close_early", alone, "farid", ON, reason="death_no_successor")
    stay = the(TemporaryStay, case_id=alone)
    assert (stay["outcome"], stay["ended_on"].isoformat(), case(alone)["return_planned_on"]) == (
        "ended",
        ON,
        None,
    )


def test_two_households_are_listed_in_one_dwelling_already_there() -> None:
    site, other = an_operation(), an_operation()
    first = a_rehousing("identified", building=site.building)
    home = case(first)["dwelling_id"]
    listed = {"members": MEMBERS, "building_id": site.building}
    assert codes("identify_household", None, "farid", ON, **listed) == ["identify.dwelling"]
    both = listed | {"dwelling_id": home, "dwelling": DWELLING}
    assert codes("identify_household", None, "farid", ON, **both) == ["identify.dwelling"]
    elsewhere = listed | {"building_id": other.building, "dwelling_id": home}
    assert codes("identify_household", None, "farid", ON, **elsewhere) == ["identify.other_building"]
    second = str(do("identify_household", None, "farid", ON, **listed, dwelling_id=home).reference)
    assert case(second)["dwelling_id"] == home
    assert len(every(Dwelling, building_id=site.building)) == 1
    words = homes_to_choose(scope_of(PEOPLE["farid"]), site.building)[home]
    assert words == f"3 rue de l’Exemple · T3, rez-de-chaussée · {first} · {second}"
    assert homes_to_choose(scope_of(PEOPLE["gaelle"]), site.building)[home].startswith(home)
    assert homes_to_choose(scope_of(PEOPLE["elise"]), site.building) == {}
    do("close_early", first, "farid", ON, reason="left_by_themselves")
    assert codes("free_dwelling", site.building, "denis", ON, dwelling_id=home, freed_on=ON) == [
        "dwelling.occupied"
    ]
    do("close_early", second, "farid", ON, reason="left_by_themselves")
    do("free_dwelling", site.building, "denis", ON, dwelling_id=home, freed_on=ON)
    assert codes("identify_household", None, "farid", ON, **listed, dwelling_id=home) == ["identify.freed"]
