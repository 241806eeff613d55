"""Deadlines that follow a case, and the sweep that reminds: each rung once, nothing lost or said twice."""

from datetime import date, timedelta
from typing import Any

import pytest

from cases import deadlines, outbox
from cases.clock import morning_of
from cases.deadline_kinds import KINDS
from cases.territory import load_settings
from db.rows import Row
from db.tables.clock import Deadline, Notice
from tests.builders import a_rehousing, a_transfer, an_operation, do
from tests.ici_builders import a_session
from tests.records import case, every

pytestmark = pytest.mark.usefixtures("house")


def open_deadlines(**by: Any) -> dict[str, Row]:
    return {row["kind"]: row for row in every(Deadline, **by) if row["closed_at"] is None}


def swept(day: str) -> int:
    """One run of the morning; how many reminders it wrote."""
    today = date.fromisoformat(day)
    return deadlines.sweep(today, morning_of(today))["reminders"]


def reminders(**by: Any) -> list[tuple[str, str, date]]:
    """(who, kind of deadline, day quoted), in the order written."""
    kinds = {row["id"]: row["kind"] for row in every(Deadline)}
    found = every(Notice, kind="reminder", **by)
    return [(row["recipient_id"], kinds[row["deadline_id"]], row["due_on"]) for row in found]


# Reconciled ----------------------------------------------------------------------------------------


def test_a_deadline_opens_moves_and_closes_with_the_facts() -> None:
    reference = a_transfer()
    opened = open_deadlines(case_id=reference)
    assert {name: row["due_on"] for name, row in opened.items()} == {
        "admissibility_answer": date(2026, 2, 23)
    }
    assert (opened["admissibility_answer"]["owner_id"], opened["admissibility_answer"]["lead_id"]) == (
        "amina",
        "bruno",
    )
    do("check_admissibility", reference, "amina", "2026-01-13")
    do("request_information", reference, "amina", "2026-01-14", wanted="Le bail.", due_on="2026-02-02")
    assert set(open_deadlines(case_id=reference)) == {"information_due"}
    do("complete_information", reference, "amina", "2026-01-20")
    do("admit", reference, "amina", "2026-01-21")
    assert open_deadlines(case_id=reference)["diagnosis_due"]["due_on"] == date(2026, 2, 20)


def test_met_or_met_late_is_said_when_it_closes() -> None:
    early, late = a_transfer(), a_transfer()
    for reference, day in ((early, "2026-02-23"), (late, "2026-02-24")):
        do("check_admissibility", reference, "amina", "2026-02-20")
        do("reject", reference, "amina", day, reason="Hors du parc social.")
    outcomes = [row["outcome"] for row in every(Deadline, kind="admissibility_answer")]
    assert outcomes == ["met", "met_late"]


def test_a_moved_vacate_date_moves_every_household_still_there() -> None:
    site = an_operation()
    there = a_rehousing(building=site.building)
    gone = a_rehousing(at="moved_in", building=site.building)
    do("change_vacate_date", site.building, "denis", "2026-06-01", vacate_on="2027-09-30", reason="Retard.")
    assert open_deadlines(case_id=there)["vacate"]["due_on"] == date(2027, 9, 30)
    assert "vacate" not in open_deadlines(case_id=gone)


@pytest.mark.parametrize(
    "state", ["referred", "incomplete", "admitted", "searching", "offer_pending", "follow_up"]
)
def test_a_closed_case_keeps_only_its_retention(state: str) -> None:
    reference = a_transfer(at=state, snr_number="059", snr_expires_on="2027-01-31")
    if state == "searching":
        do("record_attempt", reference, "amina", "2026-12-01", body_id="vilogia")
    do("hand_over", reference, "amina", "2026-12-01", to_id="chloe")
    do("close_early", reference, "amina", "2026-12-02", reason="withdrawn_by_household")
    assert set(open_deadlines(case_id=reference)) == {"retention"}


def test_a_rejected_case_keeps_only_its_retention_and_leaves_the_ici() -> None:
    reference = a_transfer(at="admissibility_check")
    a_session("call_open")
    do("hand_over", reference, "amina", "2026-01-14", to_id="chloe")
    do(
        "draft_escalation",
        None,
        "amina",
        "2026-01-14",
        case_ids=[reference],
        theme="arrears",
        title="T",
        exception="Danger",
    )
    do("reject", reference, "amina", "2026-01-15", reason="Hors du parc social.")
    assert set(open_deadlines(case_id=reference)) == {"retention"}
    assert case(reference)["course_id"] is None


def test_a_reopened_case_has_its_clocks_again() -> None:
    reference = a_transfer(at="admitted", snr_number="059", snr_expires_on="2027-01-31")
    do("close_early", reference, "amina", "2026-02-02", reason="withdrawn_by_household")
    do("reopen", reference, "bruno", "2026-02-03", reason="Le ménage revient.")
    assert set(open_deadlines(case_id=reference)) == {"admissibility_answer", "snr_renewal"}


def test_handing_the_case_over_hands_its_reminders_over() -> None:
    reference = a_transfer(at="searching", snr_number="059", snr_expires_on="2027-01-31")
    do("record_attempt", reference, "amina", "2026-02-02", body_id="vilogia")
    do("hand_over", reference, "amina", "2026-02-03", to_id="chloe")
    assert open_deadlines(case_id=reference)["handover_answer"]["owner_id"] == "chloe"
    assert open_deadlines(case_id=reference)["snr_renewal"]["owner_id"] == "amina"
    do("accept_handover", reference, "chloe", "2026-02-04")
    rows = open_deadlines(case_id=reference)
    assert {name: row["owner_id"] for name, row in rows.items()} == {
        "snr_renewal": "chloe",
        "landlord_answer": "chloe",
        "diagnosis_renewal": "chloe",
    }
    assert {row["body_id"] for row in rows.values()} == {"ccas-roubaix"}


# Swept ---------------------------------------------------------------------------------------------


def test_each_rung_is_said_once_to_its_audience() -> None:
    """Due on 23/02/2026: seven days before and the day itself to the holder, the day after to the lead."""
    a_transfer()
    day, said = date(2026, 1, 13), []
    while day <= date(2026, 3, 5):
        said += [day] * swept(day.isoformat())
        day += timedelta(days=1)
    assert said == [date(2026, 2, 16), date(2026, 2, 23), date(2026, 2, 24)]
    assert reminders() == [
        ("amina", "admissibility_answer", date(2026, 2, 23)),
        ("amina", "admissibility_answer", date(2026, 2, 23)),
        ("bruno", "admissibility_answer", date(2026, 2, 23)),
    ]


def test_five_runs_the_same_day_write_once() -> None:
    a_transfer()
    assert [swept("2026-02-16") for _ in range(5)] == [1, 0, 0, 0, 0]


def test_days_missed_are_caught_up_once_with_the_furthest_rung() -> None:
    a_transfer()
    assert [swept("2026-03-30"), swept("2026-03-31")] == [1, 0]
    assert reminders() == [("bruno", "admissibility_answer", date(2026, 2, 23))]


def test_a_deadline_born_late_is_said_once() -> None:
    reference = a_transfer(snr_number="059", snr_expires_on="2025-06-30")
    assert [swept("2026-01-12"), swept("2026-01-13"), swept("2026-01-14")] == [1, 0, 0]
    assert reminders(case_id=reference) == [("bruno", "snr_renewal", date(2025, 6, 30))]


def test_a_moved_date_is_said_anew_and_never_quotes_the_old_one() -> None:
    site = an_operation(vacate_on="2026-06-30")
    reference = a_rehousing(at="searching", building=site.building)
    assert swept("2026-06-01") == 1
    do("change_vacate_date", site.building, "denis", "2026-06-02", vacate_on="2027-06-30", reason="Retard.")
    assert [swept("2026-06-29"), swept("2026-07-01")] == [0, 0]
    swept("2027-05-31")
    quoted = [day for _, kind, day in reminders(case_id=reference) if kind == "vacate"]
    assert quoted == [date(2026, 6, 30), date(2027, 6, 30)]


def test_a_reminder_not_yet_sent_is_dropped_when_its_date_moves_or_is_met() -> None:
    site = an_operation(vacate_on="2026-06-30")
    moved = a_rehousing(at="searching", building=site.building)
    assert swept("2026-06-01") == 1
    assert [row["due_on"] for row in outbox.pending() if row["case_id"] == moved and row["due_on"]] == [
        date(2026, 6, 30)
    ]
    do("change_vacate_date", site.building, "denis", "2026-06-01", vacate_on="2027-06-30", reason="Retard.")
    assert [row for row in outbox.pending() if row["due_on"]] == []


def test_a_date_brought_forward_is_said_even_if_that_rung_was_said_before() -> None:
    site = an_operation(vacate_on="2026-06-30")
    reference = a_rehousing(at="searching", building=site.building)
    assert swept("2026-05-31") == 1
    do("change_vacate_date", site.building, "denis", "2026-06-01", vacate_on="2026-06-15", reason="Péril.")
    assert swept("2026-06-02") == 1
    assert reminders(case_id=reference)[-1] == ("farid", "vacate", date(2026, 6, 15))


def test_an_unassigned_case_reminds_the_lead() -> None:
    reference = a_transfer(who="jules", service_id="ccas-tourcoing")
    assert case(reference)["owner_id"] is None
    assert swept("2026-02-16") == 1
    assert reminders() == [("bruno", "admissibility_answer", date(2026, 2, 23))]


def test_a_deadline_that_is_met_says_nothing_more() -> None:
    a_transfer(at="searching")
    assert swept("2026-12-31") == 0


def test_the_secretariat_is_reminded_of_the_limit_of_a_session() -> None:
    a_session("call_open")
    assert swept("2026-07-14") == 1
    assert reminders() == [("gaelle", "escalation_limit", date(2026, 7, 15))]


def test_the_ladders_in_the_database_are_those_of_the_registry() -> None:
    from db.tables.clock import Ladder  # noqa: PLC0415  # only this test reads it

    swept("2026-01-01")
    stored = {(row["kind"], row["days"], row["audience"]) for row in every(Ladder)}
    day, settings = date(2026, 1, 1), load_settings()
    registered = {(kind.name, *rung) for kind in KINDS.values() for rung in kind.ladder.rungs(settings, day)}
    assert stored == registered


def test_a_ladder_decided_here_is_the_one_that_is_climbed_from_its_day_on() -> None:
    """Due on 23/02/2026: ten days and one before, instead of seven and the day itself."""
    change = {"key": "deadline_reminder_days", "source": "Décision."}
    do("change_setting", None, "lea", "2026-01-05", valid_from="2026-01-10", value=[10, 1], **change)
    reference = a_transfer()
    assert open_deadlines(case_id=reference)["admissibility_answer"]["remind_on"] == date(2026, 2, 13)
    assert [swept(day) for day in ("2026-02-12", "2026-02-13", "2026-02-16", "2026-02-22")] == [0, 1, 0, 1]
    assert [swept(day) for day in ("2026-02-23", "2026-02-24")] == [0, 1]


def test_a_rung_added_to_a_ladder_already_climbed_is_said_too() -> None:
    a_transfer()
    assert swept("2026-02-16") == 1
    change = {"key": "deadline_reminder_days", "source": "Décision."}
    do("change_setting", None, "lea", "2026-02-17", valid_from="2026-02-17", value=[7, 2], **change)
    assert [swept(day) for day in ("2026-02-21", "2026-02-23", "2026-02-24")] == [0, 1, 1]
