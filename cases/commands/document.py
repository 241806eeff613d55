"""Documents attached to a case: what they are is a record, what they hold lies outside the database
(docs/decisions/0015)."""

import binascii
from base64 import b64decode
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field

from cases.commands.fields import DocumentType, Ref, Required, RequiredLong
from cases.reasons import Reason
from cases.registry import CASE, Data, Secret, command
from cases.step import Step
from db import documents
from db.rows import Row
from db.tables.beside import Document

MOST_CHARACTERS = 7_500_000  # what a line of `apply` carries
# How a file of each format begins: what it is, whatever its name says.
BEGINS = {"application/pdf": b"%PDF-", "image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}


def _plain_name(value: str) -> str:
    if "/" in value or "\\" in value:
        raise ValueError("donnez le nom du fichier seul, sans dossier")
    return value


class AttachDocument(Data):
    type: DocumentType = Field(title="Type de document")
    name: Annotated[Required, AfterValidator(_plain_name)] = Field(title="Nom du fichier")
    content: Annotated[str, Field(max_length=MOST_CHARACTERS), Secret] = Field(title="Contenu (base64)")


def _document_obstacles(step: Step, data: AttachDocument) -> Iterable[Reason]:
    content = _decoded(data.content)
    if content is None:
        yield Reason(
            "document.unreadable", "Le contenu du document n’est pas lisible : choisissez-le à nouveau."
        )
        return
    most = int(step.setting("document_max_kb"))
    if len(content) > most * 1000:
        yield Reason(
            "document.too_large",
            f"Le document fait {len(content) // 1000} ko : {most} ko au plus, allégez-le ou coupez-le.",
            "Réglage document_max_kb (à valider)",
        )
    if _media(content) not in step.setting("document_media"):
        yield Reason(
            "document.media",
            "Ce format n’est pas accepté : enregistrez le document en PDF, JPEG ou PNG.",
            "Réglage document_media (à valider)",
        )


def _decoded(text: str) -> bytes | None:
    try:
        return b64decode(text, validate=True) or None
    except (binascii.Error, ValueError):
        return None


def _media(content: bytes) -> str:
    return next((media for media, begins in BEGINS.items() if content.startswith(begins)), "")


@command(CASE, AttachDocument, check=_document_obstacles, moves=False, needs_open=False)
def attach_document(step: Step, data: AttachDocument) -> None:
    content = _decoded(data.content) or b""
    step.created["document"] = step.insert(
        Document,
        case_id=step.case_id,
        type=data.type,
        name=data.name,
        media=_media(content),
        size=len(content),
        digest=documents.keep(content),
        added_by=step.actor.id,
        added_at=step.now,
    )


class RemoveDocument(Data):
    document_id: Annotated[int, Ref("document")] = Field(title="Document")
    reason: RequiredLong = Field(title="Motif du retrait")


def _removal_obstacles(step: Step, data: RemoveDocument) -> Iterable[Reason]:
    if _present(step, data.document_id) is None:
        yield Reason("document.none", "Ce document n’est pas joint au dossier, ou a déjà été retiré.")


def _present(step: Step, document_id: int) -> Row | None:
    return step.get(Document, id=document_id, case_id=step.case_id, removed_on=None)


@command(CASE, RemoveDocument, check=_removal_obstacles, moves=False, needs_open=False)
def remove_document(step: Step, data: RemoveDocument) -> None:
    """Hidden at once; the clock erases its content (cases/document_sweep.py)."""
    step.update(
        Document,
        {"id": data.document_id},
        removed_on=step.today,
        removed_by=step.actor.id,
        removed_reason=data.reason,
    )
