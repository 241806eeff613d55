"""A deadline always has somebody who hears: leads change, accounts close, people go on leave."""

from datetime import date
from typing import Any

import pytest

from cases import deadlines
from cases.clock import morning_of
from db.engine import reading
from db.rows import Row
from db.tables.clock import Deadline, Notice
from tests.builders import a_transfer, do
from tests.ici_builders import a_session, an_escalation
from tests.records import every, hearers

pytestmark = pytest.mark.usefixtures("house")
DAY = "2026-02-02"


def people(**by: Any) -> list[tuple[str | None, str | None]]:
    found: list[Row] = [row for row in every(Deadline, **by) if row["closed_at"] is None]
    return [(row["owner_id"], row["lead_id"]) for row in found]


def account(who: str, **changes: Any) -> None:
    do("update_account", None, "lea", DAY, account_id=who, **changes)


def recipients(day: str) -> list[str]:
    today = date.fromisoformat(day)
    deadlines.sweep(today, morning_of(today))
    return [row["recipient_id"] for row in every(Notice, kind="reminder")]


def test_a_new_lead_hears_of_the_deadlines_already_open() -> None:
    reference = a_transfer()
    account("bruno", is_lead=False)
    assert people(case_id=reference) == [("amina", "gaelle")]
    account("amina", is_lead=True)
    assert people(case_id=reference) == [("amina", "amina")]


def test_a_lead_created_later_takes_over_from_the_secretariat() -> None:
    reference = a_transfer(who="chloe")
    assert people(case_id=reference) == [("chloe", "gaelle")]
    do(
        "create_account",
        None,
        "lea",
        DAY,
        id="alix",
        name="Alix",
        role="social_worker",
        body_id="ccas-roubaix",
        is_lead=True,
    )
    assert people(case_id=reference) == [("chloe", "alix")]


def test_a_closed_account_owes_nothing_even_after_the_next_command_and_may_come_back() -> None:
    reference = a_transfer()
    account("amina", active=False)
    assert people(case_id=reference) == [("bruno", "bruno")]
    do("check_admissibility", reference, "bruno", DAY)
    assert people(case_id=reference) == [("bruno", "bruno")]
    account("amina", active=True)
    assert people(case_id=reference) == [("amina", "bruno")]


def test_the_secretariat_stays_the_lead_of_what_a_body_owes() -> None:
    an_escalation(at="decided")
    assert people(kind="execution", body_id="lmh") == [("denis", "gaelle")]
    account("denis", is_lead=False)
    assert people(kind="execution", body_id="lmh") == [("gaelle", "gaelle")]
    account("farid", is_lead=True)
    assert people(kind="execution", body_id="lmh") == [("farid", "gaelle")]


def test_another_secretary_takes_the_sessions_of_the_one_who_left() -> None:
    a_session("call_open")
    do("create_account", None, "lea", DAY, id="zoe", name="Zoé", role="ici_secretariat", body_id="mel")
    account("gaelle", active=False)
    assert people(kind="escalation_limit") == [("zoe", "zoe")]


@pytest.mark.parametrize(
    ("away", "heard"),
    [
        ({"absent_from": "2026-02-01", "absent_until": "2026-02-16"}, "chloe"),
        ({"absent_from": "2026-02-16"}, "chloe"),
        ({"absent_from": "2026-02-17"}, "amina"),
        ({"absent_from": "2026-02-01", "absent_until": "2026-02-15"}, "amina"),
    ],
)
def test_the_deputy_hears_during_an_absence(away: dict[str, str], heard: str) -> None:
    a_transfer()
    account("amina", deputy_id="chloe", **away)
    assert recipients("2026-02-16") == [heard]


@pytest.mark.parametrize(
    ("changes", "heard"),
    [
        ({"chloe": {"active": False}}, "bruno"),
        ({"chloe": {"absent_from": "2026-02-10"}}, "bruno"),
        ({"chloe": {"active": False}, "bruno": {"absent_from": "2026-02-10"}}, "gaelle"),
        ({"chloe": {"active": False}, "bruno": {"active": False}, "gaelle": {"active": False}}, "lea"),
        ({who: {"absent_from": "2026-02-10"} for who in ("chloe", "bruno", "gaelle", "lea")}, "amina"),
    ],
)
def test_with_nobody_to_stand_in_the_next_who_is_there_hears(changes: dict[str, Any], heard: str) -> None:
    a_transfer()
    account("amina", deputy_id="chloe", absent_from="2026-02-01")
    for who, changed in changes.items():
        account(who, **changed)
    with reading() as connection:
        assert set(hearers(connection, date(2026, 2, 16)).values()) == {heard}
    assert recipients("2026-02-16") == [heard]


def test_who_comes_back_finds_the_answer_that_is_awaited_of_them() -> None:
    reference = a_transfer()
    do("hand_over", reference, "amina", DAY, to_id="chloe")
    account("chloe", active=False)
    assert people(kind="handover_answer") == [("bruno", "bruno")]
    account("chloe", active=True)
    assert people(kind="handover_answer") == [("chloe", "bruno")]


def test_what_nobody_owns_reminds_the_secretariat() -> None:
    a_transfer(who="jules", service_id="ccas-roubaix")
    assert people() == [(None, "gaelle")]
    assert recipients("2026-02-16") == ["gaelle"]
