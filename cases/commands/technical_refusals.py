"""Refusals that ask for the technical committee: put on its next agenda by themselves (domain 1.4)."""

from datetime import date

import sqlalchemy as sa

from cases.commands.technical_items import covers, withdraw
from cases.step import Step
from db import rows
from db.rows import Row
from db.tables.case import CaseFile
from db.tables.offer import Offer
from db.tables.technical import TechnicalItem, TechnicalSession

QUESTION = "Refus d’une proposition : est-il légitime ?"
_case, _offer, _item = rows.table_of(CaseFile), rows.table_of(Offer), rows.table_of(TechnicalItem)


def put_refusal(step: Step, offer_id: str) -> date | None:
    """On the nearest agenda of the landlord or territory of the case; the day of that session, or None when
    none is planned: the next one planned takes it."""
    ahead = [
        row
        for row in step.find(TechnicalSession, state="planned")
        if row["held_on"] >= step.today and covers(row, step.subject)
    ]
    if not ahead:
        return None
    session = min(ahead, key=lambda row: (row["held_on"], row["id"]))
    _put(step, session["id"], step.subject, offer_id)
    held_on: date = session["held_on"]
    return held_on


def put_waiting_refusals(step: Step, session: Row) -> None:
    """Those of its perimeter that were flagged while no session was planned."""
    waiting = (
        sa.select(_offer.c.id.label("offer_id"), _case)
        .join(_case, _case.c.id == _offer.c.case_id)
        .where(
            _offer.c.legitimacy == "under_review",
            _offer.c.state.in_(("refused", "expired")),
            _case.c.closed_on.is_(None),
            ~sa.exists().where(_item.c.offer_id == _offer.c.id, _item.c.next_id.is_(None), _still_asked()),
        )
        .order_by(_offer.c.answered_on, _offer.c.id)
    )
    for row in step.connection.execute(waiting).mappings().all():
        if covers(session, dict(row)):
            _put(step, session["id"], dict(row), row["offer_id"])


def _still_asked() -> sa.ColumnElement[bool]:
    """Waiting, or adjourned and carried by the sessions themselves."""
    return _item.c.opinion.in_(("waiting", "adjourned", "annulled"))


def _put(step: Step, session_id: str, case: Row, offer_id: str) -> None:
    """In the name of who follows the case: they hear of the opinion."""
    item_id = step.insert(
        TechnicalItem,
        session_id=session_id,
        case_id=case["id"],
        asked="refusal",
        question=QUESTION,
        offer_id=offer_id,
        submitted_by=case["owner_id"] or case["referrer_id"],
        submitted_on=step.today,
    )
    step.created.setdefault("technical_items", []).append(item_id)


def forget_refusal(step: Step, offer_id: str) -> None:
    """A refusal that was recorded by mistake is asked of nobody any more."""
    for item in step.find(TechnicalItem, offer_id=offer_id, opinion="waiting"):
        withdraw(step, item, "Refus annulé")
