"""Notes on a case, for everyone who opens it, for the author's service, or for the author alone."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from cases.commands.fields import NoteReaders, Ref, RequiredLong
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.step import Step
from db.tables.case import Note


class AddNote(Data):
    text: RequiredLong = Field(title="Note (des faits, pas de jugement)")
    readers: NoteReaders = Field(default="all", title="Qui peut la lire")


@command(CASE, AddNote, moves=False, needs_open=False)
def add_note(step: Step, data: AddNote) -> None:
    step.created["note"] = step.insert(
        Note,
        case_id=step.case_id,
        author_id=step.actor.id,
        body_id=step.actor.body_id,
        readers=data.readers,
        written_at=step.now,
        text=data.text,
    )


class ChangeNoteReaders(Data):
    note_id: Annotated[int, Ref("note")] = Field(title="Note")
    readers: NoteReaders = Field(title="Qui peut la lire")


def _own_note(step: Step, data: ChangeNoteReaders) -> Iterable[Reason]:
    """One sentence for a note that is not there and for one that this person may not know of."""
    if step.get(Note, id=data.note_id, case_id=step.case_id, author_id=step.actor.id) is None:
        yield Reason(
            "note.not_yours",
            "Seul l’auteur d’une note change qui peut la lire : choisissez l’une des vôtres.",
        )


@command(CASE, ChangeNoteReaders, check=_own_note, moves=False, needs_open=False)
def change_note_readers(step: Step, data: ChangeNoteReaders) -> None:
    step.update(Note, {"id": data.note_id}, readers=data.readers)
