"""Putting one of my reminders off until a day; a legal date is refused with its reason."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import uuid4

import streamlit as st

from cases.actor import Actor
from cases.commands import Command, execute
from cases.labels import DEADLINES
from db.queries.my_day import DueLine
from ui_streamlit.feedback import attempt
from ui_streamlit.session import FormDraft, form_draft, now
from ui_streamlit.widgets.dates import short_date
from ui_streamlit.widgets.headings import section

HINT = "La date ne change pas : seul le prochain rappel attend. Jamais pour une date légale."


def snooze(actor: Actor, lines: Sequence[DueLine], today: date) -> None:
    """`lines`: my own deadlines, the nearest first."""
    if not lines:
        return
    st.html(section("Remettre un rappel à plus tard", hint=HINT))
    names = {line.id: _words(line) for line in lines}
    form = _form(actor, names, today)
    picked = st.selectbox(
        "Échéance", list(names), format_func=lambda key: names[key], index=None,
        placeholder="Choisir", key=form.key("what"), on_change=form.save,
    )  # fmt: skip
    until = st.date_input(
        "Me le rappeler le", min_value=today + timedelta(days=1),
        format="DD/MM/YYYY", key=form.key("until"), on_change=form.save,
    )  # fmt: skip
    if st.button("Remettre à plus tard", key="snooze-do", icon=":material/snooze:", disabled=picked is None):
        data = {"deadline_id": picked, "until": until}
        command = Command(id=str(uuid4()), type="snooze_reminder", data=data)
        said = f"Vous en entendrez parler le {short_date(until)}."
        if attempt(execute, command, now=now(), actor=actor, said=said):
            form.drop()
            st.rerun()


def _form(actor: Actor, names: Mapping[int, str], today: date) -> FormDraft:
    """As it was typed; a day gone by since, or a deadline that is no longer here, is proposed afresh."""
    form = form_draft(actor, "snooze", {"what": None, "until": today + timedelta(days=2)})
    if form.value("what") not in names:
        st.session_state[form.key("what")] = None
    if form.value("until") is None or form.value("until") <= today:
        st.session_state[form.key("until")] = today + timedelta(days=2)
    return form


def _words(line: DueLine) -> str:
    reference = line.case_id or line.subject.partition(":")[2]
    return f"{DEADLINES[line.kind]}, {reference}, le {short_date(line.due_on)}"
