"""A need goes to named landlords; each offers a dwelling, says there is none, or stays silent."""

from datetime import date, timedelta
from typing import Any

import pytest

from cases import clockwork
from cases.actor import Actor, Role
from cases.commands import execute
from db.tables.case import Attempt, Person
from db.tables.clock import Deadline, Notice
from db.tables.diagnosis import NeedSheet
from db.tables.vacancy import Vacancy
from tests.builders import DWELLING, OFFER, a_command, a_transfer, ask, do, instant
from tests.records import case, every

DAY = "2026-12-01"
VACANT: dict[str, Any] = {
    "address": "8 rue du Parc",
    "commune": "Tourcoing",
    "typology": 3,
    "surface_m2": "66",
    "floor": 1,
    "lift": True,
    "rent": "480",
    "charges": "70",
    "reserver": "action_logement",
}
pytestmark = pytest.mark.usefixtures("house")


def codes(outcome: Any) -> set[str]:
    return {reason.code for reason in outcome.reasons}


def sent(reference: str, *landlords: str, **more: Any) -> list[int]:
    return do("send_need", reference, "amina", DAY, body_ids=list(landlords), **more).created["attempts"]


def told(who: str) -> list[str]:
    return [row["text"] for row in every(Notice, recipient_id=who)]


def test_what_is_sent_says_the_dwelling_and_nothing_of_the_people() -> None:
    reference = a_transfer(at="searching", phone="03 20 11 22 33", snr_number="059041800012345678")
    sent(reference, "vilogia", "lmh", answer_due_on="2026-12-10")
    first, second = every(Attempt, case_id=reference)
    assert (
        first["sent"]
        == second["sent"]
        == {
            "reference": reference,
            "version": 1,
            "typology_min": 3,
            "typology_max": 4,
            "surface_min": None,
            "max_cost": "700.00",
            "communes": ["59599"],
            "features": [],
        }
    )
    assert first["answer_due_on"] == date(2026, 12, 10)
    row = case(reference)
    people = every(Person, household_id=row["household_id"])
    identifiers = {
        str(value) for person in people for value in person.values() if isinstance(value, str | date)
    }
    identifiers |= {row["household_id"], row["dwelling_id"], DWELLING["address"], "03 20 11 22 33"}
    identifiers |= {"059041800012345678", "amina", "ccas-tourcoing"}
    for word in identifiers - {"", "F", "M"}:
        assert word not in str(first["sent"]), word
    assert told("elise") == told("milo") != []
    assert all("Amrani" not in text for text in told("milo"))


def test_a_protected_case_sends_no_commune() -> None:
    reference = a_transfer(at="searching", protected=True)
    sent(reference, "vilogia")
    (attempt,) = every(Attempt, case_id=reference)
    assert attempt["sent"]["communes"] == []
    assert "Tourcoing" not in str(attempt["sent"]) + " ".join(told("milo") + told("elise"))


def test_what_was_sent_stays_as_it_was_sent() -> None:
    reference = a_transfer(at="searching")
    sent(reference, "vilogia")
    need = {"typology_min": 5, "typology_max": 5, "communes": ["Roubaix"]}
    do("revise_need", reference, "amina", DAY, need=need, reason="Une naissance.")
    do("start_search", reference, "amina", DAY)
    sent(reference, "lmh")
    before, after = every(Attempt, case_id=reference)
    sheets = {row["id"]: row["number"] for row in every(NeedSheet, case_id=reference)}
    assert (before["sent"]["version"], before["sent"]["typology_min"], before["sent"]["communes"]) == (
        1,
        3,
        ["59599"],
    )
    assert (after["sent"]["version"], after["sent"]["typology_min"], after["sent"]["communes"]) == (
        2,
        5,
        ["59512"],
    )
    assert [sheets[row["need_sheet_id"]] for row in (before, after)] == [1, 2]


def test_who_is_asked_is_a_landlord_named_once_and_not_waiting() -> None:
    reference = a_transfer(at="searching")
    sent(reference, "vilogia")
    outcome = ask(
        "send_need",
        reference,
        "amina",
        DAY,
        body_ids=["vilogia", "secours", "secours"],
        answer_due_on="2026-11-30",
    )
    assert codes(outcome) == {
        "search.already_asked",
        "search.not_landlord",
        "field.body_ids",
        "field.answer_due_on",
    }


def test_nothing_to_offer_says_why() -> None:
    reference = a_transfer(at="searching")
    (attempt,) = sent(reference, "vilogia")
    asked = ask("answer_attempt", reference, "milo", DAY, attempt_id=attempt, answer="none")
    assert codes(asked) == {"field.reason"}
    unsaid = ask("answer_attempt", reference, "milo", DAY, attempt_id=attempt, answer="none", reason="other")
    assert codes(unsaid) == {"field.detail"}
    do("answer_attempt", reference, "milo", DAY, attempt_id=attempt, answer="none", reason="no_typology")
    (row,) = every(Attempt, case_id=reference)
    assert (row["answer"], row["reason"], row["answered_by"]) == ("none", "no_typology", "milo")
    assert told("amina")[-1] == f"vilogia n’a rien à proposer pour {reference}."


def test_a_dwelling_offered_is_declared_then_taken_and_put_back() -> None:
    reference = a_transfer(at="searching")
    (attempt,) = sent(reference, "vilogia")
    alone = ask("answer_attempt", reference, "milo", DAY, attempt_id=attempt, answer="offer")
    assert codes(alone) == {"attempt.no_dwelling"}
    done = do("answer_attempt", reference, "milo", DAY, attempt_id=attempt, answer="offer", dwelling=VACANT)
    vacancy = done.created["vacancy"]
    assert every(Attempt, id=attempt)[0]["vacancy_id"] == vacancy

    def state() -> str:
        return str(every(Vacancy, id=vacancy)[0]["state"])

    other = ask(
        "make_offer", reference, "amina", DAY, **OFFER | {"landlord_id": "lmh", "vacancy_id": vacancy}
    )
    assert codes(other) == {"vacancy.unknown"}
    do("make_offer", reference, "amina", DAY, **OFFER | {"vacancy_id": vacancy})
    assert state() == "taken"
    assert codes(ask("withdraw_vacancy", vacancy, "milo", DAY, reason="let")) == {"vacancy.taken"}
    elsewhere = a_transfer(at="searching")
    taken = ask("make_offer", elsewhere, "amina", DAY, **OFFER | {"vacancy_id": vacancy})
    assert codes(taken) == {"vacancy.not_free"}
    do("refuse_offer", reference, "amina", DAY, reasons=["location"], signed=True)
    assert state() == "vacant"
    do("withdraw_vacancy", vacancy, "elise", DAY, reason="let")
    assert state() == "withdrawn"


def test_a_landlord_declares_and_withdraws_its_own_dwellings_only() -> None:
    vacancy = do("declare_vacancy", None, "milo", DAY, **VACANT).reference
    assert every(Vacancy, id=vacancy)[0]["landlord_id"] == "vilogia"
    assert codes(ask("declare_vacancy", None, "elise", DAY, **VACANT)) == {"vacancy.known"}
    assert codes(ask("withdraw_vacancy", vacancy, "farid", DAY, reason="let")) == {"vacancy.body"}
    assert codes(ask("declare_vacancy", None, "amina", DAY, **VACANT)) == {"access.role"}


def test_silence_is_noted_the_day_after_reminds_both_and_proposes_the_blockage() -> None:
    reference = a_transfer(at="searching")
    sent(reference, "vilogia", "lmh", answer_due_on="2026-12-10")
    counted = [
        clockwork.every_day(date(2026, 12, day), instant(f"2026-12-{day}"))["silences"]
        for day in (10, 11, 11, 12)
    ]
    assert counted == [0, 1, 0, 0]
    assert {row["silence_noted_on"] for row in every(Attempt, case_id=reference)} == {date(2026, 12, 11)}
    assert told("amina")[-1] == f"2 bailleurs n’ont pas répondu dans le délai pour {reference}."
    assert any("votre réponse était attendue le 10/12/2026" in text for text in told("milo"))
    deadline = every(Deadline, kind="landlord_answer", case_id=reference)[0]
    assert (deadline["owner_id"], deadline["lead_id"], deadline["closed_at"]) == ("amina", "elise", None)


def test_a_late_answer_is_still_an_answer() -> None:
    reference = a_transfer(at="searching")
    (attempt,) = sent(reference, "vilogia", answer_due_on="2026-12-02")
    clockwork.every_day(date(2026, 12, 3), instant("2026-12-03"))
    do(
        "answer_attempt",
        reference,
        "milo",
        "2026-12-07",
        attempt_id=attempt,
        answer="none",
        reason="promised",
    )
    assert every(Deadline, kind="landlord_answer", case_id=reference)[0]["outcome"] == "met_late"


def test_after_so_many_silences_the_blockage_is_proposed() -> None:
    reference = a_transfer(at="searching")
    for day in (1, 2, 3):
        on = (date(2026, 12, 1) + timedelta(days=day)).isoformat()
        do("record_attempt", reference, "amina", on, body_id="vilogia", answer_due_on=on)
    clockwork.every_day(date(2026, 12, 5), instant("2026-12-05"))
    assert told("amina")[-1] == (
        f"3 bailleurs n’ont pas répondu dans le délai pour {reference} : "
        "signalez le blocage « Partenaire sans réponse »."
    )


def test_an_accepted_offer_ends_what_was_asked() -> None:
    reference = a_transfer(at="searching")
    sent(reference, "vilogia", "lmh")
    do("make_offer", reference, "amina", DAY, **OFFER)
    do("accept_offer", reference, "amina", DAY)
    assert {row["answer"] for row in every(Attempt, case_id=reference)} == {"ended"}
    assert {row["closed_at"] is None for row in every(Deadline, kind="landlord_answer")} == {False}


def test_an_answer_is_either_a_dwelling_or_none_and_one_dwelling_only() -> None:
    reference = a_transfer(at="searching")
    (attempt,) = sent(reference, "vilogia")
    vacancy = do("declare_vacancy", None, "milo", DAY, **VACANT).reference
    both = {"attempt_id": attempt, "vacancy_id": vacancy, "dwelling": VACANT | {"address": "2 rue Y"}}
    none = ask("answer_attempt", reference, "milo", DAY, **both, answer="none", reason="promised")
    assert codes(none) == {"attempt.dwelling"}
    assert codes(ask("answer_attempt", reference, "milo", DAY, **both, answer="offer")) == {
        "attempt.two_dwellings"
    }
    do("withdraw_vacancy", vacancy, "milo", DAY, reason="error")
    gone = {"attempt_id": attempt, "vacancy_id": vacancy, "answer": "offer"}
    assert codes(ask("answer_attempt", reference, "milo", DAY, **gone)) == {"vacancy.not_free"}
    assert codes(ask("withdraw_vacancy", vacancy, "milo", DAY, reason="let")) == {"vacancy.withdrawn"}


def test_only_a_landlord_has_dwellings_to_declare() -> None:
    officer = Actor(
        id="amina", name="Amina", role=Role.REHOUSING_OFFICER, body_id="ccas-tourcoing", body_kind="ccas"
    )
    command = a_command("declare_vacancy", None, **VACANT)
    assert codes(execute(command, now=instant(DAY), actor=officer)) == {"vacancy.not_landlord"}


def test_an_answer_is_given_once() -> None:
    reference = a_transfer(at="searching")
    (attempt,) = sent(reference, "vilogia")
    given = {"attempt_id": attempt, "answer": "none", "reason": "promised"}
    do("answer_attempt", reference, "milo", DAY, **given)
    assert codes(ask("answer_attempt", reference, "milo", DAY, **given)) == {"attempt.answered"}
