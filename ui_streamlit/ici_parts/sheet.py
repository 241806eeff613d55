"""The anonymised sheet of an escalation: made of a few fields, searched for names, given or held back."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

import templates
from cases.actor import Actor
from cases.labels import BLOCKAGES, SCALES, TIMINGS
from cases.labels.identifiers import IDENTIFIERS
from cases.rules.page_text import sections
from db.queries.ici_records import Item, OpinionLine
from ui_streamlit.ici_parts.acts import act, offers, sees_all
from ui_streamlit.ici_parts.opinions import answer_words
from ui_streamlit.ici_parts.words import counted, ici_names, nth_return
from ui_streamlit.session import recall, remember
from ui_streamlit.widgets.dates import long_date
from ui_streamlit.widgets.messages import message

GIVE = "give_item_sheet"
CORRECT = "Corrigez ce passage (« Corriger la remontée »), puis tirez la fiche de nouveau."


def sheet_tool(item: Item, actor: Actor) -> None:
    """A button; then the file, or why it is held back. What is given is what was searched, to the letter."""
    if not offers(actor, GIVE) or not (item.mine or sees_all(actor)):
        return
    if st.button("Tirer la fiche anonymisée", key=f"ici-sheet-{item.id}", icon=":material/description:"):
        page = sheet_of(item)
        outcome = act(GIVE, item.id, actor, {"content": page}, said="La fiche a été vérifiée.")
        if outcome is not None:
            remember(_kept(item), (outcome.version, outcome.created, page))
            st.rerun()
    version, created, page = recall(_kept(item)) or (None, {}, "")
    if version == item.version:
        _given(item, created, page)


def _kept(item: Item) -> str:
    return f"ici.sheet.{item.id}"


def _given(item: Item, created: Mapping[str, Any], page: str) -> None:
    if not created["given"]:
        lines = [*(_found(hit, page) for hit in created["found"]), CORRECT]
        st.html(message("danger", "La fiche n’est pas remise : elle désigne un ménage", lines))
        return
    st.html(message("success", "La fiche ne désigne personne", ["Ni nom, ni adresse, ni référence."]))
    st.download_button(
        "Télécharger la fiche à imprimer",
        page,
        file_name=f"fiche-{item.id}.html",
        mime="text/html",
        key=f"ici-sheet-file-{item.id}",
        on_click="ignore",
    )


def _found(hit: Mapping[str, Any], page: str) -> str:
    """Which words, of which household, under which heading."""
    said = f"{hit['place']} : {IDENTIFIERS[hit['kind']]}"
    if not hit["case_id"]:
        return f"{said}."
    words = sections(page)[hit["place"]][hit["start"] : hit["end"]]
    return f"{said} ({hit['case_id']}), « {words} »."


def sheet_of(item: Item) -> str:
    """The only fields that the sheet holds; no case, no person who wrote."""
    ici = ici_names().get(item.ici, item.ici)
    return templates.escalation_sheet(
        reference=item.id,
        title=item.title,
        session=f"{ici}, séance du {long_date(item.session_on)}" if item.session_on else ici,
        facts={label: value for label, value in _facts(item).items() if value},
        texts={label: value for label, value in _texts(item).items() if value},
        opinions=[_opinion(one) for one in item.opinions],
    )


def _facts(item: Item) -> dict[str, str]:
    return {
        "Ce qui bloque": BLOCKAGES[item.theme],
        "Portée": SCALES[item.scale],
        "Dossiers concernés": counted(item.case_count, "dossier"),
        "Remontée par": item.body,
        "Dépôt": TIMINGS[item.timing] if item.timing else "",
        "Retours": nth_return(item.returns) if item.returns else "",
        "Durée prévue": counted(item.minutes, "minute") if item.minutes else "",
    }


def _texts(item: Item) -> dict[str, str]:
    return {
        "Ce qui a été tenté": item.tried,
        "Demande à l’ICI": item.asked,
        "Constat des co-pilotes": item.objectification,
        "Proposition pour la séance": item.proposal,
    }


def _opinion(one: OpinionLine) -> dict[str, str]:
    return {"body": one.body, "question": one.question, "answer": answer_words(one), "words": one.words}
