"""Figures computed once for each state of the database: the last command's number is part of their key."""

import pandas as pd
import streamlit as st

from cases.charter.commitments import PROMISES, Verdict, verdicts
from cases.charter.context import Context, settings_now
from cases.charter.figures import within
from cases.charter.report import Line, Period, report
from db.queries import indicators
from db.queries.indicators import Place, Places
from db.scope import Scope
from db.settings import env

Frames = dict[str, pd.DataFrame]
Key = tuple[str | int, ...]
KEPT = 24
LATEST = 60


def key_of(scope: Scope) -> Key:
    """Who reads, in which database, at which command: nobody is shown what was computed for somebody else."""
    return (env().database(), scope.account_id, scope.role, scope.body_id, scope.reach, indicators.version())


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def frames(_scope: Scope, place: Place, key: Key) -> Frames:  # noqa: ARG001  # `key` is the cache's
    found = indicators.facts(_scope, place)
    return {"cases": found.cases, "raised": found.raised, "decided": found.decided}


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def lines(_scope: Scope, place: Place, period: Period, hide_under: int, key: Key) -> tuple[Line, ...]:
    context = Context(settings_now(), period.end)
    return report(frames(_scope, place, key), context, period, hide_under=hide_under)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def places(_scope: Scope, key: Key) -> Places:  # noqa: ARG001  # `key` is the cache's
    return indicators.places(_scope)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def promises(
    _scope: Scope, place: Place, period: Period, key: Key
) -> tuple[dict[str, dict[str, int]], dict[str, tuple[Verdict, ...]]]:
    """How often each word was given to each promise, and the verdicts of the latest rehousings."""
    context = Context(settings_now(), period.end)
    cases = frames(_scope, place, key)["cases"]
    mine = cases[(cases["kind"] == "rehousing") & cases["moved_in_on"].notna()]
    mine = within(mine, "moved_in_on", period.start, period.end)
    judged = {
        str(row["case_id"]): verdicts({str(name): value for name, value in row.items()}, context)
        for row in mine.sort_values("moved_in_on", ascending=False).to_dict("records")
    }
    words: dict[str, dict[str, int]] = {code: {} for code in PROMISES}
    for found in judged.values():
        for verdict in found:
            words[verdict.code][verdict.word] = words[verdict.code].get(verdict.word, 0) + 1
    return words, dict(list(judged.items())[:LATEST])
