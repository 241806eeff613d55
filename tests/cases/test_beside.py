"""Beside the path: suspensions, notes, opinions, approvals, documents, the move; on both databases."""

from base64 import b64encode
from datetime import date
from typing import Any

import pytest

from cases.access import scope_of
from cases.deadline_kinds import KINDS
from cases.deadlines import sweep
from cases.document_sweep import erase_removed
from cases.territory import load_settings
from db import documents
from db.queries.asked import approvals_to_give, document_content, opinions_to_give
from db.queries.case_file import CaseView, case_file
from db.rows import Row
from db.tables.beside import Approval, Document, Opinion, Suspension
from db.tables.case import Blockage
from db.tables.clock import Deadline, Notice
from db.tables.journal import JournalEntry
from tests.builders import PEOPLE, a_transfer, ask, do, instant
from tests.records import case, every, the

PDF = b"%PDF-1.4 un courrier"


def codes(outcome: Any) -> set[str]:
    assert outcome.status == "refused", outcome
    return {reason.code for reason in outcome.reasons}


def seen_by(who: str, reference: str, **asked: Any) -> CaseView:
    found = case_file(scope_of(PEOPLE[who]), reference, **asked)
    assert isinstance(found, CaseView)
    return found


def deadline(reference: str, kind: str) -> Row:
    return the(Deadline, case_id=reference, kind=kind, closed_at=None)


# Suspension ----------------------------------------------------------------------------------------


def test_a_suspension_pauses_the_internal_clock_and_no_legal_one(house: str) -> None:
    """Signalé le 12/01, réponse sous 42 jours (23/02) ; suspendu du 20/01 au 20/02 : 31 jours de plus."""
    reference = a_transfer(snr_number="059012", snr_requested_on="2025-07-01")
    do("update_contact", reference, "amina", "2026-01-13", snr_expires_on="2026-07-01")
    do("suspend_case", reference, "amina", "2026-01-20", reason="household_absent", until="2026-02-20")
    answer = deadline(reference, "admissibility_answer")
    assert answer["due_on"] == date(2026, 3, 26)
    assert "Suspendu du 20/01/2026 au 20/02/2026 : 31 jours non comptés" in answer["explanation"]
    assert deadline(reference, "snr_renewal")["due_on"] == date(2026, 7, 1)
    assert deadline(reference, "suspension_end")["due_on"] == date(2026, 2, 20)

    do("extend_suspension", reference, "amina", "2026-02-10", until="2026-03-02", reason="Toujours absent.")
    assert deadline(reference, "admissibility_answer")["due_on"] == date(2026, 4, 5)
    do("resume_case", reference, "amina", "2026-02-25")
    assert deadline(reference, "admissibility_answer")["due_on"] == date(2026, 3, 31)  # 36 days in all
    assert the(Suspension, case_id=reference)["ended_on"] == date(2026, 2, 25)
    assert case(reference)["suspended_until"] is None
    assert every(Deadline, case_id=reference, kind="suspension_end", closed_at=None) == []


def test_the_morning_reminds_of_the_expected_end(house: str) -> None:
    reference = a_transfer()
    do("suspend_case", reference, "amina", "2026-01-20", reason="awaiting_birth", until="2026-02-20")
    sweep(date(2026, 2, 20), instant("2026-02-20"))
    end = deadline(reference, "suspension_end")
    assert [row["recipient_id"] for row in every(Notice, deadline_id=end["id"])] == ["amina"]


def test_what_waits_follows_the_hand_over(house: str) -> None:
    """Accepted by Chloé: the suspension and the opinion asked remind her; the case is still suspended."""
    reference = a_transfer()
    do("suspend_case", reference, "amina", "2026-01-20", reason="household_asks", until="2026-02-20")
    do("ask_opinion", reference, "amina", "2026-01-20", body_id="vilogia", question="Un T4 ?")
    do("hand_over", reference, "amina", "2026-01-21", to_id="chloe")
    do("accept_handover", reference, "chloe", "2026-01-22")
    assert case(reference)["suspended_until"] == date(2026, 2, 20)
    assert {deadline(reference, kind)["owner_id"] for kind in ("suspension_end", "opinion_answer")} == {
        "chloe"
    }


def test_what_a_suspension_cannot_be(house: str) -> None:
    reference = a_transfer()
    given = {"reason": "household_absent"}
    assert codes(ask("suspend_case", reference, "amina", "2026-01-20", until="2026-01-20", **given)) == {
        "field.until"
    }
    assert codes(ask("suspend_case", reference, "amina", "2026-01-20", until="2026-07-21", **given)) == {
        "suspension.too_long"
    }
    do("suspend_case", reference, "amina", "2026-01-20", until="2026-07-20", **given)
    assert codes(ask("suspend_case", reference, "amina", "2026-01-21", until="2026-03-01", **given)) == {
        "suspension.already"
    }


def test_internal_clocks_of_a_case_pause_and_no_other() -> None:
    facts = {
        "state": "referred",
        "referred_on": date(2026, 1, 12),
        "pauses": [
            {"since": "2025-12-01", "until": "2026-01-22"},  # ten of its days after the start
            {"since": "2026-02-28", "until": "2026-03-30"},  # begun before the new date
            {"since": "2026-06-01", "until": "2026-07-01"},  # long after: the clock had run out
        ],
    }
    due = KINDS["admissibility_answer"].rule(facts, load_settings())
    assert due is not None
    assert due.on == date(2026, 4, 4)  # 23/02 + 10 + 30
    assert len([line for line in due.because if line.startswith("Suspendu")]) == 2


# The move and the end --------------------------------------------------------------------------------


def test_moving_in_lifts_what_blocked_and_says_so(house: str) -> None:
    reference = a_transfer(at="lease_signed")
    do("open_blockage", reference, "amina", "2026-04-25", theme="arrears")
    do("ask_opinion", reference, "amina", "2026-04-25", body_id="vilogia", question="Un accord ?")
    do("move_in", reference, "amina", "2026-05-04", moved_on="2026-05-04")
    blockage = the(Blockage, case_id=reference)
    assert blockage["until"] == date(2026, 5, 4)
    assert blockage["outcome"] == "Levé par l’emménagement du 04/05/2026."
    assert case(reference)["open_blockages"] == 0
    assert the(Opinion, case_id=reference)["answer"] == "ended"


def test_closing_ends_the_suspension(house: str) -> None:
    reference = a_transfer(at="searching")
    do("suspend_case", reference, "amina", "2026-02-02", reason="household_asks", until="2026-04-01")
    do("close_early", reference, "amina", "2026-02-10", reason="withdrawn_by_household")
    assert case(reference)["suspended_until"] is None
    assert every(Deadline, case_id=reference, closed_at=None, kind="suspension_end") == []


# Notes -----------------------------------------------------------------------------------------------


def test_a_note_is_read_by_those_it_is_for(house: str) -> None:
    """Bruno is of Amina's service, Denis of the landlord; nobody but the author changes who reads."""
    reference = a_transfer()
    for readers in ("all", "service", "me"):
        do("add_note", reference, "amina", "2026-01-13", text=f"Note {readers}.", readers=readers)
    read = {
        who: {note.readers for note in seen_by(who, reference).notes} for who in ("amina", "bruno", "denis")
    }
    assert read == {"amina": {"all", "service", "me"}, "bruno": {"all", "service"}, "denis": {"all"}}
    told = {
        who: {line.told["text"] for line in seen_by(who, reference).story if line.type == "add_note"}
        for who in read
    }
    assert told["denis"] == {"Note all."}
    assert told["bruno"] == {"Note all.", "Note service."}
    assert [(note.readers, note.text) for note in seen_by("gaelle", reference).notes] == [("all", None)]

    mine = next(note for note in seen_by("amina", reference).notes if note.readers == "me")
    refused = ask("change_note_readers", reference, "bruno", "2026-01-14", note_id=mine.id, readers="all")
    assert codes(refused) == {"note.not_yours"}
    do("change_note_readers", reference, "amina", "2026-01-14", note_id=mine.id, readers="service")
    assert {note.readers for note in seen_by("bruno", reference).notes} == {"all", "service"}
    assert "Note me." in {
        line.told.get("text") for line in seen_by("bruno", reference).story if line.type == "add_note"
    }
    assert not [line for line in seen_by("bruno", reference).story if line.type == "change_note_readers"]


# Opinions --------------------------------------------------------------------------------------------


def test_an_organisation_reads_the_question_and_answers(house: str) -> None:
    """Milo's landlord cannot open the case: it reads what is asked, answers, and Amina is told."""
    reference = a_transfer(at="searching")
    asked = do(
        "ask_opinion", reference, "amina", "2026-02-02", body_id="vilogia", question="Un T4 à Tourcoing ?"
    )
    line = deadline(reference, "opinion_answer")
    assert (line["due_on"], line["owner_id"]) == (date(2026, 2, 17), "amina")
    (found,) = opinions_to_give(scope_of(PEOPLE["milo"]))
    assert (found.case_id, found.question, found.asked_by) == (reference, "Un T4 à Tourcoing ?", "Amina")
    assert case_file(scope_of(PEOPLE["milo"]), reference) is None
    assert opinions_to_give(scope_of(PEOPLE["jules"])) == ()

    answer = {"opinion_id": asked.created["opinion"], "opinion": "reserved"}
    assert codes(ask("answer_opinion", reference, "milo", "2026-02-20", **answer)) == {"field.words"}
    assert "opinion.none" in codes(
        ask("answer_opinion", reference, "jules", "2026-02-20", words="Oui.", **answer)
    )
    do("answer_opinion", reference, "milo", "2026-02-20", words="Après travaux.", **answer)
    assert every(Deadline, case_id=reference, kind="opinion_answer", closed_at=None) == []
    assert seen_by("amina", reference).opinions[0].answer == "reserved"
    assert [n["text"] for n in every(Notice, recipient_id="amina")][
        -1
    ] == f"Un avis est rendu sur {reference}."


def test_nothing_of_a_protected_case_is_asked_outside(house: str) -> None:
    reference = a_transfer(at="searching")
    do("ask_opinion", reference, "amina", "2026-02-02", body_id="vilogia", question="Un T4 à Tourcoing ?")
    do("protect_case", reference, "amina", "2026-02-03")
    assert opinions_to_give(scope_of(PEOPLE["milo"])) == ()
    refused = ask("ask_opinion", reference, "amina", "2026-02-03", body_id="lmh", question="Un T4 ?")
    assert codes(refused) == {"opinion.protected"}


# Four eyes -------------------------------------------------------------------------------------------


def four_eyes() -> None:
    do(
        "change_setting",
        None,
        "lea",
        "2026-01-02",
        key="four_eyes_commands",
        valid_from="2026-01-02",
        value=["close_early"],
        source="Décision du comité.",
    )


def test_a_second_person_approves_and_the_command_is_done_in_the_name_of_the_first(house: str) -> None:
    four_eyes()
    reference = a_transfer(at="searching")
    content = {"reason": "moved_out_of_mel"}
    assert codes(ask("close_early", reference, "amina", "2026-02-02", **content)) == {"approval.needed"}
    wrong = ask("ask_approval", reference, "amina", "2026-02-02", kind="close_early", content={"reason": "x"})
    assert "field.reason" in codes(wrong)
    asked = do(
        "ask_approval", reference, "amina", "2026-02-02", kind="close_early", content=content, why="Parti."
    )
    number = asked.created["approval"]
    assert [found.id for found in approvals_to_give(scope_of(PEOPLE["bruno"]))] == [number]
    assert approvals_to_give(scope_of(PEOPLE["amina"])) == ()
    same = ask("approve_command", reference, "amina", "2026-02-03", approval_id=number)
    assert codes(same) == {"approval.same_person"}

    done = do("approve_command", reference, "bruno", "2026-02-03", approval_id=number)
    assert done.state == "closed"
    row = case(reference)
    assert (row["closed_on"], row["closure_reason"]) == (date(2026, 2, 2), "moved_out_of_mel")
    assert the(Approval, id=number)["answered_by"] == "bruno"
    lines = every(JournalEntry, case_id=reference)[-2:]
    assert [(line["type"], line["actor"]) for line in lines] == [
        ("approve_command", "bruno"),
        ("close_early", "amina"),
    ]
    closing = next(line for line in seen_by("bruno", reference).story if line.type == "close_early")
    assert (closing.who, closing.told["approved_by"]) == ("Amina", "Bruno")


def test_what_is_no_longer_possible_is_not_approved(house: str) -> None:
    """All or nothing: the approval and the command are one."""
    four_eyes()
    reference = a_transfer(at="searching")
    content = {"reason": "maintained_in_place"}  # not an end of a transfer
    asked = do("ask_approval", reference, "amina", "2026-02-02", kind="close_early", content=content)
    number = asked.created["approval"]
    assert ask("approve_command", reference, "bruno", "2026-02-03", approval_id=number).status == "refused"
    assert the(Approval, id=number)["answer"] == "waiting"
    do("refuse_approval", reference, "bruno", "2026-02-03", approval_id=number, reason="Autre motif.")
    assert case(reference)["state"] == "searching"


# Documents -------------------------------------------------------------------------------------------


def attach(reference: str, content: bytes = PDF, **given: Any) -> Any:
    data = {"type": "letter", "name": "courrier.pdf", "content": b64encode(content).decode()} | given
    return ask("attach_document", reference, "amina", "2026-01-20", **data)


def test_a_document_is_kept_by_its_digest_and_read_by_type_and_role(house: str) -> None:
    reference = a_transfer()
    letter = attach(reference).created["document"]
    medical = attach(reference, b"%PDF-1.4 medical", type="medical", name="certificat.pdf").created[
        "document"
    ]
    assert document_content(scope_of(PEOPLE["amina"]), letter) == PDF
    assert document_content(scope_of(PEOPLE["gaelle"]), letter) is None  # no social data
    assert document_content(scope_of(PEOPLE["chloe"]), letter) is None  # another service
    assert document_content(scope_of(PEOPLE["amina"]), medical) is None
    opened = frozenset({"health_functional"})
    assert document_content(scope_of(PEOPLE["amina"]), medical, unsealed=opened) == b"%PDF-1.4 medical"
    hidden = next(item for item in seen_by("amina", reference).documents if item.id == medical)
    assert (hidden.readable, hidden.type, hidden.name) == (False, None, None)
    journal = " ".join(str(row["details"]) for row in every(JournalEntry, case_id=reference))
    assert b64encode(PDF).decode() not in journal


def test_a_removed_document_is_hidden_then_erased_with_a_trace(house: str) -> None:
    reference = a_transfer()
    number = attach(reference).created["document"]
    twin = attach(reference, name="copie.pdf").created["document"]
    row = the(Document, id=number)
    do("remove_document", reference, "amina", "2026-01-21", document_id=number, reason="Joint par erreur.")
    assert document_content(scope_of(PEOPLE["amina"]), number) is None
    erase_removed(date(2026, 1, 23), instant("2026-01-23"))
    assert documents.read(row["digest"]) == PDF  # its twin still holds it
    do("remove_document", reference, "amina", "2026-01-23", document_id=twin, reason="Doublon.")
    assert erase_removed(date(2026, 1, 24), instant("2026-01-24")) == {"documents_erased": 1}
    assert documents.read(row["digest"]) is None
    view = seen_by("amina", reference).documents[-1]
    assert (view.erased, view.removed_reason, view.name) == (True, "Joint par erreur.", "courrier.pdf")


@pytest.mark.parametrize(
    ("content", "given", "code"),
    [
        (b"%PDF-" + b"x" * 5_000_001, {}, "document.too_large"),
        (b"MZ executable", {}, "document.media"),
        (b"", {}, "document.unreadable"),
        (PDF, {"name": "../../etc/passwd"}, "field.name"),
        (PDF, {"type": "anything"}, "field.type"),
    ],
)
@pytest.mark.usefixtures("sqlite_house")
def test_what_is_not_attached(content: bytes, given: dict[str, str], code: str) -> None:
    assert codes(attach(a_transfer(), content, **given)) == {code}


@pytest.mark.usefixtures("sqlite_house")
def test_what_is_refused_of_opinions_and_approvals() -> None:
    four_eyes()
    reference, asked = a_transfer(at="searching"), {"body_id": "vilogia", "question": "Un T4 ?"}
    past = ask("ask_opinion", reference, "amina", "2026-02-02", due_on="2026-02-01", **asked)
    assert codes(past) == {"field.due_on"}
    number = do("ask_opinion", reference, "amina", "2026-02-02", **asked).created["opinion"]
    assert codes(ask("ask_opinion", reference, "amina", "2026-02-03", **asked)) == {"opinion.waiting"}
    given = {"opinion_id": number, "opinion": "favourable"}
    do("answer_opinion", reference, "elise", "2026-02-03", **given)
    assert codes(ask("answer_opinion", reference, "milo", "2026-02-04", **given)) == {"opinion.answered"}

    wanted = {"kind": "close_early", "content": {"reason": "moved_out_of_mel"}}
    number = do("ask_approval", reference, "amina", "2026-02-02", **wanted).created["approval"]
    assert codes(ask("ask_approval", reference, "amina", "2026-02-02", **wanted)) == {"approval.waiting"}
    do("update_account", None, "lea", "2026-02-03", account_id="amina", active=False)
    gone = ask("approve_command", reference, "bruno", "2026-02-03", approval_id=number)
    assert codes(gone) == {"approval.gone"}
    none = {"key": "four_eyes_commands", "valid_from": "2026-02-04", "source": "Décision."}
    wrong = ask("change_setting", None, "lea", "2026-02-04", value=["anything"], **none)
    assert codes(wrong) == {"setting.type"}
    do("change_setting", None, "lea", "2026-02-04", value=[], **none)
