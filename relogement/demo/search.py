"""The search between landlords in the demonstration: needs sent to several, answers, silences, dwellings."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from cases.clock import PARIS
from cases.labels.search import NOTHING
from relogement.demo.cast import LANDLORDS
from relogement.demo.names import street_address
from relogement.demo.people import SURFACES, canton_of
from relogement.demo.script import Life

Row = dict[str, Any]
DESKS = {person.body_id: person.id for person in LANDLORDS if person.role == "receiving_landlord"}
ASKED = ("vilogia", "lmh", "partenord", "3f-notre-logis", "sia", "habitat-du-nord", "logis-metropole")
COMMUNES = ("59512", "59599", "59350", "59650", "59009", "59163", "59410", "59299", "59360", "59017")
RESERVERS = ("landlord", "landlord", "landlord", "state", "action_logement", "commune")
REASONS = tuple(code for code in NOTHING if code != "other")
SENT_FOR = 45  # searching households whose need was sent to several landlords, at most
PER_LANDLORD = 6
DAYS_TO_ANSWER = 15
HOUR = timedelta(hours=1)


def answer(rng: Random, commune: str) -> Row:
    """Nothing and why, mostly; now and then a dwelling."""
    if rng.random() < 0.75:
        return {"answer": "none", "reason": rng.choice(REASONS)}
    return {"answer": "offer", "dwelling": dwelling(rng, commune)}


def dwelling(rng: Random, commune: str) -> Row:
    typology = rng.choices((1, 2, 3, 4, 5), (10, 28, 32, 22, 8))[0]
    floor = rng.randint(0, 6)
    return {
        "address": street_address(rng, commune),
        "commune": commune,
        "canton": canton_of(rng, commune),
        "typology": typology,
        "surface_m2": SURFACES[typology] + rng.randint(-4, 9),
        "floor": floor,
        "lift": floor > 0 and rng.random() < 0.6,
        "features": rng.sample(("step_free", "walk_in_shower"), rng.choice((0, 0, 1, 2)))
        if floor < 2
        else [],
        "rent": 250 + typology * 80 + rng.randint(-30, 60),
        "charges": 40 + typology * 12 + rng.randint(0, 25),
        "heating_included": typology > 2,
        "recent": rng.random() < 0.3,
        "in_qpv": rng.random() < 0.4,
        "reserver": rng.choice(RESERVERS),
    }


def lines(lives: Sequence[Life], today: date) -> list[Row]:
    """Dwellings of the last weeks, then needs sent since. Its own draw: nothing else moves."""
    rng = Random(41)  # noqa: S311  # a reproducible draw, no secret
    found = [row for rank, body in enumerate(DESKS) for row in _declared(body, rank, today, rng)]
    standing = [life for life in lives if _searches(life)]
    for rank, life in enumerate(standing[:SENT_FOR]):
        found += _sent(life, rank, today, rng)
    return found


def _declared(body: str, rank: int, today: date, rng: Random) -> Iterator[Row]:
    for number in range(PER_LANDLORD):
        at = _at(today - timedelta(days=rng.randint(2, 40)), 8, rank * 7 + number)
        data = dwelling(rng, rng.choice(COMMUNES))
        if number % 3 == 2:
            data["available_from"] = (today + timedelta(days=rng.randint(10, 60))).isoformat()
        yield _line(f"vac.{body}.{number}", None, at, "declare_vacancy", data, DESKS[body])
        if number == PER_LANDLORD - 1:
            gone = max(at + HOUR, _at(today - timedelta(days=1), 8, rank))
            yield _line(
                f"vac.{body}.gone",
                f"@vac.{body}.{number}",
                gone,
                "withdraw_vacancy",
                {"reason": "let"},
                DESKS[body],
            )


def _searches(life: Life) -> bool:
    """Still looking for a dwelling when its life was told to the end, and not decided on by an ICI since."""
    standing = life.facts.get("wanted") == "searching" and not life.facts.get("theme")
    return standing and life.moves[-1].type != "close_early"


def _sent(life: Life, rank: int, today: date, rng: Random) -> Iterator[Row]:
    last = datetime.fromisoformat(life.lines(today)[-1]["now"])
    at = max(last + HOUR, _at(today - timedelta(days=rng.randint(3, 26)), 10, rank))
    if at.date() > today - timedelta(days=2):
        return
    known = {move.data["body_id"] for move in life.moves if move.type == "record_attempt"}
    asked = [body for body in ASKED if body not in known][: rng.choice((2, 3, 4))]
    key = f"{life.key}.sent"
    yield _line(key, life.case, at, "send_need", {"body_ids": asked}, life.owner)
    for number, body in enumerate(asked):
        if rng.random() < 0.55 or body == "vilogia":  # the desk that visitors open is the fullest
            continue
        on = at + timedelta(days=rng.randint(1, DAYS_TO_ANSWER - 1))
        if on.date() >= today:
            continue
        data = answer(rng, life.commune) | {"attempt_id": f"@{key}.attempts.{number}"}
        yield _line(f"{key}.{number}", life.case, on, "answer_attempt", data, DESKS[body])


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute % 60), PARIS)


def _line(key: str, target: str | None, at: datetime, kind: str, data: Row, actor: str) -> Row:
    return {"id": key, "type": kind, "target": target, "actor": actor, "now": at.isoformat(), "data": data}
