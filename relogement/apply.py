"""`relogement apply`: commands from a file, one JSON line answered for each, in durable batches."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import IO, Any

from cases.actor import Actor
from cases.command import Command, Outcome, as_json
from cases.door import Act, execute_batch
from cases.reasons import Refused
from relogement.lines import Known, Line, command_of, read_lines

BATCH = 50
Answer = dict[str, Any]


def apply(
    stream: IO[bytes],
    actor: Actor,
    clock: Callable[[], datetime],
    *,
    stop_on_refusal: bool = False,
    batch: int = BATCH,
) -> Iterator[tuple[Answer, bool]]:
    """Each answer with whether it is good. Answers come once their batch is committed: what was said is done.

    A second run of the same file answers `already_done` and changes nothing.
    """
    known, lines = Known(), read_lines(stream)
    while chunk := list(islice(lines, 1 if stop_on_refusal else batch)):
        for answer, good in _apply_chunk(chunk, known, actor, clock()):
            yield answer, good
            if stop_on_refusal and not good:
                return


def _apply_chunk(chunk: list[Line], known: Known, actor: Actor, now: datetime) -> list[tuple[Answer, bool]]:
    """One transaction. A line that is no command is answered without touching the others."""
    answers: list[tuple[Answer, bool] | None] = [None] * len(chunk)
    pending: list[tuple[int, Command]] = []

    def acts() -> Iterator[Act]:
        for rank, line in enumerate(chunk):
            _learn(known, pending, outcomes)
            try:
                command = _command(line, known)
            except Refused as refusal:
                answers[rank] = _refused(line, refusal)
                continue
            pending.append((rank, command))
            yield command, now, actor

    outcomes: list[Outcome] = []
    outcomes = execute_batch(acts(), into=outcomes)
    _learn(known, pending, outcomes)
    for (rank, command), outcome in zip(pending, outcomes, strict=True):
        answers[rank] = ({"line": chunk[rank].number, "id": command.id, **as_json(outcome)}, outcome.done)
    return [answer for answer in answers if answer is not None]


def _learn(known: Known, pending: list[tuple[int, Command]], outcomes: list[Outcome]) -> None:
    if outcomes:
        known.learn(pending[len(outcomes) - 1][1].id, outcomes[-1])


def _command(line: Line, known: Known) -> Command:
    if line.reasons:
        raise Refused(line.reasons)
    return command_of(line.content, known)


def _refused(line: Line, refusal: Refused) -> tuple[Answer, bool]:
    outcome = Outcome("refused", reasons=refusal.reasons)
    identified = {"id": line.content["id"]} if isinstance(line.content.get("id"), str) else {}
    return {"line": line.number, **identified, **as_json(outcome)}, False
