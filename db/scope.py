"""Whose cases a reader sees, and which classes of fields. A plain value: `cases/access.py` makes it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Scope:
    """`reach`: "all", "body" (the reader's organisation), "own" (what they referred or hold), or "none".

    `fields` is a subset of {"common", "social", "health_functional", "safety"}.
    """

    account_id: str
    role: str
    body_id: str
    reach: str
    fields: frozenset[str] = field(default_factory=frozenset)

    def sees(self, field_class: str) -> bool:
        return field_class in self.fields
