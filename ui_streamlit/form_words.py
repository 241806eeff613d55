"""French words of forms, and refusals that name the field as the person sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pydantic import BaseModel

from cases.commands import Outcome
from cases.reasons import Reason
from ui_streamlit.form_fields import Field, fields_of

ROW: Mapping[str, str] = {
    "Member": "Personne",
    "Evidence": "Justificatif",
    "Resource": "Ressource",
    "MemberFacts": "Personne",
    "SplitCandidate": "Candidat",
    "NoteObstacle": "Frein",
    "Duty": "Organisme",
}
ADD: Mapping[str, str] = {
    "Member": "Ajouter une personne",
    "Evidence": "Ajouter un justificatif",
    "Resource": "Ajouter une ressource",
    "MemberFacts": "Ajouter une personne",
    "SplitCandidate": "Ajouter un candidat",
    "NoteObstacle": "Ajouter un frein",
    "Duty": "Ajouter un organisme",
}
ADDED: Mapping[str, Mapping[str, str]] = {"Member": {"link": "child"}}  # what an added row starts with


def in_french(outcome: Outcome, model: type[BaseModel]) -> Outcome:
    """The same outcome, whose reasons about a nested field name it by its label."""
    fields = fields_of(model)
    return replace(outcome, reasons=tuple(_worded(reason, fields) for reason in outcome.reasons))


def _worded(reason: Reason, fields: Sequence[Field]) -> Reason:
    path = reason.code.removeprefix("field.").split(".")
    _, separator, problem = reason.sentence.partition(" : ")
    if not reason.code.startswith("field.") or len(path) == 1 or not separator:
        return reason
    return replace(reason, sentence=f"{_named(path, fields)} : {problem}")


def _named(path: Sequence[str], fields: Sequence[Field]) -> str:
    """« Composition du ménage, personne 1, Date de naissance »."""
    words, item = [], ""
    for part in path:
        known = next((field for field in fields if field.name == part), None)
        if known is not None:
            words.append(known.label)
            fields, item = known.children, known.item
        elif part.isdigit():
            words.append(f"{ROW.get(item, 'ligne').lower()} {int(part) + 1}")
    return ", ".join(words)
