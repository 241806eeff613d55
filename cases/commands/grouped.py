"""Grouped solutions: dwellings kept for households who stay together; each of them answers for itself.

After Alma-Fontenoy (domain 1.1): a household may prefer an individual solution. It refuses no offer by that.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from cases.commands.fields import CaseId, Insee, LandlordId, LongText, Ref, Required, RequiredLong
from cases.commands.operation import of_own_operation
from cases.reasons import Reason
from cases.registry import CASE, OPERATION, Data, command
from cases.step import Step
from db.rows import Row
from db.tables.case import CaseFile, NamedReader
from db.tables.operation import Building
from db.tables.people import Body
from db.tables.rehousing import GroupedAnswer, GroupedSolution

GroupedId = Annotated[str, Field(max_length=80), Ref("grouped")]


class ProposeGroupedSolution(Data):
    name: Required = Field(title="Nom de la solution groupée")
    landlord_id: LandlordId = Field(title="Bailleur relogeur")
    address: Required = Field(title="Adresse (résidence)")
    commune: Insee = Field(title="Commune")
    dwellings: Annotated[int, Field(ge=2, le=200)] = Field(title="Nombre de logements")
    case_ids: Annotated[list[CaseId], Field(min_length=2, max_length=200)] = Field(title="Ménages concernés")
    answer_due_on: date = Field(title="Réponse des ménages avant le")
    ready_on: date | None = Field(default=None, title="Logements disponibles le")


def _grouped_obstacles(step: Step, data: ProposeGroupedSolution) -> Iterable[Reason]:
    yield from of_own_operation(step, data)
    if len(set(data.case_ids)) > data.dwellings:
        yield Reason(
            "grouped.too_many",
            f"{len(set(data.case_ids))} ménages pour {data.dwellings} logements : retirez des ménages.",
        )
    if data.answer_due_on < step.occurred_on:
        yield Reason("field.answer_due_on", "Réponse des ménages avant le : la date est passée ; corrigez.")
    step.need(Body, "Le bailleur", id=data.landlord_id)
    buildings = {row["id"] for row in step.find(Building, operation_id=step.subject["id"])}
    for case_id in dict.fromkeys(data.case_ids):
        yield from _household_obstacles(step, case_id, buildings)


def _household_obstacles(step: Step, case_id: str, buildings: set[str]) -> Iterable[Reason]:
    case = step.get(CaseFile, id=case_id)
    if case is None or case["building_id"] not in buildings or not _may_open(step, case):
        yield Reason("grouped.case", f"{case_id} n’est pas un ménage de cette opération que vous suivez.")
    elif case["closed_on"] is not None or case["moved_in_on"] is not None:
        yield Reason("grouped.settled", f"{case_id} est déjà relogé ou clos : retirez-le.")


def _may_open(step: Step, case: Row) -> bool:
    """A protected household is named by its readers only."""
    if not case["protected"]:
        return True
    return step.get(NamedReader, case_id=case["id"], account_id=step.actor.id) is not None


@command(OPERATION, ProposeGroupedSolution, check=_grouped_obstacles, moves=False)
def propose_grouped_solution(step: Step, data: ProposeGroupedSolution) -> None:
    """The households are asked; nothing is offered yet, so nothing can be counted."""
    grouped_id = step.reference("SG", 3)
    values = data.model_dump(exclude={"case_ids"})
    step.insert(
        GroupedSolution,
        id=grouped_id,
        operation_id=step.subject["id"],
        proposed_on=step.occurred_on,
        **values,
    )
    step.created["grouped"] = grouped_id
    for case_id in dict.fromkeys(data.case_ids):
        case = step.need(CaseFile, "Le dossier", id=case_id)
        answer_id = step.insert(
            GroupedAnswer, grouped_id=grouped_id, case_id=case_id, answer_due_on=data.answer_due_on
        )
        step.change_case(case)
        step.touch("grouped_answer", answer_id)
        _tell_owner(step, case, data)


def _tell_owner(step: Step, case: Row, data: ProposeGroupedSolution) -> None:
    asked = "une réponse est attendue"
    if not case["protected"]:
        asked = f"solution groupée « {data.name} », réponse du ménage attendue"
    text = f"{case['id']} : {asked} avant le {data.answer_due_on:%d/%m/%Y}."
    step.tell(case["owner_id"], "news", text, case["id"])


class AnswerGroupedSolution(Data):
    grouped_id: GroupedId = Field(title="Solution groupée")
    joins: bool = Field(title="Le ménage rejoint le groupe")
    words: LongText = Field(default="", title="Ce que dit le ménage")


def _waiting(step: Step, grouped_id: str) -> Row | None:
    return step.get(GroupedAnswer, grouped_id=grouped_id, case_id=step.case_id, answer="waiting")


def _answer_obstacles(step: Step, data: AnswerGroupedSolution) -> Iterable[Reason]:
    if _waiting(step, data.grouped_id) is None:
        yield Reason("grouped.none", "Aucune solution groupée n’attend la réponse de ce ménage.")


@command(CASE, AnswerGroupedSolution, check=_answer_obstacles, moves=False)
def answer_grouped_solution(step: Step, data: AnswerGroupedSolution) -> None:
    """Declining leaves no refusal: only the answer to an individual written offer can be counted."""
    answer = _waiting(step, data.grouped_id)
    if answer is None:
        raise LookupError("the check found an answer awaited")
    step.update(
        GroupedAnswer,
        {"id": answer["id"]},
        answer="joined" if data.joins else "declined",
        answered_on=step.occurred_on,
        words=data.words,
    )
    step.touch("grouped_answer", answer["id"])


class AnnulGroupedSolution(Data):
    grouped_id: GroupedId = Field(title="Solution groupée")
    reason: RequiredLong = Field(title="Motif de l’annulation")


def _annul_obstacles(step: Step, data: AnnulGroupedSolution) -> Iterable[Reason]:
    yield from of_own_operation(step, data)
    found = step.get(GroupedSolution, id=data.grouped_id, operation_id=step.subject["id"])
    if found is None or found["annulled_reason"]:
        yield Reason("grouped.unknown", "Cette solution groupée n’existe pas ici, ou est déjà annulée.")


@command(OPERATION, AnnulGroupedSolution, check=_annul_obstacles, moves=False)
def annul_grouped_solution(step: Step, data: AnnulGroupedSolution) -> None:
    """The households go on by themselves; who had joined is told."""
    step.update(GroupedSolution, {"id": data.grouped_id}, annulled_reason=data.reason)
    for answer in step.find(GroupedAnswer, grouped_id=data.grouped_id):
        case = step.need(CaseFile, "Le dossier", id=answer["case_id"])
        step.tell(case["owner_id"], "news", f"{case['id']} : la solution groupée est annulée.", case["id"])
        if answer["answer"] == "waiting":
            step.update(GroupedAnswer, {"id": answer["id"]}, answer="ended", answered_on=step.occurred_on)
            step.touch("grouped_answer", answer["id"])
