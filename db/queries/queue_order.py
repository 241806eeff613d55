"""The order of a queue as SQL: urgent, then the nearest legal or vacate date, then the ICI limit, then age.

The same order as `cases/rules/urgency.py`, from columns of the case alone, so that an index can serve it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from db.queries.visible import CASE

NEVER = "9999-12-31"  # sorts after every real date


def urgency_order(limits: Sequence[tuple[date, frozenset[str]]]) -> list[sa.ColumnElement[Any]]:
    """`limits`: the next filing limit of each ICI with its communes; it counts for a blocked case not yet
    raised. The reference ends the order: no two pages show the same case."""
    arms = [(CASE.c.commune.in_(sorted(places)), sa.literal(limit, sa.Date())) for limit, places in limits]
    order: list[sa.ColumnElement[Any]] = [CASE.c.urgent.desc(), CASE.c.legal_on]
    if arms:
        never = sa.literal_column(f"'{NEVER}'", sa.Date())
        not_raised = sa.and_(CASE.c.open_blockages > 0, CASE.c.course_id.is_(None))
        order.append(sa.case((not_raised, sa.case(*arms, else_=never)), else_=never))
    return [*order, CASE.c.referred_on, CASE.c.id]
