"""Delivery as a function of its day: words, batches, protected cases, nothing twice."""

from datetime import date, datetime

import pytest

from cases import deadlines, outbox
from cases.clockwork import every_day
from db import rows
from db.engine import reading, transaction
from db.rows import Row
from db.tables.clock import ClockRun, Notice
from flows.delivery import delivery, words_of
from flows.run import run_recorded
from tests.cases.ici_world import World, at

NOON = at("2026-02-26T12:00:00+01:00")
DAY = date(2026, 2, 26)


@pytest.fixture
def world(database: str) -> World:
    return World()


def notices() -> list[Row]:
    with reading() as connection:
        return rows.find(connection, Notice)


def test_a_reminder_gets_its_words_on_the_day_it_is_delivered(world: World) -> None:
    case = world.referred()
    every_day(DAY, NOON)
    assert delivery(DAY, NOON) == {"delivered": 1}
    found = notices()[0]
    assert found["text"] == (
        f"Réponse sur la recevabilité, dossier {case} : échéance le 23/02/2026, en retard de 3 jours. "
        "Ce rappel aurait dû partir le 24/02/2026."
    )
    assert found["delivered_at"] == NOON


def test_nothing_is_delivered_twice(world: World) -> None:
    world.referred()
    every_day(DAY, NOON)
    delivery(DAY, NOON)
    before = notices()
    assert delivery(date(2026, 3, 1), at("2026-03-01T12:00:00+01:00")) == {"delivered": 0}
    assert notices() == before


def test_a_protected_case_is_told_by_its_number(world: World) -> None:
    case = world.referred(protected=True)
    world.do("sylvie", "add_reader", case, account_id="omar")
    world.do("sylvie", "hand_over", case, to_id="omar", reason="Elle part chez sa sœur à Lomme")
    world.do("omar", "refuse_handover", case, reason="Lomme n’est pas mon secteur")
    every_day(DAY, NOON)
    delivery(DAY, NOON)
    texts = {notice["text"] for notice in notices()}
    assert texts == {
        f"Dossier {case} : une échéance vous attend.",
        f"Dossier {case} : du nouveau, à lire dans l’application.",
    }


def test_what_people_did_is_told_as_written(world: World) -> None:
    case = world.referred()
    world.do("sylvie", "hand_over", case, to_id="omar")
    delivery(DAY, NOON)
    assert [notice["text"] for notice in notices()] == [f"On vous propose de reprendre le dossier {case}."]


def test_sessions_and_decisions_have_words_too(world: World) -> None:
    world.sessions()
    decided = world.decided("vilogia")
    day = date(2027, 2, 13)
    deadlines.sweep(day, at("2027-02-13T06:00:00+01:00"))
    delivery(day, at("2027-02-13T07:00:00+01:00"))
    texts = [notice["text"] for notice in notices() if notice["kind"] == "reminder"]
    assert decided
    which = "décision ICI-A/2026-1/01"
    assert f"Exécution d’une décision ICI, {which} : échéance le 15/03/2027, dans 30 jours." in texts
    assert any(
        text.startswith("Date limite de remontée à l’ICI, séance ICI-A-2027-1 : échéance le 16/01/2027")
        for text in texts
    )


def test_more_than_a_batch_is_delivered_to_the_last(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction() as connection:
        rows.insert_many(
            connection,
            Notice,
            [
                {
                    "key": f"t{n}",
                    "recipient_id": "sylvie",
                    "kind": "news",
                    "text": f"n° {n}",
                    "written_at": NOON,
                }
                for n in range(outbox.BATCH + 3)
            ],
        )
    assert delivery(DAY, NOON) == {"delivered": outbox.BATCH + 3}


def test_an_unknown_deadline_still_has_words() -> None:
    odd = {
        "kind": "reminder",
        "due_on": date(2026, 3, 5),
        "deadline_kind": None,
        "case_id": None,
        "subject": "",
        "planned_on": None,
        "protected": None,
        "text": "",
    }
    assert words_of(odd, DAY) == "À faire : échéance le 05/03/2026, dans 7 jours."


def test_a_run_leaves_its_trace_good_or_not(world: World) -> None:
    run_recorded("delivery", delivery, DAY, NOON)

    def broken(today: date, now: datetime) -> dict[str, int]:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        run_recorded("broken", broken, DAY, NOON)
    with reading() as connection:
        runs = [(row["flow"], row["good"], row["counts"]) for row in rows.find(connection, ClockRun)]
    assert runs == [("delivery", True, {"delivered": 0}), ("broken", False, {"error": "RuntimeError"})]
