"""What the timeline tells of notes, documents, opinions, approvals and steps taken back, and to whom."""

from collections.abc import Mapping
from typing import Any

from db.queries.case_access import COMMON, SOCIAL, Eye
from db.queries.case_beside import class_of

Details = Mapping[str, Any]
Notes = Mapping[Any, str | None]  # by number: the text, or None for who may know of the note but not read it
TOLD: Mapping[str, Mapping[str, str]] = {
    "add_note": {},  # its text is that of the note, if this reader may read it
    "suspend_case": {"reason": SOCIAL, "until": COMMON, "explanation": SOCIAL},
    "extend_suspension": {"until": COMMON, "reason": SOCIAL},
    "ask_opinion": {"body_id": COMMON, "question": COMMON},
    "answer_opinion": {"opinion": COMMON, "words": SOCIAL},
    "ask_approval": {"kind": COMMON, "why": SOCIAL},
    "refuse_approval": {"reason": SOCIAL},
    "attach_document": {"type": COMMON},
    "remove_document": {"reason": SOCIAL},
}


def hidden(
    kind: str, actor: str, details: Mapping[str, Any], reader: str, notes: Mapping[int, str | None]
) -> bool:
    """A line about a note that this reader may not read. `notes`: those that they may."""
    if kind == "change_note_readers":
        return actor != reader
    return kind == "add_note" and _note(details) not in notes


def _note(details: Details) -> Any:
    return (details.get("created") or {}).get("note")


def also_told(kind: str, details: Details, told: Details, eye: Eye, notes: Notes) -> dict[str, Any]:
    """With whose approval it was done, what was taken back; without the type of a sensitive document."""
    found = dict(told)
    if kind == "add_note" and notes[_note(details)] is not None:
        found["text"] = notes[_note(details)]
    if details.get("approved_by"):
        found["approved_by"] = details["approved_by"]
    if kind == "undo_last_step":
        found["undone"] = (details.get("created") or {}).get("undone", {}).get("type", "")
    if kind == "attach_document" and not eye.sees(class_of(found.get("type", ""))):
        found.pop("type", None)
    return found
