"""Before an ICI: who follows a blocked case not yet raised is told at −30, −14, −7 and −1 days, once each."""

from datetime import date, timedelta
from typing import Any

import pytest

from cases.clock import morning_of
from cases.clockwork import before_ici
from db.tables.clock import Notice
from tests.builders import a_transfer, do
from tests.ici_builders import a_session
from tests.records import every

LIMIT = date(2026, 7, 15)


def told(day: date, **by: Any) -> list[tuple[str, str | None]]:
    before_ici(day, morning_of(day) - timedelta(hours=5, minutes=55))
    return sorted((row["recipient_id"], row["case_id"]) for row in every(Notice, **by) if row["case_id"])


def days_said(first: date, last: date) -> list[int]:
    """How many days were left each time that something new was written, living every day twice."""
    said: list[int] = []
    day = first
    while day <= last:
        for _ in range(2):
            found = len([row for row in every(Notice, kind="call") if row["case_id"]])
            before_ici(day, morning_of(day))
            new = len([row for row in every(Notice, kind="call") if row["case_id"]]) - found
            said += [(LIMIT - day).days] * new
        day += timedelta(days=1)
    return said


def blocked(who: str = "amina", **typed: Any) -> str:
    reference = a_transfer(at="searching", who=who, **typed)
    do("open_blockage", reference, who, "2026-03-02", theme="typology_lacking")
    return reference


@pytest.mark.usefixtures("house")
def test_each_rung_once_for_blocked_cases_that_nobody_raised() -> None:
    a_session(held_on="2026-09-15", ici="A")
    reference = blocked()
    a_transfer(at="searching", who="chloe")  # not blocked
    assert days_said(date(2026, 6, 14), date(2026, 7, 15)) == [30, 14, 7, 1]
    found = [row for row in every(Notice, kind="call") if row["case_id"]]
    assert {(row["recipient_id"], row["case_id"]) for row in found} == {("amina", reference)}
    assert {row["text"] for row in found} == {
        "Dossier bloqué et non remonté à l’ICI : dépôt jusqu’au 15/07/2026 à 23:59:59 "
        "pour la séance du 15/09/2026."
    }


@pytest.mark.usefixtures("sqlite_house")
def test_after_an_outage_only_the_furthest_rung_and_never_once_raised_or_past_the_limit() -> None:
    a_session(held_on="2026-09-15", ici="A")
    reference = blocked()
    before_ici(date(2026, 6, 14), morning_of(date(2026, 6, 14)))
    do("update_account", None, "lea", "2026-06-20", account_id="amina", active=False)
    assert told(date(2026, 7, 10)) == [("bruno", reference)]
    do("record_attempt", reference, "bruno", "2026-07-10", body_id="vilogia")
    do("draft_escalation", None, "bruno", "2026-07-10", case_ids=[reference], theme="typology_lacking",
       title="T5 introuvables")  # fmt: skip
    assert told(date(2026, 7, 14)) == [("bruno", reference)]
    blocked(who="chloe", members=[{"first_name": "Ada", "last_name": "B.", "born_on": "1990-01-01"}])
    assert told(date(2026, 7, 16)) == [("bruno", reference)]
