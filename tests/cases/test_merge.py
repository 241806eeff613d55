"""Two cases about one household: merged, read whole, and separated again within the delay (case 8)."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

from cases.access import scope_of
from db.engine import reading
from db.queries.case_file import CaseView, case_file
from db.rows import find
from db.tables.case import Attempt, Blockage, NamedReader, Note
from db.tables.clock import Deadline, Notice
from db.tables.merge import CaseMerge, SnrNumber
from db.tables.offer import Offer
from tests.builders import DWELLING, MEMBERS, OFFER, PEOPLE, a_rehousing, a_transfer, an_operation, ask, do
from tests.ici_builders import an_escalation
from tests.records import case, chain_length, every

VIOLENCE: dict[str, Any] = {
    "criteria": ["violence"],
    "evidence": [{"kind": "complaint", "dated_on": "2025-12-01"}],
}
MERGED, LATER = "2026-06-01", "2026-06-15"
# What a merge and its undoing leave behind, on purpose.
TRACES = {"journal_entry", "journal_link", "journal_head", "case_merge", "notice", "deadline", "counter"}
MOVING = {"version", "touched_at", "legal_on"}


def codes(outcome: Any) -> set[str]:
    return {reason.code for reason in outcome.reasons}


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but the traces, without the columns that move with each command."""
    found = {}
    with reading() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in TRACES:
                rows = [dict(row) for row in connection.execute(table.select()).mappings()]
                plain = [{k: v for k, v in row.items() if k not in MOVING} for row in rows]
                found[table.name] = sorted(plain, key=repr)
    return found


def open_subjects(reference: str) -> set[str]:
    """What is awaited for a case: of itself, of an attempt, of a hand-over…"""
    return {row["subject"] for row in every(Deadline, case_id=reference, closed_at=None)}


def two_lived_cases(building: str) -> tuple[str, str]:
    """Rehousings of one household, each with its refusals, search, blockage, note, numbers."""
    pair = []
    for rank in (1, 2):
        found = a_rehousing("searching", building=building, snr_number=f"05926010001231234{rank}")
        do("record_attempt", found, "farid", "2026-02-02", body_id="vilogia")
        do("open_blockage", found, "farid", "2026-02-03", theme="arrears")
        do("add_note", found, "farid", "2026-02-04", text=f"Note {rank}.")
        for month in ("03", "04")[:rank]:
            do(
                "make_offer",
                found,
                "farid",
                f"2026-{month}-0{rank}",
                received_on=f"2026-{month}-0{rank}",
                **OFFER,
            )
            refusal = {"reasons": ["location"], "signed": True}
            do("refuse_offer", found, "farid", f"2026-{month}-0{rank + 2}", **refusal)
        pair.append(found)
    return pair[0], pair[1]


def test_merged_then_separated_everything_is_as_before(house: str) -> None:
    kept, absorbed = two_lived_cases(an_operation().building)
    do("hand_over", absorbed, "farid", "2026-05-02", to_id="amina")
    before, due = everything(), (open_subjects(kept), open_subjects(absorbed))
    do("merge_cases", kept, "denis", MERGED, duplicate_id=absorbed, reason="Même ménage.")

    row, gone = case(kept), case(absorbed)
    assert (gone["state"], gone["closure_reason"], gone["merged_into_id"]) == (
        "closed",
        "duplicate_merged",
        kept,
    )
    assert (row["offers_made"], row["attempts"], row["open_blockages"]) == (3, 2, 2)
    assert [(o["number"], str(o["offered_on"])) for o in sorted(every(Offer), key=lambda o: o["number"])] == [
        (1, "2026-03-01"), (2, "2026-03-02"), (3, "2026-04-02"),
    ]  # fmt: skip
    assert {row["case_id"] for model in (Offer, Attempt, Blockage, Note) for row in every(model)} == {kept}
    assert {n["number"] for n in every(SnrNumber, household_id=row["household_id"])} == {
        "059260100012312341", "059260100012312342",
    }  # fmt: skip
    # The three refusals count together, and a person is asked.
    assert (row["countable_refusals"], row["third_refusal_to_validate"]) == (3, True)
    assert str(row["third_offer_received_on"]) == "2026-04-02"

    view = case_file(scope_of(PEOPLE["denis"]), kept)
    assert isinstance(view, CaseView)
    assert [line.type for line in view.story].count("identify_household") == 2  # both histories are read
    assert view.story[0].type == "merge_cases"
    assert {line.of for line in view.story} == {None, absorbed}

    awaited = open_subjects(kept)
    assert {"attempt"} <= {subject.split(":")[0] for subject in awaited}
    assert open_subjects(absorbed) <= {f"case:{absorbed}"}

    do("undo_merge", kept, "denis", LATER, reason="Deux sœurs.")
    assert everything() == before
    assert (open_subjects(kept), open_subjects(absorbed)) == due
    assert len(every(CaseMerge, undone_on=None)) == 0
    assert chain_length() > 20


def test_the_oldest_date_stays_and_what_came_since_stays_too(sqlite_house: None) -> None:
    kept = a_transfer("searching", snr_requested_on="2024-05-01")
    typed = {"members": MEMBERS, "dwelling": DWELLING, "criteria": ["economic"]}
    asked = do("refer_transfer", None, "chloe", "2026-01-05", **typed, snr_requested_on="2022-01-01")
    absorbed = str(asked.reference)
    do("merge_cases", kept, "gaelle", MERGED, duplicate_id=absorbed)
    row = case(kept)
    assert (str(row["referred_on"]), str(row["snr_requested_on"])) == ("2026-01-05", "2022-01-01")
    assert row["criteria"] == ["over_occupation", "economic"]
    do("add_note", kept, "amina", "2026-06-02", text="Appel.")
    do("record_attempt", kept, "amina", "2026-06-03", body_id="vilogia")
    do("undo_merge", kept, "gaelle", LATER, reason="Deux ménages.")
    row = case(kept)
    assert (str(row["referred_on"]), row["attempts"], row["criteria"]) == (
        "2026-01-12",
        1,
        ["over_occupation"],
    )
    assert [note["case_id"] for note in every(Note)] == [kept]
    assert case(absorbed)["state"] == "referred"


def test_protection_joins_both_and_leaves_with_the_undo(sqlite_house: None) -> None:
    kept, hidden = a_transfer("searching"), a_transfer(**VIOLENCE)
    do("add_reader", hidden, "amina", "2026-01-14", account_id="jules")
    # Somebody not named cannot merge it, and is told no more than of a case that does not exist.
    for reference in (hidden, "M-99-00001"):
        refused = ask("merge_cases", kept, "gaelle", MERGED, duplicate_id=reference)
        assert codes(refused) == {"merge.unreachable"}
        assert "protégé" not in refused.message
    do("merge_cases", kept, "amina", MERGED, duplicate_id=hidden)
    assert case(kept)["protected"]
    assert case(hidden)["protected"]
    assert readers(kept) == readers(hidden) == {"amina", "bruno", "jules"}
    assert all(note["recipient_id"] in {"amina", "bruno", "jules"} for note in every(Notice, case_id=kept)
               if "fusionnés" in note["text"])  # fmt: skip
    do("undo_merge", kept, "amina", LATER, reason="Deux ménages.")
    assert (case(kept)["protected"], case(hidden)["protected"]) == (False, True)
    assert readers(kept) == set()
    assert readers(hidden) == {"amina", "bruno", "jules"}

    do("merge_cases", kept, "amina", "2026-06-20", duplicate_id=hidden)
    do("protect_case", kept, "amina", "2026-06-21", readers=["chloe"])
    do("undo_merge", kept, "amina", "2026-06-22", reason="Deux ménages.")
    assert case(kept)["protected"]  # decided since: it stays
    assert "chloe" in readers(kept)


def readers(reference: str) -> set[str]:
    with reading() as connection:
        return {row["account_id"] for row in find(connection, NamedReader, case_id=reference)}


def test_what_cannot_be_merged_says_why_and_which_way(sqlite_house: None) -> None:
    building = an_operation().building
    kept = a_transfer("searching")
    for absorbed, code in (
        (a_transfer("offer_pending"), "merge.offer_open"),
        (a_transfer("moved_in"), "merge.housed"),
        (a_transfer("not_admissible"), "merge.closed"),
        (a_rehousing("informed", building=building), "merge.kind"),
    ):
        refused = ask("merge_cases", kept, "gaelle", "2026-12-01", duplicate_id=absorbed)
        assert code in codes(refused), refused
    raised = a_transfer("searching")
    an_escalation("on_time", case=raised)
    assert codes(ask("merge_cases", kept, "gaelle", "2026-12-01", duplicate_id=raised)) == {"merge.ici"}
    closing = ask("close_early", kept, "amina", "2026-12-01", reason="duplicate_merged")
    assert codes(closing) == {"close.merge_instead"}
    elsewhere = a_transfer(who="chloe")
    assert codes(ask("merge_cases", kept, "amina", "2026-12-01", duplicate_id=elsewhere)) == {
        "merge.unreachable"
    }


def test_undoing_has_its_time_and_names_what_stands_in_the_way(sqlite_house: None) -> None:
    kept, absorbed = a_transfer("searching"), a_transfer("searching")
    do("open_blockage", absorbed, "amina", "2026-02-03", theme="arrears")
    do("merge_cases", kept, "amina", MERGED, duplicate_id=absorbed)
    third = a_transfer()
    assert codes(ask("merge_cases", third, "amina", MERGED, duplicate_id=kept)) == {"merge.chain"}
    assert codes(ask("reopen", absorbed, "bruno", MERGED, reason="Revient.")) == {"merge.undo_first"}
    do("make_offer", kept, "amina", "2026-06-03", received_on="2026-06-03", **OFFER)
    do("close_blockage", kept, "amina", "2026-06-04", blockage_id=every(Blockage)[0]["id"], outcome="Payé.")
    refused = ask("undo_merge", kept, "amina", "2026-07-02", reason="Deux ménages.")
    assert codes(refused) == {"merge.decided_since", "merge.row_changed", "merge.too_late"}
    assert "« Faire une proposition » a été enregistré le 03/06/2026" in refused.message
    assert "un blocage venu de l’autre dossier a changé" in refused.message
    assert "pendant 30 jours" in refused.message


ACTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("add_note", {"text": "Un appel."}),
    ("open_blockage", {"theme": "arrears"}),
    ("record_attempt", {"body_id": "vilogia", "answer_due_on": "2026-09-01"}),
    ("hand_over", {"to_id": "chloe"}),
    ("record_snr_number", {"number": "059260100012312345", "requested_on": "2023-05-02"}),
    ("protect_case", {"readers": ["jules"], "safe_contact": "Chez sa sœur."}),
    ("update_contact", {"phone": "03 20 00 00 00", "snr_number": "059270100012312345"}),
    ("add_person", {"first_name": "Zoé", "last_name": "Amrani", "born_on": "2025-11-01"}),
)
REFUSED = {"reasons": ["location"], "signed": True}


def lives(reference: str, dice: Random) -> None:
    """Some months of a case, drawn; what is not possible is refused and that is all."""
    for rank in range(dice.randrange(2, 9)):
        day = f"2026-05-{rank + 1:02d}"
        if dice.random() < 0.4:
            ask("make_offer", reference, "denis", day, received_on=day, **OFFER)
            ask("refuse_offer", reference, "denis", day, **REFUSED)
        else:
            kind, typed = dice.choice(ACTS)
            ask(kind, reference, "denis", day, **typed)


@pytest.mark.usefixtures("sqlite_house")
def test_whatever_both_lived_undoing_a_merge_restores_both() -> None:
    building = an_operation().building
    merged: list[int] = []

    @settings(max_examples=6, derandomize=True, deadline=None, database=None)
    @given(seed=st.integers(0, 2**32))
    def restores(seed: int) -> None:
        dice = Random(seed)
        states = ("informed", "need_validated", "searching")
        pair = [a_rehousing(dice.choice(states), building=building, who="denis") for _ in range(2)]
        for reference in pair:
            lives(reference, dice)
        before = everything()
        outcome = ask("merge_cases", pair[0], "denis", MERGED, duplicate_id=pair[1])
        if not outcome.done:
            assert codes(outcome) <= {"merge.third_refusal", "merge.unreachable"}
            return
        merged.append(seed)
        for model, column in ((Offer, "offers_made"), (Attempt, "attempts")):
            held = case(pair[0])
            assert held[column] == len(every(model, case_id=pair[0]))
            assert case(pair[1])[column] == len(every(model, case_id=pair[1])) == 0
        assert case(pair[0])["protected"] == case(pair[1])["protected"]
        open_deadlines = every(Deadline, case_id=pair[1], closed_at=None)
        assert {row["kind"] for row in open_deadlines} <= {"retention"}
        do("undo_merge", pair[0], "denis", LATER, reason="Deux ménages.")
        assert everything() == before

    restores()
    assert len(merged) >= 4  # else nothing was tried
