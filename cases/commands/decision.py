"""Decisions of a session, their effect on each case, and what named bodies then owe."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from cases.commands.agreement import Members, agreement, agreement_obstacles
from cases.commands.escalation import SOURCE, end_courses, end_opinions, follow, move_courses, open_courses
from cases.commands.fields import (
    AnyBody,
    CaseId,
    DecisionKind,
    Insee,
    LongText,
    Money,
    RequiredLong,
    Typology,
)
from cases.commands.follow_up import close_reason_moves
from cases.commands.item_sheet import naming
from cases.lifecycle import next_session
from cases.reasons import Reason, refuse
from cases.registry import ESCALATION, Data, command
from cases.rules.dates import add_months
from cases.step import Step
from db.rows import Row
from db.tables.case import CaseFile
from db.tables.diagnosis import NeedSheet
from db.tables.ici import Escalation, IciSession, Obligation
from db.tables.ici import IciDecision as Decided
from db.tables.people import Body

ENDS_THE_COURSE = {"oriented_elsewhere"}


class Duty(Data):
    body_id: AnyBody = Field(title="Organisme")
    due_on: date | None = Field(default=None, title="Avant le")
    detail: LongText = Field(default="", title="Ce qu’il doit faire")


class Widening(Data):
    communes: Annotated[list[Insee], Field(max_length=95)] = Field(default=[], title="Communes ajoutées")
    typology_min: Typology | None = Field(default=None, title="Typologie minimale (T)")
    typology_max: Typology | None = Field(default=None, title="Typologie maximale (T)")
    max_cost: Money | None = Field(default=None, title="Loyer et charges au plus (€)")


class Decide(Data):
    kind: DecisionKind = Field(title="Nature")
    text: RequiredLong = Field(title="Décision (sans nom)")
    duties: Annotated[list[Duty], Field(max_length=20)] = Field(
        default=[], title="Qui doit agir, et avant quand"
    )
    case_ids: Annotated[list[CaseId], Field(max_length=500)] = Field(
        default=[], title="Dossiers concernés (tous si vide)"
    )
    widening: Widening | None = Field(default=None, title="Élargissement du besoin")
    abstained_ids: Members = Field(default=[], title="Se sont abstenus")
    reservation: LongText = Field(default="", title="Réserve exprimée")


def _decision_obstacles(step: Step, data: Decide) -> Iterable[Reason]:
    if data.kind == "body_must_offer" and not data.duties:
        yield Reason(
            "decide.no_body", "Indiquez l’organisme qui doit proposer, et avant quand.", "ICI, temps 2"
        )
    if data.kind == "need_widened" and data.widening is None:
        yield Reason(
            "decide.no_widening", "Indiquez ce qui est élargi : communes, typologie ou loyer.", "ICI, temps 2"
        )
    for duty in data.duties:
        step.need(Body, "L’organisme", id=duty.body_id)
        if duty.due_on is not None and duty.due_on <= step.occurred_on:
            yield Reason("decide.past", f"Échéance du {duty.due_on:%d/%m/%Y} : elle doit suivre la séance.")
    known = {course["case_id"] for course in open_courses(step, step.subject["id"])}
    for case_id in data.case_ids:
        if case_id not in known:
            yield Reason("decide.case", f"{case_id} n’est pas rattaché à cette remontée.")
    yield from agreement_obstacles(step, data.abstained_ids)
    yield from naming(step, {"Décision": data.text})


@command(ESCALATION, Decide, check=_decision_obstacles)
def decide(step: Step, data: Decide) -> None:
    """Recorded collectively, numbered without gaps, with its effect on each case it names."""
    courses = open_courses(step, step.subject["id"])
    concerned = [row for row in courses if not data.case_ids or row["case_id"] in data.case_ids]
    others = [row for row in courses if row not in concerned]
    decision_id = _write_decision(step, data, concerned)
    if data.kind == "no_solution":
        return _keep_raised(step, concerned + others)
    end_opinions(step, step.subject["id"])
    move_courses(step, "decide", concerned, decision_id=decision_id)
    if others:
        carry_apart(step, others)
    for duty in data.duties:
        _oblige(step, decision_id, duty)
    for course in concerned:
        _take_effect(step, data, course, decision_id)
    step.set(provisional=False)
    if not data.duties:
        _nothing_left(step, concerned)
    return None


def _write_decision(step: Step, data: Decide, concerned: list[Row]) -> str:
    session_id = step.subject["session_id"]
    prefix = f"{session_id[:5]}/{session_id[6:]}"  # ICI-A-2026-2 → ICI-A/2026-2
    decision_id = f"{prefix}/{step.number(prefix):02d}"
    step.insert(
        Decided,
        id=decision_id,
        session_id=session_id,
        escalation_id=step.subject["id"],
        kind=data.kind,
        text=data.text,
        case_ids=[row["case_id"] for row in concerned],
        due_on=max((duty.due_on for duty in data.duties if duty.due_on), default=None),
        decided_on=step.occurred_on,
        recorded_by=step.actor.id,
        **agreement(step, data.abstained_ids),
        reservation=data.reservation,
    )
    step.created["decision"] = decision_id
    return decision_id


def _keep_raised(step: Step, courses: list[Row]) -> None:
    """No solution: the escalation stays and waits for the next session."""
    move_courses(step, "keep_raised", courses)
    session = step.need(IciSession, "La séance", id=step.subject["session_id"])
    following = next_session(step, step.subject["ici"], session)
    follow(step, "postpone", next_session=following is not None)
    step.set(session_id=following["id"] if following else None, rank=None)


KEPT = (
    *("scale", "theme", "title", "tried", "asked", "author_id", "body_id", "ici", "asked_session_id"),
    *("submitted_at", "claimed_on", "timing", "exception_reason", "admitted_by", "returns"),
)


def carry_apart(step: Step, courses: list[Row]) -> None:
    """Cases that a decision does not name stay raised: an item of their own takes them to the next
    session."""
    session = step.get(IciSession, id=step.subject["session_id"] or "")
    following = next_session(step, step.subject["ici"], session)
    if following is None:
        raise refuse(
            "ici.no_next_session",
            "Les dossiers que la décision ne nomme pas iront à la séance suivante : programmez-la.",
            SOURCE,
        )
    rest_id = step.reference("E", 4)
    kept = {name: step.subject[name] for name in KEPT}
    step.insert(Escalation, id=rest_id, state="carried_over", session_id=following["id"], **kept)
    move_courses(step, "keep_raised", courses, escalation_id=rest_id)
    step.created["escalation"] = rest_id
    step.tell(
        step.subject["author_id"],
        "news",
        f"Remontée {step.subject['id']} : {len(courses)} dossier(s) sans décision passent dans la remontée "
        f"{rest_id}, à la séance du {following['held_on']:%d/%m/%Y}.",
    )


def _oblige(step: Step, decision_id: str, duty: Duty) -> None:
    due_on = duty.due_on or default_due(step)
    obligation_id = step.insert(
        Obligation, decision_id=decision_id, body_id=duty.body_id, due_on=due_on, detail=duty.detail
    )
    step.created.setdefault("obligations", []).append(obligation_id)
    step.touch("obligation", obligation_id)
    step.tell(
        step.lead_of(duty.body_id),
        "decision",
        f"Décision {decision_id} : votre organisme doit agir avant le {due_on:%d/%m/%Y}.",
    )


def default_due(step: Step) -> date:
    """The next session of that ICI; when none is planned, six months (seed: « 6 mois – prochaine ICI »)."""
    session = step.need(IciSession, "La séance", id=step.subject["session_id"])
    later = [
        row["held_on"]
        for row in step.find(IciSession, ici=session["ici"])
        if row["held_on"] > session["held_on"]
    ]
    return (
        min(later)
        if later
        else add_months(session["held_on"], step.settings.int_on("execution_months", session["held_on"]))
    )


def _take_effect(step: Step, data: Decide, course: Row, decision_id: str) -> None:
    case = step.need(CaseFile, "Le dossier", id=course["case_id"])
    step.change_case(case)
    if data.widening is not None and case["need_sheet_id"] is not None:
        _widen(step, case, data.widening, decision_id)
    if data.kind in ENDS_THE_COURSE:
        end_courses(step, "execute", [course])
        close_reason_moves(step, case, data.kind)
    step.tell_each(
        [case["owner_id"], case["referrer_id"]],
        "decision",
        f"L’ICI a décidé pour {case['id']} : décision {decision_id}.",
        case["id"],
    )


def _widen(step: Step, case: Row, widening: Widening, decision_id: str) -> None:
    """The need sheet is revised by a new version; the former stays for the offers made under it."""
    sheet = step.need(NeedSheet, "La fiche besoin", id=case["need_sheet_id"])
    number = len(step.find(NeedSheet, case_id=case["id"])) + 1
    changed = widening.model_dump(exclude_none=True) | {
        "communes": list(dict.fromkeys([*sheet["communes"], *widening.communes])),
        "number": number,
        "in_force_from": step.occurred_on,
        "revision_reason": f"Décision {decision_id}",
    }
    values = {key: value for key, value in sheet.items() if key != "id"} | changed
    if values["typology_min"] > values["typology_max"]:
        raise refuse(
            "decide.typology",
            f"Élargissement : pour {case['id']}, le minimum (T{values['typology_min']}) dépasse le maximum "
            f"(T{values['typology_max']}) ; indiquez les deux.",
        )
    new_id = step.insert(NeedSheet, **values)
    step.change_case(case, need_sheet_id=new_id, need_validated_on=step.occurred_on)


def _nothing_left(step: Step, concerned: list[Row]) -> None:
    """A decision that asks nothing of anybody is executed as soon as it is recorded."""
    step.set(state="decided")
    follow(step, "record_execution")
    still_open = [row for row in concerned if row["state"] == "decided"]
    end_courses(step, "execute", still_open, executed_on=step.occurred_on)
