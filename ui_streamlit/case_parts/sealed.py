"""Sensitive fields: opened with a reason, and the reading is logged (domain 6.3)."""

import streamlit as st

from cases import desk
from cases.actor import Actor
from db.queries.case_file import HEALTH, SAFETY, CaseView
from ui_streamlit.session import now, recall, remember
from ui_streamlit.widgets.facts import facts
from ui_streamlit.widgets.headings import section
from ui_streamlit.widgets.messages import message

NAMES = {HEALTH: "besoins de santé et d’accessibilité", SAFETY: "données de sécurité"}
LEAST_REASON = 5


def unsealed(case_id: str) -> frozenset[str]:
    """The classes that this tab has opened for this case."""
    found: frozenset[str] = recall(f"unsealed:{case_id}", frozenset())
    return found


def sealed_block(view: CaseView, actor: Actor) -> None:
    """What is open, and a form to open the rest."""
    opened = {name for name in NAMES if view.sees(name)}
    if not opened and not view.sealed:
        return
    st.html(section("Santé et sécurité", hint="Chaque lecture est enregistrée avec son motif."))
    if SAFETY in opened:
        readers = ", ".join(view.readers.values()) or None
        st.html(facts({"Contact sûr": view.head.safe_contact or None, "Lecteurs nommés": readers}))
    if HEALTH in opened:
        st.html(message("info", "Les besoins fonctionnels sont affichés dans la fiche besoin et les offres."))
    if view.sealed:
        ask_to_open(view.head.id, view.sealed, actor)


def ask_to_open(case_id: str, sealed: frozenset[str], actor: Actor) -> None:
    """The form that opens restricted fields: a reason, then the reading is logged."""
    with st.form(f"unseal-{case_id}", border=True):
        reason = st.text_input("Pourquoi avez-vous besoin de lire ces données ?", max_chars=200)
        wanted = st.multiselect(
            "À ouvrir",
            sorted(sealed),
            default=sorted(sealed),
            format_func=lambda name: NAMES[name].capitalize(),
            placeholder="Choisir",
        )
        sent = st.form_submit_button("Lire ces données")
    if not sent:
        return
    if len(reason.strip()) < LEAST_REASON or not wanted:
        st.html(message("warning", "Indiquez votre motif en quelques mots, et ce que vous voulez lire."))
        return
    for name in wanted:
        desk.log_read(actor.id, case_id, name, reason.strip(), now=now())
    remember(f"unsealed:{case_id}", unsealed(case_id) | frozenset(wanted))
    st.rerun()
