"""The demonstration's clock: only there, only ahead, day by day with the watches of each day."""

from datetime import date, datetime, timedelta

import pytest

from cases import clock, present
from cases.reasons import Refused
from cases.reference import SHIFT, mark_demonstration
from db import rows
from db.engine import reading, transaction
from db.tables.clock import ClockRun
from db.tables.people import Marker

Passed = list[tuple[str, date, str]]


def watches(passed: Passed, breaks_on: date | None = None) -> dict[str, present.Watch]:
    def watch(name: str) -> present.Watch:
        def run(today: date, now: datetime) -> dict[str, int]:
            if today == breaks_on and name == "six_months":
                raise RuntimeError("killed")
            passed.append((name, today, f"{now.astimezone(clock.PARIS):%d/%m %H:%M}"))
            return {name: 1}

        return run

    return {name: watch(name) for name in present.PASSES}


def test_days_are_lived_one_by_one_and_outlast_a_kill(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat("2026-11-24T22:30:00+00:00"))
    mark_demonstration()
    passed: Passed = []
    first, target = date(2026, 11, 25), date(2026, 11, 27)
    lived = present.advance_to(target, watches(passed, breaks_on=date(2026, 11, 26)))
    assert next(lived) == (first, dict.fromkeys(present.PASSES, 1))
    assert [(name, when) for name, _, when in passed] == [
        ("before_ici", "25/11 00:05"), ("daily", "25/11 06:00"), ("six_months", "25/11 06:20"),
        ("retention", "25/11 06:40"), ("delivery", "25/11 07:00"), ("digest", "25/11 07:30"),
    ]  # fmt: skip
    with pytest.raises(RuntimeError):
        next(lived)
    assert present.today() == first  # the last whole day
    passed.clear()
    assert [day for day, _ in present.advance_to(target, watches(passed))] == [date(2026, 11, 26), target]
    assert present.today() == target
    assert present.now() - clock.now() == timedelta(days=3)
    with reading() as connection:
        assert {row["day"] for row in rows.find(connection, ClockRun, flow="delivery", good=True)} == {
            first, date(2026, 11, 26), target,
        }  # fmt: skip
    for wanted, code in ((target, "present.past"), (target + timedelta(days=401), "present.far")):
        with pytest.raises(Refused) as refusal:
            present.advance_to(wanted, watches(passed))
        assert [reason.code for reason in refusal.value.reasons] == [code]


def test_a_real_database_is_refused_whatever_is_written_in_it(sqlite_database: str) -> None:
    with transaction() as connection:
        rows.insert(connection, Marker, key=SHIFT, value="30")
    assert abs(present.now() - clock.now()) < timedelta(minutes=1)
    passed: Passed = []
    with pytest.raises(Refused) as refusal:
        present.advance_to(present.today() + timedelta(days=1), watches(passed))
    assert [reason.code for reason in refusal.value.reasons] == ["present.real"]
    assert not passed


def test_no_day_is_skipped_across_a_clock_change(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 23:30 in Paris in winter, a summer day an hour off would be the next one, never lived."""
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat("2026-11-24T22:30:00+00:00"))
    mark_demonstration()
    summer = date(2027, 3, 30)
    lived = [day for day, _ in present.advance_to(summer, watches([]))]
    assert lived == [date(2026, 11, 25) + timedelta(days=n) for n in range(len(lived))]
    assert lived[-1] == summer == present.today()
    assert f"{present.now().astimezone(clock.PARIS):%H:%M}" == "23:30"
