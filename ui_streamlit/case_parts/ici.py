"""The ICI course of a case: which escalation, when, what was decided, who must act and by when."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from cases.labels import BLOCKAGES, DECISIONS, EXECUTIONS, LITERALS, TIMINGS
from cases.machines import MACHINES
from db.queries.case_ici import CourseView, DecisionView
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import moment, short_date
from ui_streamlit.widgets.facts import facts

TIMING_TONES: Mapping[str, str] = {"on_time": "success", "late": "danger", "exception": "warning"}
EXECUTION_TONES: Mapping[str, str] = {
    "awaited": "info",
    "executed": "success",
    "partly": "warning",
    "not_executed": "danger",
}


def course_block(course: CourseView, today: date) -> Markup:
    """Facts, then the decisions that name the case with what each body owes."""
    known = facts(dict(_known(course)))
    return known + Markup().join(_decision(decision, today) for decision in course.decisions)


def _known(course: CourseView) -> Iterator[tuple[str, Any]]:
    yield "Remontée", f"{course.escalation_id} · {course.title}"
    yield "Où elle en est", _where(course)
    yield "Ce qui bloque", BLOCKAGES.get(course.theme or "", "Motif réservé au suivi")
    yield "Portée par", course.body
    yield "Séance", _session(course)
    if course.submitted_at is not None:
        yield "Déposée le", moment(course.submitted_at)
    if course.timing == "late" and course.asked_held_on is not None:
        yield "Pourquoi cette séance", _missed(course)
    if course.exception_reason:
        yield "Motif d’exception", course.exception_reason
    if course.returns:
        yield "Retours à l’ordre du jour", course.returns
    if course.executed_on is not None:
        yield "Exécutée le", course.executed_on


def _missed(course: CourseView) -> str:
    limit = f"{course.asked_limit_on:%d/%m/%Y}" if course.asked_limit_on else "la date limite"
    return f"Déposé jusqu’au {limit} à minuit, le dossier passait le {course.asked_held_on:%d/%m/%Y}"


def _where(course: CourseView) -> list[Badge]:
    state = MACHINES["ici_course"].states.get(course.state, course.state)
    draft = course.escalation_state == "draft"
    found = [Badge("Brouillon, pas encore déposée" if draft else state, "warning" if draft else "info")]
    if course.timing is not None and TIMINGS[course.timing] != state:
        found.append(Badge(TIMINGS[course.timing], TIMING_TONES[course.timing]))
    return found


def _session(course: CourseView) -> str:
    ici = LITERALS.get(course.ici, f"ICI {course.ici}")
    if course.held_on is None:
        return f"{ici}, séance à venir"
    limit = f" (dépôt jusqu’au {short_date(course.limit_on)})" if course.limit_on else ""
    return f"{ici}, {short_date(course.held_on)}{limit}"


def _decision(decision: DecisionView, today: date) -> Markup:
    told = facts(
        {
            "Décision": f"{decision.id} du {short_date(decision.decided_on)}",
            "Nature": DECISIONS.get(decision.kind, decision.kind),
            "Texte": decision.text,
        }
    )
    if not decision.obligations:
        return told
    rows = [
        {
            "body": item.body,
            "due": item.due_on,
            "state": _execution(item.state, item.due_on, today),
            "detail": item.detail or item.reason or None,
        }
        for item in decision.obligations
    ]
    columns = [
        Column("body", "Qui doit agir", second="detail"),
        Column("due", "Avant le"),
        Column("state", "Exécution"),
    ]
    return told + case_table(rows, columns, caption=f"Qui doit agir, décision {decision.id}")


def _execution(state: str, due_on: date, today: date) -> Badge:
    if state == "awaited" and due_on < today:
        return Badge("Attendue, délai dépassé", "danger", "alert")
    return Badge(EXECUTIONS.get(state, state), EXECUTION_TONES.get(state, "neutral"))
