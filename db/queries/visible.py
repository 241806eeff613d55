"""The scope of who asks, as SQL: which cases are listed, and what of a protected case may be read.

A protected case stays in lists and counts of those who could otherwise see it, as « dossier protégé »: its
name,
commune, landlord and building are read by named readers only (domain 6.4).
"""

from typing import Any

import sqlalchemy as sa

from db.rows import table_of
from db.scope import Scope
from db.tables.case import CaseFile, NamedReader

CASE = table_of(CaseFile)
READER = table_of(NamedReader)
PROTECTED = "dossier protégé"


def sees(scope: Scope) -> sa.ColumnElement[bool]:
    """The cases that this reader lists."""
    if scope.reach == "all":
        return sa.true()
    referred = sa.or_(CASE.c.referrer_body_id == scope.body_id, CASE.c.referrer_id == scope.account_id)
    if scope.reach == "own":
        return referred
    if scope.reach == "body":
        return sa.or_(
            CASE.c.body_id == scope.body_id,
            CASE.c.landlord_id == scope.body_id,
            CASE.c.owner_id == scope.account_id,
            referred,
        )
    return sa.false()


def opens(scope: Scope) -> sa.ColumnElement[bool]:
    """True when the reader may open the case: it is not protected, or they are named."""
    named = sa.exists().where(READER.c.case_id == CASE.c.id, READER.c.account_id == scope.account_id)
    return sa.or_(CASE.c.protected.is_(False), named)


def named(scope: Scope) -> sa.ColumnElement[bool]:
    """How `READER` is outer joined where many columns are masked: `OPENED` then says what `opens` does."""
    return sa.and_(READER.c.case_id == CASE.c.id, READER.c.account_id == scope.account_id)


OPENED = sa.or_(CASE.c.protected.is_(False), READER.c.case_id.is_not(None))


def masked(
    scope: Scope, column: sa.ColumnElement[Any], instead: str | None = PROTECTED
) -> sa.ColumnElement[Any]:
    """`column` for who may open the case, `instead` for the others."""
    return sa.case((opens(scope), column), else_=instead)
