"""What was done for one case: offers, searches, blockages, commission, follow-up, hand-overs; deadlines."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection

from db.queries.case_access import COMMON, HEALTH, SAFETY, SOCIAL, VIOLENCE, Eye
from db.queries.case_records import (
    AttemptView,
    BlockageView,
    CheckView,
    CommitteeView,
    DeadlineLine,
    FollowUpView,
    HandoverView,
    OfferView,
    PastDeadline,
)
from db.rows import table_of
from db.scope import Scope
from db.tables.case import Attempt as AttemptRow
from db.tables.case import Blockage as BlockageRow
from db.tables.case import Handover as HandoverRow
from db.tables.clock import Deadline as DeadlineRow
from db.tables.diagnosis import NeedSheet
from db.tables.follow_up import FollowUp as FollowUpRow
from db.tables.offer import CommitteeDecision, Offer
from db.tables.people import Account, Body
from db.tables.territory import Commune
from db.tables.vacancy import Vacancy

_offer, _attempt, _blockage = table_of(Offer), table_of(AttemptRow), table_of(BlockageRow)
_follow_up, _handover, _deadline = table_of(FollowUpRow), table_of(HandoverRow), table_of(DeadlineRow)
_committee, _body, _account, _commune = (
    table_of(CommitteeDecision),
    table_of(Body),
    table_of(Account),
    table_of(Commune),
)
_need, _vacancy = table_of(NeedSheet), table_of(Vacancy)
_to = _account.alias("to")
OF: sa.BindParameter[str] = sa.bindparam("case_id")
T = TypeVar("T")


CLASSES: Mapping[str, str] = {
    **dict.fromkeys(
        ("address", "rent", "charges", "housing_aid", "heating_included", "in_qpv", "fragility"), SOCIAL
    ),
    **dict.fromkeys(("refusal_reasons", "refusal_words"), SOCIAL),
    **dict.fromkeys(("annulled_reason", "detail", "explanation", "outcome", "condition", "reason"), SOCIAL),
    **dict.fromkeys(("rent_paid", "arrears", "aid_in_place", "bills_as_expected", "relays_in_place"), SOCIAL),
    **dict.fromkeys(("wants_to_move", "satisfaction", "defects", "neighbourhood"), SOCIAL),
    **dict.fromkeys(("defects_closed", "adaptation", "relays_missing", "support_need"), SOCIAL),
    "extended_until": SOCIAL,
    **dict.fromkeys(
        ("effort_rate", "money", "proof", "visit_words", "effects", "legitimacy", "reasons"), SOCIAL
    ),
    **dict.fromkeys(("answer_detail", "dwelling"), SOCIAL),
    "features": HEALTH,
}

_OFFERS = (
    sa.select(_offer, _body.c.name.label("landlord"), _commune.c.name.label("commune_name"))
    .join(_body, _body.c.id == _offer.c.landlord_id)
    .join(_commune, _commune.c.insee == _offer.c.commune)
    .where(_offer.c.case_id == OF)
    .order_by(_offer.c.number.desc())
)
_ATTEMPTS = (
    sa.select(
        _attempt,
        _body.c.name.label("landlord"),
        _need.c.number.label("sheet"),
        _vacancy.c.address.label("dwelling"),
    )
    .join(_body, _body.c.id == _attempt.c.body_id)
    .outerjoin(_need, _need.c.id == _attempt.c.need_sheet_id)
    .outerjoin(_vacancy, _vacancy.c.id == _attempt.c.vacancy_id)
    .where(_attempt.c.case_id == OF)
    .order_by(_attempt.c.asked_on.desc(), _attempt.c.id.desc())
)
_BLOCKAGES = (
    sa.select(_blockage, _account.c.name.label("by"))
    .join(_account, _account.c.id == _blockage.c.said_by)
    .where(_blockage.c.case_id == OF)
    .order_by(_blockage.c.until.is_not(None), _blockage.c.since.desc())
)
_COMMITTEES = sa.select(_committee).where(_committee.c.case_id == OF).order_by(_committee.c.id.desc())
_FOLLOW_UPS = sa.select(_follow_up).where(_follow_up.c.case_id == OF).order_by(_follow_up.c.id.desc())
_HANDOVERS = (
    sa.select(_handover, _account.c.name.label("from_name"), _to.c.name.label("to_name"))
    .outerjoin(_account, _account.c.id == _handover.c.from_id)
    .join(_to, _to.c.id == _handover.c.to_id)
    .where(_handover.c.case_id == OF)
    .order_by(_handover.c.id.desc())
)
_DEADLINES = (
    sa.select(_deadline, _account.c.name.label("owner"), _body.c.name.label("body"))
    .outerjoin(_account, _account.c.id == _deadline.c.owner_id)
    .outerjoin(_body, _body.c.id == _deadline.c.body_id)
    .where(_deadline.c.case_id == OF, _deadline.c.closed_at.is_(None))
    .order_by(_deadline.c.due_on)
)

_PAST_DEADLINES = (
    sa.select(_deadline.c.kind, _deadline.c.due_on, _deadline.c.closed_at, _deadline.c.outcome)
    .where(_deadline.c.case_id == OF, _deadline.c.closed_at.is_not(None))
    .order_by(_deadline.c.closed_at.desc(), _deadline.c.due_on.desc())
)


_COMMITTEE_VIEW = [field.name for field in fields(CommitteeView)]


def _read(
    connection: Connection, query: sa.Select[Any], case_id: str, view: type[T], eye: Eye
) -> tuple[T, ...]:
    names = [field.name for field in fields(view)]  # type: ignore[arg-type]  # every view is a dataclass
    return tuple(
        view(**eye.pick({name: row[name] for name in names}, CLASSES))
        for row in connection.execute(query, {"case_id": case_id}).mappings()
    )


def offers(connection: Connection, case_id: str, eye: Eye) -> tuple[OfferView, ...]:
    return tuple(
        _offer_view(dict(row), eye) for row in connection.execute(_OFFERS, {"case_id": case_id}).mappings()
    )


def _offer_view(row: dict[str, Any], eye: Eye) -> OfferView:
    judgement = row["judgement"] or {}
    row |= {
        "commune": row["commune_name"],
        "refusal_reasons": tuple(row["refusal_reasons"]),
        "features": tuple(row["features"]),
        "effects": tuple(row["effects"]),
        "judged_on": judgement.get("judged_on"),
        "tests": tuple(_test(item, eye) for item in judgement.get("tests", ())),
    }
    return OfferView(**eye.pick({field.name: row[field.name] for field in fields(OfferView)}, CLASSES))


def _test(item: Mapping[str, Any], eye: Eye) -> CheckView:
    return CheckView(
        label=item["label"],
        passed=item["passed"],
        detail=eye.only(item["field_class"], item["detail"]),
        source=item["source"],
        certainty=item["certainty"],
        field_class=item["field_class"],
    )


def attempts(connection: Connection, case_id: str, eye: Eye) -> tuple[AttemptView, ...]:
    return _read(connection, _ATTEMPTS, case_id, AttemptView, eye)


def blockages(connection: Connection, case_id: str, scope: Scope, eye: Eye) -> tuple[BlockageView, ...]:
    found = []
    for row in connection.execute(_BLOCKAGES, {"case_id": case_id}).mappings():
        values = {field.name: row[field.name] for field in fields(BlockageView)} | {"said_by": row["by"]}
        if row["theme"] in VIOLENCE and not scope.sees(SAFETY):
            values["theme"] = None
        found.append(BlockageView(**eye.pick(values, CLASSES)))
    return tuple(found)


def committees(connection: Connection, case_id: str, eye: Eye) -> tuple[CommitteeView, ...]:
    """What became of a decision is a code, no free text: who lists the case reads it."""
    return tuple(
        CommitteeView(
            **eye.pick({name: row[name] for name in _COMMITTEE_VIEW}, {**CLASSES, "outcome": COMMON})
        )
        for row in connection.execute(_COMMITTEES, {"case_id": case_id}).mappings()
    )


def follow_ups(connection: Connection, case_id: str, eye: Eye) -> tuple[FollowUpView, ...]:
    return _read(connection, _FOLLOW_UPS, case_id, FollowUpView, eye)


def handovers(connection: Connection, case_id: str, eye: Eye) -> tuple[HandoverView, ...]:
    return _read(connection, _HANDOVERS, case_id, HandoverView, eye)


def deadlines(connection: Connection, case_id: str, eye: Eye) -> tuple[DeadlineLine, ...]:
    """Open ones, the nearest first. The explanation is the arithmetic of a date; one names the SNE number."""
    return tuple(
        DeadlineLine(
            kind=row["kind"],
            due_on=row["due_on"],
            nature=row["nature"],
            explanation=tuple(row["explanation"][row["kind"] == "snr_renewal" and not eye.sees(SOCIAL) :]),
            owner=row["owner"],
            body=row["body"],
        )
        for row in connection.execute(_DEADLINES, {"case_id": case_id}).mappings()
    )


def past_deadlines(connection: Connection, case_id: str) -> tuple[PastDeadline, ...]:
    """The last closed first."""
    found = connection.execute(_PAST_DEADLINES, {"case_id": case_id}).mappings()
    return tuple(PastDeadline(**row) for row in found)
