"""Moving costs and works in the new dwelling: facts, with who pays. No ceiling is known to judge them by."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from cases.commands.fields import Choices, DayOfFact, Ref, RequiredLong, Text, one_of, past
from cases.commands.temporary import Payer
from cases.labels.operation import COSTS
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.step import Step
from db.tables.rehousing import RehousingCost

CostKind = Annotated[str, AfterValidator(one_of(COSTS)), Choices(COSTS)]
CostId = Annotated[int, Ref("cost")]
Amount = Annotated[Decimal, Field(gt=0, le=100_000, decimal_places=2)]


class RecordCost(Data):
    kind: CostKind = Field(title="Nature")
    amount: Amount = Field(title="Montant (€)")
    paid_by: Payer = Field(title="Payé par")
    spent_on: DayOfFact = Field(title="Date de la dépense")
    detail: Text = Field(default="", title="Précisions")


def _cost_obstacles(step: Step, data: RecordCost) -> Iterable[Reason]:
    yield from past(data.spent_on, step.today, "Date de la dépense", "spent_on")


@command(CASE, RecordCost, check=_cost_obstacles, moves=False)
def record_cost(step: Step, data: RecordCost) -> None:
    step.created["cost"] = step.insert(RehousingCost, case_id=step.case_id, **data.model_dump())


class AnnulCost(Data):
    cost_id: CostId = Field(title="Dépense")
    reason: RequiredLong = Field(title="Motif de l’annulation")


def _annul_obstacles(step: Step, data: AnnulCost) -> Iterable[Reason]:
    if step.get(RehousingCost, id=data.cost_id, case_id=step.case_id, annulled_reason="") is None:
        yield Reason("cost.none", "Cette dépense n’est pas dans le dossier, ou est déjà annulée.")


@command(CASE, AnnulCost, check=_annul_obstacles, moves=False)
def annul_cost(step: Step, data: AnnulCost) -> None:
    """Typed in error: kept with the reason, no longer added up."""
    step.update(RehousingCost, {"id": data.cost_id}, annulled_reason=data.reason)
