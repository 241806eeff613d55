"""Taking back one's last step, for a few minutes, while nothing else has happened to the case."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
import sqlalchemy as sa

from cases.labels import COMMANDS as LABELS
from cases.last_step import LastStep, last_step, take_back_obstacles
from cases.reasons import Reason
from cases.registry import CASE, NoData, command
from cases.step import Step
from cases.write_log import put_back
from db import rows
from db.rows import Row
from db.tables.clock import Notice
from db.tables.journal import JournalEntry

_NOTICE, _ENTRY = rows.table_of(Notice), rows.table_of(JournalEntry)
OF_THE_DOOR = {"version", "touched_at", "legal_on"}  # the door sets them for this command as for any other


def _undo_obstacles(step: Step, _: NoData) -> Iterable[Reason]:
    last = last_step(step.connection, str(step.case_id))
    return take_back_obstacles(last, step.actor.id, step.now, int(step.setting("undo_minutes")))


@command(CASE, check=_undo_obstacles, moves=False, needs_open=False)
def undo_last_step(step: Step, data: NoData) -> None:
    """Every row that the step wrote is as it was, those it added are gone; the journal keeps both lines."""
    last = last_step(step.connection, str(step.case_id))
    if last is None:
        raise LookupError("the check found a step to take back")
    step.created["undone"] = {"number": last.number, "type": last.type}
    for line in reversed(_details(step, last)["undo"]):
        former = put_back(step.connection, line)
        if (line["table"], line["key"]) == ("case_file", step.case_id):
            step.set(**_facts(former))
    _untell(step, last)


def _details(step: Step, last: LastStep) -> Row:
    query = sa.select(_ENTRY.c.details).where(_ENTRY.c.number == last.number)
    found: Row = orjson.loads(step.connection.execute(query).scalar_one())
    return found


def _facts(former: Mapping[str, Any]) -> Row:
    return {name: value for name, value in former.items() if name not in OF_THE_DOOR}


def _untell(step: Step, last: LastStep) -> None:
    """What was not yet delivered is not said at all; who has been told is told that it was taken back."""
    of_step = _NOTICE.c.key.startswith(f"{last.number}/")
    told = step.connection.execute(
        sa.select(_NOTICE.c.recipient_id).where(of_step, _NOTICE.c.delivered_at.is_not(None))
    )
    sentence = f"{step.case_id} : « {LABELS[last.type]} » a été annulé par son auteur."
    step.tell_each(list(told.scalars()), "news", sentence, step.case_id)
    step.connection.execute(sa.delete(_NOTICE).where(of_step, _NOTICE.c.delivered_at.is_(None)))
