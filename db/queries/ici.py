"""What the ICI page shows: sessions, what was raised, frozen lists, decisions and who still owes what.

References only: no name, commune or address of a household is read here (« pas de nom à l’ICI », domain
6.3). Secretariat and co-pilots see every item, the chair without case references; an observer sees figures
only; everybody else what their organisation raised or must do.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from db.engine import reading
from db.queries.ici_decisions import DECISION, FIGURES_ONLY, ITEM, OWED, SESSION, debts, decisions, may_read
from db.queries.ici_items import cases_by_item, opinions_by_item
from db.queries.ici_records import (
    Candidate,
    Counts,
    FrozenView,
    Item,
    ItemCase,
    ListLine,
    OpinionLine,
    SessionLine,
    SessionView,
    as_record,
    only,
)
from db.queries.visible import CASE, opens, sees
from db.rows import table_of
from db.scope import Scope
from db.tables import ici as tables
from db.tables.case import Blockage
from db.tables.people import Account, Body

__all__ = ["FIGURES_ONLY", "bodies", "candidates", "session_view", "sessions"]

COURSE, LIST, BLOCKAGE = (table_of(one) for one in (tables.IciCourse, tables.FrozenList, Blockage))
BODY, ACCOUNT = table_of(Body), table_of(Account)
ASKED, OTHER = SESSION.alias("asked"), CASE.alias("other")


def sessions(scope: Scope, ici: str | None, today: date) -> tuple[SessionLine, ...]:
    """The next one first, then those after it, then the past ones from the latest. `ici` None: all three."""
    count = sa.select(sa.func.count()).where(ITEM.c.session_id == SESSION.c.id, ITEM.c.state != "withdrawn")
    query = sa.select(SESSION, count.scalar_subquery().label("items")).where(SESSION.c.state != "cancelled")
    with reading() as connection:
        found = [as_record(SessionLine, row) for row in connection.execute(query).mappings()]
    known = [line for line in found if ici in (None, line.ici)]
    ahead = sorted((line for line in known if line.held_on >= today), key=lambda line: line.held_on)
    past = sorted((one for one in known if one.held_on < today), key=lambda one: one.held_on, reverse=True)
    hidden = scope.role in FIGURES_ONLY
    return tuple(line.without_items() if hidden else line for line in (*ahead, *past))


def session_view(scope: Scope, session_id: str, *, hide_under: int) -> SessionView | None:
    """All that this reader may see of a session; figures under `hide_under` are hidden from observers."""
    with reading() as connection:
        row = connection.execute(sa.select(SESSION).where(SESSION.c.id == session_id)).mappings().first()
        if row is None:
            return None
        items = _items(connection, scope, row)
        made = decisions(connection, scope, DECISION.c.session_id == session_id)
        return SessionView(
            **only(SessionView, row),
            items=items,
            lists=_lists(connection, scope, session_id),
            decisions=made,
            debts=debts(connection, scope, row),
            next_on=connection.execute(_next_on(row)).scalar(),
            counts=_counts(connection, session_id).hidden(hide_under if scope.role in FIGURES_ONLY else 0),
        )


def bodies() -> dict[str, str]:
    """Organisations that a decision may name: identifier → name."""
    query = sa.select(BODY.c.id, BODY.c.name).where(BODY.c.successor_id.is_(None)).order_by(BODY.c.name)
    with reading() as connection:
        return {row.id: row.name for row in connection.execute(query)}


def candidates(scope: Scope, wanted: str = "", limit: int = 60) -> tuple[Candidate, ...]:
    """Open cases this reader might raise: their blocked ones, or those whose reference is typed."""
    asked = wanted.strip().upper()
    typed = sa.select(OTHER.c.id).where(OTHER.c.id.startswith(asked, autoescape=True))
    found = sa.and_(CASE.c.id.in_(typed), CASE.c.closed_on.is_(None))
    return _candidates(scope, found if asked else _blocked(scope), limit)


def _blocked(scope: Scope) -> sa.ColumnElement[bool]:
    """Open and blocked: those of the reader's own desk, each way by its index; all for the ICI's desk."""
    still_open = sa.cast(CASE.c.closed_on, sa.String).is_(None)  # a cast: its index would be the wrong one
    if scope.reach == "all":
        return sa.and_(CASE.c.open_blockages > 0, still_open)
    blocked, body = sa.select(OTHER.c.id).where(OTHER.c.open_blockages > 0), scope.body_id
    ways = (OTHER.c.body_id == body, OTHER.c.owner_id == scope.account_id, OTHER.c.referrer_body_id == body)
    mine = sa.union(*(blocked.where(way) for way in ways))
    return sa.and_(CASE.c.id.in_(mine), still_open)


def _candidates(scope: Scope, about: sa.ColumnElement[bool], limit: int) -> tuple[Candidate, ...]:
    """The few first: urgent then oldest, or the newest references over the whole territory."""
    oldest = (CASE.c.urgent.desc(), CASE.c.stage_since, CASE.c.id)
    first = (
        sa.select(CASE.c.id, CASE.c.kind, CASE.c.state, CASE.c.stage_since, CASE.c.urgent)
        .where(about, sees(scope), opens(scope))
        .order_by(*((CASE.c.id.desc(),) if scope.reach == "all" else oldest))
        .limit(limit)
        .subquery()
    )
    theme = (
        sa.select(sa.func.min(BLOCKAGE.c.theme))
        .where(BLOCKAGE.c.case_id == first.c.id, BLOCKAGE.c.until.is_(None))
        .scalar_subquery()
    )
    order = (first.c.urgent.desc(), first.c.stage_since, first.c.id)
    query = sa.select(first, theme.label("theme")).order_by(*order)
    with reading() as connection:
        return tuple(as_record(Candidate, row) for row in connection.execute(query).mappings())


# One session ------------------------------------------------------------------------------------------


def _items(connection: Connection, scope: Scope, session: Any) -> tuple[Item, ...]:
    if scope.role in FIGURES_ONLY:
        return ()
    admitted = ACCOUNT.alias("admitted")
    query = (
        sa.select(
            ITEM,
            BODY.c.name.label("body"),
            ASKED.c.held_on.label("asked_on"),
            ASKED.c.limit_on.label("asked_limit"),
            SESSION.c.held_on.label("session_on"),
            admitted.c.name.label("admitted_name"),
        )
        .join(BODY, BODY.c.id == ITEM.c.body_id)
        .outerjoin(SESSION, SESSION.c.id == ITEM.c.session_id)
        .outerjoin(ASKED, ASKED.c.id == ITEM.c.asked_session_id)
        .outerjoin(admitted, admitted.c.id == ITEM.c.admitted_by)
        .where(_touches(session), may_read(scope), _draft_of(scope))
        .order_by(ITEM.c.id)
    )
    found = [dict(row) for row in connection.execute(query).mappings()]
    keys = [row["id"] for row in found]
    cases, asked = cases_by_item(connection, scope, keys), opinions_by_item(connection, keys)
    return tuple(_item(scope, row, cases.get(row["id"], []), asked.get(row["id"], [])) for row in found)


def _touches(session: Any) -> sa.ColumnElement[bool]:
    decided = sa.exists().where(DECISION.c.escalation_id == ITEM.c.id, DECISION.c.session_id == session["id"])
    nowhere = ITEM.c.asked_session_id.is_(None)
    unaimed = sa.and_(nowhere, ITEM.c.ici == session["ici"], ITEM.c.state == "draft")
    aims = (ITEM.c.session_id, ITEM.c.asked_session_id, ITEM.c.return_session_id)
    return sa.or_(*(aim == session["id"] for aim in aims), decided, unaimed)


def _draft_of(scope: Scope) -> sa.ColumnElement[bool]:
    """A draft is seen by the organisation that writes it."""
    return sa.or_(ITEM.c.state != "draft", ITEM.c.body_id == scope.body_id)


def _item(scope: Scope, row: dict[str, Any], cases: list[ItemCase], asked: list[OpinionLine]) -> Item:
    """The chair reads the paper of the ICI: neither references nor what people wrote of the households."""
    reads = scope.sees("common")
    follows = scope.reach == "all" or row["body_id"] == scope.body_id
    hidden = {} if reads else {"tried": "", "asked": "", "exception_reason": ""}
    return as_record(
        Item,
        row | hidden,
        cases=tuple(one if follows else one.without_reasons() for one in cases) if reads else (),
        case_count=len(cases),
        opinions=tuple(one if reads else one.without_words() for one in asked),
        mine=row["body_id"] == scope.body_id,
    )


def _lists(connection: Connection, scope: Scope, session_id: str) -> tuple[FrozenView, ...]:
    if scope.role in FIGURES_ONLY:
        return ()
    query = sa.select(LIST).where(LIST.c.session_id == session_id).order_by(LIST.c.number)
    rows = connection.execute(query).mappings().all()
    listed = [entry["escalation"] for row in rows for entry in row["content"]]
    readable = sa.select(ITEM.c.id).where(ITEM.c.id.in_(listed), may_read(scope))
    seen = set(connection.execute(readable).scalars())
    found = []
    for row in rows:
        lines = [_line(scope, entry) for entry in row["content"] if entry["escalation"] in seen]
        found.append(as_record(FrozenView, row, lines=tuple(lines), whole=len(lines) == len(row["content"])))
    return tuple(found)


def _line(scope: Scope, entry: dict[str, Any]) -> ListLine:
    shown = tuple(entry["cases"]) if scope.sees("common") else ()
    return as_record(ListLine, entry, cases=shown, case_count=len(entry["cases"]))


def _next_on(session: Any) -> sa.Select[Any]:
    return sa.select(sa.func.min(SESSION.c.held_on)).where(
        SESSION.c.ici == session["ici"],
        SESSION.c.held_on > session["held_on"],
        SESSION.c.state != "cancelled",
    )


def _counts(connection: Connection, session_id: str) -> Counts:
    """Figures of the whole session, whatever the reader sees of it."""
    filed = sa.and_(ITEM.c.asked_session_id == session_id, ITEM.c.submitted_at.is_not(None))
    listed = sa.and_(ITEM.c.session_id == session_id, ITEM.c.state.not_in(["draft", "withdrawn"]))
    of_this = sa.select(DECISION.c.id).where(DECISION.c.session_id == session_id)

    def count(table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        return sa.select(sa.func.count()).select_from(table).where(*where).scalar_subquery()

    def owed(*states: str) -> sa.ScalarSelect[int]:
        return count(OWED, OWED.c.decision_id.in_(of_this), OWED.c.state.in_(states))

    raised = sa.select(ITEM.c.id).where(listed)
    figures = {
        "filed": count(ITEM, filed),
        "late": count(ITEM, filed, ITEM.c.timing.in_(["late", "exception"])),
        "exceptions": count(ITEM, filed, ITEM.c.timing == "exception"),
        "items": count(ITEM, listed),
        "cases": count(COURSE, COURSE.c.escalation_id.in_(raised)),
        "returns": count(ITEM, listed, ITEM.c.returns > 0),
        "decisions": count(DECISION, DECISION.c.session_id == session_id),
        "awaited": owed("awaited", "partly"),
        "executed": owed("executed"),
        "not_executed": owed("not_executed"),
    }
    query = sa.select(*(subquery.label(name) for name, subquery in figures.items()))
    return Counts(**connection.execute(query).mappings().one())
