"""Whatever is typed in whatever field of any command: an answer, never an exception, on both databases."""

from typing import Any

import pytest

from cases.access import RIGHTS
from cases.actor import Role
from cases.machines import MACHINES
from cases.registry import COMMANDS, Handler
from tests import builders
from tests.builders import PEOPLE, a_rehousing, a_session, a_transfer, an_escalation, an_operation, ask
from tests.cases.examples import EXAMPLES

JUNK: tuple[Any, ...] = (
    *("", "\x00", "x" * 21_000, "' OR 1=1 --", "9999-12-31", "0001-01-01", "2028-02-29", "2200-12-31"),
    *(-1, 0, 2**31, 10**30, 1.5, float("nan"), float("inf"), True, None),
    *([], [[]], [None], ["\x00"], ["x"], [10**30], {}, {"a": 1}, [{}]),
)
DEEP: Any = 1
for _ in range(300):
    DEEP = [DEEP]
DUTY = {"body_id": "vilogia", "due_on": "2027-01-01"}
OTHERS: dict[str, dict[str, Any]] = {
    "refer_transfer": {"members": builders.MEMBERS, "dwelling": builders.DWELLING, "criteria": ["violence"]},
    "identify_household": {
        "members": builders.MEMBERS,
        "dwelling": builders.DWELLING,
        "building_id": "B-25-001",
    },
    "create_operation": {"site_id": "lille-concorde", "landlord_id": "lmh", "name": "Concorde"},
    "create_building": {"name": "A", "address": "x", "vacate_on": "2027-01-01"},
    "record_legal_ground": {"convention_on": "2020-01-01"},
    "change_vacate_date": {"vacate_on": "2028-01-01", "reason": "Retard."},
    "free_dwelling": {"dwelling_id": "LOG-26-00001", "freed_on": "2026-01-01"},
    "plan_session": {"ici": "A", "held_on": "2029-09-15"},
    "move_session": {"held_on": "2028-10-15", "reason": "Salle."},
    "draft_escalation": {
        "case_ids": ["M-26-00001"],
        "theme": "arrears",
        "title": "T4",
        "exception": "Urgent",
    },
    "join_case": {"case_id": "M-26-00002", "exception": "Urgent"},
    "leave_escalation": {"case_id": "M-26-00001", "reason": "Solution."},
    "submit_escalation": {"session_id": "ICI-A-2026-1"},
    "decide": {"kind": "body_must_offer", "text": "Proposer.", "duties": [DUTY], "case_ids": ["M-26-00001"]},
    "objectify": {"objectification": "Constat.", "proposal": "Proposition.", "minutes": 10},
    "put_on_agenda": {"rank": 1},
    "record_execution": {"obligation_id": 1, "result": "partly"},
    "give_reason": {"obligation_id": 1, "reason": "Pas de logement."},
    "create_body": {"id": "new-body", "name": "N", "kind": "ccas"},
    "create_account": {"id": "new", "name": "N", "role": "partner", "body_id": "secours"},
    "update_account": {"account_id": "karim", "deputy_id": "ines", "absent_from": "2026-01-01"},
    "change_setting": {
        "key": "offer_answer_days",
        "valid_from": "2026-01-01",
        "value": 12,
        "source": "Décision.",
    },
    "set_perimeter": {"commune": "Lille", "ici": "A", "valid_from": "2026-01-01"},
    "erase_details": {"numbers": [1], "reason": "Effacement demandé."},
}
# A reason and nothing else: the form of `leave_escalation`.
SAME_FORM = (
    *("withdraw_escalation", "postpone", "admit_by_exception", "cancel_session", "validate_minutes"),
)
ESCALATED = {"objectify": "on_time", "put_on_agenda": "objectified", "decide": "on_agenda"}


def who_may(name: str) -> str:
    """A lead first: what is left to a lead is tried too."""
    able = [who for who in PEOPLE.values() if who.role in RIGHTS[name]]
    return max(able, key=lambda who: (who.is_lead, who.role is Role.SOCIAL_WORKER)).id


def fields_of(handler: Handler) -> list[str]:
    return list(handler.data.model_fields)


def spoiled(handler: Handler, data: dict[str, Any]) -> list[dict[str, Any]]:
    """The data with one field replaced by junk, for every field and junk; also inside lists of records."""
    found = [data | {name: junk} for name in fields_of(handler) for junk in (*JUNK, DEEP)]
    for name, value in data.items():
        inner = value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else value
        if isinstance(inner, dict):
            made = [inner | {key: junk} for key in inner for junk in JUNK]
            found += [data | {name: [one] if isinstance(value, list) else one} for one in made]
    return found


def test_commands_about_a_case_always_answer(house: str) -> None:
    """Every junk on SQLite; on PostgreSQL, slower, every third one."""
    building = an_operation().building
    step = 1 if house.startswith("sqlite") else 3
    for handler in (one for one in COMMANDS.values() if one.about == "case" and fields_of(one)):
        kind = "rehousing" if where("rehousing", handler) else "transfer"
        state = str(where(kind, handler))
        reference = a_case(kind, state, building)
        for data in spoiled(handler, EXAMPLES[handler.name](reference))[::step]:
            who = "bruno" if kind == "transfer" else "denis"
            outcome = ask(handler.name, reference, who, "2026-12-01", **data)
            if outcome.status == "accepted" and outcome.state != state:
                reference = a_case(kind, state, building)


def a_case(kind: str, state: str, building: str) -> str:
    return a_transfer(at=state) if kind == "transfer" else a_rehousing(at=state, building=building)


def where(kind: str, handler: Handler) -> str | None:
    if not handler.moves:
        return "offer_pending" if handler.name == "record_receipt" else "searching"
    return next((state for state, event in MACHINES[kind].arrows if event == handler.name), None)


@pytest.mark.usefixtures("sqlite_house")
@pytest.mark.parametrize("name", OTHERS)
def test_the_other_commands_always_answer(name: str) -> None:
    try_junk(name)


@pytest.mark.usefixtures("postgresql_house")
def test_the_desks_always_answer_on_postgresql() -> None:
    for name in ("refer_transfer", "create_account", "update_account", "change_setting", "erase_details"):
        try_junk(name)


def try_junk(name: str) -> None:
    handler = COMMANDS[name]
    target = a_target(name, handler.about)
    for data in spoiled(handler, OTHERS[name]):
        ask(name, target, who_may(name), "2026-10-01", **data)


def test_every_command_with_data_is_tried() -> None:
    others = {one.name for one in COMMANDS.values() if one.about != "case" and fields_of(one)}
    assert others <= set(OTHERS) | set(SAME_FORM)


def a_target(name: str, about: str | None) -> str | None:
    """The record to act on, beside what the examples refer to."""
    if about == "escalation":
        return an_escalation(
            at=ESCALATED.get(name, "decided" if "reason" in name or "exec" in name else "draft")
        )
    if about == "session":
        return a_session()
    site = an_operation()
    a_transfer(at="searching")
    return {"operation": site.operation, "building": site.building}.get(about or "")
