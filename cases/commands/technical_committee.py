"""The technical committee's sessions: planned, held one item at a time, minuted (domain 1.3 step 6, 1.4)."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from cases.actor import Role
from cases.commands.fields import AnyBody, LandlordId, RequiredLong, Territory, Text
from cases.commands.technical_items import SOURCE, carry_left_over, put_on_next
from cases.commands.technical_refusals import put_waiting_refusals
from cases.reasons import Reason
from cases.registry import TECHNICAL, Data, NoData, command
from cases.step import Step
from db.tables.case import CaseFile
from db.tables.people import Body
from db.tables.technical import TechnicalItem, TechnicalSession

Bodies = Annotated[list[AnyBody], Field(max_length=40)]


class PlanTechnical(Data):
    held_on: date = Field(title="Séance le")
    place: Text = Field(default="", title="Lieu")
    landlord_id: LandlordId | None = Field(default=None, title="Pour le parc d’un bailleur")
    territory: Territory | None = Field(
        default=None, title="Ou pour un territoire (sinon, toute la métropole)"
    )
    member_ids: Bodies = Field(default=[], title="Organismes membres")


def own_desk(step: Step, landlord_id: str | None) -> Iterable[Reason]:
    """A landlord's officer keeps the committee of their own stock; the others are kept by the MEL and its
    co-pilots."""
    if step.actor.role is Role.REHOUSING_OFFICER and landlord_id != step.actor.body_id:
        yield Reason(
            "access.scope",
            "Cette séance n’est pas celle de votre parc : le secrétariat ou un co-pilote la tient.",
            "Habilitations",
        )


def _plan_obstacles(step: Step, data: PlanTechnical) -> Iterable[Reason]:
    yield from own_desk(step, data.landlord_id)
    if data.held_on < step.today:
        yield Reason("technical.past", f"Séance le {data.held_on:%d/%m/%Y} : choisissez une date à venir.")
    if data.landlord_id and data.territory:
        yield Reason(
            "technical.perimeter", "Périmètre : choisissez un bailleur ou un territoire, pas les deux."
        )
    same = step.find(TechnicalSession, held_on=data.held_on, landlord_id=data.landlord_id)
    if any(row["territory"] == (data.territory or "") and row["state"] != "cancelled" for row in same):
        yield Reason("technical.twice", f"Une séance de ce périmètre existe déjà le {data.held_on:%d/%m/%Y}.")
    for body_id in [data.landlord_id or "", *data.member_ids]:
        if body_id:
            step.need(Body, "L’organisme", id=body_id)


@command(None, PlanTechnical, check=_plan_obstacles)
def plan_technical(step: Step, data: PlanTechnical) -> None:
    """What was adjourned in this perimeter comes first on its agenda, then the refusals that ask for it."""
    rank = step.number(f"CT-{data.held_on:%Y}")
    session_id = f"CT-{data.held_on:%Y}-{rank:02d}"
    step.insert(
        TechnicalSession,
        id=session_id,
        held_on=data.held_on,
        place=data.place,
        landlord_id=data.landlord_id,
        territory=data.territory or "",
        member_ids=list(dict.fromkeys(data.member_ids)),
        present_ids=[],
        planned_by=step.actor.id,
    )
    step.opens("technical", session_id)
    step.created["technical"] = session_id
    carry_left_over(step, step.subject)
    put_waiting_refusals(step, step.subject)
    words = f"Comité technique le {data.held_on:%d/%m/%Y} : inscrivez vos dossiers."
    step.tell_each((step.lead_of(body_id) for body_id in data.member_ids), "news", words)


def desk(step: Step, *states: str) -> Iterable[Reason]:
    """The session is this actor's to hold, and stands where the act is possible."""
    yield from own_desk(step, step.subject["landlord_id"])
    if step.subject["state"] not in states:
        yield _WRONG_STATE[states[0]]


_WRONG_STATE = {
    "planned": Reason("technical.not_planned", "La séance a déjà commencé, ou elle est annulée.", SOURCE),
    "open": Reason(
        "technical.not_open",
        "La séance n’est pas ouverte : ouvrez-la d’abord ; une fois son relevé clos, plus rien n’y change.",
        SOURCE,
    ),
}


class OpenTechnical(Data):
    present_ids: Bodies = Field(default=[], title="Organismes présents")


def _open_obstacles(step: Step, data: OpenTechnical) -> Iterable[Reason]:
    yield from desk(step, "planned")
    held_on = step.subject["held_on"]
    if held_on > step.today:
        yield Reason("technical.to_come", f"La séance est prévue le {held_on:%d/%m/%Y} : attendez ce jour.")
    if not data.present_ids:
        yield Reason("technical.nobody", "Organismes présents : indiquez qui siège.", SOURCE)
    for body_id in data.present_ids:
        step.need(Body, "L’organisme", id=body_id)


@command(TECHNICAL, OpenTechnical, check=_open_obstacles, moves=False, needs_open=False)
def open_technical(step: Step, data: OpenTechnical) -> None:
    step.set(state="open", present_ids=list(dict.fromkeys(data.present_ids)))


def _close_obstacles(step: Step, data: NoData) -> Iterable[Reason]:
    yield from desk(step, "open")
    left = len(step.find(TechnicalItem, session_id=step.subject["id"], opinion="waiting"))
    if left:
        yield Reason(
            "technical.left",
            f"{left} point{'s' if left > 1 else ''} sans avis : traitez ou ajournez avant de clore.",
            SOURCE,
        )


@command(TECHNICAL, check=_close_obstacles, moves=False, needs_open=False)
def close_technical(step: Step, data: NoData) -> None:
    """The minutes are final, with the head of the journal that proves them unchanged."""
    step.set(
        state="closed", minutes_on=step.occurred_on, closed_by=step.actor.id, journal_head=step.head_digest
    )
    words = f"Le relevé du comité technique du {step.subject['held_on']:%d/%m/%Y} est clos."
    step.tell_each((step.lead_of(body_id) for body_id in step.subject["member_ids"]), "news", words)


class CancelTechnical(Data):
    reason: RequiredLong = Field(title="Motif de l’annulation")


def _cancel_obstacles(step: Step, data: CancelTechnical) -> Iterable[Reason]:
    yield from desk(step, "planned")


@command(TECHNICAL, CancelTechnical, check=_cancel_obstacles, moves=False, needs_open=False)
def cancel_technical(step: Step, data: CancelTechnical) -> None:
    """Its points wait for the next session of the same perimeter."""
    step.set(state="cancelled", cancel_reason=data.reason)
    for item in step.find(TechnicalItem, session_id=step.subject["id"], opinion="waiting"):
        step.update(TechnicalItem, {"id": item["id"]}, opinion="adjourned", reason="Séance annulée")
        put_on_next(step, step.subject, item)
        step.change_case(step.need(CaseFile, "Le dossier", id=item["case_id"]))
