"""Raising to the ICI: one escalation for one case or many, filed on time, late, or admitted by exception."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from cases import access
from cases.commands.fields import (
    BlockageTheme,
    CaseId,
    LongText,
    Required,
    RequiredLong,
    Scale,
    SessionId,
    Text,
)
from cases.commands.item_sheet import naming
from cases.lifecycle import machine_of
from cases.machines.ici import IciFacts
from cases.perimeter import ici_of
from cases.reasons import Reason, Refused
from cases.registry import ESCALATION, Data, command
from cases.rules.dates import on_time
from cases.step import Step
from db.rows import Row
from db.tables.case import CaseFile
from db.tables.ici import Escalation, IciCourse, IciSession
from db.tables.item import ItemOpinion
from db.tables.people import Account

SOURCE = "ICI : remontée des acteurs, deux mois avant la séance"
JOINABLE = {"draft", "on_time", "carried_over"}


class DraftEscalation(Data):
    case_ids: Annotated[list[CaseId], Field(min_length=1, max_length=500)] = Field(title="Dossiers")
    theme: BlockageTheme = Field(title="Ce qui bloque")
    title: Required = Field(title="Intitulé (sans nom)")
    scale: Scale = Field(default="case", title="Portée")
    tried: LongText = Field(default="", title="Ce qui a été tenté")
    asked: LongText = Field(default="", title="Ce qui est demandé à l’ICI")
    session_id: SessionId | None = Field(default=None, title="Séance visée")
    exception: Text = Field(default="", title="Motif, si un préalable manque")


def raising_obstacles(case: Row, exception: str) -> list[Reason]:
    """Signed diagnosis, validated need, recorded attempts; or an exception with its reason (design: ICI
    course)."""
    found = []
    if case["closed_on"] is not None:
        return [Reason("raise.closed", f"{case['id']} est clos.")]
    if case["course_id"] is not None:
        return [Reason("raise.already", f"{case['id']} est déjà remonté à l’ICI.")]
    if exception:
        return []
    if case["diagnosis_signed_on"] is None:
        found.append(Reason("raise.no_diagnosis", f"{case['id']} : le diagnostic n’est pas signé.", SOURCE))
    if case["need_validated_on"] is None:
        found.append(Reason("raise.no_need", f"{case['id']} : la fiche besoin n’est pas validée.", SOURCE))
    if case["attempts"] == 0 and case["offers_made"] == 0:
        found.append(
            Reason("raise.no_attempt", f"{case['id']} : aucune recherche n’est enregistrée.", SOURCE)
        )
    return found


def _cases(step: Step, case_ids: Iterable[str]) -> list[Row]:
    return [step.need(CaseFile, "Le dossier", id=case_id) for case_id in dict.fromkeys(case_ids)]


def _draft_obstacles(step: Step, data: DraftEscalation) -> Iterable[Reason]:
    cases = _cases(step, data.case_ids)
    ici = ici_of(step.connection, cases[0]["commune"], step.today)
    for case in cases:
        yield from access.obstacles(step.connection, step.actor, "join_case", "case", case)
        yield from raising_obstacles(case, data.exception)
        yield from _other_ici(step, case, ici)
    yield from naming(step, {"Intitulé": data.title}, data.case_ids)
    if data.session_id is not None:
        step.need(IciSession, "La séance", id=data.session_id)


def _other_ici(step: Step, case: Row, ici: str) -> Iterable[Reason]:
    """Names no commune: the case may be protected."""
    if ici_of(step.connection, case["commune"], step.today) != ici:
        sentence = f"{case['id']} relève d’une autre ICI que l’ICI {ici} : préparez une remontée à part."
        yield Reason("raise.other_ici", sentence, "Périmètre des ICI")


@command(None, DraftEscalation, check=_draft_obstacles)
def draft_escalation(step: Step, data: DraftEscalation) -> None:
    """A draft that its author completes before filing."""
    cases = _cases(step, data.case_ids)
    ici = ici_of(step.connection, cases[0]["commune"], step.today)
    escalation_id = step.reference("E", 4)
    step.insert(
        Escalation,
        id=escalation_id,
        state="draft",
        ici=ici,
        author_id=step.actor.id,
        body_id=step.actor.body_id,
        asked_session_id=data.session_id,
        **data.model_dump(exclude={"case_ids", "session_id", "exception"}),
    )
    step.opens("escalation", escalation_id)
    for case in cases:
        attach(step, case, "raised", data.exception)
    step.created["escalation"] = escalation_id


def attach(step: Step, case: Row, state: str, exception: str, **joined: object) -> None:
    course_id = step.insert(
        IciCourse,
        case_id=case["id"],
        escalation_id=step.subject["id"],
        state=state,
        exception_reason=exception,
        **joined,
    )
    step.change_case(case, course_id=course_id)


class JoinCase(Data):
    case_id: CaseId = Field(title="Dossier")
    reason: LongText = Field(default="", title="Pourquoi ce dossier rejoint la remontée")
    exception: Text = Field(default="", title="Motif, si un préalable manque")


def _join_obstacles(step: Step, data: JoinCase) -> Iterable[Reason]:
    case = step.need(CaseFile, "Le dossier", id=data.case_id)
    yield from access.obstacles(step.connection, step.actor, "join_case", "case", case)
    yield from raising_obstacles(case, data.exception)
    yield from _other_ici(step, case, step.subject["ici"])
    if step.subject["state"] not in JOINABLE or _list_is_frozen(step):
        yield Reason("join.frozen", "La liste est arrêtée : préparez une autre remontée.", SOURCE)
    if step.subject["state"] != "draft" and not data.reason:
        sentence = "Cette remontée est déjà déposée : dites pourquoi ce dossier la rejoint."
        yield Reason("join.reason", sentence, SOURCE)


def _list_is_frozen(step: Step) -> bool:
    session = step.get(IciSession, id=step.subject["session_id"] or "")
    return session is not None and not on_time(step.now, session["limit_on"])


@command(ESCALATION, JoinCase, check=_join_obstacles, moves=False)
def join_case(step: Step, data: JoinCase) -> None:
    """A case joins while the list is open; each shows its own course."""
    case = step.need(CaseFile, "Le dossier", id=data.case_id)
    state = "raised" if step.subject["state"] == "draft" else step.subject["state"]
    attach(step, case, state, data.exception, joined_on=step.occurred_on, joined_reason=data.reason)


class LeaveEscalation(Data):
    case_id: CaseId = Field(title="Dossier")
    reason: RequiredLong = Field(title="Motif")


def _leave_obstacles(step: Step, data: LeaveEscalation) -> Iterable[Reason]:
    course = step.get(IciCourse, case_id=data.case_id, escalation_id=step.subject["id"], ended_on=None)
    if course is None:
        yield Reason("leave.unknown", f"{data.case_id} n’est pas rattaché à cette remontée.")


@command(ESCALATION, LeaveEscalation, check=_leave_obstacles, moves=False)
def leave_escalation(step: Step, data: LeaveEscalation) -> None:
    leave_ici(step, step.need(CaseFile, "Le dossier", id=data.case_id), data.reason)


def leave_ici(step: Step, case: Row, reason: str = "") -> None:
    """End the open course of a case that is closed, rehoused or withdrawn."""
    if case["course_id"] is None:
        return
    course = step.need(IciCourse, "Le parcours ICI", id=case["course_id"])
    ended = {"ended_on": step.occurred_on, "left_reason": reason}
    step.move_row("ici_course", IciCourse, course, "withdraw", IciFacts(), **ended)
    step.change_case(case, course_id=None)
    withdraw_if_empty(step, course["escalation_id"])


def withdraw_if_empty(step: Step, escalation_id: str) -> None:
    """An item that no case carries any more leaves the agenda; a decision not yet due stands."""
    if open_courses(step, escalation_id):
        return
    targeted = step.about == "escalation" and step.subject["id"] == escalation_id
    row = step.subject if targeted else step.need(Escalation, "La remontée", id=escalation_id)
    decision = machine_of("escalation", row).decide(row["state"], "withdraw_escalation", IciFacts())
    if decision.target is None:
        return
    end_opinions(step, escalation_id)
    if targeted:
        step.set(state=decision.target)
    else:
        changed = {"state": decision.target, "version": row["version"] + 1}
        step.update(Escalation, {"id": escalation_id}, **changed)
    secretaries = (found["id"] for found in step.find(Account, role="ici_secretariat", active=True))
    step.tell_each(secretaries, "news", f"Remontée {escalation_id} retirée : plus aucun dossier ne la porte.")


def open_courses(step: Step, escalation_id: str) -> list[Row]:
    return [row for row in step.find(IciCourse, escalation_id=escalation_id) if row["ended_on"] is None]


def move_courses(step: Step, event: str, courses: Iterable[Row] | None = None, **changes: object) -> None:
    """Move the course of every case of the targeted escalation, each along its machine."""
    for course in open_courses(step, step.subject["id"]) if courses is None else courses:
        step.move_row("ici_course", IciCourse, course, event, IciFacts(), **changes)
        step.touch("case", course["case_id"])


def follow(step: Step, event: str, **facts: bool) -> str:
    """A second arrow in the same command: the machine still decides."""
    decision = machine_of("escalation", step.subject).decide(step.subject["state"], event, IciFacts(**facts))
    if decision.target is None:
        raise Refused(decision.reasons)
    step.set(state=decision.target)
    return decision.target


class Withdraw(Data):
    reason: RequiredLong = Field(title="Motif du retrait")


@command(ESCALATION, Withdraw)
def withdraw_escalation(step: Step, data: Withdraw) -> None:
    end_opinions(step, step.subject["id"])
    end_courses(step, "withdraw", open_courses(step, step.subject["id"]))


def end_opinions(step: Step, escalation_id: str) -> None:
    """What organisations were asked has no object once the item is decided or withdrawn."""
    for asked in step.find(ItemOpinion, escalation_id=escalation_id, answer="waiting"):
        step.update(ItemOpinion, {"id": asked["id"]}, answer="no_object", answered_on=step.occurred_on)
        step.touch("item_opinion", asked["id"])


def end_courses(step: Step, event: str, courses: Iterable[Row], **changes: object) -> None:
    for course in list(courses):
        move_courses(step, event, [course], ended_on=step.occurred_on, **changes)
        step.change_case(step.need(CaseFile, "Le dossier", id=course["case_id"]), course_id=None)
