"""The visit of a dwelling offered: planned, then held or not (domain 1.3 step 8)."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import Field

from cases.commands.fields import LongText, Text
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.step import Step
from db.rows import Row
from db.tables.offer import Offer


class PlanVisit(Data):
    visit_on: date = Field(title="Visite le")
    words: Text = Field(default="", title="Heure, lieu, accompagnement")


def _open_offer(step: Step) -> Row | None:
    return step.get(Offer, id=step.subject["open_offer_id"] or "")


def _none() -> Reason:
    return Reason("offer.none", "Aucune proposition n’attend de réponse.")


def _plan_obstacles(step: Step, data: PlanVisit) -> Iterable[Reason]:
    offer = _open_offer(step)
    if offer is None:
        yield _none()
    elif data.visit_on < offer["offered_on"]:
        yield Reason(
            "field.visit_on",
            f"Visite le : avant la proposition du {offer['offered_on']:%d/%m/%Y} ; corrigez la date.",
        )


@command(CASE, PlanVisit, check=_plan_obstacles, moves=False)
def plan_visit(step: Step, data: PlanVisit) -> None:
    """A visit is offered as soon as one is planned: the countable test asks for it."""
    step.update(
        Offer,
        {"id": step.subject["open_offer_id"]},
        visit_offered=True,
        visit_on=data.visit_on,
        visit_outcome="planned",
        visit_words=data.words,
    )
    step.set(visit_on=data.visit_on)


class RecordVisit(Data):
    outcome: Literal["visited", "household_absent", "visit_declined", "visit_cancelled"] = Field(
        title="Ce qui s’est passé"
    )
    words: LongText = Field(default="", title="Précisions")


def _visit_obstacles(step: Step, data: RecordVisit) -> Iterable[Reason]:
    offer = _open_offer(step)
    if offer is None:
        yield _none()
    elif step.subject["visit_on"] is None:
        yield Reason("visit.none", "Aucune visite n’est programmée : programmez-la d’abord.")
    elif data.outcome in {"visited", "household_absent"} and step.occurred_on < offer["visit_on"]:
        yield Reason(
            "visit.to_come",
            f"La visite est prévue le {offer['visit_on']:%d/%m/%Y} : attendez ce jour ou déplacez-la.",
        )


@command(CASE, RecordVisit, check=_visit_obstacles, moves=False)
def record_visit(step: Step, data: RecordVisit) -> None:
    """A visit cancelled by the landlord was not offered; one that the household missed or declined was."""
    cancelled = data.outcome == "visit_cancelled"
    step.update(
        Offer,
        {"id": step.subject["open_offer_id"]},
        visit_outcome=data.outcome,
        visit_words=data.words,
        **({"visit_offered": False} if cancelled else {}),
    )
    step.set(visit_on=None)
