"""The order of a queue as SQL: urgent, then the nearest legal or vacate date, then the ICI limit, then age.

The same order as `cases/rules/urgency.py`, from columns of the case alone, so that an index can serve it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from db.queries.visible import CASE

NEVER = "9999-12-31"  # sorts after every real date


class nearest(FunctionElement[Any]):  # noqa: N801  # reads as the SQL function it stands for
    """`nearest(date, …)`: the earliest of those that are known, else a day that never comes."""

    type = sa.Date()
    inherit_cache = True
    name = "nearest"


@compiles(nearest, "sqlite")
def _sqlite(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    known = [f"coalesce({compiler.process(part, **options)}, '{NEVER}')" for part in element.clauses]
    return f"min({', '.join(known)})"


@compiles(nearest, "postgresql")
def _postgresql(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    parts = ", ".join(compiler.process(part, **options) for part in element.clauses)
    return f"coalesce(LEAST({parts}), DATE '{NEVER}')"


LEGAL_ON = nearest(
    CASE.c.vacate_on, CASE.c.right_to_stay_until, CASE.c.offer_answer_due_on, CASE.c.snr_expires_on
)


def urgency_order(limits: Sequence[tuple[date, frozenset[str]]]) -> list[sa.ColumnElement[Any]]:
    """`limits`: the next filing limit of each ICI with its communes; it counts for a blocked case not yet
    raised. The reference ends the order: no two pages show the same case."""
    arms = [(CASE.c.commune.in_(sorted(places)), sa.literal(limit, sa.Date())) for limit, places in limits]
    never = sa.literal_column(f"'{NEVER}'", sa.Date())
    limit = sa.case(*arms, else_=never) if arms else never
    not_raised = sa.and_(CASE.c.open_blockages > 0, CASE.c.course_id.is_(None))
    return [
        CASE.c.urgent.desc(),
        LEGAL_ON,
        sa.case((not_raised, limit), else_=never),
        CASE.c.referred_on,
        CASE.c.id,
    ]
