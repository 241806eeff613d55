"""A session moves: what is said before is what is done, and no date said before is quoted again."""

from datetime import date

import pytest

from cases.commands.moved import foresee_move
from cases.deadlines import sweep
from cases.rules.session_move import Dates, follows_the_session, outlook
from db import rows
from db.engine import reading
from db.rows import Row
from db.tables.clock import Deadline, Notice
from flows.delivery import delivery
from tests.cases.ici_world import MARCH, SEPTEMBER, World, at

LIMIT = Dates(date(2026, 7, 15), date(2026, 8, 13))


@pytest.mark.parametrize(
    ("timing", "limit", "now", "expected"),
    [
        (
            "on_time",
            Dates(date(2026, 7, 15), date(2026, 6, 25)),
            "2026-07-02T10:00:00+02:00",
            "stays_on_time",
        ),
        ("late", LIMIT, "2026-07-20T10:00:00+02:00", "stays_late"),
        ("exception", LIMIT, "2026-07-20T10:00:00+02:00", "stays_admitted"),
        (None, LIMIT, "2026-07-15T23:59:59+02:00", "still_time"),
        (None, LIMIT, "2026-07-16T00:00:00+02:00", "regains_time"),
        (None, Dates(LIMIT.new, LIMIT.old), "2026-07-15T22:30:00+00:00", "loses_time"),
        (None, LIMIT, "2026-08-14T00:00:00+02:00", "no_time"),
    ],
)
def test_only_a_draft_is_judged_by_the_new_limit(
    timing: str | None, limit: Dates, now: str, expected: str
) -> None:
    assert outlook(timing, limit, at(now)) == expected


def test_a_duty_follows_the_session_only_when_it_is_due_that_day() -> None:
    assert follows_the_session(date(2027, 3, 16), date(2027, 3, 16))
    assert not follows_the_session(date(2027, 3, 15), date(2027, 3, 16))


def found(model: type, **by: object) -> list[Row]:
    with reading() as connection:
        return rows.find(connection, model, **by)


def execution() -> Row:
    (deadline,) = [row for row in found(Deadline, kind="execution") if row["closed_at"] is None]
    return deadline


def test_what_the_decision_awaits_at_the_session_follows_it_and_its_reminders(database: str) -> None:
    world = World()
    world.sessions()
    raised = world.decided(duties=[{"body_id": "vilogia"}])
    assert execution()["due_on"] == date(2027, 3, 16)
    delivery(date(2026, 9, 16), at("2026-09-16T07:00:00+02:00"))
    sweep(date(2027, 2, 14), at("2027-02-14T06:00:00+01:00"))  # written, not yet delivered
    now = at("2027-02-14T06:30:00+01:00")
    for held_on in (date(2027, 4, 13), date(2027, 3, 2)):  # later, then earlier
        told = foresee_move(MARCH, held_on, now=now)
        assert [(duty.body_id, duty.due.new) for duty in told.duties] == [("vilogia", held_on)]
        moved = {"held_on": held_on.isoformat(), "reason": "Salle."}
        world.do("camille", "move_session", MARCH, when=now.isoformat(), **moved)
        assert execution()["due_on"] == held_on
        assert [row["due_on"] for row in world.obligations(raised)] == [held_on]
        words = f"déplacée au {held_on:%d/%m/%Y}"
        heard = {row["recipient_id"] for row in found(Notice, kind="news") if words in row["text"]}
        assert heard == {person.id for person in told.told} >= {"vera"}
    for day in (date(2027, 2, number) for number in range(14, 29)):
        sweep(day, at(f"{day}T06:00:00+01:00"))
        delivery(day, at(f"{day}T07:00:00+01:00"))
    left = [row["text"] for row in found(Notice) if row["delivered_at"] and row["delivered_at"] > now]
    assert [text for text in left if "02/03/2027" in text and "déplacée" not in text]
    assert not [text for text in left if "16/03/2027" in text or "au 13/04/2027" in text]


def test_the_call_not_yet_left_is_corrected_and_the_case_tells_it(database: str) -> None:
    world = World()
    world.sessions()
    case, draft = world.a_case(), world.a_case(name="Bruyère")
    filed = world.filed(case, when="2026-07-01T10:00:00+02:00")
    world.an_escalation(draft, session_id=SEPTEMBER)
    version, now = world.case(case)["version"], "2026-07-02T10:00:00+02:00"
    foreseen = foresee_move(SEPTEMBER, date(2026, 8, 25), now=at(now))
    assert [item.outlook for item in foreseen.items] == ["stays_on_time", "loses_time"]
    assert foreseen.items[0].id == filed
    assert [one.id for one in foreseen.cases] == sorted([case, draft])
    assert foreseen.limit_passed
    assert foresee_move(SEPTEMBER, date(2027, 4, 1), now=at(now)).crossed == (date(2027, 3, 16),)
    world.do("camille", "move_session", SEPTEMBER, when=now, held_on="2026-08-25", reason="Salle.")
    delivery(date(2026, 7, 2), at("2026-07-02T11:00:00+02:00"))
    calls = found(Notice, recipient_id="sylvie")
    assert [
        text for text in (row["text"] for row in calls) if "15/07/2026" in text and "au lieu" not in text
    ] == []
    assert len([row for row in calls if "25/06/2026" in row["text"]]) == 1
    assert world.case(case)["version"] == version
    same = {"held_on": "2026-08-25", "reason": "Encore."}
    assert world.refused("camille", "move_session", SEPTEMBER, when=now, **same) == {"session.same_day"}
