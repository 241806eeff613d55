"""Queues of cases: one page in the explainable order, and how many stand in each queue."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.engine import reading
from db.queries.queue_lines import BLOCKAGE, DEADLINE, VIOLENCE, CaseLine, case_lines, row_by_row
from db.queries.queue_order import urgency_order
from db.queries.search import matching
from db.queries.visible import CASE, opens, sees
from db.rows import table_of
from db.scope import Scope
from db.tables.operation import Building

BUILDING = table_of(Building)
PAGE_SIZE = 25
WORTH_READING_IN_ORDER = 40  # a page this far from the end is found sooner along the order than by a sort
Limits = Sequence[tuple[date, frozenset[str]]]
Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Filters:
    """`text` as typed and `name` the same through `cases.search_name`; `communes` are those of one ICI."""

    kind: str = ""
    state: str = ""
    commune: str = ""
    landlord: str = ""
    communes: frozenset[str] = field(default_factory=frozenset)
    theme: str = ""
    operation: str = ""
    text: str = ""
    name: str = ""

    @property
    def where(self) -> bool:
        """Whether a filter would tell where a household lives: those leave protected cases out."""
        return bool(self.commune or self.landlord or self.communes or self.theme or self.operation)


@dataclass(frozen=True, slots=True)
class Page:
    """`number` starts at 1 and is never beyond `pages`."""

    lines: tuple[CaseLine, ...]
    total: int
    number: int
    pages: int


def queue_page(
    scope: Scope, queue: str, filters: Filters, *, today: date, number: int = 1, limits: Limits = ()
) -> Page:
    """One page of a queue: "mine", "service", "unassigned", "late", "blocked" or "all"."""
    with reading() as connection:
        where = _conditions(connection, scope, queue, filters, today)
        seen = _seen(scope, queue)
        total = connection.execute(
            sa.select(sa.func.count()).select_from(CASE).where(*where, seen)
        ).scalar_one()
        pages = max(1, -(-total // PAGE_SIZE))
        shown = min(max(1, number), pages)
        skipped = (shown - 1) * PAGE_SIZE
        first, *then = urgency_order(limits)
        if total > WORTH_READING_IN_ORDER * (skipped + PAGE_SIZE):
            seen = row_by_row(seen)
        else:  # the same order, said so that no index serves it: PostgreSQL would read it for too few
            first = sa.cast(CASE.c.urgent, sa.Integer).desc()
        query = sa.select(CASE.c.id).where(*where, seen).order_by(first, *then)
        ids = list(connection.execute(query.limit(PAGE_SIZE).offset(skipped)).scalars())
        return Page(case_lines(connection, scope, ids), total, shown, pages)


def queue_counts(scope: Scope, queues: Sequence[str], today: date) -> dict[str, int]:
    """How many open cases stand in each queue, whatever the filters."""
    with reading() as connection:
        return {
            queue: connection.execute(
                sa.select(sa.func.count())
                .select_from(CASE)
                .where(*_queue(scope, queue, today), _seen(scope, queue), _open())
            ).scalar_one()
            for queue in queues
        }


def _seen(scope: Scope, queue: str) -> Condition:
    if queue in {"mine", "service"} and scope.reach == "body":
        return sa.true()  # one's own and one's service's are always in sight
    return sees(scope) if queue == "all" else row_by_row(sees(scope))


def _open() -> Condition:
    return CASE.c.closed_on.is_(None)


def _queue(scope: Scope, queue: str, today: date) -> list[Condition]:
    if queue == "all":
        return []
    if queue == "mine":
        return [CASE.c.owner_id == scope.account_id]
    if queue == "service":
        return [CASE.c.body_id == scope.body_id]
    narrowed: dict[str, Condition] = {
        "unassigned": CASE.c.owner_id.is_(None),
        "late": CASE.c.id.in_(late_cases(today)),
        "blocked": CASE.c.open_blockages > sa.literal_column("0"),  # as its index says it
    }
    return [narrowed[queue]]


def late_cases(today: date) -> sa.Select[Any]:
    """References of the cases with an open deadline behind us: computed each time, never stored."""
    return sa.select(DEADLINE.c.case_id).where(
        DEADLINE.c.closed_at.is_(None),
        DEADLINE.c.due_on < today,
        DEADLINE.c.case_id.is_not(None),
        DEADLINE.c.kind != "retention",
    )


def _conditions(
    connection: Connection, scope: Scope, queue: str, filters: Filters, today: date
) -> list[Condition]:
    where = [*_queue(scope, queue, today), *_filters(scope, filters)]
    if filters.text:
        where.append(CASE.c.id.in_(matching(connection, scope, filters.text, filters.name)))
    elif filters.state != "closed":
        where.append(_open())
    return where


def _filters(scope: Scope, filters: Filters) -> list[Condition]:
    wanted = {"kind": filters.kind, "state": filters.state, "landlord_id": filters.landlord}
    where: list[Condition] = [CASE.c[column] == value for column, value in wanted.items() if value]
    if filters.commune:
        where.append(CASE.c.commune == filters.commune)
    if filters.communes:
        where.append(CASE.c.commune.in_(sorted(filters.communes)))
    if filters.theme:
        where.append(_blocked_by(scope, filters.theme))
    if filters.operation:
        own = sa.select(BUILDING.c.id).where(BUILDING.c.operation_id == filters.operation)
        where.append(CASE.c.building_id.in_(own))
    return [*where, opens(scope)] if filters.where else where


def _blocked_by(scope: Scope, theme: str) -> Condition:
    if theme == VIOLENCE and not scope.sees("safety"):
        return sa.false()
    return CASE.c.id.in_(
        sa.select(BLOCKAGE.c.case_id).where(BLOCKAGE.c.theme == theme, BLOCKAGE.c.until.is_(None))
    )
