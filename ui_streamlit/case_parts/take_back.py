"""« Annuler (9 min) »: the author of the last step takes it back."""

from uuid import uuid4

import streamlit as st

from cases.actor import Actor
from cases.commands import Command, execute
from cases.last_step import to_take_back
from db.queries.case_file import CaseView
from ui_streamlit.feedback import attempt
from ui_streamlit.session import now, on_screen

HELP = "Votre dernière action : « {} ». Le dossier redevient comme avant, l’historique garde tout."


def take_back_button(view: CaseView, actor: Actor) -> None:
    """Nothing at all when there is nothing to take back."""
    case_id = view.head.id
    seen = on_screen(f"undo:{case_id}", view.head.version)
    found = to_take_back(case_id, actor, now=now())
    if found is None:
        return
    label = f"Annuler ({found.minutes} min)"
    if st.button(label, key=f"undo-{case_id}", type="tertiary", help=HELP.format(found.label)):
        command = Command(id=f"ui.{uuid4()}", type="undo_last_step", target=case_id, seen_version=seen)
        if attempt(execute, command, now=now(), actor=actor, said=f"« {found.label} » est annulé."):
            st.rerun()
