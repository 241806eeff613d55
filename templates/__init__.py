"""SPEAKS: one typed function for each text, from finished data. Knows no case, no rule, no clock.

A text is one file; an unknown word in it stops the rendering instead of leaving a hole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

__all__ = [
    "Letter",
    "digest",
    "escalation_sheet",
    "gap",
    "information",
    "receipt",
    "reminder",
    "technical_minutes",
]

HERE = Path(__file__).parent
MARKUP = ("html", "htm", "xml", "svg")


@cache
def environment() -> Environment:
    """Plain texts are not HTML: only files that are get their values escaped."""
    made = Environment(
        loader=FileSystemLoader(HERE),
        undefined=StrictUndefined,
        autoescape=select_autoescape(enabled_extensions=MARKUP),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["figures"] = lambda day: f"{day:%d/%m/%Y}"
    return made


def _render(name: str, **data: Any) -> str:
    return " ".join(environment().get_template(name).render(**data).split())


def gap(due_on: date, today: date) -> str:
    """How far a date is, in words: « dans 7 jours », « aujourd’hui », « en retard de 3 jours »."""
    days = (due_on - today).days
    if days in (0, 1):
        return ("aujourd’hui", "demain")[days]
    if days > 0:
        return f"dans {days} jours"
    return f"en retard de {-days} jour{'s' if days < -1 else ''}"


def reminder(
    *,
    deadline_label: str,
    reference: str | None,
    due_on: date,
    today: date,
    missed_on: date | None = None,
    protected: bool = False,
) -> str:
    """A deadline comes near, or is past. `reference`: the record it is about, in words, or None.
    `missed_on`: the day when this should have been said, after an outage.

    Of a protected case only its number is said: `reference` must then be that number alone.
    """
    return _render(
        "notices/reminder.txt",
        label=deadline_label,
        reference=reference,
        due_on=due_on,
        gap=gap(due_on, today),
        missed_on=missed_on,
        protected=protected,
    )


def information(*, text: str, reference: str | None, protected: bool = False) -> str:
    """What somebody did, as the command wrote it. Of a protected case only its number is said."""
    return _render("notices/information.txt", text=text, reference=reference, protected=protected)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail: plain text and HTML say the same."""

    subject: str
    text: str
    html: str


def digest(
    *, name: str, late: Sequence[str], ahead: Sequence[str], news: Sequence[str], link: str = ""
) -> Letter:
    """What waits for somebody, late first. Each line is one that `reminder` or `information` gave; the
    subject counts and names nothing."""
    total = len(late) + len(ahead) + len(news)
    subject = f"Relogement : {total} message{'s' if total > 1 else ''}"
    if late:
        subject += f", dont {len(late)} en retard"
    data = {"name": name, "late": late, "ahead": ahead, "news": news, "link": link, "subject": subject}
    text, html = (
        environment().get_template(f"emails/digest.{kind}").render(**data) for kind in ("txt", "html")
    )
    return Letter(subject, text, html)


def receipt(
    *,
    reference: str,
    code: str,
    referred_on: date,
    referrer: str,
    address: str,
    answer_due_on: date | None = None,
) -> str:
    """The page that a referrer prints or keeps. It names nobody of the household; `code` as it is read."""
    return (
        environment()
        .get_template("documents/receipt.html")
        .render(
            reference=reference,
            code=code,
            referred_on=referred_on,
            referrer=referrer,
            address=address,
            answer_due_on=answer_due_on,
        )
    )


def technical_minutes(
    *,
    reference: str,
    held_on: date,
    perimeter: str,
    place: str,
    members: Sequence[str],
    present: Sequence[str],
    points: Sequence[Mapping[str, str]],
    hidden: int,
    closed_on: date | None,
    closed_by: str,
    journal_head: str,
) -> str:
    """The minutes of a technical committee, to print.

    `points` hold reference, asked, question, opinion and reason: they name nobody. `hidden` points are out of
    the reader's sight. Without `closed_on` it is a draft.
    """
    page = environment().get_template("documents/technical_minutes.html")
    return page.render(
        reference=reference,
        held_on=held_on,
        perimeter=perimeter,
        place=place,
        members=members,
        present=present,
        points=points,
        hidden=hidden,
        closed_on=closed_on,
        closed_by=closed_by,
        journal_head=journal_head,
    )


def escalation_sheet(
    *,
    reference: str,
    title: str,
    session: str,
    facts: Mapping[str, str],
    texts: Mapping[str, str],
    opinions: Sequence[Mapping[str, str]],
) -> str:
    """The anonymised sheet of an escalation, to print. It holds what it is given and nothing else.

    `facts` and `texts`: label → words; `opinions` hold body, question, answer and words.
    """
    page = environment().get_template("documents/escalation_sheet.html")
    return page.render(
        reference=reference, title=title, session=session, facts=facts, texts=texts, opinions=opinions
    )
