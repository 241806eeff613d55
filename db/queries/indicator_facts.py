"""The statements behind the charter's facts, and the plain rows they give, redacted as they are read."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

from db.queries.visible import CASE, masked
from db.rows import table_of
from db.scope import Scope
from db.tables.case import FollowUp
from db.tables.clock import Deadline
from db.tables.diagnosis import NeedSheet
from db.tables.ici import Escalation, IciCourse, IciDecision, Obligation
from db.tables.offer import Offer
from db.tables.operation import Building, Dwelling, Operation, Site
from db.tables.people import Body
from db.tables.territory import Commune

Row = dict[str, Any]
Where = Sequence[sa.ColumnElement[bool]]
PARIS = ZoneInfo("Europe/Paris")
SIX = 6

OFFER, NEED, DWELLING = table_of(Offer), table_of(NeedSheet), table_of(Dwelling)
BUILDING, OPERATION, SITE = table_of(Building), table_of(Operation), table_of(Site)
COMMUNE, BODY, FOLLOW_UP, DEADLINE = table_of(Commune), table_of(Body), table_of(FollowUp), table_of(Deadline)
ITEM, COURSE = table_of(Escalation), table_of(IciCourse)
DECISION, OBLIGATION = table_of(IciDecision), table_of(Obligation)

_CASE_ITSELF = (
    "kind",
    "state",
    "referred_on",
    "lease_signed_on",
    "moved_in_on",
    "closed_on",
    "closure_reason",
    "offers_made",
    "countable_refusals",
    "open_blockages",
)
_PLACES = ("site", "landlord", "commune")
_OFFER_FACTS = ("recent", "in_qpv")
CASE_COLUMNS = (
    "case_id", *_CASE_ITSELF, *_PLACES, *_OFFER_FACTS, "first_offer_on", "other_commune", "other_landlord",
    "first_wish", "wished", "typology", "typology_min", "typology_max", "cost_before", "cost_after",
    "surface_before", "surface_after", "effort_rate", "followed_on", "satisfaction", "answer_late",
    "answer_due_on",
)  # fmt: skip
RAISED_COLUMNS = ("case_id", "item", "ici", "timing", "filed_on", *_PLACES)
DECIDED_COLUMNS = ("case_id", "decision", "ici", "decided_on", "due_on", "executed_on", *_PLACES)


def _place_columns(scope: Scope) -> list[sa.ColumnElement[Any]]:
    names = {"site": SITE.c.name, "landlord": BODY.c.name, "commune": COMMUNE.c.name}
    return [masked(scope, column, None).label(name) for name, column in names.items()]


_LOCATED = (
    sa.join(CASE, BODY, BODY.c.id == CASE.c.landlord_id)
    .join(COMMUNE, COMMUNE.c.insee == CASE.c.commune)
    .outerjoin(BUILDING, BUILDING.c.id == CASE.c.building_id)
    .outerjoin(OPERATION, OPERATION.c.id == BUILDING.c.operation_id)
    .outerjoin(SITE, SITE.c.id == OPERATION.c.site_id)
)


def _per_case(case_id: sa.ColumnElement[Any], *what: Any, where: Any) -> sa.Subquery:
    return sa.select(case_id.label("of"), *what).where(where).group_by(case_id).subquery()


def case_facts(connection: Connection, scope: Scope, where: Where) -> list[Row]:
    """One row per case. What the household asked for is compared here, and not handed on."""
    offers = _per_case(
        OFFER.c.case_id, sa.func.min(OFFER.c.offered_on).label("first_on"), where=OFFER.c.state != "annulled"
    )
    contacts = _per_case(
        FOLLOW_UP.c.case_id,
        sa.func.min(FOLLOW_UP.c.held_on).label("held_on"),
        sa.func.max(FOLLOW_UP.c.satisfaction).label("satisfaction"),
        where=FOLLOW_UP.c.milestone == SIX,
    )
    answers = _per_case(
        DEADLINE.c.case_id,
        sa.func.max(sa.case((DEADLINE.c.outcome == "met_late", 1), else_=0)).label("late"),
        sa.func.max(sa.case((DEADLINE.c.closed_at.is_(None), DEADLINE.c.due_on))).label("due_on"),
        where=DEADLINE.c.kind == "admissibility_answer",
    )
    query = (
        sa.select(
            CASE.c.id.label("case_id"),
            *(CASE.c[name] for name in _CASE_ITSELF),
            *_place_columns(scope),
            *(OFFER.c[name] for name in ("recent", "in_qpv", "typology", "effort_rate")),
            OFFER.c.surface_m2.label("surface_after"),
            DWELLING.c.surface_m2.label("surface_before"),
            *_bill(OFFER, "after"),
            *_bill(DWELLING, "before"),
            (OFFER.c.commune != CASE.c.commune).label("other_commune"),
            (OFFER.c.landlord_id != CASE.c.landlord_id).label("other_landlord"),
            OFFER.c.commune.label("new_commune"),
            NEED.c.communes.label("asked"),
            NEED.c.typology_min,
            NEED.c.typology_max,
            offers.c.first_on.label("first_offer_on"),
            contacts.c.held_on.label("followed_on"),
            contacts.c.satisfaction,
            answers.c.late.label("answer_late"),
            answers.c.due_on.label("answer_due_on"),
        )
        .select_from(_LOCATED)
        .join(DWELLING, DWELLING.c.id == CASE.c.dwelling_id)
        .outerjoin(OFFER, OFFER.c.id == CASE.c.accepted_offer_id)
        .outerjoin(NEED, NEED.c.id == OFFER.c.need_sheet_id)
        .outerjoin(offers, offers.c.of == CASE.c.id)
        .outerjoin(contacts, contacts.c.of == CASE.c.id)
        .outerjoin(answers, answers.c.of == CASE.c.id)
        .where(*where)
        .order_by(CASE.c.id)
    )
    return [_case_row(row) for row in connection.execute(query).mappings()]


def _bill(table: sa.Table, when: str) -> list[sa.ColumnElement[Any]]:
    return [table.c[name].label(f"{name}_{when}") for name in ("rent", "charges", "housing_aid")]


def _case_row(row: Any) -> Row:
    asked = row["asked"] or []
    new = row["new_commune"]
    known = bool(asked) and new is not None
    found = {name: row[name] for name in CASE_COLUMNS if name in row}
    return found | {
        "first_wish": new == asked[0] if known else None,
        "wished": new in asked if known else None,
        "cost_before": _net_cost(row, "before"),
        "cost_after": _net_cost(row, "after"),
        "surface_before": _float(row["surface_before"]),
        "surface_after": _float(row["surface_after"]),
        "effort_rate": _float(row["effort_rate"]),
    }


def _net_cost(row: Any, when: str) -> float | None:
    """Rent + charges − housing aid; None as soon as one is unknown."""
    rent, charges, aid = (row[f"{name}_{when}"] for name in ("rent", "charges", "housing_aid"))
    return None if rent is None or charges is None or aid is None else float(rent + charges - aid)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def raised_facts(connection: Connection, scope: Scope, where: Where) -> list[Row]:
    """One row for each case of each escalation that was filed."""
    query = (
        sa.select(
            CASE.c.id.label("case_id"),
            ITEM.c.id.label("item"),
            ITEM.c.ici,
            ITEM.c.timing,
            ITEM.c.submitted_at,
            *_place_columns(scope),
        )
        .select_from(
            _LOCATED.join(COURSE, COURSE.c.case_id == CASE.c.id).join(
                ITEM, ITEM.c.id == COURSE.c.escalation_id
            )
        )
        .where(ITEM.c.submitted_at.is_not(None), *where)
        .order_by(ITEM.c.id, CASE.c.id)
    )
    return [
        dict(row) | {"filed_on": row["submitted_at"].astimezone(PARIS).date()}
        for row in connection.execute(query).mappings()
    ]


def decided_facts(connection: Connection, scope: Scope, where: Where) -> list[Row]:
    """One row for each case of each decision that binds somebody; executed when all of it is done."""
    duties = sa.select(
        OBLIGATION.c.decision_id.label("of"),
        sa.func.min(OBLIGATION.c.due_on).label("due_on"),
        sa.func.max(OBLIGATION.c.settled_on).label("settled_on"),
        sa.func.sum(sa.case((OBLIGATION.c.state == "executed", 0), else_=1)).label("left"),
    ).group_by(OBLIGATION.c.decision_id)
    done = duties.subquery()
    query = (
        sa.select(
            CASE.c.id.label("case_id"),
            DECISION.c.id.label("decision"),
            DECISION.c.case_ids,
            DECISION.c.decided_on,
            ITEM.c.ici,
            done.c.due_on,
            sa.case((done.c.left == 0, done.c.settled_on)).label("executed_on"),
            *_place_columns(scope),
        )
        .select_from(
            _LOCATED.join(COURSE, COURSE.c.case_id == CASE.c.id)
            .join(ITEM, ITEM.c.id == COURSE.c.escalation_id)
            .join(DECISION, DECISION.c.escalation_id == ITEM.c.id)
            .join(done, done.c.of == DECISION.c.id)
        )
        .where(*where)
        .order_by(DECISION.c.id, CASE.c.id)
    )
    found = [dict(row) for row in connection.execute(query).mappings()]
    return [row for row in found if not row["case_ids"] or row["case_id"] in row["case_ids"]]
