"""What the filters of the queues may name: communes, landlords, operations, and the edited perimeter."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from db.engine import reading
from db.queries.queue_lines import BODY, COMMUNE
from db.rows import table_of
from db.scope import Scope
from db.tables.ici import IciSession
from db.tables.operation import Operation
from db.tables.territory import Perimeter

OPERATION, SESSION, PERIMETER = table_of(Operation), table_of(IciSession), table_of(Perimeter)


@dataclass(frozen=True, slots=True)
class Options:
    """Code → name of each. `limits`: ICI → its next filing limit; `edits`: commune → ICI decided here."""

    communes: dict[str, str]
    landlords: dict[str, str]
    operations: dict[str, str]
    limits: dict[str, date]
    edits: dict[str, str]


def options(scope: Scope, today: date) -> Options:
    """Nothing about a household. Operations are those of the reader's landlord, or all for who sees all."""
    own = sa.true() if scope.reach == "all" else OPERATION.c.landlord_id == scope.body_id
    landlords = sa.select(BODY.c.id, BODY.c.name).where(BODY.c.kind == "landlord").order_by(BODY.c.name)
    operations = sa.select(OPERATION.c.id, OPERATION.c.name).where(own).order_by(OPERATION.c.name)
    limits = (
        sa.select(SESSION.c.ici, sa.func.min(SESSION.c.limit_on))
        .where(SESSION.c.limit_on >= today, SESSION.c.frozen_at.is_(None), SESSION.c.state != "cancelled")
        .group_by(SESSION.c.ici)
        .order_by(SESSION.c.ici)
    )
    edits = (
        sa.select(PERIMETER.c.commune, PERIMETER.c.ici)
        .where(PERIMETER.c.valid_from <= today)
        .order_by(PERIMETER.c.valid_from, PERIMETER.c.id)
    )
    communes = sa.select(COMMUNE.c.insee, COMMUNE.c.name).order_by(COMMUNE.c.name)
    with reading() as connection:
        found = [
            {row[0]: row[1] for row in connection.execute(query)}
            for query in (communes, landlords, operations, limits, edits)
        ]
    return Options(*found)
