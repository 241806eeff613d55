"""Offers as they are made, visited, answered and taken back: literal examples of domain 1.4 and 9."""

from datetime import date
from typing import Any

import pytest

from cases.commands import Outcome
from db.rows import Row
from db.tables.clock import Deadline
from db.tables.offer import Offer
from tests.builders import OFFER, a_rehousing, a_transfer, an_operation, ask, do
from tests.records import case, every

D = date
BOTH, SQLITE = pytest.mark.usefixtures("house"), pytest.mark.usefixtures("sqlite_house")


def offers(reference: str) -> list[Row]:
    return every(Offer, case_id=reference)


def due(reference: str) -> dict[str, date]:
    return {line["kind"]: line["due_on"] for line in every(Deadline, case_id=reference, closed_at=None)}


def codes(outcome: Outcome) -> list[str]:
    assert outcome.status == "refused", outcome
    return [reason.code for reason in outcome.reasons]


def offered_and_refused(reference: str, on: str, after: str, **refusal: Any) -> None:
    do("make_offer", reference, "farid", on, **OFFER | {"received_on": on})
    do("refuse_offer", reference, "farid", after, **({"reasons": ["location"], "signed": True} | refusal))


def three_times(reference: str) -> None:
    for on, after in (
        ("2026-02-02", "2026-02-10"),
        ("2026-03-02", "2026-03-10"),
        ("2026-04-22", "2026-04-28"),
    ):
        offered_and_refused(reference, on, after)


@SQLITE
def test_what_an_offer_costs_is_computed_and_kept_with_it() -> None:
    """1 200 € of salary, 620 € of rent and charges now; 580 − 150 = 430 € offered."""
    home = {"landlord_id": "lmh", "commune": "Tourcoing", "address": "3 rue", "typology": 3, "rooms": 3}
    known = {"surface_m2": "62", "rent": "540", "charges": "80", "housing_aid": "240"}
    reference = a_transfer("searching", dwelling=home | known)
    do(
        "make_offer",
        reference,
        "amina",
        "2026-04-01",
        **{k: v for k, v in OFFER.items() if k != "effort_rate"},
    )
    (offer,) = offers(reference)
    assert offer["money"]["net_before"]["value"] == "380.00"
    assert offer["money"]["net_after"]["value"] == "430.00"
    assert offer["money"]["change"]["value"] == "50.00"
    assert (offer["money"]["effort_before"]["value"], str(offer["effort_rate"])) == ("0.317", "0.358")


@SQLITE
def test_a_visit_is_planned_held_or_missed() -> None:
    reference = a_rehousing("searching")
    assert codes(ask("plan_visit", reference, "farid", "2026-04-01", visit_on="2026-04-03")) == ["offer.none"]
    do("make_offer", reference, "farid", "2026-04-01", **OFFER | {"visit_offered": False})
    assert codes(ask("plan_visit", reference, "farid", "2026-04-02", visit_on="2026-03-31")) == [
        "field.visit_on"
    ]
    do("plan_visit", reference, "farid", "2026-04-02", visit_on="2026-04-08", words="14 h, sur place")
    assert due(reference)["visit"] == D(2026, 4, 8)
    early = ask("record_visit", reference, "farid", "2026-04-07", outcome="visited")
    assert codes(early) == ["visit.to_come"]
    do("record_visit", reference, "farid", "2026-04-08", outcome="household_absent")
    (offer,) = offers(reference)
    assert (offer["visit_offered"], offer["visit_outcome"]) == (True, "household_absent")
    assert "visit" not in due(reference)
    do("plan_visit", reference, "farid", "2026-04-08", visit_on="2026-04-09")
    do("record_visit", reference, "farid", "2026-04-09", outcome="visit_cancelled")
    assert offers(reference)[0]["visit_offered"] is False


@BOTH
def test_the_reasons_of_a_refusal_bring_about_what_the_table_says() -> None:
    reference = a_rehousing("searching")
    offered_and_refused(
        reference,
        "2026-04-01",
        "2026-04-03",
        reasons=["school_year", "no_lift", "insecurity"],
        pause_until="2026-07-06",
    )
    (offer,) = offers(reference)
    assert [(e["kind"], e["reason"], e["until"]) for e in offer["effects"]] == [
        ("pause", "school_year", "2026-07-06"),
        ("need", "no_lift", None),
        ("committee", "insecurity", None),
    ]
    assert offer["countable"] is True  # the main reason, the school year, keeps it among the three
    assert offer["legitimacy"] == "under_review"
    assert due(reference)["search_resume"] == D(2026, 7, 6)
    assert due(reference)["need_revision"] == D(2026, 4, 18)
    do("end_search_pause", reference, "farid", "2026-06-30")
    do(
        "revise_need",
        reference,
        "farid",
        "2026-06-30",
        need={"typology_min": 3, "typology_max": 4},
        reason="Ascenseur.",
    )
    assert not {"search_resume", "need_revision"} & set(due(reference))


@SQLITE
def test_a_main_reason_set_aside_by_the_table_does_not_count() -> None:
    reference = a_rehousing("searching")
    offered_and_refused(reference, "2026-04-01", "2026-04-03", reasons=["health_event", "location"])
    (offer,) = offers(reference)
    failed = [test["code"] for test in offer["judgement"]["tests"] if not test["passed"]]
    assert (offer["countable"], failed, case(reference)["countable_refusals"]) == (False, ["reason"], 0)
    assert case(reference)["search_paused_until"] == D(2026, 6, 2)  # sixty days when nobody says until when
    do("make_offer", reference, "farid", "2026-05-04", **OFFER)
    assert case(reference)["search_paused_until"] is None


@SQLITE
def test_a_date_to_go_on_needs_a_reason_that_pauses() -> None:
    reference = a_rehousing("offer_pending")
    typed = {"reasons": ["location"], "pause_until": "2026-04-02"}
    assert codes(ask("refuse_offer", reference, "farid", "2026-04-03", **typed)) == [
        "field.pause_until",
        "offer.no_pause",
    ]


@BOTH
def test_a_setting_changed_today_moves_no_frozen_refusal() -> None:
    reference = a_rehousing("searching")
    offered_and_refused(reference, "2026-04-01", "2026-04-03", reasons=["school_year"])
    before = offers(reference)
    table = [["school_year", "excluded", "committee"]]
    for key, value in (("refusal_effects", table), ("offer_answer_days", 1), ("typology_tolerance", 0)):
        data = {"key": key, "valid_from": "2017-03-17", "value": value, "source": "Délibération."}
        do("change_setting", None, "lea", "2026-05-04", **data)
    do("add_note", reference, "farid", "2026-05-05", text="Relu.")
    assert offers(reference) == before
    assert case(reference)["countable_refusals"] == 1
    offered_and_refused(reference, "2026-06-01", "2026-06-03", reasons=["school_year"])
    assert offers(reference)[1]["countable"] is False  # what comes after follows the new table


@SQLITE
def test_the_third_countable_refusal_is_validated_notified_and_runs_six_months() -> None:
    reference = a_rehousing("searching")
    three_times(reference)
    early = ask(
        "notify_right_to_stay", reference, "farid", "2026-04-28", received_on="2026-04-28", proof="LRAR"
    )
    assert codes(early) == ["right.not_validated"]
    do("validate_third_refusal", reference, "denis", "2026-04-29", confirmed=True, reason="Preuves relues.")
    assert due(reference)["right_to_stay"] == D(2026, 10, 22)
    before = ask(
        "notify_right_to_stay", reference, "farid", "2026-05-06", received_on="2026-04-28", proof="LRAR"
    )
    assert codes(before) == ["field.received_on"]
    do("notify_right_to_stay", reference, "farid", "2026-05-06", received_on="2026-05-05", proof="LRAR")
    assert case(reference)["right_notice_received_on"] == D(2026, 5, 5)
    assert due(reference)["right_to_stay"] == D(2026, 10, 22)  # it runs from the offer, not from this letter


@BOTH
def test_a_refusal_recorded_by_mistake_is_annulled_and_the_counter_follows() -> None:
    reference = a_rehousing("searching")
    three_times(reference)
    do("validate_third_refusal", reference, "denis", "2026-04-29", confirmed=True, reason="Preuves relues.")
    second = offers(reference)[1]
    typed = {"offer_id": second["id"], "reason": "Réponse d’un autre ménage."}
    assert codes(ask("annul_refusal", reference, "farid", "2026-05-04", **typed)) == ["access.scope"]
    do("annul_refusal", reference, "denis", "2026-05-04", **typed)
    now = offers(reference)[1]
    assert (now["state"], now["annulled_from"], now["annulled_on"]) == ("annulled", "refused", D(2026, 5, 4))
    assert (now["countable"], now["judgement"]) == (True, second["judgement"])
    row = case(reference)
    assert (row["countable_refusals"], row["third_refusal_validated_on"]) == (2, None)
    assert (row["right_to_stay_until"], "right_to_stay" in due(reference)) == (None, False)
    assert codes(ask("annul_refusal", reference, "denis", "2026-05-05", **typed)) == ["offer.not_refused"]
    offered_and_refused(reference, "2026-06-01", "2026-06-09")
    assert case(reference)["third_offer_received_on"] == D(2026, 6, 1)
    assert case(reference)["third_refusal_to_validate"] is True


@SQLITE
def test_a_fourth_refusal_takes_the_place_of_an_annulled_one_once_validated_again() -> None:
    reference = a_rehousing("searching")
    three_times(reference)
    do("validate_third_refusal", reference, "denis", "2026-04-29", confirmed=True, reason="Preuves relues.")
    offered_and_refused(reference, "2026-06-01", "2026-06-09")
    fourth, first = offers(reference)[3]["id"], offers(reference)[0]["id"]
    do("annul_refusal", reference, "denis", "2026-06-10", offer_id=fourth, reason="Erreur.")
    assert due(reference)["right_to_stay"] == D(2026, 10, 22)  # the third stands as it was
    offered_and_refused(reference, "2026-07-01", "2026-07-09")
    do("annul_refusal", reference, "denis", "2026-07-10", offer_id=first, reason="Erreur.")
    row = case(reference)
    assert (row["countable_refusals"], row["third_refusal_to_validate"]) == (3, True)
    assert row["third_offer_received_on"] == D(2026, 7, 1)
    assert "right_to_stay" not in due(reference)


@SQLITE
def test_a_transfer_has_no_counter_but_the_same_effects() -> None:
    operation = an_operation()
    assert operation.building
    reference = a_transfer("offer_pending")
    do("refuse_offer", reference, "amina", "2026-04-03", reasons=["too_small"])
    (offer,) = offers(reference)
    assert (offer["countable"], offer["judgement"], offer["counted"]) == (None, None, False)
    assert case(reference)["need_questioned_id"] == case(reference)["need_sheet_id"]
