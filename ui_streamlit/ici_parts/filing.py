"""Tab « Recevabilité »: drafts, what was filed, what is late and where it went, exceptions."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from cases.access import scope_of
from cases.actor import Actor
from db.queries import ici
from db.queries.ici_records import Counts, Item, SessionLine, SessionView
from db.queries.sitting import Called
from ui_streamlit.ici_parts.acts import Options, action_forms, offers, said, sees_all
from ui_streamlit.ici_parts.items import item_card
from ui_streamlit.ici_parts.proposed import proposed_table
from ui_streamlit.ici_parts.sheet import sheet_tool
from ui_streamlit.ici_parts.words import PREPARE, SESSION_STATES, address, counted
from ui_streamlit.session import today
from ui_streamlit.widgets.dates import long_date
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.facts import figures
from ui_streamlit.widgets.headings import section

GONE = {"draft", "withdrawn"}
PREPARE_LINK = Markup('<p class="ici-walk"><a href="{}">Préparer une remontée</a></p>')
AUTHOR_ACTS = ("join_case", "leave_escalation", "withdraw_escalation", "revise_escalation")
DESK_ACTS = {"admit_by_exception", "revise_escalation", "ask_item_opinion"}
ASK, REVISE = ("ask_item_opinion",), ("revise_escalation",)
HIDDEN = "masqué"
CALL = Markup(
    '<details class="rl-why"><summary>{words} <span class="rl-muted">{bodies}</span></summary>'
    '<ul class="ici-called">{listed}</ul></details>'
)
ADDRESSEE = Markup('<li>{} <span class="rl-muted">{}</span></li>')


def filing_tab(view: SessionView, lines: Sequence[SessionLine], actor: Actor) -> None:
    if offers(actor, "draft_escalation"):
        st.html(PREPARE_LINK.format(address(actor.role, view.id, PREPARE)))
    if view.frozen_at is None:
        proposed_table(actor, today(), view.ici)
    st.html(filed_figures(view.counts))
    drafts = [item for item in view.items if item.state == "draft"]
    filed = [item for item in view.items if item.state not in GONE]
    here = [item for item in filed if item.session_id == view.id]
    timely = [item for item in here if item.timing == "on_time" and item.asked_session_id == view.id]
    late = [item for item in filed if item.timing == "late" and item.asked_session_id == view.id]
    admitted = [item for item in here if item.timing == "exception"]
    before = [item for item in here if item.asked_session_id != view.id and item not in admitted]
    groups = (
        ("Brouillons de votre organisme", drafts, ("submit_escalation", *AUTHOR_ACTS)),
        ("Déposées dans les délais", timely, (*(AUTHOR_ACTS if view.frozen_at is None else REVISE), *ASK)),
        ("Hors délai", late, ("admit_by_exception", "withdraw_escalation", *REVISE, *ASK)),
        ("Admises par exception", admitted, (*REVISE, *ASK)),
        ("Venues d’une séance précédente", before, (*REVISE, *ASK)),
    )
    for title, items, kinds in groups:
        _group(title, items, kinds, view, lines, actor=actor)
    if not (drafts or filed):
        _nothing(view)


def _group(
    title: str,
    items: Sequence[Item],
    kinds: Sequence[str],
    view: SessionView,
    lines: Sequence[SessionLine],
    *,
    actor: Actor,
) -> None:
    if not items:
        return
    st.html(section(title, count=len(items)))
    for item in items:
        draft = item.state == "draft"
        st.html(item_card(item, view.id, full=draft))
        asked = [kind for kind in kinds if item.mine or (kind in DESK_ACTS and sees_all(actor))]
        options = partial(_options, item, lines, actor)
        first = partial(_first, item, view.id)
        action_forms("escalation", item.id, item.version, actor, asked, options=options,
                     primary="submit_escalation", why_not=draft, defaults=first)  # fmt: skip
        if not draft:
            sheet_tool(item, actor)


def _options(item: Item, lines: Sequence[SessionLine], actor: Actor, kind: str) -> Options:
    """What the form of this action chooses among; read only when it is open."""
    if kind == "submit_escalation":
        return {"session_id": session_options(lines, item.ici)}
    if kind == "leave_escalation":
        return {"case_id": {case.id: case.id for case in item.cases if case.ended_on is None}}
    if kind == "join_case":
        return {"case_id": {case.id: case.id for case in ici.candidates(scope_of(actor))}}
    return {}


def _first(item: Item, session_id: str, kind: str) -> dict[str, Any]:
    """What a form starts from: the session on screen to file, the present words to correct."""
    aimed = {"session_id": item.asked_session_id or session_id} if kind == "submit_escalation" else {}
    return said(item, kind) | aimed


def _nothing(view: SessionView) -> None:
    sentence = f"Le dépôt est ouvert jusqu’au {long_date(view.limit_on)} à 23:59:59."
    if view.frozen_at is not None:
        sentence = "Aucune remontée visible pour vous n’a été déposée pour cette séance."
    st.html(empty_state("Aucune remontée pour l’instant", sentence, icon_name="inbox"))


def filed_figures(counts: Counts) -> Markup:
    shown = (
        ("Remontées déposées pour cette séance", counts.filed, ""),
        ("Dont hors délai", counts.late, ""),
        ("Dont admises par exception", counts.exceptions, ""),
        ("Dossiers concernés", counts.cases, "sur la liste de la séance"),
    )
    return figures(
        [
            (
                label,
                HIDDEN if value is None else value,
                note,
                "warning" if label.endswith("délai") and value else "info",
            )
            for label, value, note in shown
        ]
    )


def session_options(lines: Sequence[SessionLine], ici: str) -> dict[str, str]:
    """The sessions of this ICI that may still be aimed at, by identifier."""
    return {
        line.id: f"{long_date(line.held_on)} ({SESSION_STATES[line.state].lower()})"
        for line in lines
        if line.ici == ici and line.state not in {"held", "minutes_validated", "closed"}
    }


def called(addressees: Sequence[Called], called_on: date | None) -> None:
    """To whom the call went, as it was sent."""
    if not addressees or called_on is None:
        return
    people = sum(one.people for one in addressees)
    words = f"Appel envoyé le {long_date(called_on)} à {counted(people, 'personne')}"
    listed = Markup().join(ADDRESSEE.format(one.body, counted(one.people, "personne")) for one in addressees)
    st.html(CALL.format(words=words, bodies=counted(len(addressees), "organisme"), listed=listed))
