"""The commands by name: what each is about, its data, what may stop it, and what it does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidatorFunctionWrapHandler, field_validator

from cases.reasons import Reason
from cases.sound_input import flaw

if TYPE_CHECKING:
    from cases.step import Step

CASE, ESCALATION, SESSION, OPERATION, BUILDING = "case", "escalation", "session", "operation", "building"
TECHNICAL = "technical"
VACANCY = "vacancy"


class Data(BaseModel):
    """Base of every command's data: unknown fields refused, strings trimmed and bounded."""

    # Built when first asked for: a process that starts for a few commands does not wait for the others.
    model_config = ConfigDict(
        extra="forbid", str_strip_whitespace=True, str_max_length=20_000, frozen=True, defer_build=True
    )

    @field_validator("*", mode="wrap")
    @classmethod
    def _sound(cls, given: Any, read: ValidatorFunctionWrapHandler) -> Any:
        """Beside the rule of each field: no control character, impossible year or number without bounds."""
        found = read(given)
        wrong = flaw(given, found)
        if wrong is not None:
            raise ValueError(wrong)
        return found


class Secret:
    """Marks a field that the journal must not keep, such as the digest of a password."""


class NoData(Data):
    """For a command that says everything by its name."""


Check = Callable[["Step", Any], Iterable[Reason]]
Apply = Callable[["Step", Any], None]


@dataclass(frozen=True, slots=True)
class Handler:
    """`about` is the kind of record targeted (None: a record is created or the target is free).

    `moves` is False for commands beside the path; those ask only that the case is open (`needs_open`).
    `facts` adds to the guards what only the data knows. `secrets`: the fields that the journal leaves out.
    """

    name: str
    about: str | None
    data: type[Data]
    apply: Apply
    check: Check | None = None
    facts: Callable[["Step", Any], dict[str, Any]] | None = None
    moves: bool = True
    needs_open: bool = True
    secrets: frozenset[str] = frozenset()


COMMANDS: dict[str, Handler] = {}


def command(about: str | None, data: type[Data] = NoData, **options: Any) -> Callable[[Apply], Apply]:
    """Register the decorated function under its own name."""

    def register(apply: Apply) -> Apply:
        name = apply.__name__
        if name in COMMANDS:
            raise ValueError(f"command {name} is registered twice")
        secrets = frozenset(key for key, field in data.model_fields.items() if Secret in field.metadata)
        COMMANDS[name] = Handler(name, about, data, apply, secrets=secrets, **options)
        return apply

    return register
