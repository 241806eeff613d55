"""Filing an escalation: on time, late and carried over, or admitted by exception (domain 2.3)."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from cases.commands.escalation import SOURCE, follow, move_courses
from cases.commands.fields import Choices, RequiredLong, SessionId
from cases.commands.freeze import add_addendum
from cases.lifecycle import next_session
from cases.reasons import Reason, refuse
from cases.registry import ESCALATION, Data, NoData, command
from cases.rules.dates import on_time
from cases.step import Step
from db.rows import Row
from db.tables.ici import IciSession


class Submit(Data):
    session_id: SessionId | None = Field(default=None, title="Séance visée")


def _target_session(step: Step, data: Submit) -> Row | None:
    wanted = data.session_id or step.subject["asked_session_id"]
    if wanted:
        return step.need(IciSession, "La séance", id=wanted)
    return next_session(step, step.subject["ici"], None)


def _filing_facts(step: Step, data: Submit) -> dict[str, bool]:
    session = _target_session(step, data)
    return {"on_time": session is not None and on_time(step.now, session["limit_on"])}


def _filing_obstacles(step: Step, data: Submit) -> Iterable[Reason]:
    session = _target_session(step, data)
    if session is None:
        yield Reason(
            "submit.no_session",
            f"Aucune séance n’est programmée pour l’ICI {step.subject['ici']} : demandez-la au secrétariat.",
            SOURCE,
        )
    elif session["ici"] != step.subject["ici"]:
        yield Reason(
            "submit.other_ici",
            f"Cette séance est celle de l’ICI {session['ici']} ; les dossiers relèvent de l’ICI "
            f"{step.subject['ici']}.",
            SOURCE,
        )
    elif session["state"] in {"held", "minutes_validated", "closed", "cancelled"}:
        yield Reason("submit.past", "Cette séance a déjà eu lieu : choisissez la suivante.", SOURCE)


@command(ESCALATION, Submit, check=_filing_obstacles, facts=_filing_facts)
def submit_escalation(step: Step, data: Submit) -> None:
    """Filed. The server's clock alone says whether it is on time; the day claimed is kept beside it."""
    session = _target_session(step, data)
    assert session is not None  # the check above refused otherwise
    timely = on_time(step.now, session["limit_on"])
    step.set(
        asked_session_id=session["id"],
        session_id=session["id"],
        submitted_at=step.now,
        claimed_on=step.occurred_on,
        timing="on_time" if timely else "late",
    )
    move_courses(step, "file_on_time" if timely else "file_late")
    if timely:
        return
    step.set(state="late")
    following = next_session(step, step.subject["ici"], session)
    if following is not None:
        follow(step, "carry_over")
        carry(step)
    _tell_author(
        step,
        f"Remontée {step.subject['id']} déposée hors délai pour la séance du {session['held_on']:%d/%m/%Y} "
        f"(limite : {session['limit_on']:%d/%m/%Y} à 23:59:59). {_what_becomes(following)}",
    )


def _what_becomes(following: Row | None) -> str:
    if following is None:
        return "Elle sera reportée dès qu’une séance suivante sera programmée."
    return f"Elle est reportée à la séance du {following['held_on']:%d/%m/%Y}."


def _tell_author(step: Step, text: str) -> None:
    step.notices.append(
        {"recipient_id": step.subject["author_id"], "kind": "news", "text": text, "case_id": None}
    )  # even when the author files: they must see why it is late


def carry(step: Step) -> None:
    """Put on the next session of the same ICI whose list is open."""
    current = step.get(IciSession, id=step.subject["session_id"] or "")
    following = next_session(step, step.subject["ici"], current)
    if following is None:
        raise refuse(
            "ici.no_next_session", "Aucune séance suivante n’est programmée : programmez-la.", SOURCE
        )
    move_courses(step, "carry_over")
    step.set(session_id=following["id"], rank=None)


@command(ESCALATION)
def carry_over(step: Step, data: NoData) -> None:
    carry(step)


EXCEPTIONS = {
    "violence": "Violences",
    "evacuation": "Évacuation",
    "imminent_danger": "Danger imminent",
    "other": "Autre urgence",
}
Motive = Annotated[Literal["violence", "evacuation", "imminent_danger", "other"], Choices(EXCEPTIONS)]


class AdmitByException(Data):
    motive: Motive = Field(title="Motif")
    reason: RequiredLong = Field(title="Explication")


def _exception_obstacles(step: Step, data: AdmitByException) -> Iterable[Reason]:
    session = step.get(IciSession, id=step.subject["asked_session_id"] or "")
    if session is None or session["state"] in {"held", "minutes_validated", "closed", "cancelled"}:
        yield Reason(
            "exception.past", "La séance demandée a déjà eu lieu : l’exception n’a plus d’objet.", SOURCE
        )


@command(ESCALATION, AdmitByException, check=_exception_obstacles)
def admit_by_exception(step: Step, data: AdmitByException) -> None:
    """A co-pilot admits a late item as urgent; after the freeze it goes into a numbered addendum (domain
    2.3)."""
    step.set(
        session_id=step.subject["asked_session_id"],
        timing="exception",
        exception_reason=f"{EXCEPTIONS[data.motive]} : {data.reason}",
        admitted_by=step.actor.id,
    )
    move_courses(step, "admit_by_exception")
    add_addendum(step)
    step.tell(step.subject["author_id"], "news", f"Remontée {step.subject['id']} admise par exception.")
