"""What a command does to other cases than its subject: their version moves, and their history says it."""

import pytest

from cases.access import scope_of
from cases.commands import execute
from db.queries.case_file import CaseView, case_file
from db.tables.case import Attempt, Handover, Person
from db.tables.clock import Deadline, Notice
from db.tables.ici import Escalation, IciCourse
from db.tables.journal import JournalEntry, JournalLink
from db.tables.offer import Offer
from tests.builders import (
    ACTORS,
    DWELLING,
    MEMBERS,
    OFFER,
    a_command,
    a_rehousing,
    a_transfer,
    an_operation,
    ask,
    do,
    instant,
)
from tests.ici_builders import HELD, a_session, an_escalation, move_session
from tests.records import case, chain_length, count, every, the

pytestmark = pytest.mark.usefixtures("house")


def linked(reference: str) -> list[str]:
    numbers = {row["number"] for row in every(JournalLink, case_id=reference)}
    return [row["type"] for row in every(JournalEntry) if row["number"] in numbers]


def timeline(reference: str, who: str = "amina") -> list[str]:
    """Oldest first, as the case page shows it."""
    view = case_file(scope_of(ACTORS[who]), reference)
    assert isinstance(view, CaseView)
    return [line.type for line in reversed(view.story)]


def codes(kind: str, target: str | None, who: str, on: str, /, **data: object) -> set[str]:
    return {reason.code for reason in ask(kind, target, who, on, **data).reasons}


def test_a_case_raised_elsewhere_refuses_a_stale_page() -> None:
    raised = a_transfer(at="searching")
    seen = case(raised)["version"]
    an_escalation(case=raised)
    stale = a_command("add_note", raised, text="Vu avant la remontée.")
    answer = execute(
        stale.model_copy(update={"seen_version": seen}), now=instant("2026-06-21"), actor=ACTORS["amina"]
    )
    assert answer.status == "conflict"
    assert "Préparer une remontée" in answer.message
    assert "draft_escalation" in linked(raised)


def test_a_moved_vacate_date_is_in_the_history_of_each_household() -> None:
    place = an_operation()
    here = a_rehousing(building=place.building)
    before = case(here)["version"]
    do(
        "change_vacate_date",
        place.building,
        "farid",
        "2026-02-01",
        vacate_on="2027-06-30",
        reason="Travaux décalés",
    )
    assert case(here)["version"] == before + 1
    assert linked(here) == ["change_vacate_date"]


def test_an_item_that_no_case_carries_any_more_is_withdrawn() -> None:
    raised = a_transfer(at="searching")
    item = an_escalation(at="on_time", case=raised)
    do("close_early", raised, "amina", "2026-07-20", reason="moved_out_of_mel")
    assert the(Escalation, id=item)["state"] == "withdrawn"
    assert the(IciCourse, escalation_id=item)["state"] == "withdrawn"


def test_a_case_that_has_left_an_item_cannot_leave_it_twice() -> None:
    raised = a_transfer(at="searching")
    item = an_escalation(case=raised)
    do("leave_escalation", item, "amina", "2026-06-21", case_id=raised, reason="Solution trouvée")
    again = ask("leave_escalation", item, "amina", "2026-06-22", case_id=raised, reason="Encore une fois")
    assert again.status == "refused"


def test_the_child_of_a_split_has_a_history() -> None:
    parent = a_rehousing(at="informed")
    child = next(row for row in every(Person) if row["link"] == "child")
    outcome = do(
        "split_household",
        parent,
        "farid",
        "2026-04-14",
        leaving_ids=[child["id"]],
        new_holder_id=child["id"],
        present_since="2021-01-15",
        proof="Attestation",
    )
    assert linked(outcome.created["case"]) == ["split_household"]


def test_who_stays_after_a_split_is_asked_again_and_keeps_their_counter() -> None:
    parent = a_rehousing(at="searching")
    offered = OFFER | {"received_on": "2026-03-02"}
    do("make_offer", parent, "farid", "2026-03-02", **offered)
    do("refuse_offer", parent, "farid", "2026-03-10", reasons=["location"], signed=True)
    do("make_offer", parent, "farid", "2026-03-20", **(OFFER | {"received_on": None}))
    child = next(row["id"] for row in every(Person) if row["link"] == "child")
    leaving = {"leaving_ids": [child], "new_holder_id": child, "present_since": "2021-01-15", "proof": "Bail"}
    born = case(do("split_household", parent, "farid", "2026-04-14", **leaving).created["case"])
    stays = case(parent)
    assert (stays["state"], stays["countable_refusals"]) == ("diagnosis", 1)
    assert stays["need_sheet_id"] is stays["need_validated_on"] is stays["open_offer_id"] is None
    assert [offer["state"] for offer in every(Offer, case_id=parent)] == ["refused", "annulled"]
    assert (born["state"], born["countable_refusals"]) == ("informed", 0)
    assert ask("make_offer", parent, "farid", "2026-04-15", **offered).status == "refused"


def test_the_journal_keeps_no_digest_of_a_password() -> None:
    do("create_account", None, "lea", "2026-02-01", id="new.one", name="N", role="observer", body_id="mel",
       password_hash="$argon2id$secret")  # fmt: skip
    assert all("argon2id" not in (row["details"] or "") for row in every(JournalEntry))


def test_a_milestone_opens_with_its_window() -> None:
    moved = a_transfer(at="follow_up")
    moved_on = case(moved)["moved_in_on"]
    early = ask(
        "record_follow_up",
        moved,
        "amina",
        "2026-12-31",
        milestone=12,
        held_on=moved_on.isoformat(),
        reached=False,
    )
    assert {reason.code for reason in early.reasons} >= {"follow_up.early", "follow_up.six_first"}


def test_a_follow_up_is_tried_for_its_own_milestone() -> None:
    moved = a_transfer(at="moved_in")
    do("start_follow_up", moved, "amina", "2026-05-11")
    for milestone, day in ((1, "2026-06-04"), (6, "2026-10-20")):
        tried = {"milestone": milestone, "held_on": day, "reached": False, "channel": "phone"}
        do("record_follow_up", moved, "amina", day, **tried)
        assert case(moved)["follow_up_done"] == 0
    assert codes("close_case", moved, "amina", "2026-10-21") == {"case.follow_up_missing"}
    tried = {"milestone": 6, "held_on": "2026-10-21", "reached": False, "channel": "letter"}
    do("record_follow_up", moved, "amina", "2026-10-21", **tried)
    assert case(moved)["follow_up_done"] == 6
    assert ask("close_case", moved, "amina", "2026-10-22").done


def test_the_earliest_day_of_a_milestone_is_said() -> None:
    moved = a_transfer(at="moved_in")
    do("start_follow_up", moved, "amina", "2026-05-11")
    told = ask(
        "record_follow_up", moved, "amina", "2026-10-19", milestone=6, held_on="2026-10-19", reached=False
    )
    assert "à partir du 20/10/2026" in told.message


def test_an_ici_decision_moves_the_version_of_each_case_once_and_is_in_its_history() -> None:
    first, second, item = two_on_the_agenda()
    before = [case(reference)["version"] for reference in (first, second)]
    do(
        "decide",
        item,
        "gaelle",
        HELD,
        kind="need_widened",
        text="Élargir.",
        widening={"communes": ["Lille"], "typology_max": 5},
    )
    assert [case(reference)["version"] for reference in (first, second)] == [v + 1 for v in before]
    raised = ["draft_escalation", "submit_escalation", "objectify", "put_on_agenda", "decide"]
    assert timeline(first)[-5:] == timeline(second)[-5:] == raised
    assert chain_length() == count(JournalEntry)


def two_on_the_agenda() -> tuple[str, str, str]:
    session = a_session("call_open")
    a_session(held_on="2027-03-16")
    first, second = a_transfer(at="searching"), a_transfer(at="searching")
    for reference in (first, second):
        do("record_attempt", reference, "amina", "2026-02-02", body_id="vilogia")
    raised = {"case_ids": [first, second], "theme": "arrears", "title": "T4"}
    item = str(do("draft_escalation", None, "amina", "2026-06-20", **raised).reference)
    do("submit_escalation", item, "amina", "2026-07-10", session_id=session)
    move_session(session, "call_closed", after="call_open")
    do("objectify", item, "hugo", "2026-08-17", objectification="Constat.", proposal="Proposition.")
    do("put_on_agenda", item, "hugo", "2026-08-18")
    move_session(session, "held", after="call_closed")
    return first, second, item


def test_a_case_that_the_decision_leaves_out_keeps_its_history_and_its_version() -> None:
    first, second, item = two_on_the_agenda()
    before = case(second)["version"]
    do("decide", item, "gaelle", HELD, kind="support_set_up", text="ASLL.", case_ids=[first])
    assert case(second)["version"] == before
    assert timeline(second)[-3:] == ["objectify", "put_on_agenda", "decide"]


def test_a_widening_never_puts_the_minimum_above_the_maximum() -> None:
    first, _, item = two_on_the_agenda()
    widening = {"typology_min": 6}
    asked = {"kind": "need_widened", "text": "Élargir.", "widening": widening}
    assert codes("decide", item, "gaelle", HELD, **asked) == {"decide.typology"}
    assert the(Escalation, id=item)["state"] == "on_agenda"
    assert case(first)["course_id"] is not None


def test_the_secretariat_is_told_of_an_item_that_empties_by_itself() -> None:
    raised = a_transfer(at="searching")
    item = an_escalation(at="on_agenda", case=raised)
    before = the(Escalation, id=item)["version"]
    do("close_early", raised, "amina", "2026-08-20", reason="moved_out_of_mel")
    row = the(Escalation, id=item)
    assert (row["state"], row["version"]) == ("withdrawn", before + 1)
    told = [notice["text"] for notice in every(Notice, recipient_id="gaelle")]
    assert any(item in text and "plus aucun dossier" in text for text in told)


def test_a_decision_stands_without_its_case_until_its_session_and_does_not_come_back() -> None:
    raised = a_transfer(at="searching")
    item = an_escalation(at="decided", case=raised)
    do("close_early", raised, "amina", "2026-10-01", reason="moved_out_of_mel")
    assert the(Escalation, id=item)["state"] == "decided"
    do("mark_not_executed", item, "gaelle", "2027-03-16")
    assert the(Escalation, id=item)["state"] == "withdrawn"
    do("give_reason", item, "elise", "2027-03-17", obligation_id=1, reason="Le ménage est parti.")


def test_leaving_an_old_item_never_ends_a_course_in_another() -> None:
    raised = a_transfer(at="searching")
    old = an_escalation(case=raised)
    do("leave_escalation", old, "amina", "2026-06-21", case_id=raised, reason="Solution trouvée")
    new = {"case_ids": [raised], "theme": "arrears", "title": "T4"}
    do("draft_escalation", None, "amina", "2026-06-22", **new)
    course = case(raised)["course_id"]
    assert codes("leave_escalation", old, "amina", "2026-06-23", case_id=raised, reason="Encore.") >= {
        "leave.unknown"
    }
    assert case(raised)["course_id"] == course


def test_starting_the_diagnosis_does_not_restart_its_delay() -> None:
    reference = a_transfer(at="admitted")
    due = the(Deadline, case_id=reference, kind="diagnosis_due")["due_on"]
    do("start_diagnosis", reference, "amina", "2026-02-10")
    assert the(Deadline, case_id=reference, kind="diagnosis_due")["due_on"] == due


def test_a_dwelling_left_for_a_temporary_one_is_not_to_vacate_again() -> None:
    reference = a_rehousing(at="temporarily_housed")
    do("resume_search", reference, "farid", "2026-04-01")
    open_kinds = {row["kind"] for row in every(Deadline, case_id=reference) if row["closed_at"] is None}
    assert "vacate" not in open_kinds


def test_who_stays_after_a_split_while_housed_for_a_time_is_asked_again_when_the_search_resumes() -> None:
    parent = a_rehousing(at="temporarily_housed")
    child = next(row["id"] for row in every(Person) if row["link"] == "child")
    leaving = {"leaving_ids": [child], "new_holder_id": child, "present_since": "2021-01-15", "proof": "Bail"}
    do("split_household", parent, "farid", "2026-04-14", **leaving)
    stays = case(parent)
    assert (stays["state"], stays["need_sheet_id"]) == ("temporarily_housed", None)
    assert [offer["state"] for offer in every(Offer, case_id=parent)].count("annulled") == 0
    do("resume_search", parent, "farid", "2026-04-20")
    assert case(parent)["state"] == "diagnosis"


def test_an_officer_identifies_in_the_buildings_of_their_own_landlord() -> None:
    typed = {"members": MEMBERS, "dwelling": DWELLING, "building_id": an_operation().building}
    assert codes("identify_household", None, "elise", "2026-02-02", **typed) == {"operation.landlord"}
    assert ask("identify_household", None, "gaelle", "2026-02-02", **typed).done


def test_an_allocated_case_waits_for_no_landlord_and_keeps_its_hand_over() -> None:
    reference = a_transfer(at="searching")
    do("record_attempt", reference, "amina", "2026-02-02", body_id="vilogia")
    do("make_offer", reference, "amina", "2026-04-01", **OFFER)
    do("accept_offer", reference, "amina", "2026-04-03")
    do("hand_over", reference, "amina", "2026-04-03", to_id="chloe")
    do("allocate", reference, "amina", "2026-04-16")
    assert the(Attempt, case_id=reference)["answer"] == "ended"
    assert the(Handover, case_id=reference)["answer"] == "waiting"
    open_kinds = {row["kind"] for row in every(Deadline, case_id=reference) if row["closed_at"] is None}
    assert open_kinds == {"handover_answer", "diagnosis_renewal"}
