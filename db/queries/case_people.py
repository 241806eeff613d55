"""The people of one household, its signed diagnoses and the versions of its need sheet."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db import rows
from db.queries.case_access import HEALTH, SAFETY, SOCIAL, Eye
from db.rows import Row, table_of
from db.tables.case import NamedReader
from db.tables.case import Person as PersonRow
from db.tables.diagnosis import Diagnosis as DiagnosisRow
from db.tables.diagnosis import NeedSheet as NeedRow
from db.tables.people import Account


@dataclass(frozen=True, slots=True)
class Person:
    """`here` is False for who died or left. Names and birth dates are social data; the composition is not."""

    id: int
    link: str
    born_on: date | None
    sex: str | None
    in_couple: bool
    conflicted: bool
    here: bool
    first_name: str | None
    last_name: str | None
    died_on: date | None
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`occupancy` holds both indexes as they were computed that day; the grid is social data."""

    number: int
    signed_on: date | None
    signed_by: str | None
    occupancy: dict[str, Any]
    grid: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class NeedSheet:
    """One version. Functional needs are `health_functional`; the communes to avoid are `safety`."""

    id: int
    number: int
    in_force_from: date | None
    typology_min: int
    typology_max: int
    surface_min: Decimal | None
    max_cost: Decimal | None
    communes: tuple[str, ...]
    under_occupation_accepted: bool
    features: tuple[str, ...] | None
    excluded_communes: tuple[str, ...] | None
    support: str | None
    revision_reason: str | None


PERSON_CLASSES = {
    "first_name": SOCIAL,
    "last_name": SOCIAL,
    "born_on": SOCIAL,
    "sex": SOCIAL,
    "died_on": SOCIAL,
    "left_on": SOCIAL,
}
NEED_CLASSES = {
    "features": HEALTH,
    "excluded_communes": SAFETY,
    "support": SOCIAL,
    "revision_reason": SOCIAL,
}


_reader, _account, _diagnosis = table_of(NamedReader), table_of(Account), table_of(DiagnosisRow)
_READERS = (
    sa.select(_account.c.id, _account.c.name)
    .join(_reader, _reader.c.account_id == _account.c.id)
    .where(_reader.c.case_id == sa.bindparam("case_id"))
    .order_by(_account.c.name)
)
_DIAGNOSES = (
    sa.select(_diagnosis, _account.c.name.label("signer"))
    .outerjoin(_account, _account.c.id == _diagnosis.c.signed_by)
    .where(_diagnosis.c.case_id == sa.bindparam("case_id"))
    .order_by(_diagnosis.c.id.desc())
)


def persons(connection: Connection, household_id: str, eye: Eye) -> tuple[Person, ...]:
    found = [_person(row, eye) for row in rows.find(connection, PersonRow, household_id=household_id)]
    return tuple(sorted(found, key=lambda person: (not person.here, person.link != "holder", person.id)))


def _person(row: Row, eye: Eye) -> Person:
    values = {field.name: row[field.name] for field in fields(Person) if field.name in row}
    values["here"] = row["died_on"] is None and row["left_on"] is None
    values["conflicted"] = eye.only(SAFETY, row["conflicted"], instead=False)
    return Person(**eye.pick(values, PERSON_CLASSES))


def diagnoses(connection: Connection, case_id: str, eye: Eye) -> tuple[Diagnosis, ...]:
    """The latest first."""
    found = connection.execute(_DIAGNOSES, {"case_id": case_id}).mappings()
    return tuple(
        Diagnosis(
            number=row["number"],
            signed_on=row["signed_on"],
            signed_by=row["signer"],
            occupancy=row["results"].get("occupancy", {}),
            grid=open_blocks(row["grid"], eye),
        )
        for row in found
    )


# Blocks of the grid that a role reads only once a reason was given.
RESTRICTED_BLOCKS = {"functional": HEALTH, "safety": SAFETY}


def open_blocks(grid: dict[str, Any], eye: Eye) -> dict[str, Any] | None:
    """The grid for who reads social data, without the restricted blocks that are not open."""
    if not eye.sees(SOCIAL):
        return None
    return {name: value for name, value in grid.items() if eye.sees(RESTRICTED_BLOCKS.get(name, SOCIAL))}


def need_sheets(connection: Connection, case_id: str, eye: Eye) -> tuple[NeedSheet, ...]:
    """The latest version first."""
    return tuple(_need(row, eye) for row in reversed(rows.find(connection, NeedRow, case_id=case_id)))


def _need(row: Row, eye: Eye) -> NeedSheet:
    values = {field.name: row[field.name] for field in fields(NeedSheet)}
    for name in ("communes", "features", "excluded_communes"):
        values[name] = tuple(values[name])
    return NeedSheet(**eye.pick(values, NEED_CLASSES))


def named_readers(connection: Connection, case_id: str) -> dict[str, str]:
    """Who may open a protected case: account → name (asked only for a case that is open to the reader)."""
    return {row.id: row.name for row in connection.execute(_READERS, {"case_id": case_id})}
