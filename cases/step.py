"""What a command works with: the record, the day, the settings, and the ways to write inside its
transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from weakref import WeakSet

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlmodel import SQLModel

from cases.actor import Actor
from cases.command import Command
from cases.machines import MACHINES
from cases.reasons import Refused, refuse
from cases.territory import Setting, Settings, load_settings
from cases.write_log import WriteLog
from db import direct, rows
from db.rows import Row
from db.tables.case import CaseFile
from db.tables.clock import Notice
from db.tables.ici import Escalation, IciCourse, IciSession
from db.tables.journal import JournalHead
from db.tables.operation import Building, Operation
from db.tables.people import Account, Counter
from db.tables.technical import TechnicalSession
from db.tables.territory import SettingOverride
from db.tables.vacancy import Vacancy

TABLES: dict[str, type[SQLModel]] = {
    "case": CaseFile,
    "escalation": Escalation,
    "session": IciSession,
    "operation": Operation,
    "building": Building,
    "technical": TechnicalSession,
    "vacancy": Vacancy,
}

LEGAL_DATES = ("vacate_on", "right_to_stay_until", "offer_answer_due_on", "snr_expires_on")


def legal_on(case: Mapping[str, Any]) -> date:
    """The nearest date that the law or the operation sets to a case: the second key of every queue."""
    return min((case[name] for name in LEGAL_DATES if case[name] is not None), default=date.max)


_COUNTER = rows.table_of(Counter)
_NEXT = (
    sa.update(_COUNTER)
    .where(_COUNTER.c.series == sa.bindparam("of"))
    .values(value=_COUNTER.c.value + 1)
    .returning(_COUNTER.c.value)
)


@dataclass
class Step:
    """One command being carried out. `subject` is the targeted row, kept up to date as `set()` changes it."""

    connection: Connection
    now: datetime
    today: date
    occurred_on: date
    actor: Actor
    command_id: str
    settings: Settings
    about: str | None = None
    subject: Row = field(default_factory=dict)
    before: Row = field(default_factory=dict)
    changes: Row = field(default_factory=dict)
    case_id: str | None = None
    created: dict[str, Any] = field(default_factory=dict)
    touched: dict[tuple[str, str], None] = field(default_factory=dict)
    notices: list[dict[str, Any]] = field(default_factory=list)
    versions_moved: set[str] = field(default_factory=set)
    settings_changed: bool = False
    opened: bool = False  # the targeted record is one that this command has inserted
    head_digest: str = ""
    log: WriteLog = field(default_factory=WriteLog)
    approved_by: str | None = None
    concerns: dict[str, None] = field(default_factory=dict)  # cases whose story tells it
    then: list[tuple[Command, Actor]] = field(default_factory=list)  # done after it, all or nothing

    # reading -------------------------------------------------------------------------------------

    def get(self, model: type[SQLModel], **by: Any) -> Row | None:
        return rows.get(self.connection, model, **by)

    def find(self, model: type[SQLModel], **by: Any) -> list[Row]:
        return rows.find(self.connection, model, **by)

    def need(self, model: type[SQLModel], what: str, **by: Any) -> Row:
        """The row, or a refusal that names what was looked for."""
        row = self.get(model, **by)
        if row is None:
            raise refuse(
                "record.unknown",
                f"{what} « {next(iter(by.values()))} » est introuvable : vérifiez la référence.",
            )
        return row

    def setting(self, key: str) -> Any:
        """The value in force on the day the fact occurred."""
        return self.settings.value(key, self.occurred_on)

    def lead_of(self, body_id: str) -> str | None:
        leads = self.find(Account, body_id=body_id, is_lead=True, active=True)
        return leads[0]["id"] if leads else None

    # writing -------------------------------------------------------------------------------------

    def set(self, **changes: Any) -> None:
        """Change the targeted record."""
        for name in changes:
            self.before.setdefault(name, self.subject.get(name))
        self.subject |= changes
        self.changes |= changes

    def insert(self, model: type[SQLModel], **values: Any) -> Any:
        return self.log.inserted(model, rows.insert(self.connection, model, **values))

    def update(self, model: type[SQLModel], by: Mapping[str, Any], **changes: Any) -> int:
        self.log.before(self.connection, model, by, changes)
        return rows.update(self.connection, model, by, **changes)

    def opens(self, about: str, key: str) -> None:
        """The record just inserted becomes the subject of the command."""
        self.about, self.subject = about, self.need(TABLES[about], "Le dossier", id=key)
        self.before, self.opened = {"state": None}, True
        self.case_id = key if about == "case" else None
        self.touch(about, key)

    def change_case(self, case: Row, **changes: Any) -> None:
        """Change a case whatever the command targets: its version moves once."""
        if self.about == "case" and case["id"] == self.subject["id"]:
            self.set(**changes)
            return
        if case["id"] not in self.versions_moved:
            self.versions_moved.add(case["id"])
            changes |= {"version": case["version"] + 1, "touched_at": self.now}
        changes["legal_on"] = legal_on(case | changes)
        case |= changes
        self.update(CaseFile, {"id": case["id"]}, **changes)
        self.touch("case", case["id"])

    def cases_changed(self) -> tuple[str, ...]:
        """The other cases of this command's history: changed by it, or carried by its escalation."""
        found = [key for about, key in self.touched if about == "case"] + list(self.concerns)
        if self.about == "escalation":
            carried = self.find(IciCourse, escalation_id=self.subject["id"], ended_on=None)
            found += [course["case_id"] for course in carried]
        return tuple(key for key in dict.fromkeys(found) if key != self.case_id)

    def touch(self, about: str, key: Any) -> None:
        """The deadlines of this record are to be looked at again before the end."""
        self.touched[about, str(key)] = None

    def number(self, series: str) -> int:
        """The next number of a series, without gaps: the head of the journal is already locked."""
        moved = direct.fetch(self.connection, _NEXT, {"of": series})
        if not moved:
            self.insert(Counter, series=series, value=1)
            return 1
        return int(moved[0]["value"])

    def reference(self, letter: str, width: int = 5) -> str:
        series = f"{letter}-{self.today:%y}"
        return f"{series}-{self.number(series):0{width}d}"

    def tell(self, recipient_id: str | None, kind: str, text: str, case_id: str | None = None) -> None:
        """Write a notice in this transaction, delivered later. Nobody is told what they did themselves."""
        if recipient_id is None or recipient_id == self.actor.id:
            return
        self.notices.append({"recipient_id": recipient_id, "kind": kind, "text": text, "case_id": case_id})

    def tell_each(
        self, recipients: Iterable[str | None], kind: str, text: str, case_id: str | None = None
    ) -> None:
        for recipient in dict.fromkeys(recipients):
            self.tell(recipient, kind, text, case_id)

    def move_row(
        self, machine: str, model: type[SQLModel], row: Row, event: str, facts: Any, **changes: Any
    ) -> str:
        """Move another record than the targeted one along its own machine; refuses with every reason."""
        decision = MACHINES[machine].decide(row["state"], event, facts)
        if decision.target is None:
            raise Refused(decision.reasons)
        row |= {"state": decision.target} | changes
        self.update(model, {"id": row["id"]}, state=decision.target, **changes)
        return decision.target

    def notice_rows(self, number: int) -> list[dict[str, Any]]:
        return [
            notice | {"key": f"{number}/{rank}", "written_at": self.now, "subject": ""}
            for rank, notice in enumerate(self.notices)
        ]

    def flush_notices(self, number: int) -> None:
        rows.insert_many(self.connection, Notice, self.notice_rows(number))


@lru_cache(maxsize=4)  # keyed by database and version too: what was read for one never serves another
def _cached(url: str, version: int, overrides: tuple[Setting, ...]) -> Settings:  # noqa: ARG001
    return load_settings(overrides)


READ = "B"  # a document of the MEL, which somebody has read
_SEEN: dict[tuple[str, int], tuple[Setting, ...]] = {}
_UNCOMMITTED: WeakSet[Any] = WeakSet()  # transactions that have changed a setting


def settings_change(connection: Connection) -> None:
    """Until this transaction is committed, its settings are nobody else's: they are not kept."""
    _UNCOMMITTED.add(connection.get_transaction())


def settings_at(connection: Connection, version: int) -> Settings:
    """The dated settings with what was decided here; read again only when `version` has moved."""
    if connection.get_transaction() in _UNCOMMITTED:
        return load_settings(_overrides(connection))
    url = str(connection.engine.url)
    if (url, version) not in _SEEN:
        _SEEN[url, version] = _overrides(connection)
    return _cached(url, version, _SEEN[url, version])


def settings_now(connection: Connection) -> Settings:
    """Those in force for who has not read the head of the journal."""
    head = rows.get(connection, JournalHead, id=1)
    return settings_at(connection, head["settings_version"] if head else 0)


def _overrides(connection: Connection) -> tuple[Setting, ...]:
    base = load_settings()
    found = []
    for row in rows.find(connection, SettingOverride):
        known = base.pattern(row["key"])
        if known is None:
            continue  # a setting that the file no longer names
        value = float(row["value"]) if isinstance(known.value, float) else row["value"]
        certainty = READ if row["text_read"] and known.to_confirm else known.certainty
        named = {"unit": known.unit, "label": known.label, "source": row["source"], "certainty": certainty}
        found.append(Setting(row["key"], row["valid_from"], value, **named))
    return tuple(found)
