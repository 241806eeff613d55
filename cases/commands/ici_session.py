"""The sessions of the three ICIs: planned, called, moved, held, closed."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import Field

from cases.commands.excerpt import excerpt_reasons, unsent
from cases.commands.fields import RequiredLong, Text
from cases.commands.freeze import release_what_is_not_due
from cases.reasons import Reason
from cases.registry import SESSION, Data, NoData, command
from cases.rules.dates import pre_ici_limit
from cases.step import Step
from cases.territory import Settings
from db.tables.ici import Escalation, IciSession
from db.tables.people import Account
from db.tables.sitting import IciCall

IciCode = Literal["A", "B", "C"]
CALLED = ("social_worker", "rehousing_officer", "partner")


class PlanSession(Data):
    ici: IciCode = Field(title="ICI")
    held_on: date = Field(title="Séance le")
    place: Text = Field(default="", title="Lieu")


def _plan_obstacles(step: Step, data: PlanSession) -> Iterable[Reason]:
    yield from plan_obstacles(step, data.ici, data.held_on)


def plan_obstacles(step: Step, ici: str, held_on: date) -> Iterable[Reason]:
    if held_on <= step.today:
        yield Reason("session.past", f"Séance le {held_on:%d/%m/%Y} : choisissez une date à venir.")
    if step.get(IciSession, ici=ici, held_on=held_on) is not None:
        yield twice(ici, held_on)


def twice(ici: str, held_on: date) -> Reason:
    return Reason("session.twice", f"Une séance de l’ICI {ici} existe déjà le {held_on:%d/%m/%Y}.")


def session_limit(settings: Settings, held_on: date) -> date:
    """Two calendar months before the session, clipped to the end of the month, its day included."""
    months = settings.int_on("pre_ici_months", held_on)
    policy = settings.str_on("ici_weekend_policy", held_on)
    return pre_ici_limit(
        held_on, months, "previous_working_day" if policy == "previous_working_day" else "keep"
    )


@command(None, PlanSession, check=_plan_obstacles)
def plan_session(step: Step, data: PlanSession) -> None:
    """A session is dated months ahead; its filing limit follows."""
    session_id = plan_one(step, data.ici, data.held_on, data.place)
    step.opens("session", session_id)
    step.created["session"] = session_id


def plan_one(step: Step, ici: str, held_on: date, place: str) -> str:
    rank = step.number(f"ICI-{ici}-{held_on:%Y}")
    session_id = f"ICI-{ici}-{held_on:%Y}-{rank}"
    step.insert(
        IciSession,
        id=session_id,
        ici=ici,
        state="planned",
        held_on=held_on,
        limit_on=session_limit(step.settings, held_on),
        place=place,
    )
    return session_id


@command(SESSION)
def open_call(step: Step, data: NoData) -> None:
    """Everybody who may raise a case is told the filing limit; who was called is kept."""
    step.set(called_on=step.occurred_on)
    limit, held_on = step.subject["limit_on"], step.subject["held_on"]
    text = (
        f"Appel à remontées pour l’ICI {step.subject['ici']} du {held_on:%d/%m/%Y} : "
        f"dépôt jusqu’au {limit:%d/%m/%Y} à 23:59:59."
    )
    called = [row for role in CALLED for row in step.find(Account, role=role, active=True)]
    step.tell_each((row["id"] for row in called), "call", text)
    for row in called:
        step.insert(IciCall, session_id=step.subject["id"], account_id=row["id"], body_id=row["body_id"])


@command(SESSION)
def send_file(step: Step, data: NoData) -> None:
    """The session file goes to the members."""


@command(SESSION)
def hold_session(step: Step, data: NoData) -> None:
    """The session is held: items are decided one by one; what is not due yet waits for the next one."""
    release_what_is_not_due(step)


class ValidateMinutes(Data):
    minutes_url: Text = Field(default="", title="Référence du relevé")


@command(SESSION, ValidateMinutes)
def validate_minutes(step: Step, data: ValidateMinutes) -> None:
    """The record of decisions is final, with the head of the journal that proves it unchanged."""
    step.set(minutes_url=data.minutes_url, minutes_on=step.occurred_on, minutes_head=step.head_digest)


def _close_obstacles(step: Step, data: NoData) -> Iterable[Reason]:
    yield from excerpt_reasons(unsent(step))


@command(SESSION, check=_close_obstacles)
def close_session(step: Step, data: NoData) -> None:
    """No open item, every unexecuted decision has its written reason, every excerpt has been sent."""


class CancelSession(Data):
    reason: RequiredLong = Field(title="Motif")


def _cancel_obstacles(step: Step, data: CancelSession) -> Iterable[Reason]:
    if step.find(Escalation, session_id=step.subject["id"]):
        yield Reason("session.used", "Des remontées sont inscrites à cette séance : déplacez-la plutôt.")


@command(SESSION, CancelSession, check=_cancel_obstacles)
def cancel_session(step: Step, data: CancelSession) -> None:
    """Only a session to which nothing was filed."""
