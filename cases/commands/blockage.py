"""Blocked is a fact beside the path: opened and closed by people, never a state."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from cases.commands.fields import BlockageTheme, LongText, Ref, RequiredLong, past
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.step import Step
from db.rows import Row
from db.tables.case import Blockage


class OpenBlockage(Data):
    theme: BlockageTheme = Field(title="Ce qui bloque")
    since: date | None = Field(default=None, title="Depuis le")
    explanation: LongText = Field(default="", title="Explication")


def _blockage_obstacles(step: Step, data: OpenBlockage) -> Iterable[Reason]:
    yield from past(data.since, step.today, "Depuis le", "since")
    if step.get(Blockage, case_id=step.case_id, theme=data.theme, until=None) is not None:
        yield Reason("blockage.already_open", "Ce blocage est déjà ouvert pour ce dossier.")


@command(CASE, OpenBlockage, check=_blockage_obstacles, moves=False)
def open_blockage(step: Step, data: OpenBlockage) -> None:
    blockage_id = step.insert(
        Blockage,
        case_id=step.case_id,
        theme=data.theme,
        since=data.since or step.occurred_on,
        explanation=data.explanation,
        said_by=step.actor.id,
    )
    step.set(open_blockages=step.subject["open_blockages"] + 1)
    step.created["blockage"] = blockage_id
    step.tell(step.subject["owner_id"], "news", f"Blocage signalé sur {step.case_id}.", step.case_id)


class CloseBlockage(Data):
    blockage_id: Annotated[int, Ref("blockage")] = Field(title="Blocage")
    outcome: RequiredLong = Field(title="Comment il a été levé")


def _closing_obstacles(step: Step, data: CloseBlockage) -> Iterable[Reason]:
    row = step.get(Blockage, id=data.blockage_id, case_id=step.case_id)
    if row is None or row["until"] is not None:
        yield Reason("blockage.not_open", "Ce blocage n’est pas ouvert sur ce dossier.")


@command(CASE, CloseBlockage, check=_closing_obstacles, moves=False)
def close_blockage(step: Step, data: CloseBlockage) -> None:
    step.update(Blockage, {"id": data.blockage_id}, until=step.occurred_on, outcome=data.outcome)
    step.set(open_blockages=step.subject["open_blockages"] - 1)


def end_blockages(step: Step, case: Row, why: str) -> Row:
    """Nothing blocks a case that has moved or is closed; the columns of the case that follow."""
    if not case["open_blockages"]:
        return {}
    for row in step.find(Blockage, case_id=case["id"], until=None):
        step.update(Blockage, {"id": row["id"]}, until=step.occurred_on, outcome=why)
    return {"open_blockages": 0}
