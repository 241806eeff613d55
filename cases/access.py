"""Who may do what: role × command × scope, role × field class. Two tables to read; the rest applies them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from cases.actor import Actor, Role
from cases.labels import COMMANDS as LABELS
from cases.labels import ROLES as ROLE_NAMES
from cases.reasons import Reason
from db import rows
from db.scope import Scope
from db.tables.case import NamedReader

# How near a case an actor must stand. "team": the service in charge; "landlord": the present landlord or the
# team; "referrer": who reported it or nearer; "any": every case of the territory.
TEAM, LANDLORD, REFERRER, ANY, LEAD = "team", "landlord", "referrer", "any", "lead"
NEARNESS = {
    TEAM: {"holder", "body"},
    LANDLORD: {"holder", "body", "landlord"},
    REFERRER: {"holder", "body", "landlord", "referrer"},
    LEAD: {"lead"},
}

SW, RO, SEC, CO = Role.SOCIAL_WORKER, Role.REHOUSING_OFFICER, Role.ICI_SECRETARIAT, Role.CO_PILOT
PARTNER, ADMIN, SYS, LANDLORD_DESK = Role.PARTNER, Role.ADMINISTRATOR, Role.SYSTEM, Role.RECEIVING_LANDLORD

Rights = dict[Role, str]
CASE_WORK: Rights = {SW: TEAM, RO: LANDLORD}
HOUSING: Rights = {RO: LANDLORD, SW: TEAM}
GATE: Rights = {SW: TEAM, RO: LANDLORD, SEC: ANY}
RAISE: Rights = {SW: TEAM, RO: LANDLORD, PARTNER: REFERRER, SEC: ANY}
ICI_DESK: Rights = {SEC: ANY, CO: ANY}
SECRETARIAT: Rights = {SEC: ANY, SYS: ANY}
OFFICE: Rights = {ADMIN: ANY, SYS: ANY}
TECHNICAL_DESK: Rights = {SEC: ANY, CO: ANY, RO: ANY}  # an officer: of their own stock (checked)
OPERATIONS: Rights = {RO: LANDLORD, SEC: ANY}

RIGHTS: Mapping[str, Rights] = {
    # referral and admissibility
    "refer_transfer": {SW: ANY, RO: ANY, PARTNER: ANY, SEC: ANY},
    "identify_household": {RO: ANY, SEC: ANY},
    "check_admissibility": GATE,
    "request_information": GATE,
    "complete_information": {SW: TEAM, RO: LANDLORD, PARTNER: REFERRER, SEC: ANY},
    "reject": GATE,
    "admit": GATE,
    "inform_household": CASE_WORK,
    # diagnosis and need
    "start_diagnosis": CASE_WORK,
    "sign_diagnosis": CASE_WORK,
    "renew_diagnosis": CASE_WORK,
    "record_diagnosis_step": CASE_WORK,
    "validate_need": CASE_WORK,
    "revise_need": CASE_WORK,
    # search, offers, committee
    "start_search": HOUSING,
    "record_attempt": HOUSING,
    "send_need": HOUSING,
    "answer_attempt": {RO: ANY, SW: TEAM, LANDLORD_DESK: ANY},
    "note_silence": HOUSING | {SYS: ANY},
    "declare_vacancy": {RO: ANY, LANDLORD_DESK: ANY},
    "withdraw_vacancy": {RO: ANY, LANDLORD_DESK: ANY},
    "make_offer": HOUSING,
    "record_receipt": HOUSING,
    "plan_visit": HOUSING,
    "record_visit": HOUSING,
    "refuse_offer": HOUSING,
    "expire_offer": HOUSING | {SYS: ANY},
    "annul_offer": HOUSING,
    "annul_refusal": {SW: LEAD, RO: LEAD},
    "end_search_pause": HOUSING,
    "accept_offer": HOUSING,
    "validate_third_refusal": {RO: LEAD},
    "notify_right_to_stay": {RO: LANDLORD},
    "inform_committee": HOUSING,
    "allocate": HOUSING,
    "not_allocate": HOUSING,
    "rank_candidate": HOUSING,
    "award_next_rank": HOUSING,
    "lift_condition": HOUSING,
    "fail_condition": HOUSING,
    # lease, move, follow-up
    "sign_lease": HOUSING,
    "move_in": HOUSING,
    "move_temporarily": HOUSING,
    "change_return_date": HOUSING,
    "return_home": HOUSING,
    "renounce_return": HOUSING,
    "plan_last_act": CASE_WORK,
    "finish_last_act": CASE_WORK,
    "answer_grouped_solution": HOUSING,
    "record_cost": HOUSING,
    "annul_cost": HOUSING,
    "resume_search": HOUSING,
    "start_follow_up": CASE_WORK | {SYS: ANY},
    "record_follow_up": {SW: TEAM, RO: LANDLORD, PARTNER: REFERRER},
    "record_satisfaction": {SW: TEAM, RO: LANDLORD, PARTNER: REFERRER},
    "confirm_signal": {SW: TEAM, RO: LANDLORD, PARTNER: REFERRER},
    "refer_again": CASE_WORK,
    "record_derogation": {RO: LEAD, SEC: ANY, CO: ANY},
    "close_case": CASE_WORK,
    "close_early": CASE_WORK,
    "reopen": {SW: LEAD, RO: LEAD},
    # beside the path
    "open_blockage": RAISE,
    "close_blockage": RAISE,
    "take_case": CASE_WORK,
    "assign_case": {SW: LEAD, RO: LEAD, SEC: ANY},
    "hand_over": CASE_WORK,
    "accept_handover": {SW: ANY, RO: ANY},
    "refuse_handover": {SW: ANY, RO: ANY},
    "add_note": {SW: TEAM, RO: LANDLORD, PARTNER: REFERRER},
    "change_note_readers": {SW: TEAM, RO: LANDLORD, PARTNER: REFERRER},
    "suspend_case": CASE_WORK,
    "extend_suspension": CASE_WORK,
    "resume_case": CASE_WORK,
    "undo_last_step": {SW: TEAM, RO: LANDLORD, PARTNER: REFERRER, SEC: ANY},
    "ask_opinion": CASE_WORK | {SEC: ANY},
    "answer_opinion": {PARTNER: ANY, LANDLORD_DESK: ANY, RO: ANY, SW: ANY, CO: ANY, SEC: ANY},
    "ask_approval": CASE_WORK | {SEC: ANY, PARTNER: REFERRER},
    "approve_command": CASE_WORK | {SEC: ANY},
    "refuse_approval": CASE_WORK | {SEC: ANY},
    "attach_document": {SW: TEAM, RO: LANDLORD, PARTNER: REFERRER},
    "remove_document": CASE_WORK,
    "update_contact": CASE_WORK,
    "add_person": CASE_WORK,
    "change_holder": CASE_WORK,
    "record_departure": CASE_WORK,
    "split_household": CASE_WORK,
    "protect_case": {SW: TEAM, RO: LANDLORD, PARTNER: REFERRER},
    "add_reader": CASE_WORK,
    "remove_reader": CASE_WORK,
    # obstacles, support, technical committee
    "note_obstacle": CASE_WORK,
    "change_obstacle": CASE_WORK,
    "settle_obstacle": CASE_WORK,
    "start_support": CASE_WORK,
    "extend_support": CASE_WORK,
    "end_support": CASE_WORK,
    "hand_over_support": CASE_WORK,
    "submit_to_technical": GATE,
    "withdraw_from_technical": GATE,
    "plan_technical": TECHNICAL_DESK,
    "open_technical": TECHNICAL_DESK,
    "record_opinion": TECHNICAL_DESK,
    "judge_refusal": TECHNICAL_DESK,
    "close_technical": TECHNICAL_DESK,
    "cancel_technical": TECHNICAL_DESK,
    "record_snr_number": CASE_WORK | {PARTNER: REFERRER},
    "merge_cases": CASE_WORK | {SEC: ANY},
    "undo_merge": CASE_WORK | {SEC: ANY},
    # ICI
    "draft_escalation": {SW: ANY, RO: ANY, PARTNER: ANY, SEC: ANY},
    "join_case": RAISE,
    "leave_escalation": RAISE,
    "submit_escalation": RAISE,
    "withdraw_escalation": RAISE,
    "carry_over": {SYS: ANY, SEC: ANY},
    "admit_by_exception": {CO: ANY},
    "objectify": ICI_DESK,
    "put_on_agenda": ICI_DESK,
    "decide": SECRETARIAT,
    "postpone": ICI_DESK,
    "record_execution": {SEC: ANY, CO: ANY, RO: ANY, PARTNER: ANY},
    "give_reason": {SEC: ANY, RO: ANY, PARTNER: ANY, CO: ANY},
    "mark_not_executed": SECRETARIAT,
    "return_to_agenda": SECRETARIAT,
    "plan_session": {SEC: ANY},
    "open_call": SECRETARIAT,
    "close_call": SECRETARIAT,
    "move_session": {SEC: ANY},
    "send_file": {SEC: ANY},
    "hold_session": {SEC: ANY},
    "validate_minutes": {SEC: ANY, CO: ANY},
    "close_session": {SEC: ANY},
    "cancel_session": {SEC: ANY},
    # operations
    "create_operation": OPERATIONS,
    "create_building": OPERATIONS,
    "record_legal_ground": OPERATIONS,
    "create_site": {SEC: ANY},
    "update_site": {SEC: ANY},
    "update_operation": OPERATIONS,
    "update_building": OPERATIONS,
    "change_vacate_date": OPERATIONS,
    "create_dwelling": OPERATIONS,
    "update_dwelling": OPERATIONS,
    "free_dwelling": OPERATIONS,
    "neutralise_dwelling": OPERATIONS,
    "propose_grouped_solution": OPERATIONS,
    "annul_grouped_solution": OPERATIONS,
    "set_objective": ICI_DESK,
    "annul_objective": ICI_DESK,
    # office
    "create_body": OFFICE,
    "create_account": OFFICE,
    "update_account": OFFICE,
    "change_setting": OFFICE,
    "set_perimeter": OFFICE | {SEC: ANY},
    "erase_details": OFFICE,
}

AUTHOR_ONLY = {"submit_escalation", "withdraw_escalation", "join_case", "leave_escalation"}

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
