"""What *Ma journée* is made of: cards of what is due, tables of what waits, and the last messages."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st
from markupsafe import Markup

from cases.labels import DEADLINES
from db.queries.inbox import Message
from db.queries.my_day import Due, DueLine
from db.queries.queue_lines import CaseLine
from db.queries.waiting import Wait
from ui_streamlit.queue_parts.case_rows import NOBODY, rows_of
from ui_streamlit.queue_parts.words import NOTICE, NOTICE_ICONS, more, state_name, wait_words
from ui_streamlit.widgets.case_table import Column, Row, case_address, case_table
from ui_streamlit.widgets.dates import ago
from ui_streamlit.widgets.deadline_card import DeadlineView, deadline_badge, deadline_cards, tone_of
from ui_streamlit.widgets.empty_state import empty_state
from ui_streamlit.widgets.headings import section, small_print
from ui_streamlit.widgets.timeline import Entry, timeline

HORIZON = timedelta(days=8)  # seven days, the last one included
CARDS, ROWS = 5, 12
CASE = Markup('<a href="{}">{}</a>')
# What a date without a case is about: where it is read, and its words.
PLACES = {
    "session": ("/seances?seance={}", "Séance {}"),
    "item_opinion": ("/", "Avis sur une remontée"),
}
DECISION = ("/seances", "Décision de l’ICI")
WAIT_COLUMNS = (
    Column("reference", "Dossier", second="household"),
    Column("awaited", "On attend", second="step"),
    Column("since", "Depuis", second="ago"),
    Column("due", "Réponse attendue"),
)
LATE_COLUMNS = (
    Column("reference", "Dossier", second="household"),
    Column("kind", "Échéance", second="step"),
    Column("owner", "Suivi par"),
    Column("due", "Retard"),
)
CASE_COLUMNS = (
    Column("reference", "Dossier", second="household"),
    Column("step", "Étape", second="kind"),
    Column("owner", "Suivi par", second="service"),
    Column("next", "Prochaine échéance", second="countdown"),
    Column("age", "Ancienneté"),
)


def due_columns(late: Due, soon: Due, today: date, *, more_late: str = "") -> None:
    """Two lists side by side; on a phone one above the other."""
    left, right = st.columns(2, gap="medium")
    with left:
        st.html(section("En retard", count=late.total))
        st.html(_cards(late, today, "Aucune échéance en retard", "Aucune date à votre nom n’est dépassée."))
        if late.total > len(late.lines):
            st.html(_rest(late.total - len(late.lines), more_late))
    with right:
        st.html(section("Dans les 7 jours", count=soon.total))
        st.html(_cards(soon, today, "Rien d’ici sept jours", "Aucune échéance ne tombe dans la semaine."))
        if soon.total > len(soon.lines):
            st.html(_rest(soon.total - len(soon.lines), ""))


def _rest(count: int, address: str) -> Markup:
    words = f"Et {more(count, 'autre', 'autres')}"
    if not address:
        return small_print(f"{words}.")
    return Markup('<p class="rl-muted"><a href="{}">{} : voir les dossiers en retard</a></p>').format(
        address, words
    )


def _cards(due: Due, today: date, title: str, sentence: str) -> Markup:
    if not due.lines:
        return empty_state(title, sentence)
    return deadline_cards([card_of(line) for line in due.lines], today)


def card_of(line: DueLine) -> DeadlineView:
    return DeadlineView(DEADLINES[line.kind], line.due_on, line.nature, _about(line), line.explanation)


def _about(line: DueLine) -> Markup:
    """The record, as a link, and where it stands."""
    about, _, key = line.subject.partition(":")
    if line.case_id is None:
        place, said = PLACES.get(about, DECISION)
        return CASE.format(place.format(key), said.format(key))
    words = f"{line.case_id} · {line.household}" if line.household else line.case_id
    step = state_name(line.case_kind, line.state) if line.case_kind and line.state else ""
    return Markup(" · ").join(part for part in (CASE.format(case_address(line.case_id), words), step) if part)


def service_late(late: Due, today: date) -> None:
    """What is late in the hands of others of the service, or of nobody."""
    if not late.lines:
        return
    st.html(
        section(
            "En retard dans votre service", count=late.total, hint="Chez vos collègues, ou chez personne."
        )
    )
    rows = [
        {
            "reference": line.case_id,
            "household": line.household,
            "kind": DEADLINES[line.kind],
            "step": state_name(line.case_kind, line.state) if line.case_kind and line.state else "",
            "owner": line.owner or NOBODY,
            "due": deadline_badge(line.due_on, today),
        }
        for line in late.lines
    ]
    st.html(case_table(rows, LATE_COLUMNS, caption="Échéances en retard dans le service", link=_link))
    if late.total > len(rows):
        st.html(_rest(late.total - len(rows), "/dossiers?file=late"))


def waiting_table(found: Sequence[Wait], today: date) -> None:
    """With whom, and since when; what should have been answered is tinted."""
    st.html(section("En attente de quelqu’un d’autre", count=len(found)))
    if not found:
        st.html(
            empty_state(
                "Personne ne vous doit de réponse",
                "Les demandes envoyées s’affichent ici.",
                icon_name="users",
            )
        )
        return
    rows = [_wait_row(wait, today) for wait in found[:ROWS]]
    st.html(
        case_table(
            rows,
            WAIT_COLUMNS,
            caption="Ce que vos dossiers attendent d’autres personnes",
            link=_link,
            tone=lambda row: str(row["tone"]),
        )
    )
    if len(found) > ROWS:
        st.html(small_print(f"Et {more(len(found) - ROWS, 'autre attente', 'autres attentes')}."))


def _wait_row(wait: Wait, today: date) -> Row:
    late = wait.due_on is not None and wait.due_on < today
    return {
        "reference": wait.case_id,
        "household": wait.household,
        "awaited": wait_words(wait.what, wait.who),
        "step": state_name(wait.case_kind, wait.state),
        "since": wait.since,
        "ago": ago(wait.since, today),
        "due": deadline_badge(wait.due_on, today) if wait.due_on else None,
        "tone": "danger" if late else tone_of(wait.due_on, today) if wait.due_on else "",
    }


def cases_table(title: str, lines: Sequence[CaseLine], today: date, *, hint: str = "") -> None:
    """A short list of cases; nothing at all when it is empty."""
    if not lines:
        return
    st.html(section(title, count=len(lines), hint=hint))
    st.html(case_table(rows_of(lines, today), CASE_COLUMNS, caption=title, link=_link))


def _link(row: Row) -> str:
    return case_address(str(row["reference"]))


def news(messages: Sequence[Message], today: date) -> None:
    """The last messages, whatever they are about."""
    st.html(section("Nouveautés", hint="Les derniers messages reçus."))
    if not messages:
        st.html(empty_state("Aucun message", "Ce qui vous concerne s’affichera ici.", icon_name="inbox"))
        return
    entries = [
        Entry(
            message.delivered_at,
            message.text,
            NOTICE.get(message.kind, "Message"),
            icon=NOTICE_ICONS.get(message.kind, "bell"),
        )
        for message in messages
    ]
    st.html(timeline(entries, today))
