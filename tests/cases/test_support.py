"""Obstacles and support measures: who acts before when, with whose consent, and who follows after a move."""

from datetime import date
from typing import Any

import pytest

from cases.command import Outcome
from db.tables.clock import Deadline, Notice
from db.tables.support import Obstacle, SupportMeasure
from tests.builders import a_transfer, ask, do
from tests.records import every, the

pytestmark = pytest.mark.usefixtures("house")
ASLL: dict[str, Any] = {
    "kind": "asll",
    "body_id": "ccas-tourcoing",
    "worker": "Mme Leroy, 03 20 00 00 00",
    "consented_on": "2026-02-20",
    "started_on": "2026-02-28",
}


def codes(outcome: Outcome) -> list[str]:
    return [reason.code for reason in outcome.reasons]


def open_dates(reference: str, kind: str) -> list[tuple[date, str | None]]:
    found = every(Deadline, case_id=reference, kind=kind)
    return [(row["due_on"], row["owner_id"]) for row in found if row["closed_at"] is None]


# Obstacles -----------------------------------------------------------------------------------------


def test_an_action_is_somebody_s_before_a_date_until_it_is_settled() -> None:
    reference = a_transfer(at="diagnosis")
    noted = {"kind": "digital", "action": "Atelier numérique", "due_on": "2026-03-02"}
    first = do("note_obstacle", reference, "amina", "2026-01-20", **noted).created["obstacle"]
    second = do("note_obstacle", reference, "amina", "2026-01-20", **noted, owner_id="farid").created[
        "obstacle"
    ]
    assert open_dates(reference, "obstacle_action") == [
        (date(2026, 3, 2), "amina"),  # nobody named: whoever follows the case
        (date(2026, 3, 2), "farid"),
    ]
    assert "avant le 02/03/2026" in the(Notice, recipient_id="farid")["text"]
    assert "numérique" not in the(Notice, recipient_id="farid")["text"].lower()
    explained = every(Deadline, kind="obstacle_action")[0]["explanation"]
    assert "umérique" not in " ".join(explained), "a date is read by more people than a social fact"

    do(
        "change_obstacle",
        reference,
        "amina",
        "2026-02-27",
        obstacle_id=first,
        due_on="2026-03-31",
        reason="Complet.",
    )
    assert open_dates(reference, "obstacle_action")[0] == (date(2026, 3, 31), "amina")
    do(
        "settle_obstacle",
        reference,
        "amina",
        "2026-03-10",
        obstacle_id=second,
        result="lifted",
        outcome="Suivi.",
    )
    assert len(open_dates(reference, "obstacle_action")) == 1
    assert the(Obstacle, id=second)["settled_on"] == date(2026, 3, 10)
    again = ask(
        "settle_obstacle",
        reference,
        "amina",
        "2026-03-11",
        obstacle_id=second,
        result="lifted",
        outcome="Bis.",
    )
    assert codes(again) == ["obstacle.not_open"]


def test_the_action_of_nobody_follows_the_case_and_stops_with_it() -> None:
    reference = a_transfer(at="diagnosis")
    do(
        "note_obstacle",
        reference,
        "amina",
        "2026-01-20",
        kind="mobility",
        action="Bilan",
        due_on="2026-03-02",
    )
    do("start_support", reference, "amina", "2026-03-01", **ASLL)
    do("assign_case", reference, "bruno", "2026-03-02", account_id="chloe")
    assert open_dates(reference, "obstacle_action") == [(date(2026, 3, 2), "chloe")]
    assert open_dates(reference, "support_end") == [(date(2026, 8, 28), "chloe")]
    do("close_early", reference, "chloe", "2026-04-01", reason="withdrawn_by_household")
    assert open_dates(reference, "obstacle_action") == open_dates(reference, "support_end") == []
    assert the(Obstacle, case_id=reference)["result"] == "no_object"
    assert the(SupportMeasure, case_id=reference)["end_reason"] == "case_closed"


def test_every_reason_why_an_action_is_not_taken_is_said_at_once() -> None:
    reference = a_transfer(at="diagnosis")
    refused = ask(
        "note_obstacle", reference, "amina", "2026-01-20",
        kind="digital", action="Atelier", due_on="2026-01-19", owner_id="farid", owner_name="Mme Sy",
    )  # fmt: skip
    assert codes(refused) == ["field.due_on", "obstacle.two_owners"]
    nothing = ask("change_obstacle", reference, "amina", "2026-01-20", obstacle_id=9, reason="Rien.")
    assert codes(nothing) == ["obstacle.not_open", "obstacle.no_change"]


def test_an_action_on_a_protected_case_is_given_to_a_named_reader_only() -> None:
    evidence = [{"kind": "complaint", "dated_on": "2026-01-02"}]
    reference = a_transfer(criteria=["violence"], evidence=evidence)
    noted = {"kind": "conflict", "action": "Mise à l’abri", "due_on": "2026-03-02", "owner_id": "chloe"}
    assert codes(ask("note_obstacle", reference, "amina", "2026-01-20", **noted)) == ["obstacle.reader"]
    do("add_reader", reference, "amina", "2026-01-20", account_id="chloe")
    do("note_obstacle", reference, "amina", "2026-01-20", **noted)


# Support -------------------------------------------------------------------------------------------


def test_nothing_without_the_dated_consent_of_the_household() -> None:
    reference = a_transfer(at="diagnosis")
    refused = ask("start_support", reference, "amina", "2026-03-01", **(ASLL | {"consented_on": None}))
    assert codes(refused) == ["support.no_consent"]
    assert refused.reasons[0].source == "Convention intercommunale de suivi social"
    late = ask("start_support", reference, "amina", "2026-03-05", **(ASLL | {"consented_on": "2026-03-01"}))
    assert codes(late) == ["support.consent_late"]
    judge = ask("start_support", reference, "amina", "2026-03-01", **(ASLL | {"kind": "guardianship"}))
    assert codes(judge) == ["support.until"]
    assert every(SupportMeasure) == []


def test_a_measure_lasts_its_usual_time_and_is_extended_once() -> None:
    reference = a_transfer(at="diagnosis")
    measure = do("start_support", reference, "amina", "2026-03-01", **ASLL).created["support"]
    row = the(SupportMeasure, id=measure)
    assert (row["until"], row["extended_on"]) == (date(2026, 8, 28), None)
    assert "6 mois renouvelables une fois" in row["end_source"]
    assert codes(ask("start_support", reference, "amina", "2026-03-02", **ASLL)) == ["support.running"]

    too_far = ask(
        "extend_support",
        reference,
        "amina",
        "2026-08-20",
        measure_id=measure,
        until="2027-03-01",
        reason="Budget.",
    )
    assert codes(too_far) == ["field.until"]
    do("extend_support", reference, "amina", "2026-08-20", measure_id=measure, reason="Budget fragile.")
    assert open_dates(reference, "support_end") == [(date(2027, 2, 28), "amina")]
    assert the(SupportMeasure, id=measure)["extended_from"] == date(2026, 8, 28)
    twice = ask("extend_support", reference, "amina", "2027-02-01", measure_id=measure, reason="Encore.")
    assert "support.extended_once" in codes(twice)


def test_the_household_moves_and_another_body_follows_it_from_that_day() -> None:
    reference = a_transfer(at="moved_in")  # on 4 May 2026
    measure = do("start_support", reference, "amina", "2026-05-04", **ASLL).created["support"]
    relay = {"measure_id": measure, "body_id": "ccas-roubaix", "worker": "M. Diallo", "from_on": "2026-06-01"}
    assert codes(ask("hand_over_support", reference, "amina", "2026-05-20", **relay)) == [
        "support.no_consent"
    ]
    relay |= {"consented_on": "2026-05-19"}
    same = ask(
        "hand_over_support", reference, "amina", "2026-05-20", **(relay | {"body_id": "ccas-tourcoing"})
    )
    assert codes(same) == ["support.same_body"]
    after = do("hand_over_support", reference, "amina", "2026-05-20", **relay).created["support"]
    former, following = the(SupportMeasure, id=measure), the(SupportMeasure, id=after)
    assert (former["ended_on"], former["end_reason"]) == (date(2026, 6, 1), "handed_over")
    assert (following["started_on"], following["until"]) == (date(2026, 6, 1), date(2026, 8, 28))
    assert (following["previous_id"], following["kind"]) == (measure, "asll")
    assert open_dates(reference, "support_end") == [(date(2026, 8, 28), "amina")]
    do(
        "end_support",
        reference,
        "amina",
        "2026-08-01",
        measure_id=after,
        ended_on="2026-08-01",
        end_reason="aims_met",
    )
    assert open_dates(reference, "support_end") == []


def test_what_is_not_running_or_out_of_its_dates_is_said() -> None:
    reference = a_transfer(at="diagnosis")
    assert codes(ask("extend_support", reference, "amina", "2026-03-01", measure_id=9, reason="Budget.")) == [
        "support.not_running"
    ]
    measure = do("start_support", reference, "amina", "2026-03-01", **ASLL).created["support"]
    ended = {"measure_id": measure, "ended_on": "2026-02-01"}
    early = ask("end_support", reference, "amina", "2026-03-01", **ended, end_reason="aims_met")
    assert codes(early) == ["field.ended_on"]
    relay = {"measure_id": measure, "body_id": "ccas-roubaix", "worker": "M. Diallo"}
    outside = relay | {"from_on": "2026-09-15", "consented_on": "2026-02-20"}
    assert codes(ask("hand_over_support", reference, "amina", "2026-03-01", **outside)) == ["field.from_on"]
    do("end_support", reference, "amina", "2026-03-01", **ended, end_reason="recorded_in_error")
    do("update_account", None, "lea", "2026-03-01", account_id="chloe", active=False)
    noted = {"kind": "mobility", "action": "Bilan", "due_on": "2026-04-02", "owner_id": "chloe"}
    assert codes(ask("note_obstacle", reference, "amina", "2026-03-01", **noted)) == ["obstacle.owner_gone"]


def test_two_cases_merged_keep_their_actions_and_their_support() -> None:
    kept, double = a_transfer(at="diagnosis"), a_transfer(at="diagnosis")
    do("note_obstacle", double, "amina", "2026-03-01", kind="mobility", action="Bilan", due_on="2026-04-02")
    do("start_support", double, "amina", "2026-03-01", **ASLL)
    do("merge_cases", kept, "amina", "2026-03-02", duplicate_id=double, reason="Même ménage.")
    assert open_dates(kept, "obstacle_action") == [(date(2026, 4, 2), "amina")]
    assert open_dates(kept, "support_end") == [(date(2026, 8, 28), "amina")]
    assert open_dates(double, "support_end") == []
    assert the(SupportMeasure, case_id=kept)["ended_on"] is None
