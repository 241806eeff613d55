"""How two cases become one, and two again: what moves, what is added up, and what is put back.

Rows that move keep their identifiers; every column changed is noted with its value before and after, so that
undoing restores exactly, and says which row was changed since.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

import orjson
import sqlalchemy as sa
from sqlmodel import SQLModel

from cases.commands.closing import end_waiting
from cases.deadlines import MODELS
from cases.reasons import Reason
from cases.rules.finding import plain
from cases.step import Step
from cases.write_log import WriteLog
from db import rows
from db.rows import Row, delete
from db.tables.beside import Document, Opinion
from db.tables.case import Attempt, Blockage, CaseFile, Household, NamedReader, Note
from db.tables.clock import Deadline
from db.tables.merge import SnrNumber
from db.tables.offer import CommitteeDecision, Offer
from db.tables.support import Obstacle, SupportMeasure
from db.tables.technical import TechnicalItem

Noted = dict[str, Any]
MOVED: tuple[type[SQLModel], ...] = (
    *(Offer, CommitteeDecision, Attempt, Blockage, Note, Document, Opinion),
    *(Obstacle, SupportMeasure, TechnicalItem),
)
ABOUT = {rows.table_of(model).name: about for about, model in MODELS.items() if about != "case"}
MOVED_ABOUT = {ABOUT[rows.table_of(model).name] for model in MOVED if rows.table_of(model).name in ABOUT}
COUNTED = ("offers_made", "attempts", "open_blockages", "countable_refusals")
LISTS = ("criteria", "evidence")
OLDEST = ("referred_on", "snr_requested_on")
FOLLOWING = frozenset({"deadline", "household"})  # follow from the rest: changed since, they are left alone
WORDS: Mapping[str, str] = {
    "offer": "une proposition",
    "committee_decision": "une décision de commission",
    "attempt": "une recherche auprès d’un bailleur",
    "blockage": "un blocage",
    "note": "une note",
    "document": "un document",
    "opinion": "un avis demandé",
    "handover": "une passation",
    "snr_number": "un numéro unique",
    "signal": "un signal transmis",
    "obstacle": "un frein",
    "support_measure": "un accompagnement",
    "technical_item": "un point du comité technique",
}


def join_rows(step: Step, absorbed: Row) -> list[Noted]:
    """All that was recorded for the absorbed case goes to the kept one; what changed, to be put back."""
    kept, ordinary = step.subject, step.log
    step.log = WriteLog(kept=True)
    for model in MOVED:
        step.update(model, {"case_id": absorbed["id"]}, case_id=kept["id"])
    step.update(SnrNumber, {"household_id": absorbed["household_id"]}, household_id=kept["household_id"])
    _join_contact(step, absorbed)
    _renumber_offers(step)
    _follow_deadlines(step, absorbed)
    end_waiting(step, absorbed)
    lines, step.log = step.log.lines, ordinary
    return _noted(step, lines)


def _join_contact(step: Step, absorbed: Row) -> None:
    """The safe way to reach them is not lost."""
    home = step.need(Household, "Le ménage", id=step.subject["household_id"])
    other = step.need(Household, "Le ménage", id=absorbed["household_id"])
    found = {
        name: other[name] for name in ("safe_contact", "phone", "email") if other[name] and not home[name]
    }
    if found:
        step.update(Household, {"id": home["id"]}, **found)


def _renumber_offers(step: Step) -> None:
    offers = sorted(
        step.find(Offer, case_id=step.subject["id"]), key=lambda row: (row["offered_on"], row["id"])
    )
    for number, offer in enumerate(offers, start=1):
        if offer["number"] != number:
            step.update(Offer, {"id": offer["id"]}, number=number)


def _follow_deadlines(step: Step, absorbed: Row) -> None:
    """What is awaited of somebody for a row that moved is now awaited for the kept case."""
    for deadline in step.find(Deadline, case_id=absorbed["id"], closed_at=None):
        about, _, key = deadline["subject"].partition(":")
        if about in MOVED_ABOUT:
            step.update(Deadline, {"id": deadline["id"]}, case_id=step.subject["id"])
            step.touch(about, key)


def _noted(step: Step, lines: Iterable[Mapping[str, Any]]) -> list[Noted]:
    """One entry a row: the values before the first change, and those that stand now."""
    found: dict[tuple[str, Any], Noted] = {}
    for line in lines:
        known = found.setdefault((line["table"], line["key"]), {})
        for name, value in line["before"].items():
            known.setdefault(name, value)
    return [_line(step, table, key, before) for (table, key), before in found.items()]


def _line(step: Step, table: str, key: Any, before: Noted) -> Noted:
    """`digest` of the whole row tells later whether anything of it has changed: no copy is kept."""
    now = _now(step, table, key)
    after = {name: now[name] for name in before}
    return {"table": table, "key": key, "before": plain(before), "after": after, "digest": _digest(now)}


def _digest(row: Noted) -> str:
    return sha256(orjson.dumps(row, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _now(step: Step, table: str, key: Any) -> Noted:
    """The whole row as JSON can hold it."""
    found = SQLModel.metadata.tables[table]
    row = step.connection.execute(found.select().where(found.c["id"] == key)).mappings().one()
    return {name: plain(value) for name, value in row.items()}


def joined_columns(step: Step, absorbed: Row) -> Row:
    """The columns of the kept case that change: counters summed, lists and flags united, the oldest dates."""
    kept = step.subject
    found: Row = {name: kept[name] + absorbed[name] for name in COUNTED}
    found |= {
        name: kept[name] + [item for item in absorbed[name] if item not in kept[name]] for name in LISTS
    }
    for name in OLDEST:
        days = [row[name] for row in (kept, absorbed) if row[name] is not None]
        found[name] = min(days, default=None)
    if kept["snr_number"] is None and absorbed["snr_number"] is not None:
        found |= {name: absorbed[name] for name in ("snr_number", "snr_expires_on")}
    received = [row["suitable_offers"] for row in (kept, absorbed) if row["suitable_offers"] is not None]
    found["suitable_offers"] = max(received, default=None)
    found |= {name: bool(kept[name] or absorbed[name]) for name in ("protected", "urgent")}
    found |= _third_refusal(step, int(found["countable_refusals"]))
    return {name: value for name, value in found.items() if value != kept[name]}


def _third_refusal(step: Step, refusals: int) -> Row:
    """Summed refusals may reach the number that ends the right to stay: a person is asked, as ever."""
    kept, needed = step.subject, int(step.setting("offers_before_right_lost"))
    known = kept["third_refusal_to_validate"] or kept["third_refusal_validated_on"]
    if kept["kind"] != "rehousing" or refusals < needed or known:
        return {}
    counted = [row for row in step.find(Offer, case_id=kept["id"]) if row["countable"]]
    counted.sort(key=lambda row: row["number"])
    third = counted[-refusals:][needed - 1]
    return {"third_refusal_to_validate": True, "third_offer_received_on": third["received_on"]}


def unite_readers(step: Step, absorbed: Row, also: Iterable[str | None]) -> dict[str, list[str]]:
    """Both cases of a protected household are read by the same people; who was added to which."""
    cases = (step.subject["id"], absorbed["id"])
    named = [row["account_id"] for key in cases for row in step.find(NamedReader, case_id=key)]
    wanted = list(dict.fromkeys(account for account in [*named, *also] if account is not None))
    added: dict[str, list[str]] = {}
    for key in cases:
        held = {row["account_id"] for row in step.find(NamedReader, case_id=key)}
        added[key] = [account for account in wanted if account not in held]
        for account in added[key]:
            rows.insert(step.connection, NamedReader, case_id=key, account_id=account)
    return added


def changed_since(step: Step, noted: Iterable[Noted]) -> Iterator[Reason]:
    """The rows that cannot be given back as they were, by their names."""
    for line in noted:
        if line["table"] not in FOLLOWING and not _still(step, line):
            what = WORDS.get(line["table"], "un élément")
            yield Reason(
                "merge.row_changed",
                f"La fusion ne se défait plus : {what} venu de l’autre dossier a changé depuis.",
                "Domaine 9, cas 8",
            )


def _still(step: Step, line: Noted) -> bool:
    """Nothing of the row has changed since; of what follows from the rest, nothing that is put back."""
    now = _now(step, line["table"], line["key"])
    if line["table"] in FOLLOWING:
        return all(now[name] == value for name, value in line["after"].items())
    return _digest(now) == str(line["digest"])


def separate_rows(step: Step, noted: Iterable[Noted]) -> None:
    for line in noted:
        if _still(step, line):
            table = SQLModel.metadata.tables[line["table"]]
            former = {name: _typed(table.c[name], value) for name, value in line["before"].items()}
            step.connection.execute(table.update().where(table.c["id"] == line["key"]).values(former))
            if line["table"] in ABOUT:
                step.touch(ABOUT[line["table"]], line["key"])


def separated_columns(step: Step, before: Mapping[str, Any], after: Mapping[str, Any]) -> Row:
    """The kept case without what the other brought: what changed since for another reason stays."""
    now, found = step.subject, {}
    for name in before:
        if name in COUNTED:
            found[name] = now[name] - (after[name] - before[name])
        elif name in LISTS:
            brought = [item for item in after[name] if item not in before[name]]
            found[name] = [item for item in now[name] if item not in brought]
        elif plain(now[name]) == after[name]:
            found[name] = before[name]
    return typed(found)


def typed(values: Mapping[str, Any]) -> Row:
    """Columns of a case read back from JSON, as Python reads them."""
    columns = rows.table_of(CaseFile).c
    return {name: _typed(columns[name], value) for name, value in values.items()}


def _typed(column: sa.Column[Any], value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return date.fromisoformat(value) if isinstance(column.type, sa.Date) else value


def part_readers(step: Step, added: Mapping[str, Iterable[str]]) -> None:
    for case_id, accounts in added.items():
        for account in accounts:
            delete(step.connection, NamedReader, case_id=case_id, account_id=account)
