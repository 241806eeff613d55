"""The journal, seen from outside: how long it is, and whether its chain of digests still holds."""

import streamlit as st

from cases.actor import Actor
from cases.charter.office import journal_check
from db.queries.admin import JournalSize
from ui_streamlit.command_form import command_form
from ui_streamlit.widgets.case_table import in_french
from ui_streamlit.widgets.dates import moment
from ui_streamlit.widgets.facts import figures
from ui_streamlit.widgets.headings import section
from ui_streamlit.widgets.messages import message


def journal_section(actor: Actor, size: JournalSize) -> None:
    _check(size)
    _erasure(actor)


def _erasure(actor: Actor) -> None:
    """The right to erasure and the end of retention: what was said goes, that it was said stays."""
    with st.expander("Effacer le contenu de lignes du journal"):
        st.html(
            message(
                "warning",
                "Un effacement ne se défait pas",
                ["Le contenu des lignes disparaît ; leur date, leur auteur et leur empreinte restent."],
            )
        )
        done = command_form(
            "erase_details", None, key="journal-erase", actor=actor, submit="Effacer ces lignes"
        )
    if done is not None:
        st.rerun()


def _check(size: JournalSize) -> None:
    st.html(
        section("Journal", hint="Une ligne par action acceptée. Rien ne s’y modifie et rien ne s’en retire.")
    )
    last = f"la dernière le {moment(size.last_at)}" if size.last_at else "aucune action"
    st.html(figures([("Lignes du journal", size.lines, last, "info")]))
    if not st.button("Vérifier le journal", type="primary", key="journal-verify"):
        return
    with st.spinner("Vérification de chaque ligne…"):
        held, fault = journal_check()
    if fault is None:
        told = f"{in_french(held)} lignes vérifiées, chacune enchaînée à la précédente."
        st.html(message("success", "Le journal est intact", [told]))
        return
    lines = [
        fault.sentence,
        f"{in_french(held)} lignes sont intactes avant elle. Prévenez qui tient la base.",
    ]
    st.html(message("danger", f"Le journal est rompu à la ligne {in_french(fault.number)}", lines))
