"""The social diagnosis of one case in every version, its steps, and the need sheets with the offers they
tested: what the page « Diagnostic » shows, as this reader may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.engine import reading
from db.queries.case_access import HEALTH, SAFETY, SEALED, SOCIAL, Eye
from db.queries.case_file import SealedCase
from db.queries.case_head import Head, PresentDwelling, dwelling_of, head_of, head_row
from db.queries.case_people import NeedSheet, Person, need_sheets, open_blocks, persons
from db.queries.case_support import ObstacleView, obstacles
from db.rows import Row, table_of
from db.scope import Scope
from db.tables.diagnosis import Diagnosis as DiagnosisRow
from db.tables.diagnosis import DiagnosisStep
from db.tables.offer import Offer
from db.tables.people import Account, Body
from db.tables.territory import Commune

__all__ = ["HEALTH", "SAFETY", "SOCIAL", "DiagnosisFile", "SealedCase", "diagnosis_file"]


@dataclass(frozen=True, slots=True)
class Version:
    """One signed diagnosis. `grid` lacks the restricted blocks that are not open; `results` are frozen.

    None of `grid` and `means` for who reads no social data.
    """

    id: int
    number: int
    signed_on: date | None
    signed_by: str | None
    reason: str | None
    grid: Mapping[str, Any] | None
    occupancy: Mapping[str, Any]
    means: Mapping[str, Any] | None
    split: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step of the diagnosis in force (domain 3.4)."""

    step: str
    done_on: date
    by: str
    note: str | None


@dataclass(frozen=True, slots=True)
class OfferBill:
    """What a proposed dwelling would cost, € a month, and the need sheet it was tested against."""

    number: int
    state: str
    landlord: str
    commune: str
    typology: int
    offered_on: date
    need_sheet_id: int
    surface_m2: Decimal | None
    rent: Decimal | None
    charges: Decimal | None
    housing_aid: Decimal | None


@dataclass(frozen=True, slots=True)
class DiagnosisFile:
    """Versions and need sheets, the latest first. `sealed`: what asks for a reason before it is read."""

    head: Head
    dwelling: PresentDwelling
    persons: tuple[Person, ...]
    versions: tuple[Version, ...]
    steps: tuple[StepDone, ...]
    needs: tuple[NeedSheet, ...]
    offers: tuple[OfferBill, ...]
    obstacles: tuple[ObstacleView, ...]
    diagnosis_id: int | None
    classes: frozenset[str]
    sealed: frozenset[str]

    def sees(self, field_class: str) -> bool:
        return field_class in self.classes

    @property
    def in_force(self) -> Version | None:
        """The last one signed for the present holder."""
        return next((one for one in self.versions if one.id == self.diagnosis_id), None)


_diagnosis, _step, _offer = table_of(DiagnosisRow), table_of(DiagnosisStep), table_of(Offer)
_account, _body, _commune = table_of(Account), table_of(Body), table_of(Commune)
OF: sa.BindParameter[str] = sa.bindparam("case_id")
_VERSIONS = (
    sa.select(_diagnosis, _account.c.name.label("signer"))
    .outerjoin(_account, _account.c.id == _diagnosis.c.signed_by)
    .where(_diagnosis.c.case_id == OF)
    .order_by(_diagnosis.c.id.desc())
)
_STEPS = (
    sa.select(_step, _account.c.name.label("by"))
    .join(_account, _account.c.id == _step.c.recorded_by)
    .where(
        _step.c.case_id == OF,
        _step.c.diagnosis_id == sa.bindparam("diagnosis_id"),
        _step.c.annulled_on.is_(None),
    )
    .order_by(_step.c.done_on)
)
_OFFERS = (
    sa.select(_offer, _body.c.name.label("landlord"), _commune.c.name.label("commune_name"))
    .join(_body, _body.c.id == _offer.c.landlord_id)
    .join(_commune, _commune.c.insee == _offer.c.commune)
    .where(_offer.c.case_id == OF)
    .order_by(_offer.c.number.desc())
)


def diagnosis_file(
    scope: Scope, case_id: str, *, unsealed: frozenset[str] = frozenset()
) -> DiagnosisFile | SealedCase | None:
    """None: unknown, or out of reach. `unsealed`: the restricted classes opened for a reason."""
    with reading() as connection:
        row = head_row(connection, scope, case_id)
        if row is None:
            return None
        return _file(connection, scope, row, unsealed) if row["opens"] else SealedCase(row["id"])


def _file(connection: Connection, scope: Scope, row: Row, unsealed: frozenset[str]) -> DiagnosisFile:
    eye, case_id, in_force = Eye.of(scope, unsealed), row["id"], row["diagnosis_id"]
    of_case = {"case_id": case_id}
    steps = connection.execute(_STEPS, of_case | {"diagnosis_id": in_force}).mappings()
    return DiagnosisFile(
        head=head_of(row, scope, eye),
        dwelling=dwelling_of(row, eye),
        persons=persons(connection, row["household_id"], eye),
        versions=tuple(_version(one, eye) for one in connection.execute(_VERSIONS, of_case).mappings()),
        steps=tuple(
            StepDone(one["step"], one["done_on"], one["by"], eye.only(SOCIAL, one["note"])) for one in steps
        ),
        needs=need_sheets(connection, case_id, eye),
        obstacles=obstacles(connection, case_id, eye),
        offers=tuple(_bill(one, eye) for one in connection.execute(_OFFERS, of_case).mappings()),
        diagnosis_id=in_force,
        classes=eye.classes,
        sealed=(scope.fields & SEALED) - eye.classes,
    )


def _version(row: Any, eye: Eye) -> Version:
    results = row["results"]
    return Version(
        id=row["id"],
        number=row["number"],
        signed_on=row["signed_on"],
        signed_by=row["signer"],
        reason=eye.only(SOCIAL, row["renewal_reason"]),
        grid=open_blocks(row["grid"], eye),
        occupancy=results.get("occupancy", {}),
        means=eye.only(SOCIAL, results.get("means", {})),
        split=eye.only(SOCIAL, results.get("split", {})),
    )


def _bill(row: Any, eye: Eye) -> OfferBill:
    return OfferBill(
        number=row["number"],
        state=row["state"],
        landlord=row["landlord"],
        commune=row["commune_name"],
        typology=row["typology"],
        offered_on=row["offered_on"],
        need_sheet_id=row["need_sheet_id"],
        surface_m2=row["surface_m2"],
        rent=eye.only(SOCIAL, row["rent"]),
        charges=eye.only(SOCIAL, row["charges"]),
        housing_aid=eye.only(SOCIAL, row["housing_aid"]),
    )
