"""Taking back one's last step: every table as before but the journal, while nobody else has acted."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from cases.last_step import to_take_back
from cases.undoable import UNDOABLE
from db.engine import reading
from db.tables.case import Blockage
from db.tables.clock import Deadline, Notice
from tests.builders import PEOPLE, a_transfer, ask, do, instant
from tests.cases.examples import EXAMPLES
from tests.records import case, every

DAY = "2026-12-01T10:00:00+01:00"
SOON, LATER = "2026-12-01T10:09:00+01:00", "2026-12-01T10:11:00+01:00"
# Where a command of the path can be tried; the others are beside it.
STATES = {
    "check_admissibility": "referred",
    "start_diagnosis": "admitted",
    "validate_need": "diagnosed",
    "start_search": "need_validated",
    "record_receipt": "offer_pending",
    "accept_offer": "offer_pending",
    "sign_lease": "allocated",
    "start_follow_up": "moved_in",
}
NOT_OF_A_TRANSFER = {"resume_search", "change_return_date"}
JOURNAL = {"journal_entry", "journal_link", "journal_head", "counter", "notice"}
THE_DOOR_S = {"version", "touched_at"}  # move with every accepted command


def facts() -> dict[str, Any]:
    """Every row of every table, without the journal and the version of the case."""
    with reading() as connection:
        return {
            table.name: [
                {name: value for name, value in row.items() if name not in THE_DOOR_S}
                for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in SQLModel.metadata.sorted_tables
            if table.name not in JOURNAL
        }


def ready(name: str) -> tuple[str, dict[str, Any]]:
    """A case on which Amina may do it, and what she types."""
    if name == "take_case":
        return a_transfer(who="gaelle", service_id="ccas-tourcoing"), {}
    reference = a_transfer(at=STATES.get(name, "searching"))
    data = EXAMPLES[name](reference) | ({"account_id": "bruno"} if name == "assign_case" else {})
    if name in {"extend_suspension", "resume_case"}:
        do("suspend_case", reference, "amina", "2026-11-30", reason="household_asks", until="2027-02-01")
    if name == "close_blockage":
        data["blockage_id"] = do("open_blockage", reference, "amina", "2026-11-30", theme="arrears").created[
            "blockage"
        ]
    if name == "remove_document":
        attached = do("attach_document", reference, "amina", "2026-11-30", **EXAMPLES["attach_document"](""))
        data["document_id"] = attached.created["document"]
    return reference, data


@pytest.mark.parametrize("name", sorted(UNDOABLE - NOT_OF_A_TRANSFER))
@pytest.mark.usefixtures("sqlite_house")
def test_a_step_taken_back_leaves_every_fact_as_before(name: str) -> None:
    reference, data = ready(name)
    who = "bruno" if name in {"take_case", "assign_case"} else "amina"
    before = facts()
    do(name, reference, who, DAY, **data)
    assert facts() != before
    undone = do("undo_last_step", reference, who, SOON)
    assert undone.created["undone"]["type"] == name
    assert facts() == before
    again = ask("undo_last_step", reference, who, SOON)
    assert [reason.code for reason in again.reasons] == ["undo.not_this"]


def test_a_blockage_taken_back_on_both_databases(house: str) -> None:
    """The deadlines too; who was not yet told is not told at all."""
    reference = a_transfer(at="searching")
    before = facts()
    do("open_blockage", reference, "bruno", DAY, theme="arrears")
    do("undo_last_step", reference, "bruno", SOON)
    assert facts() == before
    assert case(reference)["open_blockages"] == 0
    assert every(Blockage) == []
    assert not [row for row in every(Notice, case_id=reference) if "Blocage" in row["text"]]
    assert all(row["closed_at"] is None or row["outcome"] for row in every(Deadline, case_id=reference))


@pytest.mark.usefixtures("sqlite_house")
def test_when_a_step_cannot_be_taken_back() -> None:
    reference = a_transfer(at="searching")
    do("open_blockage", reference, "amina", DAY, theme="arrears")
    assert refusal(reference, "bruno", SOON) == ["undo.other"]
    assert refusal(reference, "amina", LATER) == ["undo.late"]
    do("add_note", reference, "bruno", SOON, text="Un appel.")
    assert refusal(reference, "amina", SOON) == ["undo.other"]
    do("record_attempt", reference, "amina", SOON, body_id="vilogia")
    assert refusal(reference, "amina", SOON) == ["undo.not_this"]


def refusal(reference: str, who: str, at: str) -> list[str]:
    outcome = ask("undo_last_step", reference, who, at)
    assert outcome.status == "refused"
    return [reason.code for reason in outcome.reasons]


@pytest.mark.usefixtures("sqlite_house")
def test_the_page_says_how_long_is_left() -> None:
    reference = a_transfer(at="searching")
    do("open_blockage", reference, "amina", DAY, theme="arrears")
    found = to_take_back(reference, PEOPLE["amina"], now=instant("2026-12-01T10:00:30+01:00"))
    assert found is not None
    assert (found.label, found.minutes) == ("Signaler un blocage", 9)
    assert to_take_back(reference, PEOPLE["bruno"], now=instant(SOON)) is None
    assert to_take_back(reference, PEOPLE["amina"], now=instant(LATER)) is None
    assert to_take_back(reference, PEOPLE["karim"], now=instant(SOON)) is None
