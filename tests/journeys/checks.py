"""What must hold after a line of a journey: each key of `*.expected.json` is one function here."""

from datetime import date
from typing import Any

from db import rows
from db.engine import reading
from db.queries import operation as board
from db.scope import Scope
from db.tables.case import CaseFile, Household, NamedReader, Note
from db.tables.clock import Deadline, Notice
from db.tables.diagnosis import Diagnosis
from db.tables.ici import Escalation, FrozenList, IciCourse, IciSession, Obligation
from db.tables.merge import SnrNumber
from db.tables.offer import Offer
from db.tables.operation import Dwelling
from db.tables.rehousing import HolderChange, ReturnChange, TemporaryStay
from relogement.lines import Known
from relogement.rehearse import Played

Wanted = dict[str, Any]
STEERS = Scope("", "co_pilot", "", "all", frozenset({"common"}))


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _row(model: Any, key: Any) -> dict[str, Any]:
    with reading() as connection:
        row = rows.get(connection, model, id=key)
    assert row is not None, f"{model.__name__} {key}"
    return row


def _find(model: Any, **by: Any) -> list[dict[str, Any]]:
    with reading() as connection:
        return rows.find(connection, model, **by)


def _columns(model: Any) -> Any:
    def check(wanted: Wanted, known: Known) -> None:
        for reference, columns in wanted.items():
            row = _row(model, known.resolve(reference))
            for name, value in columns.items():
                assert _plain(row[name]) == known.resolve(value), f"{reference}.{name}"

    return check


def deadlines(wanted: Wanted, known: Known) -> None:
    """Kind → the date of the open deadline, or null when none is open."""
    for reference, kinds in wanted.items():
        subject = f"case:{known.resolve(reference)}"
        standing = {
            r["kind"]: _plain(r["due_on"]) for r in _find(Deadline, subject=subject) if r["closed_at"] is None
        }
        assert {kind: standing.get(kind) for kind in kinds} == kinds, reference


def closed(wanted: Wanted, known: Known) -> None:
    """Kind → how it ended: closed, never erased."""
    for reference, kinds in wanted.items():
        rows_ = _find(Deadline, subject=f"case:{known.resolve(reference)}")
        ended = {row["kind"]: row["outcome"] for row in rows_ if row["closed_at"] is not None}
        assert {kind: ended.get(kind) for kind in kinds} == kinds, reference


def offers(wanted: Wanted, known: Known) -> None:
    for reference, facts in wanted.items():
        row = _row(Offer, known.resolve(reference))
        for name, value in facts.items():
            if name == "failed":
                failed = [test["code"] for test in row["judgement"]["tests"] if not test["passed"]]
                assert failed == value, reference
            else:
                assert row[name] == value, f"{reference}.{name}"


def course(wanted: Wanted, known: Known) -> None:
    for reference, state in wanted.items():
        case_id = known.resolve(reference)
        assert [row["state"] for row in _find(IciCourse, case_id=case_id)][-1] == state, reference


def frozen(wanted: Wanted, known: Known) -> None:
    """Session → list number → the escalations on it."""
    for reference, lists in wanted.items():
        rows_ = _find(FrozenList, session_id=known.resolve(reference))
        found = {str(row["number"]): [item["escalation"] for item in row["content"]] for row in rows_}
        assert found == {number: known.resolve(items) for number, items in lists.items()}, reference


def results(wanted: Wanted, known: Known) -> None:
    """What the diagnosis computed of the occupation of the dwelling."""
    for reference, expected in wanted.items():
        diagnosis = _find(Diagnosis, case_id=known.resolve(reference))[-1]
        found = diagnosis["results"]["occupancy"]
        values = {
            "over_occupied": found["over_occupied_by_surface"]["value"],
            "rooms_index": found["rooms_index"]["value"],
            "manifest": found["manifest_by_rooms"]["value"],
            "under_occupied": found["under_occupied"]["value"],
        }
        assert {name: values[name] for name in expected} == expected, reference


def readers(wanted: Wanted, known: Known) -> None:
    for reference, accounts in wanted.items():
        found = {row["account_id"] for row in _find(NamedReader, case_id=known.resolve(reference))}
        assert found == set(accounts), reference


def household(wanted: Wanted, known: Known) -> None:
    for reference, name in wanted.items():
        case = _row(CaseFile, known.resolve(reference))
        assert _row(Household, case["household_id"])["name"] == name


def obligations(wanted: list[str], known: Known) -> None:
    assert [row["state"] for row in _find(Obligation)] == wanted


def obligation_due(wanted: list[str], known: Known) -> None:
    assert [_plain(row["due_on"]) for row in _find(Obligation)] == wanted


def reminded(wanted: Wanted, known: Known) -> None:
    """Kind of deadline → whether somebody was reminded of one."""
    kinds = {row["id"]: row["kind"] for row in _find(Deadline)}
    said = {kinds.get(row["deadline_id"]) for row in _find(Notice, kind="reminder")}
    assert {kind: kind in said for kind in wanted} == wanted


def told(wanted: Wanted, known: Known) -> None:
    for account, words in wanted.items():
        assert any(words in row["text"] for row in _find(Notice, recipient_id=account)), account


def stay(wanted: Wanted, known: Known) -> None:
    """The last temporary stay of a case; `slips`: how often its return date moved."""
    for reference, columns in wanted.items():
        row = _find(TemporaryStay, case_id=known.resolve(reference))[-1]
        found = row | {"slips": len(_find(ReturnChange, stay_id=row["id"]))}
        assert {name: _plain(found[name]) for name in columns} == columns, reference


def holder(wanted: Wanted, known: Known) -> None:
    """How each condition of the transfer of the lease was judged."""
    for reference, conditions in wanted.items():
        judged = _find(HolderChange, case_id=known.resolve(reference))[-1]["findings"]
        assert {found["code"]: found["value"] for found in judged} == conditions, reference


def operation(wanted: Wanted, known: Known) -> None:
    """What the board counts in an operation, over its buildings."""
    for reference, counts in wanted.items():
        view = board.operation(STEERS, known.resolve(reference), third=3, recent_since=date(2025, 1, 1))
        assert view is not None, reference
        found = {name: int(view.buildings[name].sum()) for name in counts}
        assert found == counts, reference


def numbers(wanted: Wanted, known: Known) -> None:
    """Every unique number that the household of a case bears or bore."""
    for reference, expected in wanted.items():
        household_id = _row(CaseFile, known.resolve(reference))["household_id"]
        assert sorted(row["number"] for row in _find(SnrNumber, household_id=household_id)) == expected


def notes(wanted: Wanted, known: Known) -> None:
    for reference, expected in wanted.items():
        assert [row["text"] for row in _find(Note, case_id=known.resolve(reference))] == expected


CHECKS = {
    "case": _columns(CaseFile),
    "session": _columns(IciSession),
    "escalation": _columns(Escalation),
    "dwelling": _columns(Dwelling),
    "deadlines": deadlines,
    "closed": closed,
    "offers": offers,
    "course": course,
    "frozen": frozen,
    "results": results,
    "readers": readers,
    "household": household,
    "stay": stay,
    "holder": holder,
    "operation": operation,
    "obligations": obligations,
    "obligation_due": obligation_due,
    "reminded": reminded,
    "told": told,
    "numbers": numbers,
    "notes": notes,
}


def verify(expected: Wanted, played: Played, known: Known) -> None:
    """Everything that this line's expectation says; a line nobody expects to be refused is accepted."""
    wanted = {key: value for key, value in expected.items() if key not in {"after", "refused", "created"}}
    refused = expected.get("refused")
    if refused is not None:
        assert played.outcome.status == "refused", played.outcome
        assert [reason.code for reason in played.outcome.reasons] == refused
    for name, value in expected.get("created", {}).items():
        assert played.outcome.created[name] == value
    for key, value in wanted.items():
        CHECKS[key](value, known)
