"""A session moves, either way: what was on time stays on time, no date said before is quoted again."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from pydantic import Field

from cases.commands.fields import RequiredLong
from cases.commands.ici_session import twice
from cases.commands.moved import ForeseenMove, leads_of, move_effects
from cases.reasons import Reason
from cases.registry import SESSION, Data, command
from cases.step import Step
from db import rows
from db.tables.clock import Notice
from db.tables.ici import IciSession, Obligation
from db.tables.journal import JournalEntry

_NOTICE, _JOURNAL = rows.table_of(Notice), rows.table_of(JournalEntry)


class MoveSession(Data):
    held_on: date = Field(title="Nouvelle date")
    reason: RequiredLong = Field(title="Motif")


def _move_obstacles(step: Step, data: MoveSession) -> Iterable[Reason]:
    if data.held_on <= step.today:
        yield Reason("session.past", f"Nouvelle date {data.held_on:%d/%m/%Y} : choisissez une date à venir.")
    if data.held_on == step.subject["held_on"]:
        yield Reason(
            "session.same_day", f"La séance est déjà le {data.held_on:%d/%m/%Y} : choisissez un autre jour."
        )
        return
    if step.get(IciSession, ici=step.subject["ici"], held_on=data.held_on) is not None:
        yield twice(step.subject["ici"], data.held_on)


@command(SESSION, MoveSession, check=_move_obstacles)
def move_session(step: Step, data: MoveSession) -> None:
    """What was on time stays on time: timings are stored, and the limit moves for new items only."""
    move = move_effects(step.connection, step.settings, step.subject, data.held_on, step.now)
    step.set(held_on=move.held.new, limit_on=move.limit.new)
    for duty in move.duties:
        if duty.due.moved:
            step.update(Obligation, {"id": duty.id}, due_on=duty.due.new)
            step.touch("obligation", duty.id)
    for case in move.cases:
        step.concerns[case.id] = None
    _tell(step, move)


def _tell(step: Step, move: ForeseenMove) -> None:
    """Once each. What was written with the former dates and has not left is replaced."""
    said = " ".join(_sentences(move))
    waiting = _not_yet_left(step)
    owing = set(leads_of(step.connection, [duty.body_id for duty in move.duties if duty.due.moved]))
    for person in move.told:
        owes = f" Ce que votre organisme doit exécuter est attendu pour le {move.held.new:%d/%m/%Y}."
        more = owes if person.id in owing else ""
        if person.id in waiting:
            step.update(Notice, {"id": waiting[person.id]}, text=said + more)
        else:
            step.tell(person.id, "news", said + more)


def _sentences(move: ForeseenMove) -> Iterator[str]:
    yield (
        f"La séance de l’ICI {move.ici} du {move.held.old:%d/%m/%Y} est déplacée au {move.held.new:%d/%m/%Y}."
    )
    if move.limit.moved:
        yield (
            f"Dépôt des remontées jusqu’au {move.limit.new:%d/%m/%Y} à 23:59:59, au lieu du "
            f"{move.limit.old:%d/%m/%Y}."
        )
    yield "Ce qui a été déposé dans les délais le reste."


def _not_yet_left(step: Step) -> dict[str, int]:
    """Recipient → the notice of this session's call, or of an earlier move, that is not delivered yet."""
    numbers = sa.select(_JOURNAL.c.number).where(
        _JOURNAL.c.subject == f"session:{step.subject['id']}",
        _JOURNAL.c.type.in_(["open_call", "move_session"]),
    )
    found: dict[str, int] = {}
    for number in step.connection.execute(numbers).scalars().all():
        query: Any = sa.select(_NOTICE.c.id, _NOTICE.c.recipient_id).where(
            _NOTICE.c.key.startswith(f"{number}/"), _NOTICE.c.delivered_at.is_(None)
        )
        found |= {row.recipient_id: row.id for row in step.connection.execute(query)}
    return found
