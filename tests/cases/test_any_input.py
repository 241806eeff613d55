"""Whatever is typed in whatever field of any command: an answer, never an exception, on both databases."""

from itertools import count
from typing import Any

import pytest
from pydantic import ValidationError

from cases.actor import Role
from cases.input_errors import reasons_of
from cases.machines import MACHINES
from cases.registry import COMMANDS, Handler
from cases.rights import RIGHTS
from tests.builders import PEOPLE, a_transfer, an_operation, ask
from tests.cases.alone import a_case_alone
from tests.cases.examples import EXAMPLES, OTHERS
from tests.ici_builders import a_session, an_escalation

JUNK: tuple[Any, ...] = (
    *("", "\x00", "x" * 21_000, "' OR 1=1 --", "9999-12-31", "0001-01-01", "2028-02-29", "2200-12-31"),
    *(-1, 0, 2**31, 10**30, 1.5, float("nan"), float("inf"), True, None),
    *([], [[]], [None], ["\x00"], ["x"], [10**30], {}, {"a": 1}, [{}]),
)
DEEP: Any = 1
for _ in range(300):
    DEEP = [DEEP]
SPARSE = 11  # on PostgreSQL, slower, one in so many; with no divisor common to what repeats itself
ESCALATED = {
    "objectify": "on_time",
    "put_on_agenda": "objectified",
    "decide": "on_agenda",
    "postpone": "on_agenda",
    "admit_by_exception": "late",
}


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


def to_try(handler: Handler, data: dict[str, Any]) -> list[dict[str, Any]]:
    """What goes to the door: whatever the form of the command takes, and one in nineteen of what it refuses.

    All of those refusals are heard here: each has its reasons, in words.
    """
    refusals = count()
    return [junk for junk in spoiled(handler, data) if not refused(handler, junk) or not next(refusals) % 19]


def refused(handler: Handler, data: dict[str, Any]) -> bool:
    try:
        handler.data.model_validate(data)
    except ValidationError as error:
        reasons = reasons_of(error, handler.data)
        assert reasons
        assert all(reason.sentence.endswith(".") for reason in reasons)
        return True
    return False


def test_commands_about_a_case_always_answer(database: str) -> None:
    step = 1 if database.startswith("sqlite") else SPARSE
    for handler in (one for one in COMMANDS.values() if one.about == "case" and fields_of(one)):
        kind = "rehousing" if where("rehousing", handler) else "transfer"
        state = str(where(kind, handler))
        reference = a_case_alone(kind, state)
        for data in to_try(handler, EXAMPLES[handler.name](reference))[::step]:
            who = "bruno" if kind == "transfer" else "denis"
            outcome = ask(handler.name, reference, who, "2026-12-01", **data)
            if outcome.status == "accepted" and outcome.state != state:
                reference = a_case_alone(kind, state)


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
        try_junk(name, SPARSE)


def try_junk(name: str, step: int = 1) -> None:
    handler = COMMANDS[name]
    target = a_target(name, handler.about)
    for data in to_try(handler, OTHERS[name])[::step]:
        ask(name, target, who_may(name), "2026-10-01", **data)


def test_every_command_with_data_is_tried() -> None:
    others = {one.name for one in COMMANDS.values() if one.about != "case" and fields_of(one)}
    assert others == set(OTHERS)


def a_committee(reference: str, *, opened: bool) -> str:
    plan = {"held_on": "2026-10-01", "member_ids": ["lmh"]}
    session = str(ask("plan_technical", None, "gaelle", "2026-09-01", **plan).reference)
    ask("submit_to_technical", reference, "amina", "2026-09-02", session_id=session, asked="need")
    if opened:
        ask("open_technical", session, "gaelle", "2026-10-01", present_ids=["lmh"])
    return session


def a_target(name: str, about: str | None) -> str | None:
    """The record to act on, beside what the examples refer to."""
    if about == "escalation":
        return an_escalation(
            at=ESCALATED.get(name, "decided" if "reason" in name or "exec" in name else "draft")
        )
    if about == "session":
        return a_session()
    site = an_operation()
    reference = a_transfer(at="searching")
    if about == "technical":
        return a_committee(reference, opened=name in {"record_opinion", "judge_refusal"})
    return {"operation": site.operation, "building": site.building}.get(about or "")
