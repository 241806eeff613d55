"""The end of retention, every day: cases erased through the door once announced; drafts, read log and copies
of mails past their own term (domain 6.2). Running it again does nothing."""

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from cases.actor import SYSTEM
from cases.clock import morning_of
from cases.command import Command
from cases.commands import execute
from cases.rules.dates import add_months
from cases.step import settings_now
from db import rows
from db.engine import reading, transaction
from db.tables.clock import Deadline, Mail
from db.tables.people import Draft, ReadLog

_DEADLINE, _DRAFT, _READ, _MAIL = (rows.table_of(model) for model in (Deadline, Draft, ReadLog, Mail))


def end_retention(today: date, now: datetime) -> dict[str, int]:
    """What was erased, and what waits for its notice to have been given."""
    counts = {"cases_erased": 0, "erasures_waiting": 0}
    for case_id, due_on in _ended(today):
        key = f"clock.erase_case.{case_id}.{due_on}.{today}"
        outcome = execute(Command(id=key, type="erase_case", target=case_id), now=now, actor=SYSTEM)
        counts["cases_erased"] += outcome.status == "accepted"
        counts["erasures_waiting"] += outcome.status == "refused"
    return counts | _beside_cases(today)


def _ended(today: date) -> list[tuple[str, date]]:
    query = (
        sa.select(_DEADLINE.c.case_id, _DEADLINE.c.due_on)
        .where(_DEADLINE.c.kind == "retention", _DEADLINE.c.closed_at.is_(None))
        .where(_DEADLINE.c.due_on <= today, _DEADLINE.c.case_id.is_not(None))
        .order_by(_DEADLINE.c.due_on, _DEADLINE.c.case_id)
    )
    with reading() as connection:
        return [(row.case_id, row.due_on) for row in connection.execute(query)]


def _beside_cases(today: date) -> dict[str, int]:
    with transaction() as connection:
        settings = settings_now(connection)
        drafts_until = today - timedelta(days=settings.int_on("retention_draft_days", today))
        log_until = add_months(today, -settings.int_on("retention_access_log_months", today))
        mails_until = add_months(today, -settings.int_on("retention_mail_months", today))
        said = _MAIL.c.state.in_(("sent", "refused")), _MAIL.c.text != ""
        statements: dict[str, Any] = {
            "drafts_erased": sa.delete(_DRAFT).where(_DRAFT.c.saved_at < morning_of(drafts_until)),
            "reads_erased": sa.delete(_READ).where(_READ.c.at < morning_of(log_until)),
            "mails_erased": sa.update(_MAIL).where(*said, _MAIL.c.day < mails_until).values(text="", html=""),
        }
        return {name: connection.execute(each).rowcount for name, each in statements.items()}
