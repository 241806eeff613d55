"""Who hears of a deadline on a given day: never a closed account, never somebody away while another is there.

The one meant; away, their deputy; else the lead, the holder, the secretariat, an administrator.
When everybody is away, the one meant after all: a message in an inbox is better than silence.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa

from db import rows
from db.tables.clock import Deadline
from db.tables.people import Account

_ACCOUNT, _DEADLINE = rows.table_of(Account), rows.table_of(Deadline)
# A statement kept for many days has a parameter there.
Day = date | sa.BindParameter[date]
OFFICE = ("ici_secretariat", "administrator")


def _away(person: Any, today: Day) -> sa.ColumnElement[bool]:
    not_back = sa.or_(person.c.absent_until.is_(None), person.c.absent_until >= today)
    return sa.and_(person.c.absent_from.is_not(None), person.c.absent_from <= today, not_back)


def _hearers(today: Day, name: str) -> sa.Subquery:
    """Account → who hears in its place that day; accounts for which nobody does are left out."""
    person, deputy = _ACCOUNT.alias(f"{name}_person"), _ACCOUNT.alias(f"{name}_deputy")
    there = sa.and_(deputy.c.active, ~_away(deputy, today))
    hearer = sa.case((~_away(person, today), person.c.id), (there, deputy.c.id), else_=sa.null())
    return (
        sa.select(person.c.id.label("id"), hearer.label("hearer"))
        .select_from(person.outerjoin(deputy, deputy.c.id == person.c.deputy_id))
        .where(person.c.active, hearer.is_not(None))
        .subquery(name)
    )


def _office(*more: sa.ColumnElement[bool]) -> list[sa.ColumnElement[Any]]:
    return [
        sa.select(sa.func.min(_ACCOUNT.c.id))
        .where(_ACCOUNT.c.role == role, _ACCOUNT.c.active, *more)
        .scalar_subquery()
        for role in OFFICE
    ]


class Hearing:
    """The joins and the expression that give the recipient of each row of `table`, set-based."""

    def __init__(self, today: Day, table: Any) -> None:
        self._today, self._table = today, table
        self._meant, self._lead, self._owner = (_hearers(today, name) for name in ("meant", "lead", "holder"))

    def joined(self, source: Any, meant: Any) -> Any:
        for found, column in (
            (self._meant, meant),
            (self._lead, self._table.c.lead_id),
            (self._owner, self._table.c.owner_id),
        ):
            source = source.outerjoin(found, found.c.id == column)
        return source

    def of(self, *meant: Any) -> sa.ColumnElement[Any]:
        there = (found.c.hearer for found in (self._meant, self._lead, self._owner))
        office = _office(~_away(_ACCOUNT, self._today))
        return sa.func.coalesce(*there, *office, *(self._if_active(one) for one in meant), *_office())

    def _if_active(self, account_id: Any) -> sa.ColumnElement[Any]:
        person = _ACCOUNT.alias()
        return sa.select(person.c.id).where(person.c.id == account_id, person.c.active).scalar_subquery()
