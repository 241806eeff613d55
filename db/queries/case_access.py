"""Who may open one case, and what of it: the door of every query about a single case."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from db.queries.visible import CASE, READER, sees
from db.rows import table_of
from db.scope import Scope
from db.tables.case import Handover

HANDOVER = table_of(Handover)
COMMON, SOCIAL, HEALTH, SAFETY = "common", "social", "health_functional", "safety"
SEALED = frozenset({HEALTH, SAFETY})
VIOLENCE = frozenset({"violence", "violence_other_commune"})


@dataclass(frozen=True, slots=True)
class Eye:
    """The classes of fields read now: those of the role, the sensitive ones only once a reason was given."""

    classes: frozenset[str]

    @classmethod
    def of(cls, scope: Scope, unsealed: frozenset[str]) -> "Eye":
        return cls(scope.fields & ((frozenset({COMMON, SOCIAL})) | (unsealed & SEALED)))

    def sees(self, field_class: str) -> bool:
        return field_class in self.classes

    def only(self, field_class: str, value: Any, instead: Any = None) -> Any:
        """`value` for who reads this class, else nothing at all."""
        return value if self.sees(field_class) else instead

    def pick(self, row: Mapping[str, Any], classes: Mapping[str, str]) -> dict[str, Any]:
        """The row without the columns that this reader may not read (None instead)."""
        return {name: self.only(classes.get(name, COMMON), value) for name, value in row.items()}


def reachable(scope: Scope) -> sa.ColumnElement[bool]:
    """Cases of the scope, those whose readers name this account, those proposed to it for a hand-over."""
    named = sa.exists().where(READER.c.case_id == CASE.c.id, READER.c.account_id == scope.account_id)
    proposed = sa.exists().where(
        HANDOVER.c.case_id == CASE.c.id,
        HANDOVER.c.to_id == scope.account_id,
        HANDOVER.c.answer == "waiting",
    )
    return sa.or_(sees(scope), named, proposed)
