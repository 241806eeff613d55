"""What stands beside the path of a case: suspensions, notes, opinions asked, approvals."""

from collections.abc import Mapping
from datetime import date

import streamlit as st
from markupsafe import Markup

from cases.labels import COMMANDS
from cases.labels.beside import BODY_OPINIONS, NOTE_READERS, SUSPENSIONS
from db.queries.case_beside import ApprovalView, NoteView, OpinionView, SuspensionView
from db.queries.case_file import CaseView
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.case_table import Column, case_table
from ui_streamlit.widgets.dates import moment, short_date
from ui_streamlit.widgets.headings import section
from ui_streamlit.widgets.timeline import Entry, timeline

NOTE_ICONS: Mapping[str, str] = {"all": "info", "service": "users", "me": "lock"}
OPINION_TONES: Mapping[str, str] = {
    "favourable": "success",
    "reserved": "warning",
    "unfavourable": "danger",
    "no_opinion": "neutral",
}
NOTE_WORDS = 60  # characters of a note in a list
ENDED = Badge("Sans objet", "neutral")


def beside_sections(view: CaseView, today: date) -> None:
    """Each only when there is something to show."""
    if view.approvals:
        waiting = sum(item.answer == "waiting" for item in view.approvals)
        st.html(section("Accords à deux", count=waiting) + approvals_table(view))
    if view.opinions:
        waiting = sum(item.answer == "waiting" for item in view.opinions)
        st.html(section("Avis demandés", count=waiting) + opinions_table(view, today))
    if view.suspensions:
        st.html(section("Suspensions") + suspensions_table(view))


def notes_section(view: CaseView, today: date) -> None:
    read = [item for item in view.notes if item.text is not None]
    if read:
        hint = "Vous ne voyez que les notes qui vous sont ouvertes."
        entries = [_note(item) for item in read]
        st.html(section("Notes", count=len(read), hint=hint) + timeline(entries, today))


def _note(item: NoteView) -> Entry:
    readers = "" if item.readers == "all" else f" · {_readers(item)}"
    return Entry(item.written_at, item.text or "", f"{item.author}{readers}", icon=NOTE_ICONS[item.readers])


def _readers(item: NoteView) -> str:
    if item.readers == "me":
        return "vous seul la lisez"
    return "votre service la lit" if item.mine else "réservée à son service"


def note_words(item: NoteView) -> str:
    """A note in a list to choose from."""
    text = item.text or ""
    start = text if len(text) <= NOTE_WORDS else f"{text[: NOTE_WORDS - 1]}…"
    return f"{moment(item.written_at)} ({NOTE_READERS[item.readers].lower()}) : {start}"


def suspensions_table(view: CaseView) -> Markup:
    rows = [
        {
            "reason": SUSPENSIONS.get(item.reason or "", "Motif réservé au suivi"),
            "why": item.explanation or None,
            "since": item.since,
            "until": _until(item),
            "by": item.by,
        }
        for item in view.suspensions
    ]
    columns = [
        Column("reason", "Motif", second="why"),
        Column("since", "Depuis le", second="by"),
        Column("until", "Reprise"),
    ]
    return case_table(rows, columns, caption="Suspensions du dossier")


def _until(item: SuspensionView) -> Badge:
    if item.ended_on is not None:
        return Badge(f"Repris le {short_date(item.ended_on)}", "success")
    return Badge(f"Prévue le {short_date(item.expected_end)}", "warning", "pause")


def opinions_table(view: CaseView, today: date) -> Markup:
    rows = [
        {
            "body": item.body,
            "question": item.question,
            "asked": short_date(item.asked_on),
            "by": item.asked_by,
            "answer": opinion_badge(item, today),
            "words": _given(item),
        }
        for item in view.opinions
    ]
    columns = [
        Column("body", "Organisme", second="question"),
        Column("asked", "Demandé le", second="by"),
        Column("answer", "Avis", second="words"),
    ]
    return case_table(rows, columns, caption="Avis demandés à des organismes")


def _given(item: OpinionView) -> str | None:
    if item.answered_on is None:
        return None
    return f"Le {short_date(item.answered_on)}. {item.words or ''}".rstrip()


def opinion_badge(item: OpinionView, today: date) -> Badge:
    """A silence is seen: awaited past its date."""
    if item.answer == "ended":
        return ENDED
    if item.answer != "waiting":
        return Badge(BODY_OPINIONS[item.answer], OPINION_TONES[item.answer])
    if item.due_on < today:
        return Badge(f"Sans réponse depuis le {short_date(item.due_on)}", "danger", "alert")
    return Badge(f"Attendu avant le {short_date(item.due_on)}", "info", "clock")


def approvals_table(view: CaseView) -> Markup:
    rows = [
        {
            "kind": COMMANDS.get(item.kind, item.kind),
            "why": item.why or None,
            "asked": moment(item.asked_at),
            "by": item.asked_by,
            "answer": _approval(item),
            "reason": item.reason or None,
        }
        for item in view.approvals
    ]
    columns = [
        Column("kind", "Action", second="why"),
        Column("asked", "Demandé le", second="by"),
        Column("answer", "Réponse", second="reason"),
    ]
    return case_table(rows, columns, caption="Actions qui demandent deux personnes")


def _approval(item: ApprovalView) -> Badge:
    if item.answer == "waiting":
        return Badge("Attend une seconde personne", "warning")
    if item.answer == "approved":
        return Badge(f"Accord de {item.answered_by}", "success")
    return ENDED if item.answer == "ended" else Badge(f"Refusé par {item.answered_by}", "danger", "ban")
