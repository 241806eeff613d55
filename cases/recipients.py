"""Who is reminded of a deadline: the holder, then the lead of the service in charge; for the ICI, its
secretariat. Where there is nobody else, the secretariat: somebody always hears."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from cases.step import Step
from db import rows
from db.rows import Row
from db.tables.case import Attempt, CaseFile, Handover
from db.tables.clock import Deadline
from db.tables.people import Account
from db.tables.rehousing import PlannedAct
from db.tables.support import Obstacle

_DEADLINE, _CASE = rows.table_of(Deadline), rows.table_of(CaseFile)
OF_BODY = ("obligation", "item_opinion")  # asked of an organisation: its lead acts, the secretariat watches
_OF_BODY = sa.or_(*(_DEADLINE.c.subject.startswith(f"{about}:") for about in OF_BODY))
_ATTEMPT = _DEADLINE.c.subject.startswith("attempt:")
RECEIVER = "receiving_landlord"
# Whom the record itself names; else, like the deadlines of `OF_HOLDER`, whoever follows the case.
NAMED_IN = {"case": "owner_id", "handover": "to_id", "obstacle": "owner_id", "planned_act": "who_id"}
NAMING: dict[str, type[SQLModel]] = {"handover": Handover, "obstacle": Obstacle, "planned_act": PlannedAct}
OF_HOLDER = ("case", "attempt", "signal", "support", "opinion", "grouped_answer")


def wanted_owner(about: str, facts: Row) -> str | None:
    column = NAMED_IN.get(about)
    found: str | None = facts[column] if column else None
    return found


def people_of(step: Step, about: str, facts: Row) -> dict[str, Any]:
    """The columns of a deadline that say whose it is."""
    if about == "session":
        secretary = secretary_of(step, facts["ici"])
        return {"owner_id": secretary, "lead_id": secretary, "body_id": None, "case_id": None}
    if about in OF_BODY:
        owner_id, body_id = lead_or_secretary(step, facts["body_id"]), facts["body_id"]
        return {
            "owner_id": owner_id,
            "lead_id": secretary_of(step, None),
            "body_id": body_id,
            "case_id": None,
        }
    case = facts if about == "case" else step.need(CaseFile, "Le dossier", id=facts["case_id"])
    asked = (
        step.lead_of(facts["body_id"]) or receiver_of(step, facts["body_id"]) if about == "attempt" else None
    )
    lead_id = asked or lead_or_secretary(step, case["body_id"])
    owner_id = wanted_owner(about, facts) or case["owner_id"]
    if owner_id is not None and step.get(Account, id=owner_id, active=True) is None:
        owner_id = lead_id
    return {"owner_id": owner_id, "lead_id": lead_id, "body_id": case["body_id"], "case_id": case["id"]}


def lead_or_secretary(step: Step, body_id: str) -> str | None:
    return step.lead_of(body_id) or secretary_of(step, None)


def receiver_of(step: Step, body_id: str) -> str | None:
    """The first person who answers the needs addressed to this landlord."""
    found = step.find(Account, body_id=body_id, role=RECEIVER, active=True)
    return found[0]["id"] if found else None


def search_desk_of(step: Step, body_id: str) -> list[str | None]:
    """Who hears at a landlord that a need is addressed to it: its lead and those who answer."""
    desk = step.find(Account, body_id=body_id, role=RECEIVER, active=True)
    return [step.lead_of(body_id), *(row["id"] for row in desk)]


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
        of_body.where(~_OF_BODY, ~_ATTEMPT).values(lead_id=lead_id),
        standing.where(_DEADLINE.c.subject.in_(_asked(account["body_id"]))).values(
            lead_id=step.lead_of(account["body_id"]) or receiver_of(step, account["body_id"]) or lead_id
        ),
        of_body.where(_OF_BODY).values(owner_id=lead_id),
    ]
    if account["active"]:
        held = sa.select(_CASE.c.id).where(_CASE.c.owner_id == account["id"])
        own = sa.or_(*(_DEADLINE.c.subject.startswith(f"{about}:") for about in OF_HOLDER))
        changes.append(standing.where(own, _DEADLINE.c.case_id.in_(held)).values(owner_id=account["id"]))
        named = sa.union_all(*(_naming(about, account["id"]) for about in NAMING))
        changes.append(standing.where(_DEADLINE.c.subject.in_(named)).values(owner_id=account["id"]))
    else:
        was_lead, was_owner = (
            column == account["id"] for column in (_DEADLINE.c.lead_id, _DEADLINE.c.owner_id)
        )
        changes.append(standing.where(was_lead).values(lead_id=secretary_of(step, None)))
        changes.append(standing.where(was_owner).values(owner_id=_DEADLINE.c.lead_id))
    for change in changes:
        step.connection.execute(change)


def _naming(about: str, account_id: str) -> sa.Select[Any]:
    """The subjects of the deadlines that name this account itself."""
    table = rows.table_of(NAMING[about])
    return sa.select(sa.literal(f"{about}:") + sa.cast(table.c.id, sa.String)).where(
        table.c[NAMED_IN[about]] == account_id
    )


def _asked(body_id: str) -> sa.Select[Any]:
    """The subjects of the deadlines of this landlord's answers."""
    attempt = rows.table_of(Attempt)
    return sa.select(sa.literal("attempt:") + sa.cast(attempt.c.id, sa.String)).where(
        attempt.c.body_id == body_id, attempt.c.answer == "waiting"
    )
