"""What the timeline tells of notes, documents, opinions, approvals and steps taken back, and to whom."""

from collections.abc import Collection, Mapping
from typing import Any

from db.queries.case_access import COMMON, SOCIAL, Eye
from db.queries.case_beside import class_of

TOLD: Mapping[str, Mapping[str, str]] = {
    "add_note": {"text": COMMON},  # the lines of notes that the reader may not read are not told at all
    "suspend_case": {"reason": SOCIAL, "until": COMMON, "explanation": SOCIAL},
    "extend_suspension": {"until": COMMON, "reason": SOCIAL},
    "ask_opinion": {"body_id": COMMON, "question": COMMON},
    "answer_opinion": {"opinion": COMMON, "words": SOCIAL},
    "ask_approval": {"kind": COMMON, "why": SOCIAL},
    "refuse_approval": {"reason": SOCIAL},
    "attach_document": {"type": COMMON},
    "remove_document": {"reason": SOCIAL},
}


def hidden(kind: str, actor: str, details: Mapping[str, Any], reader: str, notes: Collection[int]) -> bool:
    """A line about a note that this reader may not read. `notes`: those that they may."""
    if kind == "change_note_readers":
        return actor != reader
    return kind == "add_note" and (details.get("created") or {}).get("note") not in notes


def also_told(kind: str, details: Mapping[str, Any], told: dict[str, Any], eye: Eye) -> dict[str, Any]:
    """With whose approval it was done, what was taken back; without the type of a sensitive document."""
    found = dict(told)
    if details.get("approved_by"):
        found["approved_by"] = details["approved_by"]
    if kind == "undo_last_step":
        found["undone"] = (details.get("created") or {}).get("undone", {}).get("type", "")
    if kind == "attach_document" and not eye.sees(class_of(found.get("type", ""))):
        found.pop("type", None)
    return found
