"""The mails that left or did not, for the administrator; whether I get the daily digest."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from db.engine import reading
from db.rows import table_of
from db.scope import Scope
from db.tables.clock import Mail
from db.tables.people import Account

MAIL, ACCOUNT = table_of(Mail), table_of(Account)
ADMINISTRATOR = "administrator"
MOST = 30


@dataclass(frozen=True, slots=True)
class Trouble:
    """A mail that the server refused for good, or that still waits after a failure. Never its content."""

    id: int
    name: str
    address: str
    state: str
    tries: int
    written_at: datetime
    next_try_at: datetime
    error: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The address of an account and whether it wants its digest there."""

    address: str
    wanted: bool


def mail_counts(scope: Scope) -> dict[str, int]:
    """How many mails in each state: queued, sending, sent, refused."""
    if scope.role != ADMINISTRATOR:
        return {}
    query = sa.select(MAIL.c.state, sa.func.count()).group_by(MAIL.c.state)
    with reading() as connection:
        return {str(state): int(count) for state, count in connection.execute(query)}


def mail_troubles(scope: Scope) -> tuple[Trouble, ...]:
    """The last ones that did not leave."""
    if scope.role != ADMINISTRATOR:
        return ()
    plain = ("id", "address", "state", "tries", "written_at", "next_try_at", "error")
    query = (
        sa.select(*(MAIL.c[name] for name in plain), ACCOUNT.c.name)
        .join(ACCOUNT, ACCOUNT.c.id == MAIL.c.recipient_id)
        .where(MAIL.c.error != "")
        .order_by(MAIL.c.id.desc())
        .limit(MOST)
    )
    with reading() as connection:
        return tuple(Trouble(**row) for row in connection.execute(query).mappings())


def my_choice(scope: Scope) -> Choice:
    query = sa.select(ACCOUNT.c.email, ACCOUNT.c.mail_wanted).where(ACCOUNT.c.id == scope.account_id)
    with reading() as connection:
        row = connection.execute(query).first()
    return Choice(row.email, row.mail_wanted) if row else Choice("", False)
