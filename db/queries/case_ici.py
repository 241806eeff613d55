"""The ICI course of one case: escalation, session, decision, and who must act before when."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.queries.case_access import SAFETY, SOCIAL, VIOLENCE, Eye
from db.rows import Row, table_of
from db.scope import Scope
from db.tables.ici import Escalation, IciCourse, IciDecision, IciSession
from db.tables.ici import Obligation as ObligationRow
from db.tables.people import Body

_course, _escalation, _session = table_of(IciCourse), table_of(Escalation), table_of(IciSession)
_asked = _session.alias("asked_session")
_decision, _obligation, _body = table_of(IciDecision), table_of(ObligationRow), table_of(Body)


@dataclass(frozen=True, slots=True)
class ObligationView:
    """`state`: awaited, executed, partly or not_executed; `reason` is the written reason of a failure."""

    id: int
    body_id: str
    body: str
    due_on: date
    state: str
    settled_on: date | None
    detail: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    id: str
    kind: str
    text: str
    decided_on: date
    obligations: tuple[ObligationView, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseView:
    """`open`: still at the ICI. `timing` is None until it is filed. `asked_held_on`: the session that was
    aimed at, with its limit: another than `held_on` once carried over."""

    escalation_id: str
    escalation_state: str
    escalation_version: int
    state: str
    title: str
    theme: str | None
    ici: str
    body: str
    timing: str | None
    submitted_at: datetime | None
    returns: int
    session_id: str | None
    session_state: str | None
    held_on: date | None
    limit_on: date | None
    asked_held_on: date | None
    asked_limit_on: date | None
    exception_reason: str
    executed_on: date | None
    open: bool
    decisions: tuple[DecisionView, ...] = ()


_COURSES = (
    sa.select(
        _course.c.escalation_id,
        _escalation.c.state.label("escalation_state"),
        _escalation.c.version.label("escalation_version"),
        _course.c.state,
        _escalation.c.title,
        _escalation.c.theme,
        _escalation.c.ici,
        _body.c.name.label("body"),
        _escalation.c.timing,
        _escalation.c.submitted_at,
        _escalation.c.returns,
        _escalation.c.session_id,
        _session.c.state.label("session_state"),
        _session.c.held_on,
        _session.c.limit_on,
        _asked.c.held_on.label("asked_held_on"),
        _asked.c.limit_on.label("asked_limit_on"),
        _course.c.exception_reason,
        _course.c.executed_on,
        _course.c.ended_on.is_(None).label("open"),
    )
    .join(_escalation, _escalation.c.id == _course.c.escalation_id)
    .join(_body, _body.c.id == _escalation.c.body_id)
    .outerjoin(_session, _session.c.id == _escalation.c.session_id)
    .outerjoin(_asked, _asked.c.id == _escalation.c.asked_session_id)
    .where(_course.c.case_id == sa.bindparam("case_id"))
    .order_by(_course.c.id.desc())
)
_DECISIONS = (
    sa.select(
        _decision,
        _obligation.c.id.label("obligation_id"),
        _obligation.c.body_id,
        _body.c.name.label("body"),
        _obligation.c.due_on.label("obligation_due_on"),
        _obligation.c.state,
        _obligation.c.settled_on,
        _obligation.c.detail,
        _obligation.c.reason,
    )
    .outerjoin(_obligation, _obligation.c.decision_id == _decision.c.id)
    .outerjoin(_body, _body.c.id == _obligation.c.body_id)
    .where(_decision.c.escalation_id.in_(sa.bindparam("escalations", expanding=True)))
    .order_by(_decision.c.decided_on.desc(), _decision.c.id.desc(), _obligation.c.due_on)
)


def courses(connection: Connection, case_id: str, scope: Scope, eye: Eye) -> tuple[CourseView, ...]:
    """The latest first, each with the decisions that name this case."""
    found = [
        _course_of(dict(row), scope) for row in connection.execute(_COURSES, {"case_id": case_id}).mappings()
    ]
    if not found:
        return ()
    decided = _decisions(connection, case_id, [course.escalation_id for course in found], eye)
    return tuple(replace(course, decisions=tuple(decided.get(course.escalation_id, ()))) for course in found)


def _course_of(row: Row, scope: Scope) -> CourseView:
    if row["theme"] in VIOLENCE and not scope.sees(SAFETY):
        row["theme"] = None
    return CourseView(**row)


def _decisions(
    connection: Connection, case_id: str, escalations: list[str], eye: Eye
) -> dict[str, list[DecisionView]]:
    by_decision: dict[str, tuple[str, DecisionView, list[ObligationView]]] = {}
    for row in connection.execute(_DECISIONS, {"escalations": escalations}).mappings():
        if case_id not in row["case_ids"]:
            continue
        view = DecisionView(row["id"], row["kind"], row["text"], row["decided_on"])
        _, _, duties = by_decision.setdefault(row["id"], (row["escalation_id"], view, []))
        if row["obligation_id"] is not None:
            duties.append(_obligation_of(row, eye))
    found: dict[str, list[DecisionView]] = {}
    for escalation_id, view, duties in by_decision.values():
        found.setdefault(escalation_id, []).append(replace(view, obligations=tuple(duties)))
    return found


def _obligation_of(row: Any, eye: Eye) -> ObligationView:
    return ObligationView(
        id=row["obligation_id"],
        body_id=row["body_id"],
        body=row["body"],
        due_on=row["obligation_due_on"],
        state=row["state"],
        settled_on=row["settled_on"],
        detail=eye.only(SOCIAL, row["detail"]),
        reason=row["reason"],
    )
