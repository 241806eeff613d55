"""Opinions asked of organisations about an escalation, and the cases that joined or left it: on its card."""

from collections.abc import Iterable

from markupsafe import Markup

from cases.labels.beside import BODY_OPINIONS
from db.queries.ici_records import Item, ItemCase, OpinionLine
from ui_streamlit.session import today
from ui_streamlit.widgets.badges import Badge, badges
from ui_streamlit.widgets.dates import long_date, short_date
from ui_streamlit.widgets.deadline_card import deadline_badge

LINES = Markup('<ul class="ici-lines">{}</ul>')
LINE = Markup("<li>{}</li>")
OPINION = Markup("<li><b>{body}</b> {badge}<br>{question}{words}</li>")
WORDS = Markup("<br>« {} »")
TONES = {"favourable": "success", "reserved": "warning", "unfavourable": "danger"}


def answer_words(one: OpinionLine) -> str:
    """« Favorable, le 3 mars 2026 », « Attendu pour le 3 mars 2026 », « Sans réponse au 3 mars 2026 »."""
    if one.answer == "waiting":
        late = one.is_late(today())
        return f"{'Sans réponse au' if late else 'Attendu pour le'} {long_date(one.due_on)}"
    if one.answer == "no_object":
        return "Sans réponse avant la décision"
    day = f", le {long_date(one.answered_on)}" if one.answered_on else ""
    return f"{BODY_OPINIONS[one.answer]}{day}"


def opinion_lines(item: Item) -> Markup | str:
    """Each organisation with what it was asked and what it said; what is late says so."""
    return LINES.format(Markup().join(_opinion(one) for one in item.opinions)) if item.opinions else ""


def _opinion(one: OpinionLine) -> Markup:
    mark = Badge(answer_words(one), TONES.get(one.answer, "neutral"))
    if one.answer == "waiting":
        mark = deadline_badge(one.due_on, today())
    return OPINION.format(
        body=one.body,
        badge=badges([mark]),
        question=one.question,
        words=WORDS.format(one.words) if one.words else "",
    )


def case_moves(item: Item) -> Markup | str:
    """Cases added after the draft or taken out, each with its day and its reason."""
    said = [line for case in item.cases for line in _moves(case)]
    return LINES.format(Markup().join(LINE.format(line) for line in said)) if said else ""


def _moves(case: ItemCase) -> Iterable[str]:
    if case.joined_on is not None:
        yield f"{case.id} ajouté le {short_date(case.joined_on)}{_why(case.joined_reason)}"
    if case.state == "withdrawn" and case.ended_on is not None:
        yield f"{case.id} retiré le {short_date(case.ended_on)}{_why(case.left_reason)}"


def _why(reason: str) -> str:
    return f" : {reason}" if reason else ""
