"""The grid being filled: one block at a time, how full each is, and the results beside it."""

import streamlit as st

from db.queries.diagnosis import DiagnosisFile
from ui_streamlit.case_parts.sealed import ask_to_open
from ui_streamlit.diagnosis_parts.blocks import (
    BLOCKS,
    CONCLUSION,
    Block,
    fields_in,
    label_of,
)
from ui_streamlit.diagnosis_parts.drafts import Typing, hidden, leave, members, place
from ui_streamlit.diagnosis_parts.live import live
from ui_streamlit.diagnosis_parts.results import results_card, split_lines
from ui_streamlit.diagnosis_parts.sign import conclusion
from ui_streamlit.form_body import Part, form_body
from ui_streamlit.session import now
from ui_streamlit.widgets.headings import section, small_print
from ui_streamlit.widgets.messages import message

FACTS_ONLY = (
    "Des faits, pas de jugement : ni diagnostic médical, ni origine, ni opinion. "
    "La personne concernée peut lire ce que vous écrivez."
)
TO_FINISH = "Certaines réponses ne sont pas encore lisibles (montant ou date) : les résultats les ignorent."
ORDER = (*(block.code for block in BLOCKS), CONCLUSION)


def writing(typing: Typing, kind: str) -> None:
    """The blocks on the left, what they give on the right. `kind`: the command that will sign."""
    slot = f"diagnosis:{typing.view.head.id}"
    chosen = place(slot)
    typed = typing.grid()
    _choose(typing, slot, chosen)
    left, right = st.columns([1.7, 1], gap="large")
    with left:
        if chosen == CONCLUSION:
            conclusion(typing, kind)
        else:
            _block(typing, next(block for block in BLOCKS if block.code == chosen))
            _next(typing.view, slot, chosen)
    with right:
        _results(typing, typed)


def _choose(typing: Typing, slot: str, chosen: str) -> None:
    """Every block as a button that says how full it is."""
    typed = typing.grid()
    titles = {block.code: label_of(block, typed) for block in BLOCKS} | {CONCLUSION: "Conclusion"}
    with st.container(horizontal=True, gap="small", key="rl-blocks"):
        for code, title in titles.items():
            st.button(
                title,
                key=f"{slot}:{code}",
                type="primary" if code == chosen else "secondary",
                on_click=leave,
                args=(typing.view, slot, code),
            )


def _block(typing: Typing, block: Block) -> None:
    view = typing.view
    if hidden(view, block):
        st.html(section(block.title, hint=block.hint))
        st.html(message("info", "Ce bloc est repris de la version précédente tant qu’il n’est pas ouvert."))
        ask_to_open(view.head.id, view.sealed, typing.actor)
        return
    if block.code in {"work", "wishes", "words"}:
        st.html(message("info", FACTS_ONLY))
    form_body(typing.bodies[block.code], fields_in(block), [Part(block.title, block.fields, hint=block.hint)])
    st.html(small_print("Enregistré en brouillon à chaque réponse ; rien n’est signé."))


def _next(view: DiagnosisFile, slot: str, chosen: str) -> None:
    at = ORDER.index(chosen)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if at:
            st.button("Bloc précédent", key=f"{slot}:back", on_click=leave, args=(view, slot, ORDER[at - 1]))
        st.button("Bloc suivant", key=f"{slot}:next", on_click=leave, args=(view, slot, ORDER[at + 1]))


def _results(typing: Typing, typed: dict[str, object]) -> None:
    found = live(typing.view.head.id, typed, typing.actor, now())
    st.html(
        section(
            "Résultats",
            hint="Calculés sur ce qui est saisi, figés à la signature. Ouvrez une ligne pour son détail.",
        )
    )
    if found.unread - {"held_on"}:
        st.html(message("warning", TO_FINISH))
    st.html(results_card(found.results) + split_lines(found.results["split"], members(typing.view)))
