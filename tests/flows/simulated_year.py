"""A year of the ICIs, day by day: people act at the same hours, the clock passes calmly or in a storm.

In a storm passes are missed for whole days and the process that runs a pass is killed in the middle of it.
"""

import contextlib
import os
import select
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from cases import clockwork
from cases.clock import PARIS
from cases.command import Command
from cases.commands import execute
from cases.people import actor_named
from cases.rules.dates import add_months
from db import rows
from db.engine import engine, reading, transaction
from db.tables.case import CaseFile, Household
from db.tables.clock import Deadline, Notice
from db.tables.ici import FrozenList
from db.tables.operation import Dwelling
from flows.delivery import delivery
from tests.journeys.stage import build_stage

START = date(2026, 1, 12)
PLACES = {"A": "59512", "B": "59350", "C": "59017"}  # Roubaix, Lille, Armentières
PER_ITEM = 5
HOURS = (6, 9, 12, 15, 18)  # when the clock passes; people act at 10:00
WORKER, LEAD, DESK, PILOT, BODY = (
    "amina.haddad",
    "sylvie.vandeputte",
    "camille.joly",
    "marc.verhaeghe",
    "vilogia",
)
Act = tuple[str, str, str | None, str, dict[str, Any]]  # who, id, target, type, data


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a year: its cases, its days, its ICIs, how many items each session gets."""

    cases: int
    days: int
    icis: str = "ABC"
    items: int = 4
    hours: tuple[int, ...] = HOURS


@dataclass
class Weather:
    """`calm` passes once each hour of `hours`; a storm misses days (at most three) and kills passes."""

    rng: Random | None = None
    out: int = 0
    missed: set[date] = field(default_factory=set)
    kills: int = 0

    def away(self, day: date) -> bool:
        if self.rng is None:
            return False
        if self.out == 0 and self.rng.random() < 0.05:
            self.out = self.rng.randint(1, 3)
        if self.out:
            self.out -= 1
            self.missed.add(day)
            return True
        return False


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, datetime.min.time().replace(hour=hour, minute=minute), PARIS)


def set_the_year(size: Size, stage: Callable[[], None] = build_stage) -> None:
    """People, and cases that are searched for, each with a request that expires some day of the year."""
    stage()
    numbers = range(size.cases)
    with transaction() as connection:
        rows.insert_many(
            connection, Household, [{"id": f"Y{n}", "name": "x", "search_name": "x"} for n in numbers]
        )
        rows.insert_many(connection, Dwelling, [_dwelling(n) for n in numbers])
        rows.insert_many(connection, CaseFile, [_case(size, n) for n in numbers])
        rows.insert_many(connection, Deadline, [_deadline(size, n) for n in numbers])


def _dwelling(n: int) -> dict[str, Any]:
    return {
        "id": f"Y{n}",
        "landlord_id": BODY,
        "commune": "59512",
        "address": "1 rue",
        "typology": 3,
        "rooms": 3,
        "surface_m2": 60,
        "floor": 1,
        "lift": False,
    }


def _case(size: Size, n: int) -> dict[str, Any]:
    ici = size.icis[n % len(size.icis)]
    return {
        "id": f"M-Y-{n:05d}", "kind": "transfer", "state": "searching", "version": 1,
        "household_id": f"Y{n}", "dwelling_id": f"Y{n}", "commune": PLACES[ici],
        "owner_id": WORKER, "body_id": "ccas-roubaix",
        "landlord_id": BODY, "referrer_id": WORKER,
        "referrer_body_id": "ccas-roubaix",
        "criteria": ["economic"], "evidence": [], "referred_on": START,
        "stage_since": START, "touched_at": at(START, 8),
        "diagnosis_signed_on": START, "need_validated_on": START,
        "attempts": 1, "open_blockages": n % 3 == 0,
        "snr_expires_on": _expires(size, n), "legal_on": _expires(size, n),
    }  # fmt: skip


def _expires(size: Size, n: int) -> date:
    return START + timedelta(days=n * 7919 % size.days)


def _deadline(size: Size, n: int) -> dict[str, Any]:
    due_on = _expires(size, n)
    return {
        "kind": "snr_renewal", "subject": f"case:M-Y-{n:05d}", "case_id": f"M-Y-{n:05d}", "due_on": due_on,
        "nature": "legal", "owner_id": WORKER, "lead_id": LEAD, "body_id": "ccas-roubaix", "explanation": [],
        "opened_at": at(START, 8), "remind_on": START,
    }  # fmt: skip


def people(size: Size) -> dict[date, list[Act]]:
    """What people do, by day: two sessions for each ICI, one of which moves later and back earlier."""
    acts: dict[date, list[Act]] = {}
    for rank, ici in enumerate(size.icis):
        first = add_months(START, 3) + timedelta(days=3 + rank)
        for turn, held_on in enumerate((first, add_months(first, 5))):
            _session(acts, size, ici, turn, held_on)
    return acts


def _session(acts: dict[date, list[Act]], size: Size, ici: str, turn: int, held_on: date) -> None:
    key = f"{ici}{turn}"
    limit = add_months(held_on, -2)

    def say(day: date, who: str, name: str, target: str | None, kind: str, /, **data: Any) -> None:
        acts.setdefault(day, []).append((who, f"y.{key}.{name}", target, kind, data))

    say(START, DESK, "plan", None, "plan_session", ici=ici, held_on=held_on.isoformat())
    for shift, day in ((14, 2), (0, 5)):
        moved = (held_on + timedelta(days=shift)).isoformat()
        asked = {"held_on": moved, "reason": "Salle."}
        say(limit - timedelta(days=20 - day), DESK, f"move{day}", f"@{key}.plan", "move_session", **asked)
    own = [n for n in range(size.cases) if size.icis[n % len(size.icis)] == ici]
    for item in range(size.items):
        begin = (turn * size.items + item) * PER_ITEM
        cases = [f"M-Y-{n:05d}" for n in own[begin : begin + PER_ITEM]]
        late = item == size.items - 1
        raised = {
            "case_ids": cases,
            "theme": "typology_lacking",
            "title": "T5 introuvables",
            "session_id": f"@{key}.plan",
        }
        say(limit - timedelta(days=4), WORKER, f"e{item}", None, "draft_escalation", **raised)
        say(limit + timedelta(days=late), WORKER, f"f{item}", f"@{key}.e{item}", "submit_escalation")
        if late:
            continue
        say(limit + timedelta(days=15), PILOT, f"o{item}", f"@{key}.e{item}", "objectify",
            objectification="Constat.", proposal="Un T5.")  # fmt: skip
        say(limit + timedelta(days=16), PILOT, f"a{item}", f"@{key}.e{item}", "put_on_agenda")
        say(held_on, DESK, f"d{item}", f"@{key}.e{item}", "decide", kind="body_must_offer", text="Un T5.",
            duties=[{"body_id": BODY, "due_on": (held_on + timedelta(days=120)).isoformat()}])  # fmt: skip
    say(held_on - timedelta(days=6), DESK, "file", f"@{key}.plan", "send_file")
    acts.setdefault(held_on, []).insert(0, (DESK, f"y.{key}.held", f"@{key}.plan", "hold_session", {}))


def live(size: Size, weather: Weather) -> None:
    """Every day of the year: the passes of the clock, and at ten what people do."""
    known: dict[str, str] = {}
    acts = people(size)
    for day in (START + timedelta(days=n) for n in range(size.days)):
        away = weather.away(day)
        for rank, hour in enumerate(size.hours):
            if not away:
                _pass(day, hour, weather, last=rank == len(size.hours) - 1)
            if rank == 0:
                for act in acts.get(day, []):
                    _do(act, at(day, 10), known)


def _do(act: Act, now: datetime, known: dict[str, str]) -> None:
    who, name, target, kind, data = act
    actor = actor_named(who)
    assert actor is not None
    said = {key: known.get(value, value) if isinstance(value, str) else value for key, value in data.items()}
    command = Command(id=name, type=kind, target=known.get(target or "", target), data=said)
    outcome = execute(command, now=now, actor=actor)
    assert outcome.done, f"{name} on {now:%d/%m}: {outcome.message}"
    known[f"@{name.removeprefix('y.')}"] = str(outcome.reference)


def passes(day: date, hour: int) -> Iterator[Callable[[], Any]]:
    now = at(day, hour)
    for watch in (clockwork.before_ici, clockwork.every_day, clockwork.six_months, delivery):
        yield lambda watch=watch: watch(day, now)  # type: ignore[misc]


def _pass(day: date, hour: int, weather: Weather, *, last: bool) -> None:
    """In this process; in a storm, one in five in a process of its own, killed (SIGKILL) in the middle."""
    if weather.rng is not None and not last and weather.rng.random() < 0.2:
        weather.kills += killed(lambda: [watch() for watch in passes(day, hour)], weather.rng.random() * 0.04)
        return
    for watch in passes(day, hour):
        watch()


def killed(work: Callable[[], Any], after: float) -> bool:
    """Do it in another process and kill it if it has not ended in so many seconds: whether it was so."""
    engine().dispose()
    end, held = os.pipe()  # its other side closes by itself when the process ends, however it does
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            work()
        os._exit(0)
    os.close(held)
    at_work = not select.select([end], [], [], after)[0]
    os.close(end)
    if at_work:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return at_work


# What is left ---------------------------------------------------------------------------------------

Said = tuple[str, date, date, str, str]  # subject, date quoted, day it was due to be said, recipient, kind


def reminders() -> list[Said]:
    """Every reminder ever written, by what it says: twice the same is a reminder repeated."""
    with reading() as connection:
        found = [row for row in rows.find(connection, Notice) if row["kind"] == "reminder"]
        kinds = {row["id"]: row["kind"] for row in rows.find(connection, Deadline)}
    return [_said(row, kinds[row["deadline_id"]]) for row in found]


def _said(row: dict[str, Any], kind: str) -> Said:
    days = int(str(row["key"]).split("/")[3])
    return row["subject"], row["due_on"], row["due_on"] + timedelta(days=days), row["recipient_id"], kind


def frozen_lists() -> list[tuple[str, int, str]]:
    with reading() as connection:
        return sorted(
            (row["session_id"], row["number"], row["digest"]) for row in rows.find(connection, FrozenList)
        )


def closed_on() -> dict[str, date]:
    """Subject → the day its last deadline was closed."""
    with reading() as connection:
        done = [row for row in rows.find(connection, Deadline) if row["closed_at"] is not None]
    return {row["subject"]: row["closed_at"].astimezone(PARIS).date() for row in done}


def lost(calm: list[Said], stormy: list[Said], missed: set[date]) -> list[Said]:
    """Reminders of the calm year that the storm neither wrote nor had a reason to leave out.

    After days without any pass the furthest rung reached is said, once, for those that it overtakes.
    """
    wrote, ended = set(stormy), closed_on()
    after = {subject: sorted(s[2] for s in wrote if s[0] == subject) for subject, *_ in wrote}
    return [
        said
        for said in calm
        if said not in wrote and not _overtaken(said, missed, after.get(said[0], []), ended)
    ]


def _overtaken(said: Said, missed: set[date], days: list[date], ended: dict[str, date]) -> bool:
    subject, planned = said[0], said[2]
    back = planned
    while back in missed:
        back += timedelta(days=1)
    if back == planned:
        return False
    return any(planned < day <= back for day in days) or ended.get(subject, date.max) <= back
