"""Who is reminded of a deadline: the holder, then the lead of the service in charge; for the ICI, its
secretariat. Where there is nobody else, the secretariat: somebody always hears."""

from typing import Any

import sqlalchemy as sa

from cases.step import Step
from db import rows
from db.rows import Row
from db.tables.case import CaseFile
from db.tables.clock import Deadline
from db.tables.people import Account

_DEADLINE, _CASE = rows.table_of(Deadline), rows.table_of(CaseFile)
_OBLIGATION = _DEADLINE.c.subject.startswith("obligation:")


def wanted_owner(about: str, facts: Row) -> str | None:
    """Whom the record itself names."""
    column = {"case": "owner_id", "handover": "to_id"}.get(about)
    found: str | None = facts[column] if column else None
    return found


def people_of(step: Step, about: str, facts: Row) -> dict[str, Any]:
    """The columns of a deadline that say whose it is."""
    if about == "session":
        secretary = secretary_of(step, facts["ici"])
        return {"owner_id": secretary, "lead_id": secretary, "body_id": None, "case_id": None}
    if about == "obligation":
        owner_id, body_id = lead_or_secretary(step, facts["body_id"]), facts["body_id"]
        return {
            "owner_id": owner_id,
            "lead_id": secretary_of(step, None),
            "body_id": body_id,
            "case_id": None,
        }
    case = facts if about == "case" else step.need(CaseFile, "Le dossier", id=facts["case_id"])
    lead_id = lead_or_secretary(step, case["body_id"])
    owner_id = facts["to_id"] if about == "handover" else case["owner_id"]
    if owner_id is not None and step.get(Account, id=owner_id, active=True) is None:
        owner_id = lead_id
    return {"owner_id": owner_id, "lead_id": lead_id, "body_id": case["body_id"], "case_id": case["id"]}


def lead_or_secretary(step: Step, body_id: str) -> str | None:
    return step.lead_of(body_id) or secretary_of(step, None)


def secretary_of(step: Step, ici: str | None) -> str | None:
    """The first of this ICI, else of any."""
    found = step.find(Account, role="ici_secretariat", active=True)
    own = [row for row in found if row["ici"] == ici]
    chosen = own or found
    return chosen[0]["id"] if chosen else None


def pass_on(step: Step, account: Row) -> None:
    """An account became or ceased to be lead, was closed or opened: open deadlines follow, set-based."""
    standing = sa.update(_DEADLINE).where(_DEADLINE.c.closed_at.is_(None))
    of_body = standing.where(_DEADLINE.c.body_id == account["body_id"])
    lead_id = lead_or_secretary(step, account["body_id"])
    changes = [
        of_body.where(~_OBLIGATION).values(lead_id=lead_id),
        of_body.where(_OBLIGATION).values(owner_id=lead_id),
    ]
    if account["active"]:
        held = sa.select(_CASE.c.id).where(_CASE.c.owner_id == account["id"])
        own = sa.or_(*(_DEADLINE.c.subject.startswith(f"{about}:") for about in ("case", "attempt")))
        changes.append(standing.where(own, _DEADLINE.c.case_id.in_(held)).values(owner_id=account["id"]))
    else:
        was_lead, was_owner = (
            column == account["id"] for column in (_DEADLINE.c.lead_id, _DEADLINE.c.owner_id)
        )
        changes.append(standing.where(was_lead).values(lead_id=secretary_of(step, None)))
        changes.append(standing.where(was_owner).values(owner_id=_DEADLINE.c.lead_id))
    for change in changes:
        step.connection.execute(change)
