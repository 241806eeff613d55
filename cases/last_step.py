"""The last thing that happened to a case, and whether its author may still take it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson
import sqlalchemy as sa
from sqlalchemy import Connection

from cases import access, journal
from cases.actor import Actor
from cases.clock import day_in_paris
from cases.labels import COMMANDS as LABELS
from cases.reasons import Reason
from cases.step import settings_at
from cases.undoable import UNDOABLE
from db import rows
from db.engine import reading
from db.tables.case import CaseFile
from db.tables.journal import JournalEntry, JournalLink

_ENTRY, _LINK = rows.table_of(JournalEntry), rows.table_of(JournalLink)
_LAST = sa.select(
    sa.func.max(_ENTRY.c.number).label("own"),
    sa.select(sa.func.max(_LINK.c.number)).where(_LINK.c.case_id == sa.bindparam("of")).scalar_subquery(),
).where(_ENTRY.c.case_id == sa.bindparam("of"))
_LINE = sa.select(_ENTRY).where(_ENTRY.c.number == sa.bindparam("number"))


@dataclass(frozen=True, slots=True)
class LastStep:
    """`complete`: the journal still has what the step wrote. `alone`: it changed this case only."""

    number: int
    type: str
    actor: str
    at: datetime
    complete: bool
    alone: bool


def last_step(connection: Connection, case_id: str) -> LastStep | None:
    numbers = [found for found in connection.execute(_LAST, {"of": case_id}).one() if found is not None]
    if not numbers:
        return None
    row = connection.execute(_LINE, {"number": max(numbers)}).mappings().one()
    details = orjson.loads(row["details"] or "{}")
    alone = row["case_id"] == case_id and not details.get("cases")
    return LastStep(row["number"], row["type"], row["actor"], row["recorded_at"], "undo" in details, alone)


def take_back_obstacles(
    last: LastStep | None, actor_id: str, now: datetime, minutes: int
) -> Iterable[Reason]:
    """Why that step cannot be taken back by this person now."""
    if last is None or last.actor != actor_id:
        yield Reason(
            "undo.other",
            "La dernière action du dossier n’est pas la vôtre : enregistrez plutôt une correction.",
        )
        return
    if last.type not in UNDOABLE or not last.complete or not last.alone:
        yield Reason(
            "undo.not_this",
            f"« {LABELS.get(last.type, last.type)} » ne s’annule pas : d’autres en sont déjà informés. "
            "Enregistrez plutôt une correction.",
        )
    elif now > last.at + timedelta(minutes=minutes):
        yield Reason(
            "undo.late",
            f"Le délai de {minutes} minutes pour annuler est passé : enregistrez plutôt une correction.",
            "Réglage undo_minutes (à valider)",
        )


@dataclass(frozen=True, slots=True)
class TakeBack:
    """What may be taken back, and how many minutes are left."""

    label: str
    minutes: int


def to_take_back(case_id: str, actor: Actor, *, now: datetime) -> TakeBack | None:
    """For the case page: None when there is nothing that this person may take back now."""
    if not access.may_ever(actor, "undo_last_step"):
        return None
    with reading() as connection:
        case = rows.get(connection, CaseFile, id=case_id)
        if case is None or access.obstacles(connection, actor, "undo_last_step", "case", case):
            return None
        settings = settings_at(connection, journal.read_head(connection).settings_version)
        minutes = settings.int_on("undo_minutes", day_in_paris(now))
        last = last_step(connection, case_id)
    if last is None or any(take_back_obstacles(last, actor.id, now, minutes)):
        return None
    left = (last.at + timedelta(minutes=minutes) - now).total_seconds()
    return TakeBack(LABELS[last.type], max(1, int(left // 60)))
