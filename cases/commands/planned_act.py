"""The last households of a building: for each, the next dated act. What, who, when."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from cases.commands.fields import AccountId, DayOfFact, LongText, Ref, Required, past
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.step import Step
from db.tables.case import NamedReader
from db.tables.people import Account
from db.tables.rehousing import PlannedAct

ActId = Annotated[int, Ref("planned_act")]


class PlanLastAct(Data):
    what: Required = Field(title="Ce qui sera fait")
    who_id: AccountId = Field(title="Par qui")
    due_on: date = Field(title="Avant le")


def _plan_obstacles(step: Step, data: PlanLastAct) -> Iterable[Reason]:
    if step.subject["kind"] != "rehousing":
        yield Reason("act.rehousing_only", "Les derniers occupants sont ceux d’un bâtiment à libérer (NPRU).")
    if data.due_on < step.today:
        yield Reason(
            "field.due_on", f"Avant le : le {data.due_on:%d/%m/%Y} est passé ; indiquez une date à venir."
        )
    who = step.need(Account, "Le compte", id=data.who_id)
    if not who["active"]:
        yield Reason("act.inactive", f"Le compte de {who['name']} est fermé : choisissez une autre personne.")
    if step.subject["protected"] and not step.get(NamedReader, case_id=step.case_id, account_id=data.who_id):
        yield Reason(
            "owner.reader",
            "Ce dossier est protégé : nommez d’abord cette personne parmi les lecteurs.",
            "Domaine 6.4",
        )


@command(CASE, PlanLastAct, check=_plan_obstacles, moves=False)
def plan_last_act(step: Step, data: PlanLastAct) -> None:
    """One household without a solution is enough to stop a site: its next act has a person and a date."""
    act_id = step.insert(PlannedAct, case_id=step.case_id, planned_on=step.occurred_on, **data.model_dump())
    step.created["act"] = act_id
    step.touch("planned_act", act_id)
    told = "une action vous revient"
    if not step.subject["protected"]:
        told = f"{data.what}, avant le {data.due_on:%d/%m/%Y}"
    step.tell(data.who_id, "news", f"{step.case_id} : {told}.", step.case_id)


class FinishLastAct(Data):
    act_id: ActId = Field(title="Action prévue")
    done_on: DayOfFact = Field(title="Faite le")
    result: LongText = Field(default="", title="Ce qu’il en est sorti")


def _finish_obstacles(step: Step, data: FinishLastAct) -> Iterable[Reason]:
    yield from past(data.done_on, step.today, "Faite le", "done_on")
    if step.get(PlannedAct, id=data.act_id, case_id=step.case_id, answer="waiting") is None:
        yield Reason("act.none", "Aucune action prévue n’est ouverte : choisissez-la dans la liste.")


@command(CASE, FinishLastAct, check=_finish_obstacles, moves=False)
def finish_last_act(step: Step, data: FinishLastAct) -> None:
    step.update(PlannedAct, {"id": data.act_id}, answer="done", answered_on=data.done_on, result=data.result)
    step.touch("planned_act", data.act_id)
