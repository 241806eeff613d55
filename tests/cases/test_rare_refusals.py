"""Refusals that no other test meets: each is said, whole, by the door."""

from datetime import date
from typing import Any

import pytest

from cases.perimeter import ici_of
from cases.reasons import Refused
from db.engine import reading
from db.tables.case import Person
from tests.builders import NEED, OFFER, SURVEY, a_rehousing, a_transfer, an_operation, ask, do
from tests.cases.ici_world import HELD, NIGHT, SEPTEMBER, World
from tests.ici_builders import a_session
from tests.records import case, every


def codes(kind: str, target: str | None, who: str, on: str, /, **data: Any) -> set[str]:
    outcome = ask(kind, target, who, on, **data)
    assert outcome.status == "refused", (kind, outcome.status)
    return {reason.code for reason in outcome.reasons}


@pytest.mark.usefixtures("sqlite_house")
def test_of_a_case() -> None:
    study, asked = a_transfer(at="diagnosis"), a_transfer(at="offer_pending")
    both = {**SURVEY, "need": NEED | {"excluded_communes": ["Tourcoing"]}}
    assert "field.communes" in codes("sign_diagnosis", study, "amina", "2026-02-02", **both)
    assert "owner.role" in codes("assign_case", study, "bruno", "2026-02-02", account_id="lea")
    do("hand_over", study, "amina", "2026-02-02", to_id="chloe")
    assert "handover.other" in codes("accept_handover", study, "bruno", "2026-02-03")
    assert "offer.answer_before" in codes("accept_offer", asked, "amina", "2026-03-01")
    assert "close.no_answer" in codes("close_early", study, "amina", "2026-02-03", reason="no_answer")
    tried = {"first_attempt_on": "2026-01-02", "second_attempt_on": "2026-01-09", "letter_on": "2026-01-20"}
    late = codes("close_early", study, "amina", "2026-02-03", reason="no_answer", **tried)
    assert "close.letter_recent" in late
    person = every(Person)[0]["id"]
    gone = {"person_id": person, "left_on": "2026-02-01", "reason": "died"}
    assert "person.holder" in codes("record_departure", study, "amina", "2026-02-03", **gone)


@pytest.mark.usefixtures("sqlite_house")
def test_of_the_committee_and_the_office() -> None:
    accepted = a_transfer(at="committee")
    second = {"decision": "allocation_ranked", "rank": 2}
    assert "committee.not_first" in codes("allocate", accepted, "amina", "2026-04-16", **second)
    self_closing = codes("update_account", None, "lea", "2026-04-16", account_id="lea", active=False)
    assert "account.self" in self_closing
    session = a_session()
    moved = codes("move_session", session, "gaelle", "2026-02-02", held_on="2026-02-01", reason="Erreur.")
    assert "session.past" in moved


@pytest.mark.usefixtures("sqlite_house")
def test_of_an_operation() -> None:
    site = an_operation()
    states = ("searching", "closed", "informed")
    household, gone, other = (a_rehousing(at=at, building=site.building) for at in states)
    do("update_account", None, "lea", "2026-11-30", account_id="karim", active=False)
    act = {"what": "Visite", "who_id": "karim", "due_on": "2026-12-15"}
    assert "act.inactive" in codes("plan_last_act", household, "farid", "2026-12-01", **act)
    group = {"name": "Résidence", "landlord_id": "lmh", "address": "Rue neuve", "commune": "Lille"}
    group |= {"dwellings": 2, "case_ids": [household, gone, other], "answer_due_on": "2027-01-15"}
    said = codes("propose_grouped_solution", site.operation, "denis", "2026-12-01", **group)
    assert {"grouped.settled", "grouped.too_many"} <= said
    home = {"dwelling_id": case(gone)["dwelling_id"], "neutralised_on": "2026-12-01", "how": "walled"}
    do(
        "free_dwelling",
        site.building,
        "denis",
        "2026-12-01",
        dwelling_id=home["dwelling_id"],
        freed_on="2026-06-01",
    )
    do("neutralise_dwelling", site.building, "denis", "2026-12-01", **home)
    assert "dwelling.neutralised" in codes(
        "neutralise_dwelling", site.building, "denis", "2026-12-02", **home
    )


@pytest.mark.usefixtures("sqlite_house")
def test_of_a_split_that_takes_the_holder_away() -> None:
    parent = a_rehousing(at="informed")
    holder = every(Person, household_id=case(parent)["household_id"])[0]["id"]
    leaving = {
        "leaving_ids": [holder],
        "new_holder_id": holder,
        "present_since": "2020-01-01",
        "proof": "Bail",
    }
    assert codes("split_household", parent, "farid", "2026-12-01", **leaving) == {"split.nobody"}


@pytest.mark.usefixtures("sqlite_house")
def test_of_a_merge() -> None:
    parent = a_rehousing(at="searching")
    child = every(Person, household_id=case(parent)["household_id"])[1]["id"]
    leaving = {"leaving_ids": [child], "new_holder_id": child, "present_since": "2020-01-01", "proof": "Bail"}
    born = do("split_household", parent, "farid", "2026-12-01", **leaving).created["case"]
    assert "merge.family" in codes("merge_cases", parent, "denis", "2026-12-02", duplicate_id=born)
    third, kept = a_rehousing(at="searching"), a_rehousing(at="searching")
    for month in ("02", "03", "04"):
        offered = OFFER | {"received_on": f"2026-{month}-02"}
        do("make_offer", third, "farid", f"2026-{month}-02", **offered)
        do("refuse_offer", third, "farid", f"2026-{month}-10", reasons=["location"], signed=True)
    refused = codes("merge_cases", kept, "denis", "2026-12-02", duplicate_id=third)
    assert "merge.third_refusal" in refused


@pytest.mark.usefixtures("sqlite_database")
def test_of_an_escalation() -> None:
    world = World()
    item = world.an_escalation()
    assert world.refused("sylvie", "submit_escalation", item) == {"submit.no_session"}
    world.sessions()
    other = str(world.do("camille", "plan_session", ici="B", held_on="2026-09-22").reference)
    assert "submit.other_ici" in world.refused("sylvie", "submit_escalation", item, session_id=other)
    world.do("sylvie", "submit_escalation", item, session_id=SEPTEMBER, when="2026-07-10T10:00:00+02:00")
    assert "session.used" in world.refused("camille", "cancel_session", SEPTEMBER, reason="Erreur.")
    late = world.an_escalation()
    world.do("camille", "close_call", SEPTEMBER, when=NIGHT)
    world.do("sylvie", "submit_escalation", late, when="2026-07-16T09:12:00+02:00", session_id=SEPTEMBER)
    joined = world.refused("sylvie", "join_case", item, when=NIGHT, case_id=world.a_case(name="Petit"))
    assert "join.frozen" in joined
    world.held(item, freeze=False)
    urgent = {"motive": "violence", "reason": "Danger imminent."}
    assert "exception.past" in world.refused("marc", "admit_by_exception", late, when=HELD, **urgent)
    third = world.an_escalation()
    past = world.refused("sylvie", "submit_escalation", third, when=HELD, session_id=SEPTEMBER)
    assert "submit.past" in past
    widened = world.refused("camille", "decide", item, when=HELD, kind="need_widened", text="Élargir.")
    assert "decide.no_widening" in widened
    duty = [{"body_id": "vilogia", "due_on": "2026-09-01"}]
    before = {"kind": "body_must_offer", "text": "Proposer.", "duties": duty}
    assert "decide.past" in world.refused("camille", "decide", item, when=HELD, **before)


@pytest.mark.usefixtures("sqlite_database")
def test_of_an_obligation() -> None:
    world = World()
    world.sessions()
    first, second = world.filed(), world.filed()
    world.held(first, second)
    duties = {"kind": "body_must_offer", "duties": [{"body_id": "vilogia", "due_on": "2027-03-15"}]}
    for item in (first, second):
        world.do("camille", "decide", item, when=HELD, text="Proposer un T5.", **duties)
    owed = world.obligations(second)[0]["id"]
    answer = world.refused(
        "vera", "record_execution", first, when=HELD, obligation_id=owed, result="executed"
    )
    assert answer == {"obligation.other"}


@pytest.mark.usefixtures("sqlite_house")
def test_a_commune_has_no_ici_before_there_were_any() -> None:
    with reading() as connection, pytest.raises(Refused) as refused:
        ici_of(connection, "59512", date(2010, 1, 1))
    assert [reason.code for reason in refused.value.reasons] == ["perimeter.none"]


@pytest.mark.usefixtures("sqlite_database")
def test_what_is_late_needs_a_next_session() -> None:
    world = World()
    world.do("camille", "plan_session", ici="A", held_on="2026-09-15")
    world.do("camille", "open_call", SEPTEMBER, when="2026-06-15T09:00:00+02:00")
    item = world.an_escalation()
    world.do("camille", "close_call", SEPTEMBER, when=NIGHT)
    filed_at = "2026-07-16T09:12:00+02:00"
    world.do("sylvie", "submit_escalation", item, when=filed_at, session_id=SEPTEMBER)
    assert "ici.no_next_session" in world.refused("camille", "carry_over", item, when=filed_at)
