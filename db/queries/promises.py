"""The charter's promises and the RIME questionnaire over a territory: counts, and the rehousings behind."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.engine import reading
from db.queries.indicators import Place, counted, placed
from db.queries.visible import CASE, opens, sees
from db.rows import table_of
from db.scope import Scope
from db.tables.follow_up import Derogation, Promise, Satisfaction
from db.tables.people import Body
from db.tables.territory import Commune

PROMISE, DEROGATION, SURVEY = table_of(Promise), table_of(Derogation), table_of(Satisfaction)
BODY, COMMUNE = table_of(Body), table_of(Commune)
LISTED = 60
QUESTIONS = (
    "informed_how", "information", "single_contact", "supported", "supported_at_move", "dwelling", "works",
    "neighbourhood", "income_class",
)  # fmt: skip
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """A rehousing that the reader lists and may open. `sentences` is empty without social data."""

    id: str
    moved_on: date
    landlord: str
    commune: str
    verdicts: Mapping[str, str]
    sentences: Mapping[str, str]
    derogations: frozenset[str]


@dataclass(frozen=True, slots=True)
class Promises:
    """`words`: promise → verdict → rehousings; `set_aside`: promise → rehousings with a derogation."""

    words: Counts
    set_aside: Mapping[str, int]
    cases: tuple[JudgedCase, ...]


def _within(
    scope: Scope, place: Place, column: sa.ColumnElement[Any], start: date | None, end: date
) -> list[Any]:
    dated = [column <= end] if start is None else [column.between(start, end)]
    return [counted(scope), *placed(scope, place), *dated]


def promises(
    scope: Scope, place: Place, start: date | None, end: date, *, code: str = "", verdict: str = ""
) -> Promises:
    """Of the households that moved in during the period, both days included; `code` and `verdict` choose
    the rehousings listed, the latest first."""
    where = _within(scope, place, PROMISE.c.judged_on, start, end)
    with reading() as connection:
        return Promises(
            words=_words(connection, where),
            set_aside=_set_aside(connection, where),
            cases=_cases(connection, scope, where, code, verdict) if scope.sees("common") else (),
        )


def _words(connection: Connection, where: Sequence[Any]) -> Counts:
    query = (
        sa.select(PROMISE.c.code, PROMISE.c.verdict, sa.func.count())
        .join(CASE, CASE.c.id == PROMISE.c.case_id)
        .where(*where)
        .group_by(PROMISE.c.code, PROMISE.c.verdict)
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for code, verdict, count in connection.execute(query):
        found[code][verdict] = count
    return found


def _set_aside(connection: Connection, where: Sequence[Any]) -> dict[str, int]:
    noted = sa.exists().where(DEROGATION.c.case_id == PROMISE.c.case_id, DEROGATION.c.code == PROMISE.c.code)
    query = (
        sa.select(PROMISE.c.code, sa.func.count())
        .join(CASE, CASE.c.id == PROMISE.c.case_id)
        .where(noted, *where)
        .group_by(PROMISE.c.code)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _cases(
    connection: Connection, scope: Scope, where: Sequence[Any], code: str, verdict: str
) -> tuple[JudgedCase, ...]:
    chosen = [PROMISE.c.code == code] if code else [PROMISE.c.code == "residential_choice"]
    if verdict:
        chosen.append(PROMISE.c.verdict == verdict)
    query = (
        sa.select(
            CASE.c.id,
            PROMISE.c.judged_on,
            BODY.c.name.label("landlord"),
            COMMUNE.c.name.label("commune"),
        )
        .join(CASE, CASE.c.id == PROMISE.c.case_id)
        .join(BODY, BODY.c.id == CASE.c.landlord_id)
        .join(COMMUNE, COMMUNE.c.insee == CASE.c.commune)
        .where(*where, *chosen, sees(scope), opens(scope))
        .order_by(PROMISE.c.judged_on.desc(), CASE.c.id)
        .limit(LISTED)
    )
    listed = connection.execute(query).all()
    ids = [row.id for row in listed]
    verdicts, sentences = _judged(connection, ids)
    noted = _noted(connection, ids)
    return tuple(
        JudgedCase(
            id=row.id,
            moved_on=row.judged_on,
            landlord=row.landlord,
            commune=row.commune,
            verdicts=verdicts[row.id],
            sentences=sentences[row.id] if scope.sees("social") else {},
            derogations=frozenset(noted[row.id]),
        )
        for row in listed
    )


def _judged(
    connection: Connection, ids: Sequence[str]
) -> tuple[Mapping[str, dict[str, str]], Mapping[str, dict[str, str]]]:
    verdicts: dict[str, dict[str, str]] = defaultdict(dict)
    sentences: dict[str, dict[str, str]] = defaultdict(dict)
    query = sa.select(PROMISE).where(PROMISE.c.case_id.in_(ids))
    for row in connection.execute(query).mappings():
        verdicts[row["case_id"]][row["code"]] = row["verdict"]
        sentences[row["case_id"]][row["code"]] = row["sentence"]
    return verdicts, sentences


def _noted(connection: Connection, ids: Sequence[str]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    query = sa.select(DEROGATION.c.case_id, DEROGATION.c.code).where(DEROGATION.c.case_id.in_(ids))
    for case_id, code in connection.execute(query):
        found[case_id].add(code)
    return found


def satisfaction(scope: Scope, place: Place, start: date | None, end: date) -> Counts:
    """Question → answer, as it is stored, → households. Raw counts: never shown before `suppress`."""
    where = _within(scope, place, SURVEY.c.answered_on, start, end)
    found: dict[str, dict[str, int]] = {}
    with reading() as connection:
        for name in QUESTIONS:
            column = SURVEY.c[name]
            query = (
                sa.select(column, sa.func.count())
                .join(CASE, CASE.c.id == SURVEY.c.case_id)
                .where(column.is_not(None), *where)
                .group_by(column)
            )
            found[name] = {str(answer): count for answer, count in connection.execute(query)}
    return found
