"""Who sits at a session, who was called, which excerpts left, what was told: for the desk and its papers.

Members are public officers, named to every reader of the session. Excerpts are read by the ICI's desk, its
chair and the organisation they went to.
"""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection

from db.engine import reading
from db.queries.ici_records import as_record
from db.rows import table_of
from db.scope import Scope
from db.tables.ici import IciDecision, IciSession
from db.tables.people import Body
from db.tables.sitting import Contribution, Excerpt, IciCall, IciMember

SESSION, DECISION, BODY = table_of(IciSession), table_of(IciDecision), table_of(Body)
MEMBER, CALL, SENT, TOLD = (table_of(one) for one in (IciMember, IciCall, Excerpt, Contribution))
RANK = sa.case({"chair": 0, "co_pilot": 1}, value=MEMBER.c.capacity, else_=2)


@dataclass(frozen=True, slots=True)
class Member:
    """`presence`: present, excused, or empty when it is not recorded or they were away."""

    id: int
    ici: str
    name: str
    body: str
    capacity: str
    from_on: date
    until_on: date | None
    presence: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """An organisation that received the call, and how many people there."""

    body: str
    people: int


@dataclass(frozen=True, slots=True)
class Sent:
    decision_id: str
    body_id: str
    body: str
    sent_on: date
    on_paper: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A good practice or a testimony."""

    id: int
    kind: str
    title: str
    text: str
    body: str | None
    recorded_on: date


@dataclass(frozen=True, slots=True)
class Sitting:
    """`members`: those in term on that day. `minutes_head`: the head of the journal when it was validated."""

    members: tuple[Member, ...]
    guests: str
    called: tuple[Called, ...]
    sent: tuple[Sent, ...]
    told: tuple[Told, ...]
    minutes_on: date | None
    minutes_head: str

    @property
    def present(self) -> tuple[Member, ...]:
        return tuple(one for one in self.members if one.presence == "present")

    @property
    def excused(self) -> tuple[Member, ...]:
        return tuple(one for one in self.members if one.presence == "excused")

    def names(self, ids: tuple[int, ...]) -> list[str]:
        return [f"{one.name} ({one.body})" for one in self.members if one.id in ids]


def sitting(scope: Scope, session_id: str) -> Sitting:
    """Of a session that exists."""
    with reading() as connection:
        row = connection.execute(sa.select(SESSION).where(SESSION.c.id == session_id)).mappings().one()
        named = set(_named(connection, session_id))
        day: date = row["held_on"]
        found = _members(connection, MEMBER.c.ici == row["ici"])
        marks = dict.fromkeys(row["excused_ids"], "excused") | dict.fromkeys(row["present_ids"], "present")
        shown = [one for one in found if one.id in marks or one.id in named or _in_term(one, day)]
        return Sitting(
            members=tuple(_marked(one, marks.get(one.id, "")) for one in shown),
            guests=row["guests"],
            called=_called(connection, session_id),
            sent=_sent(connection, scope, session_id),
            told=_told(connection, TOLD.c.session_id == session_id),
            minutes_on=row["minutes_on"],
            minutes_head=row["minutes_head"],
        )


def members(ici: str) -> tuple[Member, ...]:
    """Every member of an ICI, past ones too: the chair, the co-pilots, then by organisation."""
    with reading() as connection:
        return _members(connection, MEMBER.c.ici == ici)


def contributions(session_ids: list[str]) -> tuple[Told, ...]:
    with reading() as connection:
        return _told(connection, TOLD.c.session_id.in_(session_ids))


def _in_term(member: Member, day: date) -> bool:
    return member.from_on <= day and (member.until_on is None or member.until_on >= day)


def _marked(member: Member, presence: str) -> Member:
    return as_record(Member, {name: getattr(member, name) for name in Member.__slots__}, presence=presence)


def _named(connection: Connection, session_id: str) -> list[int]:
    """Those whose agreement a decision of the session bears, even if their term was changed since."""
    query = sa.select(DECISION.c.agreed_ids, DECISION.c.abstained_ids).where(
        DECISION.c.session_id == session_id
    )
    return [key for agreed, abstained in connection.execute(query) for key in (*agreed, *abstained)]


def _members(connection: Connection, which: sa.ColumnElement[bool]) -> tuple[Member, ...]:
    query = (
        sa.select(MEMBER, BODY.c.name.label("body"))
        .join(BODY, BODY.c.id == MEMBER.c.body_id)
        .where(which)
        .order_by(RANK, BODY.c.name, MEMBER.c.name, MEMBER.c.id)
    )
    return tuple(as_record(Member, row) for row in connection.execute(query).mappings())


def _called(connection: Connection, session_id: str) -> tuple[Called, ...]:
    query = (
        sa.select(BODY.c.name.label("body"), sa.func.count().label("people"))
        .select_from(CALL)
        .join(BODY, BODY.c.id == CALL.c.body_id)
        .where(CALL.c.session_id == session_id)
        .group_by(BODY.c.name)
        .order_by(BODY.c.name)
    )
    return tuple(as_record(Called, row) for row in connection.execute(query).mappings())


def _sent(connection: Connection, scope: Scope, session_id: str) -> tuple[Sent, ...]:
    whole = scope.reach == "all" or scope.role == "chair"
    query = (
        sa.select(SENT, BODY.c.name.label("body"), SENT.c.account_id.is_(None).label("on_paper"))
        .join(DECISION, DECISION.c.id == SENT.c.decision_id)
        .join(BODY, BODY.c.id == SENT.c.body_id)
        .where(DECISION.c.session_id == session_id)
        .where(sa.true() if whole else SENT.c.body_id == scope.body_id)
        .order_by(SENT.c.decision_id, BODY.c.name)
    )
    return tuple(as_record(Sent, row) for row in connection.execute(query).mappings())


def _told(connection: Connection, which: sa.ColumnElement[bool]) -> tuple[Told, ...]:
    query = (
        sa.select(TOLD, BODY.c.name.label("body"))
        .outerjoin(BODY, BODY.c.id == TOLD.c.body_id)
        .where(which, TOLD.c.annulled_on.is_(None))
        .order_by(TOLD.c.id)
    )
    return tuple(as_record(Told, row) for row in connection.execute(query).mappings())
