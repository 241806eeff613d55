"""The technical committee is favourable to the need: whoever may validate it does so in one click."""

from collections.abc import Collection
from uuid import uuid4

import streamlit as st

from cases.actor import Actor
from cases.commands import Command, execute
from db.queries.case_file import CaseView
from ui_streamlit.case_parts.two_people import needs_two
from ui_streamlit.feedback import attempt
from ui_streamlit.session import now, on_screen, today
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.messages import message

VALIDATE = "validate_need"


def validate_as_advised(view: CaseView, actor: Actor, possible: Collection[str]) -> None:
    """Nothing without a favourable opinion on the present need sheet, or when two people must agree."""
    point = next((one for one in view.technical if one.asked == "need" and one.opinion == "favourable"), None)
    stale = point is None or point.need_sheet_id != view.head.need_sheet_id
    if point is None or stale or VALIDATE not in possible or needs_two(VALIDATE, today()):
        return
    st.html(
        message(
            "success",
            f"Le comité technique du {short_date(point.held_on)} est favorable à ce besoin",
            [point.reason] if point.reason else [],
        )
    )
    seen = on_screen(f"advised:{view.head.id}", view.head.version)
    if st.button("Valider le besoin en un clic", type="primary", key=f"advised-{view.head.id}"):
        command = Command(id=f"ui.{uuid4()}", type=VALIDATE, target=view.head.id, seen_version=seen)
        if attempt(execute, command, now=now(), actor=actor, said="Fiche besoin validée.") is not None:
            st.rerun()
