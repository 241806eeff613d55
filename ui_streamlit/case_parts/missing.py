"""What a transfer still lacks to be admitted, as its reader may know it."""

from collections.abc import Collection
from datetime import date

from cases import journal
from cases.lifecycle import missing_evidence
from cases.reasons import Reason
from cases.step import settings_at
from db.engine import reading
from db.rows import get
from db.tables.case import CaseFile


def missing_today(case_id: str, criteria: Collection[str], today: date) -> tuple[Reason, ...]:
    """`criteria`: the situations that the reader sees; of the others nothing is said."""
    with reading() as connection:
        settings = settings_at(connection, journal.read_head(connection).settings_version)
        case = get(connection, CaseFile, id=case_id)
    if case is None:
        return ()
    seen = [code for code in case["criteria"] if code in criteria]
    if case["criteria"] and not seen:
        return ()
    months = settings.int_on("mutation_waiting_months", today)
    return missing_evidence(case | {"criteria": seen}, today, months)
