"""Commands read from JSON lines: what `apply` and `rehearse` share.

In `target` and in `data`, the text `@ID` stands for the record that command ID created or changed,
`@ID.offer` for what it created under that name. So a file can speak of records that do not exist yet.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

import orjson
from pydantic import ValidationError

from cases.command import Command, Outcome
from cases.input_errors import reasons_of
from cases.reasons import Reason, Refused, refuse
from db.engine import reading
from db.rows import get
from db.tables.journal import JournalEntry

LONGEST_LINE = 8_000_000
REFERENCE = re.compile(r"@([A-Za-z0-9._:\-]+?)((?:\.[a-z_]+)(?:\.\d+)?)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: its number, and either its content or why it could not be read."""

    number: int
    content: dict[str, Any]
    reasons: tuple[Reason, ...] = ()


def read_lines(stream: IO[bytes]) -> Iterator[Line]:
    """Every non-empty line; a broken one is reported by its number and the rest goes on."""
    for number, raw in enumerate(stream, start=1):
        if raw.strip():
            yield _read(number, raw)


def _read(number: int, raw: bytes) -> Line:
    if len(raw) > LONGEST_LINE:
        return _broken(number, f"Ligne {number} : trop longue ({len(raw) // 1_000_000} Mo) ; coupez-la.")
    try:
        content = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        return _broken(
            number, f"Ligne {number} : ce n’est pas du JSON valide (colonne {error.colno}) ; corrigez-la."
        )
    if not isinstance(content, dict):
        return _broken(number, f"Ligne {number} : un objet JSON est attendu, entre accolades.")
    return Line(number, content)


def _broken(number: int, sentence: str) -> Line:
    return Line(number, {}, (Reason("line.broken", sentence),))


class Known:
    """What earlier commands answered: in this run from memory, else from the journal."""

    def __init__(self) -> None:
        self._answers: dict[str, Mapping[str, Any]] = {}

    def learn(self, command_id: str, outcome: Outcome) -> None:
        if outcome.done:
            self._answers[command_id] = {"reference": outcome.reference, "created": outcome.created}

    def resolve(self, value: Any) -> Any:
        """The same value with every `@…` replaced. Refuses a reference to a command that was not accepted."""
        if isinstance(value, str) and value.startswith("@"):
            return self._lookup(value)
        if isinstance(value, list):
            return [self.resolve(item) for item in value]
        if isinstance(value, dict):
            return {key: self.resolve(item) for key, item in value.items()}
        return value

    def _lookup(self, text: str) -> Any:
        whole = REFERENCE.fullmatch(text)
        if whole is None:
            return text
        answer = self._answer(text[1:])
        path: list[str] = []
        if answer is None and whole.group(2):
            answer, path = self._answer(whole.group(1)), whole.group(2).strip(".").split(".")
        if answer is None:
            raise refuse(
                "reference.unknown",
                f"« {text} » ne renvoie à aucune action acceptée : vérifiez l’identifiant.",
            )
        return _inside(answer, path, text)

    def _answer(self, command_id: str) -> Mapping[str, Any] | None:
        if command_id not in self._answers:
            found = _journalled(command_id)
            if found is not None:
                self._answers[command_id] = found
        return self._answers.get(command_id)


def _inside(answer: Mapping[str, Any], path: list[str], text: str) -> Any:
    if not path:
        return answer["reference"]
    value = answer["created"].get(path[0])
    if len(path) > 1 and isinstance(value, list):
        value = value[int(path[1])] if int(path[1]) < len(value) else None
    if value is None:
        raise refuse("reference.unknown", f"« {text} » : cette action n’a rien créé sous ce nom.")
    return value


def _journalled(command_id: str) -> Mapping[str, Any] | None:
    with reading() as connection:
        entry = get(connection, JournalEntry, command_id=command_id)
    return orjson.loads(entry["answer"]) if entry is not None else None


def command_of(content: Mapping[str, Any], known: Known) -> Command:
    """The command of a line. Raises Refused in French when it is not one."""
    known_fields = {key: content[key] for key in content if key not in {"now", "comment"}}
    known_fields["target"] = known.resolve(content.get("target"))
    known_fields["data"] = known.resolve(content.get("data", {}))
    try:
        return Command.model_validate(known_fields)
    except ValidationError as error:
        raise Refused(reasons_of(error, Command)) from None
