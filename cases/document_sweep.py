"""Every day: what documents held is erased once they are removed; that they were there stays on record."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from cases import journal
from cases.step import settings_now
from db import documents, rows
from db.engine import transaction
from db.tables.beside import Document

_DOCUMENT = rows.table_of(Document)


def erase_removed(today: date, now: datetime) -> dict[str, int]:
    """Mark what is erased, then erase every content that no document names. Running it again does nothing."""
    with transaction() as connection:
        journal.lock_head(connection)  # nobody attaches the same content between the question and the answer
        days = settings_now(connection).int_on("document_erase_days", today)
        before = today - timedelta(days=days)
        gone = sa.and_(_DOCUMENT.c.removed_on <= before, _DOCUMENT.c.erased_at.is_(None))
        marked = connection.execute(sa.update(_DOCUMENT).where(gone).values(erased_at=now)).rowcount
        named = sa.select(_DOCUMENT.c.digest).where(_DOCUMENT.c.erased_at.is_(None))
        documents.erase_all_but(set(connection.execute(named).scalars()))
    return {"documents_erased": marked}
