"""What followed the move of one household: signals, questionnaires, the charter's promises, a new request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from db.queries.case_access import SOCIAL, Eye
from db.queries.visible import CASE
from db.rows import Row, table_of
from db.tables.follow_up import Derogation, Promise, Satisfaction, Signal
from db.tables.people import Account

_signal, _survey, _account = table_of(Signal), table_of(Satisfaction), table_of(Account)
_promise, _derogation = table_of(Promise), table_of(Derogation)
OF: sa.BindParameter[str] = sa.bindparam("case_id")


@dataclass(frozen=True, slots=True)
class SignalView:
    """`told`, `reason` and `detail` are social data: None for who does not read it."""

    id: int
    told: str | None
    reason: str | None
    sent_on: date
    answer: str
    answered_on: date | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class DerogationView:
    reason: str | None
    decided_on: date
    author: str


@dataclass(frozen=True, slots=True)
class PromiseView:
    """As it was frozen. `sentence` and `inputs` are social data. `judged_on` is the day of the move."""

    code: str
    verdict: str
    sentence: str | None
    inputs: Mapping[str, Any] | None
    source: str
    certainty: str
    judged_on: date
    derogations: tuple[DerogationView, ...]


@dataclass(frozen=True, slots=True)
class AfterMove:
    """`surveys`: milestone → day of the answers, which are read in aggregate only. `again`: the request
    open since for the same household. `early_derogations`: noted before anything was judged, by promise."""

    signals: tuple[SignalView, ...] = ()
    surveys: Mapping[int, date] | None = None
    promises: tuple[PromiseView, ...] = ()
    early_derogations: Mapping[str, tuple[DerogationView, ...]] | None = None
    again: str | None = None
    support_until: date | None = None


_SIGNALS = sa.select(_signal).where(_signal.c.case_id == OF).order_by(_signal.c.id.desc())
_SURVEYS = sa.select(_survey.c.milestone, _survey.c.answered_on).where(_survey.c.case_id == OF)
_PROMISES = sa.select(_promise).where(_promise.c.case_id == OF).order_by(_promise.c.id)
_DEROGATIONS = (
    sa.select(_derogation, _account.c.name.label("author"))
    .join(_account, _account.c.id == _derogation.c.author_id)
    .where(_derogation.c.case_id == OF)
    .order_by(_derogation.c.id)
)
_AGAIN = sa.select(CASE.c.id).where(
    CASE.c.parent_id == OF,
    CASE.c.household_id == sa.bindparam("household_id"),
    CASE.c.closed_on.is_(None),
)


def after_move(connection: Connection, row: Row, eye: Eye) -> AfterMove:
    """Nothing is read for a household that has not moved, but derogations noted beforehand."""
    of = {"case_id": row["id"]}
    noted = _derogations(connection, of, eye) if row["kind"] == "rehousing" else {}
    if row["moved_in_on"] is None:
        return AfterMove(early_derogations=noted)
    again = connection.execute(_AGAIN, of | {"household_id": row["household_id"]}).scalar()
    return AfterMove(
        signals=tuple(_signal_view(item, eye) for item in connection.execute(_SIGNALS, of).mappings()),
        surveys={item.milestone: item.answered_on for item in connection.execute(_SURVEYS, of)},
        promises=tuple(
            _promise_view(item, noted, eye) for item in connection.execute(_PROMISES, of).mappings()
        ),
        early_derogations=noted,
        again=again,
        support_until=row["support_until"],
    )


def _signal_view(item: RowMapping, eye: Eye) -> SignalView:
    social = {name: eye.only(SOCIAL, item[name]) for name in ("told", "reason", "detail")}
    plain = {name: item[name] for name in ("id", "sent_on", "answer", "answered_on")}
    return SignalView(**plain, **social)


def _derogations(
    connection: Connection, of: Mapping[str, str], eye: Eye
) -> dict[str, tuple[DerogationView, ...]]:
    found: dict[str, tuple[DerogationView, ...]] = {}
    for item in connection.execute(_DEROGATIONS, of).mappings():
        view = DerogationView(eye.only(SOCIAL, item["reason"]), item["decided_on"], item["author"])
        found[item["code"]] = (*found.get(item["code"], ()), view)
    return found


def _promise_view(item: RowMapping, noted: Mapping[str, tuple[DerogationView, ...]], eye: Eye) -> PromiseView:
    return PromiseView(
        code=item["code"],
        verdict=item["verdict"],
        sentence=eye.only(SOCIAL, item["sentence"]),
        inputs=eye.only(SOCIAL, item["inputs"]),
        source=item["source"],
        certainty=item["certainty"],
        judged_on=item["judged_on"],
        derogations=noted.get(item["code"], ()),
    )
