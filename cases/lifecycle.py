"""Which machine moves a record, and the facts its guards read. Used by the door to refuse and by pages to
explain."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases import excerpts
from cases.machines import MACHINES, Machine
from cases.machines.facts import CaseFacts
from cases.machines.ici import IciFacts
from cases.reasons import Reason
from cases.rules.admissibility import WaitingFacts, missing_for, seniority_months
from cases.rules.dates import on_time
from cases.step import Step
from db import direct, rows
from db.tables.ici import Escalation, IciCourse, IciSession, Obligation
from db.tables.ici import IciDecision as Decided
from db.tables.technical import TechnicalItem

OPEN_ITEMS = ("on_time", "carried_over", "admitted_by_exception", "objectified", "on_agenda")

# Asked by each command about a session or an item: built once.
_ITEM, _SESSION = rows.table_of(Escalation), rows.table_of(IciSession)
_COURSE, _OWED, _DECIDED = (rows.table_of(model) for model in (IciCourse, Obligation, Decided))
_COUNT = sa.select(sa.func.count().label("number"))
_COURSES = _COUNT.where(
    _COURSE.c.escalation_id == sa.bindparam("escalation"),
    _COURSE.c.ended_on.is_(None),
)
_OPEN_ITEMS = _COUNT.where(
    sa.or_(
        sa.and_(
            _ITEM.c.session_id == sa.bindparam("session"),
            sa.or_(*(_ITEM.c.state == state for state in OPEN_ITEMS)),
        ),
        sa.and_(_ITEM.c.return_session_id == sa.bindparam("session"), _ITEM.c.provisional.is_(True)),
    )
)
_MISSING_REASONS = (
    _COUNT.select_from(_OWED)
    .join(_DECIDED, _DECIDED.c.id == _OWED.c.decision_id)
    .join(_SESSION, _SESSION.c.id == _DECIDED.c.session_id)
    .where(
        _SESSION.c.ici == sa.bindparam("of_ici"),
        _SESSION.c.held_on < sa.bindparam("before"),
        _OWED.c.state == "not_executed",
        _OWED.c.reason == "",
    )
)
_NEXT_SESSION = (
    sa.select(_SESSION)
    .where(
        _SESSION.c.ici == sa.bindparam("of_ici"),
        _SESSION.c.frozen_at.is_(None),
        _SESSION.c.state != "closed",
        _SESSION.c.state != "cancelled",
        _SESSION.c.limit_on >= sa.bindparam("today"),
        _SESSION.c.held_on > sa.bindparam("after"),
    )
    .order_by(_SESSION.c.held_on)
    .limit(1)
)


def machine_of(about: str, subject: Mapping[str, Any]) -> Machine:
    """A case moves along the machine of its kind."""
    return MACHINES[{"case": subject.get("kind", ""), "session": "ici_session"}.get(about, about)]


def facts_for(step: Step, extra: Mapping[str, Any]) -> Any:
    """The facts of the targeted record on this day, with what only the command knows."""
    if step.about == "case":
        return CaseFacts.of(step.subject, **_of_case(step), **extra)
    if step.about == "escalation":
        return IciFacts(**{**_of_escalation(step), **extra})
    if step.about == "session":
        return IciFacts(**{**_of_session(step), **extra})
    return None


def _of_case(step: Step) -> dict[str, Any]:
    if step.subject["state"] == "admissibility_check":
        months = int(step.settings.int_on("mutation_waiting_months", step.today))
        return {"evidence_missing": bool(missing_evidence(step.subject, step.today, months))}
    found: dict[str, Any] = _opinion_awaited(step)
    found["committee_decides"] = step.setting(f"caleol_mode_{step.subject['kind']}") == "decide"
    return found


OPINION_SETTINGS = {
    "opinion_awaited_to_search": "technical_committee_required",
    "opinion_awaited_to_offer": "technical_committee_before_offer",
    "opinion_awaited_to_allocate": "technical_committee_before_committee",
}


def _opinion_awaited(step: Step) -> dict[str, bool]:
    """Where the settings ask for the technical committee's opinion, and the present need sheet has none."""
    asked = [fact for fact, key in OPINION_SETTINGS.items() if step.settings.value(key, step.today)]
    if not asked:
        return {}
    given = step.find(
        TechnicalItem,
        case_id=step.subject["id"],
        opinion="favourable",
        need_sheet_id=step.subject["need_sheet_id"],
    )
    awaited = not any(item["asked"] in {"need", "orientation"} for item in given)
    return dict.fromkeys(asked, awaited)


def missing_evidence(case: Mapping[str, Any], today: date, waiting_months: int) -> tuple[Reason, ...]:
    """What the stated situations still ask for (domain 2.2)."""
    seniority = None
    if case["snr_requested_on"] is not None:
        seniority = seniority_months(case["snr_requested_on"], today)
    return missing_for(
        case["criteria"],
        [proof["kind"] for proof in case["evidence"]],
        WaitingFacts(seniority_months=seniority, suitable_offers=case["suitable_offers"]),
        waiting_months=waiting_months,
    )


def _of_escalation(step: Step) -> dict[str, Any]:
    session = step.get(IciSession, id=step.subject["session_id"] or "")
    return {
        "case_count": _count_courses(step),
        "on_time": session is None or on_time(step.now, session["limit_on"]),
        "next_session": bool(step.subject["return_session_id"])
        or next_session(step, step.subject["ici"], session) is not None,
        "list_frozen": session is not None and session["frozen_at"] is not None,
        "session_reached": session is not None and step.today >= session["held_on"],
    }


def _count_courses(step: Step) -> int:
    return _number(step, _COURSES, escalation=step.subject["id"])


def next_session(step: Step, ici: str, after: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The next session of that ICI whose list is still open, later than `after`."""
    later = after["held_on"] if after else step.today
    found = direct.fetch(step.connection, _NEXT_SESSION, {"of_ici": ici, "today": step.today, "after": later})
    return found[0] if found else None


def _of_session(step: Step) -> dict[str, Any]:
    session_id = step.subject["id"]
    return {
        "limit_passed": not on_time(step.now, step.subject["limit_on"]),
        "session_reached": step.today >= step.subject["held_on"],
        "open_items": _count_open_items(step, session_id),
        "missing_reasons": _missing_reasons(step),
        "missing_excerpts": len(excerpts.missing(step.connection, session_id)),
    }


def _count_open_items(step: Step, session_id: str) -> int:
    """Items of the list without decision or postponement, and provisional returns not yet settled."""
    return _number(step, _OPEN_ITEMS, session=session_id)


def _missing_reasons(step: Step) -> int:
    """Reasons still owed to this ICI for decisions of earlier sessions, wherever their items went since."""
    return _number(step, _MISSING_REASONS, of_ici=step.subject["ici"], before=step.subject["held_on"])


def _number(step: Step, counting: sa.Select[Any], **given: Any) -> int:
    return int(direct.fetch(step.connection, counting, given)[0]["number"])
