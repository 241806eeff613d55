"""When a record has changed since the person opened it: who did what in between."""

import sqlalchemy as sa

from cases.clock import PARIS
from cases.labels import EVENTS
from cases.reasons import Reason
from cases.step import Step
from db import rows
from db.tables.journal import JournalEntry, JournalLink

MOST_TOLD = 10  # changes named


class Conflict(Exception):  # noqa: N818  # an outcome, not a failure
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.sentence)
        self.reason = reason


def what_changed(step: Step, seen: int) -> Reason:
    """Newest first, at most ten; times are those of Paris."""
    entry, link = rows.table_of(JournalEntry), rows.table_of(JournalLink)
    numbers = sa.union_all(
        sa.select(entry.c.number).where(entry.c.subject == f"{step.about}:{step.subject['id']}"),
        sa.select(link.c.number).where(link.c.case_id == step.subject["id"]),
    )
    newest = (
        sa.select(entry.c.actor, entry.c.type, entry.c.recorded_at)
        .where(entry.c.number.in_(numbers))
        .order_by(entry.c.number.desc())
        .limit(min(MOST_TOLD, max(1, step.subject["version"] - seen)))
    )
    said = [
        f"« {EVENTS.get(row.type, row.type)} » par {row.actor} "
        f"le {row.recorded_at.astimezone(PARIS):%d/%m/%Y à %H:%M}"
        for row in step.connection.execute(newest)
    ]
    return Reason(
        "version.changed",
        f"Le dossier a changé depuis que vous l’avez ouvert : {' ; '.join(said)}. Relisez-le, "
        f"votre saisie est gardée.",
    )
