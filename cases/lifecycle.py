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
from db import rows
from db.tables.ici import Escalation, IciCourse, IciSession, Obligation
from db.tables.ici import IciDecision as Decided
from db.tables.technical import TechnicalItem

OPEN_ITEMS = ("on_time", "carried_over", "admitted_by_exception", "objectified", "on_agenda")


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
    course = rows.table_of(IciCourse)
    query = sa.select(sa.func.count()).where(
        course.c.escalation_id == step.subject["id"], course.c.ended_on.is_(None)
    )
    return int(step.connection.execute(query).scalar_one())


def next_session(step: Step, ici: str, after: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The next session of that ICI whose list is still open, later than `after`."""
    table = rows.table_of(IciSession)
    query = (
        sa.select(table)
        .where(
            table.c.ici == ici,
            table.c.frozen_at.is_(None),
            table.c.state.not_in(["closed", "cancelled"]),
            table.c.limit_on >= step.today,
            table.c.held_on > (after["held_on"] if after else step.today),
        )
        .order_by(table.c.held_on)
        .limit(1)
    )
    row = step.connection.execute(query).mappings().first()
    return dict(row) if row is not None else None


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
    table = rows.table_of(Escalation)
    listed = sa.and_(table.c.session_id == session_id, table.c.state.in_(OPEN_ITEMS))
    returning = sa.and_(table.c.return_session_id == session_id, table.c.provisional.is_(True))
    query = sa.select(sa.func.count()).select_from(table).where(sa.or_(listed, returning))
    return int(step.connection.execute(query).scalar_one())


def _missing_reasons(step: Step) -> int:
    """Reasons still owed to this ICI for decisions of earlier sessions, wherever their items went since."""
    obligation, decision = rows.table_of(Obligation), rows.table_of(Decided)
    session = rows.table_of(IciSession)
    query = (
        sa.select(sa.func.count())
        .select_from(obligation)
        .join(decision, decision.c.id == obligation.c.decision_id)
        .join(session, session.c.id == decision.c.session_id)
        .where(
            session.c.ici == step.subject["ici"],
            session.c.held_on < step.subject["held_on"],
            obligation.c.state == "not_executed",
            obligation.c.reason == "",
        )
    )
    return int(step.connection.execute(query).scalar_one())
