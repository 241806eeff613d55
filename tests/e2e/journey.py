"""A case of domain section 9 in a browser: what is only preparation is played from its journey's lines."""

from pathlib import Path
from typing import Any

import orjson

from cases.command import Command, Outcome
from cases.commands import execute
from cases.people import actor_named
from relogement.lines import Known, Line, read_lines
from relogement.rehearse import rehearse
from tests.e2e.conftest import Application

JOURNEYS = Path(__file__).parents[1] / "journeys"


class Journey:
    """The lines of one case, in order: each is played once, or done by somebody on screen."""

    def __init__(self, number: int) -> None:
        path = JOURNEYS / f"case_{number:02d}.jsonl"
        with path.open("rb") as stream:
            self._left = {line.content["id"]: line for line in read_lines(stream)}
        self._prefix = path.stem
        self._known = Known()
        expected = orjson.loads(path.with_suffix(".expected.json").read_bytes())["expected"]
        self._refused = {row["after"] for row in expected if "refused" in row}

    def until(self, last: str) -> None:
        """Play every line that is left up to and with `last`, but those that the journey sees refused."""
        last = f"{self._prefix}.{last}"
        assert last in self._left, f"{last} was played, or does not exist"
        for identifier in list(self._left):
            line = self._left.pop(identifier)
            if identifier not in self._refused:
                self._play(line)
            if identifier == last:
                return

    def play(self, *names: str) -> None:
        """Play these lines only."""
        for name in names:
            self._play(self._left.pop(f"{self._prefix}.{name}"))

    def _play(self, line: Line) -> None:
        played = next(iter(rehearse([line], known=self._known)))
        assert played.outcome.done, f"{line.content['id']} : {played.outcome.message}"

    def clicked(self, *names: str) -> None:
        """These were done on screen, or will be: nobody plays them."""
        for name in names:
            del self._left[f"{self._prefix}.{name}"]

    def became(self, name: str, reference: str, **created: str) -> None:
        """The line done on screen made this record: later lines speak of it."""
        self.clicked(name)
        outcome = Outcome("accepted", reference=reference, created=created)
        self._known.learn(f"{self._prefix}.{name}", outcome)

    def record(self, name: str) -> str:
        """The record that a line made or changed: `record("k")`, `record("o1.offer")`."""
        return str(self._known.resolve(f"@{self._prefix}.{name}"))


def by(who: str, there: Application, kind: str, target: str, /, **data: Any) -> Outcome:
    """What a case needs and its journey does not tell."""
    actor = actor_named(who)
    assert actor is not None
    command = Command(id=f"e2e.{kind}.{target}", type=kind, target=target, data=data)
    outcome = execute(command, now=there.now, actor=actor)
    assert outcome.done, outcome.message
    return outcome
