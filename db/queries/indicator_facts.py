"""The statements behind the charter's facts, and the plain rows they give, redacted as they are read."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from db.queries.visible import CASE, masked
from db.rows import table_of
from db.scope import Scope
from db.tables.clock import Deadline
from db.tables.diagnosis import NeedSheet
from db.tables.follow_up import FollowUp
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


_FIRST_OFFERS = _per_case(
    OFFER.c.case_id, sa.func.min(OFFER.c.offered_on).label("first_on"), where=OFFER.c.state != "annulled"
)
_CONTACTS = _per_case(
    FOLLOW_UP.c.case_id,
    sa.func.min(FOLLOW_UP.c.held_on).label("held_on"),
    sa.func.max(FOLLOW_UP.c.satisfaction).label("satisfaction"),
    where=FOLLOW_UP.c.milestone == SIX,
)
_ANSWERS = _per_case(
    DEADLINE.c.case_id,
    sa.func.max(sa.case((DEADLINE.c.outcome == "met_late", 1), else_=0)).label("late"),
    sa.func.max(sa.case((DEADLINE.c.closed_at.is_(None), DEADLINE.c.due_on))).label("due_on"),
    where=DEADLINE.c.kind == "admissibility_answer",
)


def case_facts(connection: Connection, scope: Scope, where: Where) -> pd.DataFrame:
    """One row per case. What the household asked for is compared here, and not handed on."""
    columns = _case_columns(scope)
    query = _case_query(list(columns.values())).where(*where).order_by(CASE.c.id)
    rows = [tuple(row) for row in connection.execute(query)]
    frame = pd.DataFrame.from_records(rows, columns=list(columns))
    wishes = [_wish(asked, new) for asked, new in zip(frame["asked"], frame["new_commune"], strict=True)]
    frame["first_wish"] = pd.Series([first for first, _ in wishes], dtype="object")
    frame["wished"] = pd.Series([among for _, among in wishes], dtype="object")
    return frame[list(CASE_COLUMNS)]


def _wish(asked: list[str] | None, new: str | None) -> tuple[bool | None, bool | None]:
    """Is the new commune the first asked for, and is it one of them?"""
    return (new == asked[0], new in asked) if asked and new else (None, None)


def _case_columns(scope: Scope) -> dict[str, sa.ColumnElement[Any]]:
    """What is read, by its name in the frame; figures as floats: nobody adds these up to the cent."""
    found: dict[str, sa.ColumnElement[Any]] = {"case_id": CASE.c.id}
    found |= {name: CASE.c[name] for name in _CASE_ITSELF}
    found |= dict(zip(_PLACES, _place_columns(scope), strict=True))
    found |= {name: OFFER.c[name] for name in (*_OFFER_FACTS, "typology")}
    found |= {
        "first_offer_on": _FIRST_OFFERS.c.first_on,
        "other_commune": OFFER.c.commune != CASE.c.commune,
        "other_landlord": OFFER.c.landlord_id != CASE.c.landlord_id,
        "new_commune": OFFER.c.commune,
        "asked": NEED.c.communes,
        "typology_min": NEED.c.typology_min,
        "typology_max": NEED.c.typology_max,
        "cost_before": _net_cost(DWELLING),
        "cost_after": _net_cost(OFFER),
        "surface_before": sa.cast(DWELLING.c.surface_m2, sa.Float),
        "surface_after": sa.cast(OFFER.c.surface_m2, sa.Float),
        "effort_rate": sa.cast(OFFER.c.effort_rate, sa.Float),
        "followed_on": _CONTACTS.c.held_on,
        "satisfaction": _CONTACTS.c.satisfaction,
        "answer_late": _ANSWERS.c.late,
        "answer_due_on": _ANSWERS.c.due_on,
    }
    return {name: column.label(name) for name, column in found.items()}


def _net_cost(table: sa.Table) -> sa.ColumnElement[Any]:
    """Rent + charges − housing aid; empty as soon as one is unknown."""
    return sa.cast(table.c.rent + table.c.charges - table.c.housing_aid, sa.Float)


def _case_query(columns: Sequence[sa.ColumnElement[Any]]) -> sa.Select[Any]:
    return (
        sa.select(*columns)
        .select_from(_LOCATED)
        .join(DWELLING, DWELLING.c.id == CASE.c.dwelling_id)
        .outerjoin(OFFER, OFFER.c.id == CASE.c.accepted_offer_id)
        .outerjoin(NEED, NEED.c.id == OFFER.c.need_sheet_id)
        .outerjoin(_FIRST_OFFERS, _FIRST_OFFERS.c.of == CASE.c.id)
        .outerjoin(_CONTACTS, _CONTACTS.c.of == CASE.c.id)
        .outerjoin(_ANSWERS, _ANSWERS.c.of == CASE.c.id)
    )


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
