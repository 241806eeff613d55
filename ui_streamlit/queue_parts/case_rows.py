"""Cases as rows of the accessible table."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from cases.labels import BLOCKAGES
from db.queries.queue_lines import CaseLine
from ui_streamlit.queue_parts.words import KIND_WORDS, course_name, next_words, state_name
from ui_streamlit.widgets.badges import Badge
from ui_streamlit.widgets.dates import age, short_date
from ui_streamlit.widgets.deadline_card import tone_of

NOBODY = Badge("Sans responsable", "warning", "alert")
NAMED_ONLY = "personnes nommées seulement"


def rows_of(lines: Sequence[CaseLine], today: date) -> list[dict[str, Any]]:
    return [_row(line, today) for line in lines]


def _row(line: CaseLine, today: date) -> dict[str, Any]:
    what, how_far = next_words(line.next, today)
    return {
        "reference": line.id,
        "household": line.household,
        "where": line.commune or "",
        "marks": _marks(line) or None,
        "step": state_name(line.kind, line.state),
        "kind": KIND_WORDS[line.kind],
        "owner": line.owner or NOBODY,
        "service": line.service if line.opens else NAMED_ONLY,
        "next": what or None,
        "countdown": how_far,
        "age": age((today - line.referred_on).days),
        "since": f"étape depuis le {short_date(line.stage_since)}",
        "blockages": [BLOCKAGES[theme] for theme in line.blockages] or None,
        "ici": course_name(line.course) if line.course else None,
        "ici_code": f"ICI {line.ici}" if line.ici else "",
        "tone": tone_of(line.next.due_on, today) if line.next else "",
    }


def _marks(line: CaseLine) -> list[Badge]:
    marks = []
    if line.protected:
        marks.append(Badge("Protégé", "accent", "lock"))
    if line.urgent:
        marks.append(Badge("Urgent", "danger"))
    return marks
