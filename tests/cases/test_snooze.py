"""A reminder put off until a day: said again that day, once; a legal date never waits."""

from datetime import date
from typing import Any

import pytest

from cases.clock import morning_of
from cases.reminders import sweep
from db.rows import Row
from db.tables.clock import Deadline
from tests.builders import a_transfer, ask, do
from tests.records import every


def deadline(kind: str) -> Row:
    (found,) = every(Deadline, kind=kind)
    return found


def codes(who: str, on: str, **data: Any) -> set[str]:
    return {reason.code for reason in ask("snooze_reminder", None, who, on, **data).reasons}


def said(day: str) -> int:
    today = date.fromisoformat(day)
    return sweep(today, morning_of(today))["reminders"]


@pytest.mark.usefixtures("house")
def test_put_off_it_comes_back_that_day_and_a_legal_date_is_refused_with_the_reason() -> None:
    a_transfer(snr_number="059012", snr_expires_on="2026-12-31")
    key, legal = deadline("admissibility_answer")["id"], deadline("snr_renewal")["id"]
    assert said("2026-02-16") == 1
    assert codes("amina", "2026-02-16", deadline_id=legal, until="2026-02-18") == {"snooze.legal"}
    assert codes("chloe", "2026-02-16", deadline_id=key, until="2026-02-18") == {"snooze.not_yours"}
    for until in ("2026-02-16", "2026-02-24"):
        assert codes("amina", "2026-02-16", deadline_id=key, until=until) == {"snooze.range"}
    assert codes("amina", "2026-02-16", deadline_id=key, until="2026-02-21") == {"snooze.day"}
    do("snooze_reminder", None, "amina", "2026-02-16", deadline_id=key, until="2026-02-18")
    assert [said(f"2026-02-{day}") for day in (17, 18, 18, 19)] == [0, 1, 0, 0]
    assert deadline("admissibility_answer")["due_on"] == date(2026, 2, 23)
    assert [said(f"2026-02-{day}") for day in (23, 24)] == [1, 1]
