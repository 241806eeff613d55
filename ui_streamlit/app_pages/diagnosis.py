"""Diagnostic: the shared grid of one case, filled block by block, signed, and every version of it."""

import streamlit as st
from markupsafe import Markup

from cases.access import scope_of
from cases.actions import actions_on
from db.queries.diagnosis import SOCIAL, DiagnosisFile, SealedCase, diagnosis_file
from ui_streamlit.case_parts.sealed import unsealed
from ui_streamlit.case_parts.unfollowed import unfollowed, unfollowed_words
from ui_streamlit.command_form import command_form
from ui_streamlit.diagnosis_parts.drafts import renewing, typing
from ui_streamlit.diagnosis_parts.form import writing
from ui_streamlit.diagnosis_parts.history import need_versions, offers_compared, signed_versions
from ui_streamlit.diagnosis_parts.live import changes
from ui_streamlit.diagnosis_parts.sign import RENEW, SIGN
from ui_streamlit.diagnosis_parts.steps import RECORD, five_steps, head_badges, record_step
from ui_streamlit.session import current_actor, now, today
from ui_streamlit.widgets.case_table import case_address
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import page_title, section
from ui_streamlit.widgets.messages import message

BACK = ("/dossiers", "Retour aux dossiers")
UNKNOWN = "La référence n’existe pas, ou ce dossier n’est suivi ni par vous ni par votre organisme."
NAMED_ONLY = "Ce dossier est protégé : seules les personnes nommées peuvent l’ouvrir."
LINK = Markup('<p><a href="{}">Retour au dossier</a></p>')
LATER = "Le diagnostic commence une fois le dossier recevable, ou le ménage informé."


def head(view: DiagnosisFile) -> None:
    st.html(page_title("Diagnostic social", view.head.household, eyebrow=f"Dossier {view.head.id}"))
    st.html(LINK.format(case_address(view.head.id)) + head_badges(view, today()))


def write(view: DiagnosisFile, possible: set[str]) -> None:
    """The grid when it can be signed now, or its renewal once somebody asks for it."""
    if SIGN in possible:
        writing(typing(view, actor), SIGN)
    elif RENEW in possible and renewing(view.head.id):
        writing(typing(view, actor), RENEW)
    elif "start_diagnosis" in possible:
        begin(view)
    elif not view.versions:
        st.html(empty_state("Pas encore de diagnostic", LATER, icon_name="clock"))


def begin(view: DiagnosisFile) -> None:
    st.html(message("info", "Le diagnostic n’est pas commencé."))
    outcome = command_form(
        "start_diagnosis", view.head.id, key="diagnosis", actor=actor, seen_version=view.head.version,
        hide=("occurred_on",),
    )  # fmt: skip
    if outcome is not None:
        st.rerun()


def page(view: DiagnosisFile) -> None:
    found = actions_on("case", view.head.id, actor, now=now())
    possible = {action.kind for action in found if action.possible} if view.sees(SOCIAL) else set()
    head(view)
    write(view, possible)
    if view.in_force is not None:
        st.html(unfollowed_words(view.head.id, unfollowed(view)) + five_steps(view))
        if RECORD in possible:
            record_step(view, actor)
    if view.versions:
        st.html(section("Diagnostics signés", count=len(view.versions)))
        signed_versions(view)
    if view.needs:
        st.html(section("Fiche besoin", count=len(view.needs)) + need_versions(view))
    compared = changes(view, today()) if view.sees(SOCIAL) else []
    if compared:
        st.html(offers_compared(compared))


actor = current_actor()
case_id = str(st.query_params.get("id", "")).strip().upper()
shown = diagnosis_file(scope_of(actor), case_id, unsealed=unsealed(case_id)) if case_id else None

if isinstance(shown, DiagnosisFile):
    page(shown)
elif isinstance(shown, SealedCase):
    st.html(page_title("Dossier protégé", eyebrow=case_id))
    st.html(empty_state("Diagnostic réservé", NAMED_ONLY, icon_name="lock", link=BACK))
else:
    st.html(page_title("Diagnostic social"))
    st.html(empty_state("Aucun dossier à cette adresse", UNKNOWN, icon_name="search", link=BACK))
