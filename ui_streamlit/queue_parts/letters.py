"""Messages and hand-overs as they stand in the inbox."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from cases.actor import Actor
from db.queries.inbox import Message, Proposal
from ui_streamlit.command_form import command_form
from ui_streamlit.queue_parts.words import NOTICE, NOTICE_ICONS
from ui_streamlit.widgets.badges import Badge, badges, icon
from ui_streamlit.widgets.case_table import case_address
from ui_streamlit.widgets.dates import ago, countdown_words, long_date, moment
from ui_streamlit.widgets.deadline_card import deadline_badge
from ui_streamlit.widgets.headings import section

MESSAGE = Markup(
    '<article class="rl-deadline rl-edge-{edge}"><div class="rl-deadline-body">'
    '<p class="rl-deadline-title">{icon} {text}</p>'
    '<p class="rl-deadline-meta">{new}<span class="rl-muted">{kind} · '
    '<time datetime="{iso}" title="{exact}">{when}</time></span>{link}</p></div></article>'
)
LINK = Markup('<a href="{}">{}</a>')
PROPOSAL = Markup(
    '<article class="rl-deadline rl-edge-warning"><div class="rl-deadline-body">'
    '<p class="rl-deadline-title">{who} vous propose de reprendre {case}</p>'
    '<p class="rl-deadline-when">{household}</p>{reason}'
    '<p class="rl-deadline-meta"><span class="rl-muted">Proposé le {since}{due}</span></p></div></article>'
)
REASON = Markup("<p>« {} »</p>")


def letter(message: Message, today: date) -> Markup:
    """One message. A case link only when the case may be opened."""
    marks = [Badge("Non lu", "info", "mail")] if message.read_at is None else []
    if message.settled:
        marks.append(Badge("Fait depuis", "success"))
    elif message.due_on is not None:
        marks.append(deadline_badge(message.due_on, today))
    link = Markup()
    if message.case_id and message.opens and message.in_sight:
        link = LINK.format(case_address(message.case_id), f"Ouvrir le dossier {message.case_id}")
    elif message.subject.startswith("attempt:"):
        link = LINK.format("/recherche", "Répondre à la fiche besoin")
    elif message.subject.startswith("session:"):
        link = LINK.format(f"/seances?seance={message.subject.removeprefix('session:')}", "Voir la séance")
    return MESSAGE.format(
        edge="info" if message.read_at is None else "neutral",
        icon=icon(NOTICE_ICONS.get(message.kind, "bell")),
        text=message.text,
        new=badges(marks),
        kind=NOTICE.get(message.kind, "Message"),
        iso=message.delivered_at.isoformat(),
        exact=moment(message.delivered_at),
        when=ago(message.delivered_at, today),
        link=link,
    )


def handovers(waiting: Sequence[Proposal], actor: Actor, today: date) -> None:
    """Each proposal with its two answers."""
    if not waiting:
        return
    st.html(section("Passations qui attendent votre réponse", count=len(waiting)))
    for one in waiting:
        st.html(_proposal(one, today))
        _answers(one, actor)


def _proposal(one: Proposal, today: date) -> Markup:
    due = f", réponse attendue {countdown_words(one.due_on, today)}" if one.due_on else ""
    return PROPOSAL.format(
        who=one.from_name or "Le service",
        case=one.case_id,
        household=one.household,
        reason=REASON.format(one.reason) if one.reason else "",
        since=long_date(one.asked_on),
        due=due,
    )


def _answers(one: Proposal, actor: Actor) -> None:
    key = f"passation-{one.id}"
    done = command_form(
        "accept_handover",
        one.case_id,
        key=key,
        actor=actor,
        hide=("occurred_on",),
        seen_version=one.version,
        said=f"Le dossier {one.case_id} est désormais à vous.",
    )
    with st.expander("Refuser, avec un motif"):
        done = done or command_form(
            "refuse_handover",
            one.case_id,
            key=key,
            actor=actor,
            hide=("occurred_on",),
            seen_version=one.version,
            said="Votre refus est transmis avec son motif.",
        )
    if done:
        st.rerun()
