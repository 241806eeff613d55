"""Everything kept that names or locates the households of some cases: what no anonymised text may say."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlmodel import SQLModel

from cases.rules.identifiers import Identifier
from db.rows import table_of
from db.tables.case import CaseFile, Household, Person
from db.tables.merge import SnrNumber
from db.tables.offer import Offer
from db.tables.operation import Building, Dwelling
from db.tables.rehousing import TemporaryStay

CASE = table_of(CaseFile)
# Table → how it hangs on a case, and which kind of identifier each of its columns is.
SOURCES: Mapping[type[SQLModel], tuple[str, str, Mapping[str, str]]] = {
    Household: (
        "id",
        "household_id",
        {"name": "last_name", "phone": "phone", "email": "email", "safe_contact": "contact"},
    ),
    Person: (
        "household_id",
        "household_id",
        {"first_name": "first_name", "last_name": "last_name", "born_on": "born_on"},
    ),
    SnrNumber: ("household_id", "household_id", {"number": "snr_number"}),
    Dwelling: ("id", "dwelling_id", {"id": "dwelling", "address": "address"}),
    Building: ("id", "building_id", {"address": "address"}),
    Offer: ("case_id", "id", {"id": "offer", "address": "address"}),
    TemporaryStay: ("case_id", "id", {"dwelling": "address"}),
    CaseFile: (
        "id",
        "id",
        {
            "id": "reference",
            "snr_number": "snr_number",
            "tracking_code": "tracking",
            "temporary_dwelling": "address",
        },
    ),
}


def identifiers_of(connection: Connection, case_ids: Collection[str]) -> list[Identifier]:
    """Names, birth dates, ways to reach them, numbers, addresses past and offered, references."""
    return [one for model in SOURCES for one in _of(connection, model, case_ids)]


def _of(connection: Connection, model: type[SQLModel], case_ids: Collection[str]) -> Iterator[Identifier]:
    kinds = SOURCES[model][2]
    for row in connection.execute(_kept(model), {"cases": sorted(case_ids)}).mappings():
        yield from _identifiers(row, kinds)


@cache
def _kept(model: type[SQLModel]) -> sa.Select[Any]:
    """Built once: an alias of a wide table takes longer to make than to read."""
    column, of_case, kinds = SOURCES[model]
    table = table_of(model).alias("kept")
    return (
        sa.select(CASE.c.id.label("of_case"), *(table.c[name] for name in kinds))
        .join(CASE, CASE.c[of_case] == table.c[column])
        .where(CASE.c.id.in_(sa.bindparam("cases", expanding=True)))
    )


def _identifiers(row: Mapping[Any, Any], kinds: Mapping[str, str]) -> Iterator[Identifier]:
    for name, kind in kinds.items():
        if row[name]:
            yield from _split(kind, row[name], row["of_case"])


def _split(kind: str, value: Any, case_id: str) -> Iterator[Identifier]:
    """A way to reach somebody is a sentence: the figures in it count as a telephone."""
    if kind != "contact":
        yield Identifier(kind, value, case_id)
        return
    yield Identifier("phone", value, case_id)
    yield from (Identifier("email", word, case_id) for word in value.split() if "@" in word)
