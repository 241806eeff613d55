"""Échéances: a reminder put off at the keyboard; a legal one is refused on screen with its reason."""

from db.tables.clock import Deadline
from tests.records import every
from tests.ui.test_queue_pages import Desk, desk, press, shown

__all__ = ["desk"]


def test_a_reminder_waits_and_a_legal_one_says_why_not(desk: Desk) -> None:
    case = desk.world.a_case()
    desk.world.do(
        "sylvie",
        "record_snr_number",
        case,
        number="059012026123456789",
        requested_on="2026-01-05",
        expires_on="2026-12-31",
    )
    legal = next(row for row in every(Deadline, nature="legal") if row["closed_at"] is None)
    other = next(row for row in every(Deadline, kind="diagnosis_renewal"))
    page = desk.open("due_dates", "sylvie", quand="later")
    page.selectbox(key="snooze.what").select(legal["id"]).run()
    press(page, "Remettre à plus tard")
    assert "est une date légale" in shown(page)
    page.selectbox(key="snooze.what").select(other["id"]).run()
    page.date_input(key="snooze.until").set_value("2026-03-09").run()
    press(page, "Remettre à plus tard")
    (row,) = every(Deadline, id=other["id"])
    assert str(row["snoozed_until"]) == "2026-03-09"
