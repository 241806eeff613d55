"""Sensitive fields: opened with a reason, and the reading is logged (domain 6.3)."""

from collections.abc import Iterator

import streamlit as st

from cases import desk
from cases.access import scope_of
from cases.actor import Actor
from db.queries.case_file import HEALTH, SAFETY, CaseView
from db.queries.reads import reads_of
from ui_streamlit.session import form_draft, now, recall, remember
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import moment
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
        known = {"Contact sûr": view.head.safe_contact or None, "Lecteurs nommés": readers}
        st.html(facts(known | dict(_to_avoid(view))))
    if HEALTH in opened:
        st.html(message("info", "Les besoins fonctionnels sont affichés dans la fiche besoin et les offres."))
    if view.sealed:
        ask_to_open(view.head.id, view.sealed, actor)
    _reads(view, actor)


def _reads(view: CaseView, actor: Actor) -> None:
    """Who has read them already, in this file or in one merged with it."""
    found = reads_of(scope_of(actor), view.head.id)
    if not found:
        return
    rows = [
        {
            "at": moment(line.at),
            "who": line.who,
            "what": NAMES.get(line.field_class, line.field_class).capitalize(),
            "where": f"dans {line.case_id}" if line.case_id != view.head.id else None,
            "why": line.reason,
        }
        for line in found
    ]
    columns = [
        Column("at", "Lu le", second="who"),
        Column("what", "Données", second="where"),
        Column("why", "Motif"),
    ]
    with st.expander(f"Qui a lu ces données ({len(found)})"):
        st.html(case_table(rows, columns, caption="Lectures des données de santé et de sécurité"))


def _to_avoid(view: CaseView) -> Iterator[tuple[str, str]]:
    """Smaller than a commune, so that no offer is tested against it: whoever searches reads it here."""
    grid = view.diagnoses[0].grid if view.diagnoses else None
    places = ((grid or {}).get("safety") or {}).get("excluded_places")
    if places:
        yield "Quartiers ou adresses à éviter", str(places)


def ask_to_open(case_id: str, sealed: frozenset[str], actor: Actor) -> None:
    """The form that opens restricted fields: a reason, then the reading is logged."""
    draft = form_draft(actor, f"unseal-{case_id}", {"reason": "", "wanted": sorted(sealed)})
    with st.container(border=True):
        st.text_input(
            "Pourquoi avez-vous besoin de lire ces données ?",
            max_chars=200,
            key=draft.key("reason"),
            on_change=draft.save,
        )
        st.multiselect(
            "À ouvrir",
            sorted(sealed),
            format_func=lambda name: NAMES[name].capitalize(),
            placeholder="Choisir",
            key=draft.key("wanted"),
            on_change=draft.save,
        )
        sent = st.button("Lire ces données", key=f"unseal-send-{case_id}")
    if not sent:
        return
    reason, wanted = str(draft.value("reason")), [name for name in draft.value("wanted") if name in sealed]
    if len(reason.strip()) < LEAST_REASON or not wanted:
        st.html(message("warning", "Indiquez votre motif en quelques mots, et ce que vous voulez lire."))
        return
    for name in wanted:
        desk.log_read(actor.id, case_id, name, reason.strip(), now=now())
    remember(f"unsealed:{case_id}", unsealed(case_id) | frozenset(wanted))
    draft.drop()
    st.rerun()
