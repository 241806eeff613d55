"""What the forms beside the path offer to choose from, read from the case."""

from collections.abc import Callable, Mapping

from cases.labels import COMMANDS
from cases.labels.beside import DOCUMENTS
from db.queries import people
from db.queries.case_file import CaseView
from ui_streamlit.case_parts.beside import note_words
from ui_streamlit.session import current_actor

Options = Mapping[str, Mapping[str, str]]


def _notes(view: CaseView) -> Options:
    return {"note_id": {str(note.id): note_words(note) for note in view.notes if note.mine}}


def _consulted(_: CaseView) -> Options:
    """Every organisation but the one that asks."""
    own = current_actor().body_id
    return {"body_id": {code: name for code, name in people.bodies().items() if code != own}}


def _opinions(view: CaseView) -> Options:
    waiting = [item for item in view.opinions if item.answer == "waiting"]
    return {"opinion_id": {str(item.id): f"{item.body} : {item.question[:80]}" for item in waiting}}


def _approvals(view: CaseView) -> Options:
    waiting = [item for item in view.approvals if item.answer == "waiting"]
    return {"approval_id": {str(item.id): f"{COMMANDS[item.kind]}, par {item.asked_by}" for item in waiting}}


def _documents(view: CaseView) -> Options:
    there = [item for item in view.documents if item.readable and item.removed_on is None]
    return {"document_id": {str(item.id): f"{DOCUMENTS[item.type or '']} : {item.name}" for item in there}}


OPTIONS: Mapping[str, Callable[[CaseView], Options]] = {
    "ask_opinion": _consulted,
    "change_note_readers": _notes,
    "answer_opinion": _opinions,
    "approve_command": _approvals,
    "refuse_approval": _approvals,
    "remove_document": _documents,
}


def _only(find: Callable[[CaseView], Options]) -> Callable[[CaseView], dict[str, str]]:
    """A list of one is chosen already."""

    def chosen(view: CaseView) -> dict[str, str]:
        return {field: next(iter(named)) for field, named in find(view).items() if len(named) == 1}

    return chosen


DEFAULTS: Mapping[str, Callable[[CaseView], dict[str, str]]] = {
    kind: _only(find) for kind, find in OPTIONS.items()
}
HIDDEN: Mapping[str, tuple[str, ...]] = dict.fromkeys(
    ("approve_command", "refuse_approval", "change_note_readers"), ("occurred_on",)
)
