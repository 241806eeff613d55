"""The head of one case: where it stands, who follows it, the household and the present dwelling."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db import direct
from db.queries.case_access import COMMON, HEALTH, SAFETY, SOCIAL, VIOLENCE, Eye, reachable
from db.queries.visible import CASE, opens
from db.rows import Row, table_of
from db.scope import Scope
from db.tables.case import Household as HouseholdRow
from db.tables.operation import Building, Dwelling, Operation, Site
from db.tables.people import Account, Body
from db.tables.territory import Commune

_household, _dwelling, _commune = table_of(HouseholdRow), table_of(Dwelling), table_of(Commune)
_building, _operation, _site = table_of(Building), table_of(Operation), table_of(Site)
_body, _account = table_of(Body), table_of(Account)
_landlord, _service = _body.alias("landlord"), _body.alias("service")
_from_body, _owner, _referrer = _body.alias("from_body"), _account.alias("owner"), _account.alias("referrer")

EVIDENCE_CLASSES = {
    "medical_certificate": HEALTH,
    "disability_decision": HEALTH,
    "complaint": SAFETY,
    "protection_order": SAFETY,
}


@dataclass(frozen=True, slots=True)
class Head:
    """The summary of a case. What the reader may not know is None or empty."""

    id: str
    kind: str
    state: str
    version: int
    household: str
    commune: str
    commune_name: str
    landlord_id: str
    landlord: str
    service_id: str
    service: str
    owner_id: str | None
    owner: str | None
    referrer: str
    referrer_body: str
    referred_on: date
    stage_since: date
    protected: bool
    urgent: bool
    suspended_until: date | None
    closed_on: date | None
    closure_reason: str | None
    closed_from: str | None
    criteria: tuple[str, ...]
    building: str | None
    operation: str | None
    site: str | None
    vacate_on: date | None
    offers_made: int
    open_offer_id: str | None
    countable_refusals: int
    third_refusal_to_validate: bool
    third_refusal_validated_on: date | None
    third_offer_received_on: date | None
    right_to_stay_until: date | None
    right_notice_received_on: date | None
    visit_on: date | None
    search_paused_until: date | None
    committee_rank: int | None
    condition_due_on: date | None
    open_blockages: int
    need_sheet_id: int | None
    need_validated_on: date | None
    snr_requested_on: date | None
    snr_expires_on: date | None
    suitable_offers: int | None
    information_due_on: date | None
    return_planned_on: date | None
    lease_signed_on: date | None
    moved_in_on: date | None
    parent_id: str | None
    snr_number: str | None
    temporary_dwelling: str | None
    circumstances: str | None
    evidence: tuple[tuple[str, date], ...]
    evidence_hidden: int
    phone: str | None
    email: str | None
    safe_contact: str | None


@dataclass(frozen=True, slots=True)
class PresentDwelling:
    """`address` and the money are social data."""

    typology: int
    rooms: int
    surface_m2: Decimal
    floor: int
    lift: bool
    canton: str | None
    address: str | None
    rent: Decimal | None
    charges: Decimal | None
    housing_aid: Decimal | None
    heating_included: bool | None
    in_qpv: bool | None


CLASSES = {
    "snr_number": SOCIAL,
    "temporary_dwelling": SOCIAL,
    "circumstances": SOCIAL,
    "phone": SOCIAL,
    "email": SOCIAL,
    "safe_contact": SAFETY,
    "address": SOCIAL,
    "rent": SOCIAL,
    "charges": SOCIAL,
    "housing_aid": SOCIAL,
    "heating_included": SOCIAL,
    "in_qpv": SOCIAL,
}
DWELLING_COLUMNS = [field.name for field in fields(PresentDwelling)]


_DWELLING = [
    *(_dwelling.c[name].label(f"dwelling_{name}") for name in DWELLING_COLUMNS if name != "in_qpv"),
    sa.func.coalesce(_dwelling.c.in_qpv, _building.c.in_qpv).label("dwelling_in_qpv"),
]


def head_row(connection: Connection, scope: Scope, case_id: str) -> Row | None:
    """The raw row when this reader may reach the case; `opens` says whether it may be read."""
    if not scope.sees(COMMON):
        return None
    found = direct.fetch(connection, _query(scope), {"case_id": case_id})
    return found[0] if found else None


@lru_cache(maxsize=256)
def _query(scope: Scope) -> sa.Select[Any]:
    return (
        sa.select(
            CASE,
            opens(scope).label("opens"),
            _household.c.name.label("household"),
            _household.c.phone,
            _household.c.email,
            _household.c.safe_contact,
            _commune.c.name.label("commune_name"),
            _landlord.c.name.label("landlord"),
            _service.c.name.label("service"),
            _from_body.c.name.label("referrer_body"),
            _owner.c.name.label("owner"),
            _referrer.c.name.label("referrer"),
            _building.c.name.label("building"),
            _operation.c.name.label("operation"),
            _site.c.name.label("site"),
            *_DWELLING,
        )
        .join(_household, _household.c.id == CASE.c.household_id)
        .join(_dwelling, _dwelling.c.id == CASE.c.dwelling_id)
        .join(_commune, _commune.c.insee == CASE.c.commune)
        .join(_landlord, _landlord.c.id == CASE.c.landlord_id)
        .join(_service, _service.c.id == CASE.c.body_id)
        .join(_from_body, _from_body.c.id == CASE.c.referrer_body_id)
        .join(_referrer, _referrer.c.id == CASE.c.referrer_id)
        .outerjoin(_owner, _owner.c.id == CASE.c.owner_id)
        .outerjoin(_building, _building.c.id == CASE.c.building_id)
        .outerjoin(_operation, _operation.c.id == _building.c.operation_id)
        .outerjoin(_site, _site.c.id == _operation.c.site_id)
        .where(CASE.c.id == sa.bindparam("case_id"), reachable(scope))
    )


def head_of(row: Row, scope: Scope, eye: Eye) -> Head:
    values = {field.name: row[field.name] for field in fields(Head) if field.name in row}
    values["service_id"] = row["body_id"]
    values["criteria"] = tuple(code for code in row["criteria"] if scope.sees(SAFETY) or code not in VIOLENCE)
    values["evidence"] = tuple(
        (proof["kind"], date.fromisoformat(proof["dated_on"]))
        for proof in row["evidence"]
        if eye.sees(EVIDENCE_CLASSES.get(proof["kind"], SOCIAL))
    )
    values["evidence_hidden"] = len(row["evidence"]) - len(values["evidence"])
    return Head(**eye.pick(values, CLASSES))


def dwelling_of(row: Row, eye: Eye) -> PresentDwelling:
    values = {name: row[f"dwelling_{name}"] for name in DWELLING_COLUMNS}
    return PresentDwelling(**eye.pick(values, CLASSES))
