"""Dossier: one case on one page. What can be done now, why not the rest, what was done, by when."""

import streamlit as st

from cases.access import scope_of
from db.queries.case_file import CaseView, SealedCase, case_file
from ui_streamlit.case_parts.actions import case_actions
from ui_streamlit.case_parts.columns import time_column, work_column
from ui_streamlit.case_parts.head import head_card
from ui_streamlit.case_parts.sealed import unsealed
from ui_streamlit.session import current_actor, today
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import page_title

BACK = ("/dossiers", "Retour aux dossiers")
UNKNOWN = "La référence n’existe pas, ou ce dossier n’est suivi ni par vous ni par votre organisme."
SEALED = (
    "Seules les personnes nommées peuvent l’ouvrir. Pour y travailler, demandez au service qui le suit "
    "de vous nommer."
)

actor = current_actor()
case_id = str(st.query_params.get("id", "")).strip().upper()
view = case_file(scope_of(actor), case_id, unsealed=unsealed(case_id)) if case_id else None

if isinstance(view, CaseView):
    day = today()
    st.html(head_card(view, day))
    case_actions(view, actor)
    left, right = st.columns([1.75, 1], gap="large")
    with left:
        work_column(view, actor, day)
    with right:
        time_column(view, day)
elif isinstance(view, SealedCase):
    st.html(page_title("Dossier protégé", eyebrow=view.id))
    st.html(empty_state("Ce dossier est protégé", SEALED, icon_name="lock", link=BACK))
elif case_id:
    st.html(page_title("Dossier introuvable", eyebrow=case_id))
    st.html(empty_state("Aucun dossier à cette adresse", UNKNOWN, icon_name="search", link=BACK))
else:
    st.html(page_title("Dossier"))
    st.html(empty_state("Choisissez un dossier", "Ouvrez-le depuis la liste.", icon_name="search", link=BACK))
