"""Who may do what on which record, from the table of rights; and who reads which class of fields."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from cases.actor import Actor, Role
from cases.labels import COMMANDS as LABELS
from cases.labels import ROLES as ROLE_NAMES
from cases.reasons import Reason
from cases.rights import ANY, AUTHOR_ONLY, ICI_DESK, LANDLORD, LEAD, NEARNESS, REFERRER, RIGHTS, TEAM
from db import rows
from db.scope import Scope
from db.tables.case import Attempt, NamedReader

COMMON, SOCIAL, HEALTH, SAFETY = "common", "social", "health_functional", "safety"
FIELDS: Mapping[Role, frozenset[str]] = {
    Role.SOCIAL_WORKER: frozenset({COMMON, SOCIAL, HEALTH, SAFETY}),
    Role.REHOUSING_OFFICER: frozenset({COMMON, SOCIAL, HEALTH, SAFETY}),
    Role.PARTNER: frozenset({COMMON}),
    Role.ICI_SECRETARIAT: frozenset({COMMON}),
    Role.CO_PILOT: frozenset({COMMON}),
    Role.RECEIVING_LANDLORD: frozenset(),
    Role.CHAIR: frozenset(),
    Role.OBSERVER: frozenset(),
    Role.ADMINISTRATOR: frozenset(),
    Role.SYSTEM: frozenset({COMMON}),
}

REACH: Mapping[Role, str] = {
    Role.SOCIAL_WORKER: "body",
    Role.REHOUSING_OFFICER: "body",
    Role.PARTNER: "own",
    Role.ICI_SECRETARIAT: "all",
    Role.CO_PILOT: "all",
}


def scope_of(actor: Actor) -> Scope:
    """Whose cases this actor sees and which classes of fields; the default is nothing."""
    return Scope(
        account_id=actor.id,
        role=actor.role,
        body_id=actor.body_id,
        reach=REACH.get(actor.role, "none"),
        fields=FIELDS[actor.role],
    )


def may_ever(actor: Actor, kind: str) -> bool:
    """True when the role has this command at all: decides what a page offers."""
    return actor.role in RIGHTS.get(kind, {})


def obstacles(
    connection: Connection, actor: Actor, kind: str, about: str | None, subject: Mapping[str, Any]
) -> list[Reason]:
    """Why this actor may not do this to that record; empty when they may."""
    if not may_ever(actor, kind):
        return role_obstacles(actor, kind)
    if about == "escalation" and kind in AUTHOR_ONLY and actor.role not in {*ICI_DESK, Role.SYSTEM}:
        return [] if subject["body_id"] == actor.body_id else [_nearness_reason("author")]
    if about != "case":
        return []
    if (
        subject["protected"]
        and actor.role is not Role.SYSTEM
        and not _is_named(connection, actor, subject["id"])
        and not _was_asked(connection, actor, kind, subject["id"])
    ):
        return [
            Reason(
                "access.protected",
                "Ce dossier est protégé : seules les personnes nommées peuvent l’ouvrir.",
                "Domaine 6.4",
            )
        ]
    nearness = RIGHTS[kind][actor.role]
    if nearness == ANY or relations(actor, subject) & NEARNESS[nearness]:
        return []
    return [_nearness_reason(nearness)]


def relations(actor: Actor, case: Mapping[str, Any]) -> set[str]:
    """How the actor stands to the case."""
    found = set()
    if case["owner_id"] == actor.id:
        found.add("holder")
    if case["body_id"] == actor.body_id:
        found |= {"body", "lead"} if actor.is_lead else {"body"}
    if case["landlord_id"] == actor.body_id:
        found |= {"landlord", "lead"} if actor.is_lead else {"landlord"}
    if case["referrer_body_id"] == actor.body_id:
        found.add("referrer")
    return found


def _is_named(connection: Connection, actor: Actor, case_id: str) -> bool:
    return rows.get(connection, NamedReader, case_id=case_id, account_id=actor.id) is not None


def _was_asked(connection: Connection, actor: Actor, kind: str, case_id: str) -> bool:
    """A landlord answers the need that it was sent without a place or a name: it opens nothing."""
    asked = {"case_id": case_id, "body_id": actor.body_id, "answer": "waiting"}
    return kind == "answer_attempt" and rows.get(connection, Attempt, **asked) is not None


def role_obstacles(actor: Actor, kind: str) -> list[Reason]:
    """Asked before anything is read: who has no such command learns nothing of records nor of fields."""
    if may_ever(actor, kind):
        return []
    rights = RIGHTS.get(kind, {})
    allowed = ", ".join(ROLE_NAMES[role] for role in rights if role is not Role.SYSTEM) or "le système seul"
    sentence = (
        f"« {LABELS.get(kind, kind)} » n’est pas ouvert au rôle « {ROLE_NAMES[actor.role]} » "
        f"(ouvert à : {allowed})."
    )
    return [Reason("access.role", sentence, "Habilitations")]


def _nearness_reason(nearness: str) -> Reason:
    sentences = {
        TEAM: "Ce dossier est suivi par un autre service : demandez-lui la main.",
        LANDLORD: "Ce dossier ne relève ni de votre service ni de votre parc.",
        REFERRER: "Votre organisme n’a pas signalé ce dossier et ne le suit pas.",
        "author": "Cette remontée est celle d’un autre organisme.",
        LEAD: "Cette action revient au responsable du service ou du bailleur du dossier.",
    }
    return Reason("access.scope", sentences[nearness], "Habilitations")
