"""What happened to one case, from the journal: facts to make a French sentence of, redacted for who reads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.queries.case_access import COMMON, SAFETY, SOCIAL, VIOLENCE, Eye
from db.queries.story_beside import TOLD as BESIDE
from db.queries.story_beside import Notes, also_told, hidden
from db.rows import table_of
from db.scope import Scope
from db.tables.journal import JournalEntry, JournalLink
from db.tables.merge import CaseMerge
from db.tables.people import Account, Body

_entry, _link = table_of(JournalEntry), table_of(JournalLink)
_account, _body, _merge = table_of(Account), table_of(Body), table_of(CaseMerge)
SYSTEM = "system"
MOST_LINES = 200

# What of a command's data a timeline may tell, and to whom. A command that is not here tells only its name.
TOLD: Mapping[str, Mapping[str, str]] = {
    **BESIDE,
    "request_information": {"wanted": SOCIAL, "due_on": COMMON},
    "complete_information": {"comment": SOCIAL},
    "reject": {"reason": SOCIAL},
    "open_blockage": {"theme": COMMON, "explanation": SOCIAL},
    "close_blockage": {"outcome": SOCIAL},
    "record_attempt": {"body_id": COMMON, "answer_due_on": COMMON, "detail": SOCIAL},
    "send_need": {"body_ids": COMMON, "answer_due_on": COMMON},
    "answer_attempt": {"answer": COMMON, "reason": COMMON, "detail": SOCIAL},
    "make_offer": {"landlord_id": COMMON, "typology": COMMON, "commune": COMMON, "address": SOCIAL},
    "record_receipt": {"received_on": COMMON, "proof": SOCIAL},
    "refuse_offer": {"reasons": SOCIAL, "words": SOCIAL},
    "annul_offer": {"reason": SOCIAL},
    "annul_refusal": {"reason": SOCIAL},
    "plan_visit": {"visit_on": COMMON, "words": SOCIAL},
    "record_visit": {"outcome": COMMON, "words": SOCIAL},
    "notify_right_to_stay": {"received_on": COMMON, "proof": SOCIAL},
    "validate_third_refusal": {"confirmed": COMMON, "reason": SOCIAL},
    "inform_committee": {"informed_on": COMMON, "comment": SOCIAL},
    "allocate": {"decision": COMMON, "rank": COMMON, "condition": SOCIAL},
    "not_allocate": {"decision": COMMON, "reasons": SOCIAL, "reason": SOCIAL},
    "rank_candidate": {"rank": COMMON, "reason": SOCIAL},
    "award_next_rank": {"reason": SOCIAL},
    "lift_condition": {"received_on": COMMON},
    "fail_condition": {"reason": SOCIAL},
    "revise_need": {"reason": SOCIAL},
    "renew_diagnosis": {"reason": SOCIAL},
    "record_diagnosis_step": {"step": COMMON, "done_on": COMMON, "note": SOCIAL},
    "sign_lease": {"signed_on": COMMON},
    "move_in": {"moved_on": COMMON},
    "move_temporarily": {"moved_on": COMMON, "return_on": COMMON},
    "change_return_date": {"return_on": COMMON, "reason": SOCIAL},
    "return_home": {"returned_on": COMMON},
    "renounce_return": {"written_on": COMMON},
    "plan_last_act": {"what": SOCIAL},
    "finish_last_act": {"done_on": COMMON, "result": SOCIAL},
    "answer_grouped_solution": {"joins": COMMON, "words": SOCIAL},
    "record_cost": {"kind": COMMON, "detail": SOCIAL},
    "annul_cost": {"reason": SOCIAL},
    "record_follow_up": {
        "milestone": COMMON,
        "held_on": COMMON,
        "reached": COMMON,
        "channel": COMMON,
        "outcome": SOCIAL,
        "signal_to": SOCIAL,
        "detail": SOCIAL,
    },
    "confirm_signal": {"answer": SOCIAL, "detail": SOCIAL},
    "record_satisfaction": {"milestone": COMMON},
    "record_derogation": {"promise": COMMON, "reason": SOCIAL, "decided_on": COMMON},
    "close_early": {"reason": COMMON, "detail": SOCIAL},
    "reopen": {"reason": SOCIAL},
    "note_obstacle": {"kind": SOCIAL, "action": SOCIAL, "due_on": COMMON},
    "change_obstacle": {"reason": SOCIAL},
    "settle_obstacle": {"result": SOCIAL, "outcome": SOCIAL},
    "start_support": {"kind": SOCIAL, "body_id": SOCIAL},
    "extend_support": {"reason": SOCIAL},
    "end_support": {"end_reason": SOCIAL, "detail": SOCIAL},
    "hand_over_support": {"body_id": SOCIAL},
    "submit_to_technical": {"asked": COMMON, "question": SOCIAL},
    "withdraw_from_technical": {"reason": SOCIAL},
    "move_session": {"held_on": COMMON},
    "assign_case": {"account_id": COMMON},
    "hand_over": {"to_id": COMMON, "reason": SOCIAL},
    "refuse_handover": {"reason": SOCIAL},
    "add_reader": {"account_id": SAFETY},
    "remove_reader": {"account_id": SAFETY},
    "draft_escalation": {"title": COMMON, "theme": COMMON},
    "decide": {"kind": COMMON, "text": COMMON},
    "record_execution": {"result": COMMON, "detail": SOCIAL},
    "give_reason": {"reason": COMMON},
    "postpone": {"reason": COMMON},
    "withdraw_escalation": {"reason": SOCIAL},
    "inform_household": {"letter_sent_on": COMMON},
    "record_departure": {"reason": SOCIAL, "left_on": SOCIAL},
    "change_vacate_date": {"vacate_on": COMMON, "reason": SOCIAL},
    "leave_escalation": {"reason": SOCIAL},
    "merge_cases": {"reason": SOCIAL},
    "undo_merge": {"reason": SOCIAL},
}
# The numbers by one index each, then the lines: PostgreSQL reads the whole journal for an OR.
_NUMBERS = (
    sa.union(
        sa.select(_entry.c.number).where(_entry.c.case_id == sa.bindparam("case_id")),
        sa.select(_link.c.number).where(_link.c.case_id == sa.bindparam("case_id")),
        sa.select(_entry.c.number)
        .join(_merge, _merge.c.absorbed_id == _entry.c.case_id)
        .where(_merge.c.kept_id == sa.bindparam("case_id"), _merge.c.undone_on.is_(None)),
    )
    .order_by(sa.desc("number"))
    .limit(MOST_LINES)
    .subquery()
)
_MERGED = sa.and_(
    _merge.c.absorbed_id == _entry.c.case_id,
    _merge.c.kept_id == sa.bindparam("case_id"),
    _merge.c.undone_on.is_(None),
)
_STORY = (
    sa.select(_entry, _account.c.name.label("actor_name"), _merge.c.absorbed_id.label("merged_from"))
    .join(_NUMBERS, _NUMBERS.c.number == _entry.c.number)
    .outerjoin(_account, _account.c.id == _entry.c.actor)
    .outerjoin(_merge, _MERGED)
    .order_by(_entry.c.number.desc())
)
SECRET_TYPES = frozenset({"protect_case", "add_reader", "remove_reader"})  # told to readers of `safety` only


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One accepted command. `told`: what the sentence may say, people and bodies by their names."""

    number: int
    type: str
    at: datetime
    occurred_on: date
    who: str
    by_robot: bool
    state: str | None
    told: Mapping[str, Any] = field(default_factory=dict)
    of: str | None = None  # the case it was about, when it was merged into this one since


def story(
    connection: Connection, case_id: str, scope: Scope, eye: Eye, notes: Notes
) -> tuple[StoryLine, ...]:
    """Newest first: the lines about the case, and those about something else that changed or carried it.

    `notes`: those for this reader.
    """
    found = connection.execute(_STORY, {"case_id": case_id}).mappings()
    told = (row for row in found if row["type"] not in SECRET_TYPES or scope.sees(SAFETY))
    read = ((row, json.loads(row["details"] or "{}")) for row in told)
    lines = [
        _line(row, details, scope, eye, notes)
        for row, details in read
        if not hidden(row["type"], row["actor"], details, scope.account_id, notes)
    ]
    names = _names(connection, lines)
    return tuple(_with_names(line, names) for line in lines)


def _line(row: Any, details: Mapping[str, Any], scope: Scope, eye: Eye, notes: Notes) -> StoryLine:
    data = details.get("data") or {}
    told = {
        name: data[name]
        for name, field_class in TOLD.get(row["type"], {}).items()
        if data.get(name) not in (None, "", []) and (field_class == SAFETY or eye.sees(field_class))
    }
    if told.get("theme") in VIOLENCE and not scope.sees(SAFETY):
        del told["theme"]
    return StoryLine(
        number=row["number"],
        type=row["type"],
        at=row["recorded_at"],
        occurred_on=row["occurred_on"],
        who="" if row["actor"] == SYSTEM else row["actor_name"] or "",
        by_robot=row["actor"] == SYSTEM,
        state=(details.get("after") or {}).get("state") if row["case_id"] else None,
        told=also_told(row["type"], details, told, eye, notes),
        of=row["merged_from"],
    )


PERSON_KEYS, BODY_KEYS = ("to_id", "account_id", "approved_by"), ("body_id", "landlord_id")


def _names(connection: Connection, lines: list[StoryLine]) -> Mapping[str, str]:
    """The names of the people and organisations that the lines cite: two statements at most."""
    people = {line.told[key] for line in lines for key in PERSON_KEYS if key in line.told}
    bodies = {line.told[key] for line in lines for key in BODY_KEYS if key in line.told}
    names: dict[str, str] = {}
    for table, wanted in ((_account, people), (_body, bodies)):
        if wanted:
            query = sa.select(table.c.id, table.c.name).where(table.c.id.in_(sorted(wanted)))
            names |= {row.id: row.name for row in connection.execute(query)}
    return names


def _with_names(line: StoryLine, names: Mapping[str, str]) -> StoryLine:
    named = {
        key: names.get(line.told[key], line.told[key])
        for key in (*PERSON_KEYS, *BODY_KEYS)
        if key in line.told
    }
    return StoryLine(
        line.number,
        line.type,
        line.at,
        line.occurred_on,
        line.who,
        line.by_robot,
        line.state,
        {**line.told, **named},
        line.of,
    )
