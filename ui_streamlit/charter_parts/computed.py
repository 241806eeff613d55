"""Figures computed once for each state of the database: the last command's number is part of their key."""

from datetime import date

import pandas as pd
import streamlit as st

from cases.charter.context import Context, settings_now
from cases.charter.report import Line, Period, report
from cases.charter.satisfaction import Question, questions
from db.queries import indicators
from db.queries import objectives as objectives_query
from db.queries import promises as promises_query
from db.queries.indicators import Place, Places
from db.queries.objectives import ObjectiveLine
from db.queries.promises import Promises
from db.scope import Scope
from db.settings import env

Frames = dict[str, pd.DataFrame]
Key = tuple[str | int, ...]
KEPT = 24


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
def objectives(_scope: Scope, day: date, key: Key) -> tuple[ObjectiveLine, ...]:  # noqa: ARG001  # the cache's
    return objectives_query.objectives(_scope, day)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def promises(
    _scope: Scope,
    place: Place,
    period: Period,
    code: str,
    verdict: str,
    key: Key,  # noqa: ARG001  # the cache's
) -> Promises:
    """The charter's promises of the period, and the rehousings of this promise and verdict."""
    return promises_query.promises(_scope, place, period.start, period.end, code=code, verdict=verdict)


@st.cache_resource(max_entries=KEPT, show_spinner=False)
def satisfaction(
    _scope: Scope,
    place: Place,
    period: Period,
    key: Key,  # noqa: ARG001  # the cache's
) -> tuple[Question, ...]:
    """What households answered, small groups already hidden."""
    counts = promises_query.satisfaction(_scope, place, period.start, period.end)
    return questions(counts, Context(settings_now(), period.end))
