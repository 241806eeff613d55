"""Documents of a case: listed, downloaded by who may read them, attached and removed with a reason."""

from base64 import b64encode
from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from cases import access
from cases.access import scope_of
from cases.actor import Actor
from cases.commands import Command, execute
from cases.ici_desk import setting_on
from cases.labels.beside import DOCUMENTS
from db.queries.asked import document_content
from db.queries.case_beside import DocumentView
from db.queries.case_file import CaseView
from ui_streamlit.case_parts.sealed import unsealed
from ui_streamlit.feedback import attempt
from ui_streamlit.session import form_draft, now, today
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import moment, short_date
from ui_streamlit.widgets.headings import section, small_print
from ui_streamlit.widgets.messages import message

FORMATS: Mapping[str, str] = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}
ENDINGS = ["pdf", "jpg", "jpeg", "png"]
CLOSED = "Document réservé"
CLOSED_HINT = "santé ou sécurité : ouvrez d’abord ces données avec votre motif"
LINE = Markup("<p><b>{}</b><br><span class='rl-muted'>{}</span></p>")


def documents_section(view: CaseView, actor: Actor) -> None:
    """Nothing at all for who neither reads nor attaches."""
    may_attach = access.may_ever(actor, "attach_document")
    if not view.documents and not may_attach:
        return
    present = [item for item in view.documents if item.removed_on is None]
    st.html(section("Documents", count=len(present)))
    for item in present:
        _line(view, actor, item)
    _removed([item for item in view.documents if item.removed_on is not None])
    if may_attach:
        _attach(view, actor)
    elif not present:
        st.html(small_print("Aucun document joint."))


def _line(view: CaseView, actor: Actor, item: DocumentView) -> None:
    """One document, and the button that downloads it when it may be read."""
    opened = unsealed(view.head.id)  # the click is answered outside the session
    words, button = st.columns([2.6, 1], vertical_alignment="center")
    words.html(LINE.format(_title(item), _origin(item)))
    with button:
        if item.readable:
            st.download_button(
                "Télécharger",
                data=lambda: _content(actor, item.id, opened),
                file_name=item.name or "document",
                mime=item.media,
                key=f"document-{item.id}",
                on_click="ignore",
            )


def _title(item: DocumentView) -> str:
    return f"{DOCUMENTS[item.type]} : {item.name}" if item.type and item.name else CLOSED


def _origin(item: DocumentView) -> str:
    size = f"{max(1, round(item.size / 1000))} ko"
    told = f"{FORMATS.get(item.media, 'Fichier')}, {size} · {item.by}, {moment(item.added_at)}"
    return f"{told} · empreinte {item.digest[:8]}" if item.readable else f"{told} · {CLOSED_HINT}"


def _content(actor: Actor, document_id: int, opened: frozenset[str]) -> bytes:
    """Asked again at the click: removed or closed meanwhile, nothing is served."""
    return document_content(scope_of(actor), document_id, unsealed=opened) or b""


def _removed(found: list[DocumentView]) -> None:
    if not found:
        return
    rows = [
        {
            "name": _title(item),
            "removed": short_date(item.removed_on) if item.removed_on else None,
            "why": item.removed_reason or None,
            "content": Badge("Contenu effacé", "neutral", "ban")
            if item.erased
            else Badge("Retiré", "warning"),
        }
        for item in found
    ]
    columns = [Column("name", "Retiré", second="why"), Column("removed", "Le"), Column("content", "Contenu")]
    with st.expander(f"Documents retirés ({len(found)})"):
        st.html(case_table(rows, columns, caption="Documents retirés"))


def _attach(view: CaseView, actor: Actor) -> None:
    most = setting_on("document_max_kb", today())
    limit = f"PDF, JPEG ou PNG, {int(str(most.value)) // 1000} Mo au plus"
    draft = form_draft(actor, f"attach-{view.head.id}", {"type": None})
    # As it was at the first draw: a panel told to open while a file is being chosen would lose it.
    opened = st.session_state.setdefault(f"attach-open-{view.head.id}", draft.value("type") is not None)
    with st.expander("Joindre un document", expanded=opened):
        st.selectbox(
            "Type de document *",
            list(DOCUMENTS),
            index=None,
            format_func=DOCUMENTS.__getitem__,
            placeholder="Choisir",
            key=draft.key("type"),
            on_change=draft.save,
        )
        # A file is not kept before it is sent: the browser alone has it.
        given = st.file_uploader(f"Fichier ({limit}) *", type=ENDINGS, key=f"file-{view.head.id}")
        sent = st.button("Joindre ce document", type="primary", key=f"attach-send-{view.head.id}")
    kind = draft.value("type")
    if not sent:
        return
    if kind is None or given is None:
        st.html(message("warning", "Choisissez le type de document et le fichier."))
        return
    command = Command(
        id=f"ui.{given.file_id}.{kind}"[:80],
        type="attach_document",
        target=view.head.id,
        data={"type": kind, "name": given.name, "content": b64encode(given.getvalue()).decode()},
    )
    said = f"« {given.name} » est joint au dossier."
    if attempt(execute, command, now=now(), actor=actor, said=said, draft=draft):
        st.rerun()
