"""`relogement rehearse`: lives of many people over months, in a demonstration database only.

A line is a command with its `now` and `actor`, or `{"flow": "before_ici", "now": "…"}` which runs a watch
of the clock at that instant (its day in Paris, or `today`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases import clockwork, outbox
from cases.actor import SYSTEM, Actor
from cases.clock import day_in_paris
from cases.command import Outcome
from cases.door import execute
from cases.people import actor_named
from cases.reasons import Reason, Refused, refuse
from cases.reference import is_demonstration
from cases.retention import end_retention
from flows.delivery import deliver_and_post
from flows.digest import digest
from relogement.lines import Known, Line, command_of

FLOWS: dict[str, clockwork.Watch] = {
    "before_ici": clockwork.before_ici,
    "daily": clockwork.every_day,
    "six_months": clockwork.six_months,
    "retention": end_retention,
    "delivery": deliver_and_post,
    "digest": digest,
}


@dataclass(frozen=True, slots=True)
class Played:
    """What a line did: the outcome of its command, or the counts of its flow."""

    line: Line
    outcome: Outcome
    counts: dict[str, int] | None = None


def rehearse(lines: Iterable[Line], *, known: Known | None = None) -> Iterator[Played]:
    """Play each line in order, one transaction each. Refuses at once outside a demonstration database."""
    if not is_demonstration():
        raise refuse(
            "rehearse.real",
            "Cette base n’est pas une base de démonstration : « rehearse » n’y est pas permis.",
        )
    return _play(lines, known or Known(), {SYSTEM.id: SYSTEM})


def _play(lines: Iterable[Line], known: Known, actors: dict[str, Actor]) -> Iterator[Played]:
    for line in lines:
        try:
            yield _play_one(line, known, actors)
        except Refused as refusal:
            yield Played(line, Outcome("refused", reasons=refusal.reasons))


def _play_one(line: Line, known: Known, actors: dict[str, Actor]) -> Played:
    if line.reasons:
        raise Refused(line.reasons)
    now = instant(line.content.get("now"))
    if "flow" in line.content:
        return _run_flow(line, now)
    command, actor = command_of(line.content, known), _actor(line.content, actors)
    outcome = execute(command, now=now, actor=actor)
    known.learn(command.id, outcome)
    return Played(line, outcome)


def _run_flow(line: Line, now: datetime) -> Played:
    name = line.content["flow"]
    if name not in FLOWS:
        raise refuse("flow.unknown", f"Le passage « {name} » n’existe pas (choix : {', '.join(FLOWS)}).")
    day = line.content.get("today")
    today = date.fromisoformat(day) if day else day_in_paris(now)
    counts = FLOWS[name](today, now)
    outbox.record_run(name, today, now, True, counts)
    return Played(line, Outcome("accepted"), counts)


def instant(text: Any) -> datetime:
    """An aware instant such as 2026-07-16T09:12:00+02:00."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise refuse(
            "line.now", "Champ « now » : un instant est attendu, par exemple 2026-07-16T09:12:00+02:00."
        ) from None
    if found.tzinfo is None:
        raise refuse("line.now", "Champ « now » : indiquez le décalage horaire, par exemple +02:00.")
    return found


def _actor(content: dict[str, Any], actors: dict[str, Actor]) -> Actor:
    name = str(content.get("actor", ""))
    if name not in actors:
        found = actor_named(name)
        if found is None:
            raise Refused(
                [Reason("actor.unknown", f"Le compte « {name} » n’existe pas ou n’est plus actif.")]
            )
        actors[name] = found
    return actors[name]
