"""Who read the restricted data of a case, when and why: of the case and of those merged with it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from db.engine import reading
from db.queries.case_access import SAFETY
from db.rows import table_of
from db.scope import Scope
from db.tables.merge import CaseMerge
from db.tables.people import Account, ReadLog

_read, _account, _merge = table_of(ReadLog), table_of(Account), table_of(CaseMerge)
MOST = 100
OF: sa.BindParameter[str] = sa.bindparam("case_id")
_STANDS = _merge.c.undone_on.is_(None)
_SAME_HOUSEHOLD = sa.union(
    sa.select(OF.label("id")),
    sa.select(_merge.c.absorbed_id).where(_merge.c.kept_id == OF, _STANDS),
    sa.select(_merge.c.kept_id).where(_merge.c.absorbed_id == OF, _STANDS),
)
_READS = (
    sa.select(_read, _account.c.name.label("who"))
    .join(_account, _account.c.id == _read.c.account_id)
    .where(_read.c.case_id.in_(_SAME_HOUSEHOLD))
    .order_by(_read.c.id.desc())
    .limit(MOST)
)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """`case_id`: the file in which it was read."""

    at: datetime
    who: str
    field_class: str
    reason: str
    case_id: str


def reads_of(scope: Scope, case_id: str) -> tuple[ReadLine, ...]:
    """For who opens the case and may read its restricted data; the latest first."""
    if not scope.sees(SAFETY):
        return ()
    with reading() as connection:
        found = connection.execute(_READS, {"case_id": case_id}).mappings()
        return tuple(
            ReadLine(row["at"], row["who"], row["field_class"], row["reason"], row["case_id"])
            for row in found
        )
