"""The top of the page: which ICI, which session, where it stands, its limit in large, the four tabs."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from cases.actor import Actor
from cases.territory import Setting
from db.queries.ici_records import SessionLine, SessionView
from ui_streamlit.ici_parts.words import (
    SESSION_STATES,
    TABS,
    address,
    counted,
    ici_names,
)
from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.case_header import Ball, ball_line, count_of, step_bar, steps_of
from ui_streamlit.widgets.dates import long_date, moment, short_date

BAR = Markup('<nav aria-label="{label}"><ul class="ici-bar">{links}</ul></nav>')
LINK = Markup('<li><a href="{href}"{current}>{words}</a></li>')
CHIP = Markup("{day} <small>· {state}</small>")
PAST = Markup('<details class="ici-past"{open}><summary>{label}</summary>{bar}</details>')
CURRENT = Markup(' aria-current="page"')
HEAD = Markup(
    '<header class="rl-case"><div class="rl-case-top"><p class="rl-eyebrow">{eyebrow}</p>'
    '<h1 class="rl-case-title">{title}</h1>{badges}</div>{limit}{steps}{ball}</header>'
)
LIMIT = Markup(
    '<div class="ici-limit {tone}"><p class="ici-limit-what">{what}</p>'
    '<p class="ici-limit-when">jusqu’au {day} à 23:59:59</p>{count}<p class="ici-limit-note">{note}</p></div>'
)
TAB_BAR = Markup('<nav class="ici-tabs" aria-label="Volets de la séance">{}</nav>')
TAB = Markup('<a href="{href}"{current}>{words}</a>')
BALLS = {
    "planned": ("le secrétariat des ICI", "ouvrir l’appel à remontées", None),
    "call_open": ("les organismes", "déposer leurs remontées avant la limite ci-dessus", None),
    "call_closed": ("les co-pilotes", "objectiver les remontées et établir l’ordre du jour", "held_on"),
    "file_sent": ("le secrétariat des ICI", "tenir la séance", "held_on"),
    "held": ("le secrétariat des ICI", "enregistrer les décisions puis valider le relevé", None),
    "minutes_validated": (
        "le secrétariat des ICI",
        "envoyer les extraits, réunir les motifs écrits, puis clore la séance",
        None,
    ),
}
ROOM_HEAD = Markup(
    '<header class="ici-room"><p class="rl-eyebrow"><a href="{back}">← {ici}</a></p>'
    '<h1 class="rl-case-title">{title}</h1>{badges}</header>'
)
SMALL_LIMIT = Markup('<p class="ici-small-limit">Dépôt des remontées jusqu’au {day} à 23:59:59{frozen}</p>')
NEXT_STEPS = {
    "planned": "open_call",
    "call_open": "close_call",
    "call_closed": "send_file",
    "file_sent": "hold_session",
    "held": "validate_minutes",
    "minutes_validated": "close_session",
}
SOON_DAYS, IN_SIGHT = 14, 3
TAB_WORDS = Markup('{} <span class="rl-pill">{}</span>')


def chosen_line(
    lines: Sequence[SessionLine], asked: str | None, ici: str | None, today: date
) -> SessionLine | None:
    """The session of the address, else the next of that ICI, else its latest."""
    known = {line.id: line for line in lines}
    if asked in known:
        return known[asked]
    own = [line for line in lines if ici in (None, line.ici)] or list(lines)
    ahead = [line for line in own if line.held_on >= today]
    return next(iter(ahead or own), None)


def next_step(state: str) -> str:
    """The command that the session is waiting for."""
    return NEXT_STEPS.get(state, "")


def picker(lines: Sequence[SessionLine], chosen: SessionLine, actor: Actor, today: date) -> None:
    """The three ICI, then the sessions of the one chosen: those to come in sight, the past ones folded."""
    here = [line for line in lines if line.ici == chosen.ici]
    ahead = [line for line in here if line.held_on >= today]
    past = [line for line in here if line.held_on < today]
    names = ici_names()
    firsts = {line.ici: line for line in reversed(lines)}
    icis = [
        _link(address(actor.role, firsts[code].id), names[code], code == chosen.ici)
        for code in names
        if code in firsts
    ]
    near, far = ahead[:IN_SIGHT], ahead[IN_SIGHT:]
    bars = _bar("Choisir l’ICI", icis) + _bar("Séances à venir", _chips(near, chosen, actor))
    if far:
        words = counted(len(far), "séance plus lointaine", "séances plus lointaines")
        inside = _bar("Séances plus lointaines", _chips(far, chosen, actor))
        bars += PAST.format(label=words, bar=inside, open=Markup(" open") if chosen in far else "")
    if past:
        inside = _bar("Séances passées", _chips(past, chosen, actor))
        opened = Markup(" open") if chosen in past else ""
        bars += PAST.format(
            label=counted(len(past), "séance passée", "séances passées"), bar=inside, open=opened
        )
    st.html(bars)


def _chips(lines: Sequence[SessionLine], chosen: SessionLine, actor: Actor) -> list[Markup]:
    return [
        _link(
            address(actor.role, line.id),
            CHIP.format(day=short_date(line.held_on), state=SESSION_STATES[line.state].lower()),
            line.id == chosen.id,
        )
        for line in lines
    ]


def _link(href: str, words: str, current: bool) -> Markup:
    return LINK.format(href=href, words=words, current=CURRENT if current else "")


def _bar(label: str, links: Sequence[Markup]) -> Markup:
    return BAR.format(label=label, links=Markup().join(links)) if links else Markup()


def room_header(view: SessionView, actor: Actor) -> None:
    """One line: the room looks at the item, not at the calendar."""
    st.html(
        ROOM_HEAD.format(
            back=address(actor.role, view.id, "ordre"),
            ici=ici_names().get(view.ici, f"ICI {view.ici}"),
            title=f"Séance du {long_date(view.held_on)}",
            badges=badges([Badge(SESSION_STATES[view.state], "info", "calendar")]),
        )
    )


def header(view: SessionView, months: Setting, today: date, *, large: bool) -> None:
    """`large`: the filing limit is what this tab is about."""
    ici = ici_names().get(view.ici, f"ICI {view.ici}")
    figures = [Badge(SESSION_STATES[view.state], "info", "calendar")]
    if view.counts.items:
        figures.append(Badge(counted(view.counts.items, "remontée"), "neutral", "users"))
    if view.place:
        figures.append(Badge(view.place, "neutral", "building"))
    st.html(
        HEAD.format(
            eyebrow=f"{ici} · {view.id}",
            title=f"Séance du {long_date(view.held_on)}",
            badges=badges(figures),
            limit=_limit(view, months, today) if large else _small_limit(view),
            steps=step_bar(steps_of(list(SESSION_STATES.values()), SESSION_STATES[view.state])),
            ball=_ball(view, today),
        )
    )


def _limit(view: SessionView, months: Setting, today: date) -> Markup:
    days = (view.limit_on - today).days
    tone = "ici-limit-passed" if days < 0 else "ici-limit-soon" if days <= SOON_DAYS else ""
    note = f"Heure de Paris, jour compris. {months.value} mois calendaires avant la séance."
    if view.frozen_at is not None:
        note = f"Liste arrêtée le {moment(view.frozen_at)}. {note}"
    elif days < 0:
        note = f"Limite passée : ce qui arrive maintenant est reporté à la séance suivante. {note}"
    return LIMIT.format(
        tone=tone,
        what="Dépôt des remontées",
        day=long_date(view.limit_on),
        count=count_of(view.limit_on, today) if days >= 0 else "",
        note=note,
    )


def _small_limit(view: SessionView) -> Markup:
    frozen = f" · liste arrêtée le {moment(view.frozen_at)}" if view.frozen_at is not None else ""
    return SMALL_LIMIT.format(day=long_date(view.limit_on), frozen=frozen)


def _ball(view: SessionView, today: date) -> Markup:
    if view.state not in BALLS:
        return Markup()
    who, task, until = BALLS[view.state]
    due_on = getattr(view, until) if until else None
    return ball_line(Ball(who, task, due_on), today)


def tabs(view: SessionView, chosen: str, actor: Actor) -> None:
    counts = _counts(view)
    st.html(
        TAB_BAR.format(
            Markup().join(
                TAB.format(
                    href=address(actor.role, view.id, key),
                    words=TAB_WORDS.format(words, counts[key]) if counts.get(key) else words,
                    current=CURRENT if key == chosen else "",
                )
                for key, words in TABS.items()
            )
        )
    )


def _counts(view: SessionView) -> dict[str, int]:
    """What is left to do in each tab."""
    here = [item.state for item in view.items if item.session_id == view.id]
    owed = [
        one
        for decision in (*view.debts, *view.decisions)
        for one in decision.obligations
        if one.state in {"awaited", "partly"} or one.reason_missing
    ]
    treated = here.count("on_agenda") if view.state in {"held", "minutes_validated"} else 0
    to_prepare = sum(here.count(state) for state in ("on_time", "carried_over", "admitted_by_exception"))
    prepared = to_prepare if view.frozen_at is not None else 0
    return {"ordre": prepared + here.count("objectified"), "seance": treated, "suites": len(owed)}
