"""What a command does to other cases than its subject: their version moves, and their history says it."""

import pytest

from cases.commands import execute
from db.tables.case import Person
from db.tables.ici import Escalation, IciCourse
from db.tables.journal import JournalEntry, JournalLink
from tests.builders import (
    ACTORS,
    a_command,
    a_rehousing,
    a_transfer,
    an_escalation,
    an_operation,
    ask,
    do,
    instant,
)
from tests.records import case, every, the

pytestmark = pytest.mark.usefixtures("house")


def linked(reference: str) -> list[str]:
    numbers = {row["number"] for row in every(JournalLink, case_id=reference)}
    return [row["type"] for row in every(JournalEntry) if row["number"] in numbers]


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
