"""What each action on a case is for: the bar, its menu and every « pourquoi pas » are read group by group."""

from collections.abc import Mapping, Sequence

FORWARD = "Avancer"
GROUPS: Mapping[str, tuple[str, ...]] = {
    FORWARD: (),  # what the life cycle allows from here, and the answers that somebody owes
    "Recherche": (
        *("answer_attempt", "note_silence", "end_search_pause", "record_receipt", "plan_visit"),
        *("record_visit", "annul_refusal", "validate_third_refusal", "notify_right_to_stay"),
        *("lift_condition", "annul_offer", "rank_candidate"),
    ),
    "Échanges": (
        *("add_note", "change_note_readers", "open_blockage", "close_blockage", "ask_opinion"),
        *("answer_opinion", "remove_document", "ask_approval", "approve_command", "refuse_approval"),
        *("attach_document", "confirm_signal", "record_satisfaction"),
    ),
    "Accompagnement": (
        *("renew_diagnosis", "record_diagnosis_step", "follow_obstacles", "note_obstacle"),
        *("change_obstacle", "settle_obstacle", "start_support", "extend_support", "end_support"),
        "hand_over_support",
    ),
    "Instances": (
        *("submit_to_technical", "withdraw_from_technical", "draft_escalation", "record_derogation"),
    ),
    "Opération": (
        *("answer_grouped_solution", "plan_last_act", "finish_last_act", "record_cost", "annul_cost"),
        *("change_return_date", "renounce_return"),
    ),
    "Ménage": (
        *("update_contact", "add_person", "record_departure", "change_holder", "split_household"),
        *("record_snr_number", "merge_cases", "undo_merge"),
    ),
    "Qui suit, qui lit": (
        *("take_case", "assign_case", "hand_over", "accept_handover", "refuse_handover"),
        *("protect_case", "add_reader", "remove_reader"),
    ),
    "Suspendre, clore": (
        *("suspend_case", "extend_suspension", "resume_case", "undo_last_step", "refer_again"),
        *("close_early", "reopen", "keep_case", "erase_case"),
    ),
}
_GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}
_RANKS = {group: rank for rank, group in enumerate(GROUPS)}


def group_of(kind: str) -> str:
    """The title of its group; what the life cycle alone names carries the case forward."""
    return _GROUP_OF.get(kind, FORWARD)


def in_groups(kinds: Sequence[str]) -> list[str]:
    """The same, group after group, each in the order given."""
    return sorted(kinds, key=lambda kind: _RANKS[group_of(kind)])
