"""The commands that their author may take back within minutes (setting `undo_minutes`).

None that told an outside body something, froze a legal result (a refusal, a signed diagnosis…) or moved the
ICI: those are corrected by another command, in sight of everybody.
"""

UNDOABLE = frozenset(
    {
        # along the path
        "check_admissibility",
        "start_diagnosis",
        "validate_need",
        "start_search",
        "record_receipt",
        "accept_offer",
        "sign_lease",
        "start_follow_up",
        "resume_search",
        "change_return_date",
        # beside it
        "open_blockage",
        "close_blockage",
        "take_case",
        "assign_case",
        "add_note",
        "update_contact",
        "add_person",
        "record_departure",
        "note_obstacle",
        "suspend_case",
        "extend_suspension",
        "resume_case",
        "attach_document",
        "remove_document",
    }
)
