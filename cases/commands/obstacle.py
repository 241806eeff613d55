"""Obstacles (freins): each with what is done about it, by whom and before when (domain 4.1)."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from cases.commands.fields import AccountId, ObstacleKind, ObstacleResult, Ref, Required, RequiredLong, Text
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.step import Step
from db.rows import Row
from db.tables.case import NamedReader
from db.tables.people import Account
from db.tables.support import Obstacle

ObstacleId = Annotated[int, Ref("obstacle")]
GRID = "Grille partagée du diagnostic, freins"


class NoteObstacle(Data):
    kind: ObstacleKind = Field(title="Frein")
    action: Required = Field(title="Action prévue")
    due_on: date = Field(title="Avant le")
    owner_id: AccountId | None = Field(default=None, title="Confiée à")
    owner_name: Text = Field(default="", title="Ou à une personne sans compte")


class FollowObstacles(Data):
    obstacles: Annotated[list[NoteObstacle], Field(min_length=1, max_length=15)] = Field(
        title="Freins à suivre"
    )


class ChangeObstacle(Data):
    obstacle_id: ObstacleId = Field(title="Frein")
    action: Text = Field(default="", title="Nouvelle action")
    due_on: date | None = Field(default=None, title="Nouvelle date")
    owner_id: AccountId | None = Field(default=None, title="Confiée à")
    owner_name: Text = Field(default="", title="Ou à une personne sans compte")
    reason: RequiredLong = Field(title="Pourquoi ce changement")


class SettleObstacle(Data):
    obstacle_id: ObstacleId = Field(title="Frein")
    result: ObstacleResult = Field(title="Résultat")
    outcome: RequiredLong = Field(title="Ce qui a été fait")


def _whose(step: Step, data: NoteObstacle | ChangeObstacle) -> Iterable[Reason]:
    if data.owner_id and data.owner_name:
        yield Reason(
            "obstacle.two_owners",
            "Confiée à : une action n’a qu’un responsable ; gardez le compte ou le nom, pas les deux.",
            GRID,
        )
    if data.owner_id is None:
        return
    account = step.need(Account, "Le compte", id=data.owner_id)
    if not account["active"]:
        yield Reason(
            "obstacle.owner_gone",
            f"Confiée à : le compte de {account['name']} est fermé ; choisissez-en un autre.",
        )
    named = step.get(NamedReader, case_id=step.case_id, account_id=data.owner_id)
    if step.subject["protected"] and named is None:
        yield Reason(
            "obstacle.reader",
            f"Ce dossier est protégé : nommez d’abord {account['name']} comme lecteur.",
            "Domaine 6.4",
        )


def _due(step: Step, due_on: date | None) -> Iterable[Reason]:
    if due_on is not None and due_on < step.occurred_on:
        yield Reason(
            "field.due_on",
            f"Avant le : le {due_on:%d/%m/%Y} est déjà passé ; choisissez une date à venir.",
            GRID,
        )


def _note_obstacles(step: Step, data: NoteObstacle) -> Iterable[Reason]:
    yield from _due(step, data.due_on)
    yield from _whose(step, data)


@command(CASE, NoteObstacle, check=_note_obstacles, moves=False)
def note_obstacle(step: Step, data: NoteObstacle) -> None:
    """Something keeps the household from a solution: somebody acts on it before a date."""
    step.created["obstacle"] = _note(step, data)


def _follow_obstacles(step: Step, data: FollowObstacles) -> Iterable[Reason]:
    for one in data.obstacles:
        yield from _note_obstacles(step, one)


@command(CASE, FollowObstacles, check=_follow_obstacles, moves=False)
def follow_obstacles(step: Step, data: FollowObstacles) -> None:
    """Those that the diagnosis ticked, each with its action, its owner and its date, at once."""
    step.created["obstacles"] = [_note(step, one) for one in data.obstacles]


def _note(step: Step, data: NoteObstacle) -> int:
    obstacle_id: int = step.insert(
        Obstacle, case_id=step.case_id, noted_on=step.occurred_on, noted_by=step.actor.id, **data.model_dump()
    )
    step.touch("obstacle", obstacle_id)
    _tell_owner(step, data.owner_id, data.due_on)
    return obstacle_id


def _tell_owner(step: Step, owner_id: str | None, due_on: date) -> None:
    words = f"Une action vous est confiée sur le dossier {step.case_id}, avant le {due_on:%d/%m/%Y}."
    step.tell(owner_id, "news", words, step.case_id)


def _open_row(step: Step, obstacle_id: int) -> Row | None:
    return step.get(Obstacle, id=obstacle_id, case_id=step.case_id, result="open")


NOT_OPEN = Reason(
    "obstacle.not_open", "Ce frein n’est pas ouvert sur ce dossier : choisissez-en un dans la liste.", GRID
)


def _change_obstacles(step: Step, data: ChangeObstacle) -> Iterable[Reason]:
    if _open_row(step, data.obstacle_id) is None:
        yield NOT_OPEN
    yield from _due(step, data.due_on)
    yield from _whose(step, data)
    if not (data.action or data.due_on or data.owner_id or data.owner_name):
        yield Reason(
            "obstacle.no_change", "Rien ne change : indiquez une action, une date ou un responsable."
        )


@command(CASE, ChangeObstacle, check=_change_obstacles, moves=False)
def change_obstacle(step: Step, data: ChangeObstacle) -> None:
    """Another action, date or owner; what is left empty stays. The journal keeps why."""
    changes: Row = {name: value for name in ("action", "due_on") if (value := getattr(data, name))}
    if data.owner_id or data.owner_name:
        changes |= {"owner_id": data.owner_id, "owner_name": data.owner_name}
    step.update(Obstacle, {"id": data.obstacle_id}, **changes)
    step.touch("obstacle", data.obstacle_id)
    row = step.need(Obstacle, "Le frein", id=data.obstacle_id)
    _tell_owner(step, data.owner_id, row["due_on"])


def _settle_obstacles(step: Step, data: SettleObstacle) -> Iterable[Reason]:
    if _open_row(step, data.obstacle_id) is None:
        yield NOT_OPEN


@command(CASE, SettleObstacle, check=_settle_obstacles, moves=False)
def settle_obstacle(step: Step, data: SettleObstacle) -> None:
    """What came of the action; whoever follows the case hears of it."""
    _settle(step, data.obstacle_id, data.result, data.outcome)
    step.tell(
        step.subject["owner_id"],
        "news",
        f"L’action sur un frein de {step.case_id} est achevée.",
        step.case_id,
    )


def _settle(step: Step, obstacle_id: int, result: str, outcome: str) -> None:
    step.update(Obstacle, {"id": obstacle_id}, result=result, outcome=outcome, settled_on=step.occurred_on)
    step.touch("obstacle", obstacle_id)


def end_obstacles(step: Step, case: Row) -> None:
    """The case stops: its actions have no object any more."""
    for row in step.find(Obstacle, case_id=case["id"], result="open"):
        _settle(step, row["id"], "no_object", "Dossier clos")
