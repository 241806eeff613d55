"""Who may do what: role × command × scope. A table to read; `cases/access.py` applies it."""

from collections.abc import Mapping

from cases.actor import Role

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
    "follow_obstacles": CASE_WORK,
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
    "ask_item_opinion": RAISE | ICI_DESK,
    "answer_item_opinion": {PARTNER: ANY, LANDLORD_DESK: ANY, RO: ANY, SW: ANY, CO: ANY, SEC: ANY},
    "give_item_sheet": RAISE | ICI_DESK,
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

AUTHOR_ONLY = {
    *("submit_escalation", "withdraw_escalation", "join_case", "leave_escalation"),
    *("ask_item_opinion", "give_item_sheet"),
}
