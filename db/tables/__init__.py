"""Every table, declared once. Importing this package fills SQLModel's metadata."""

from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

from db.tables import (  # noqa: E402
    beside,
    case,
    clock,
    diagnosis,
    follow_up,
    ici,
    item,
    journal,
    merge,
    offer,
    operation,
    people,
    rehousing,
    sitting,
    support,
    technical,
    territory,
    vacancy,
)

__all__ = [
    "beside",
    "case",
    "clock",
    "diagnosis",
    "follow_up",
    "ici",
    "item",
    "journal",
    "merge",
    "offer",
    "operation",
    "people",
    "rehousing",
    "sitting",
    "support",
    "technical",
    "territory",
    "vacancy",
]
