"""A command and its outcome, as plain values."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from cases.reasons import Reason

ID_FORM = r"^[A-Za-z0-9._:\-]{1,80}$"
ONE_LINE = r"^[^\x00-\x1f\x7f]*$"


class Command(BaseModel):
    """What somebody wants done. `occurred_on` is what the person says; the server's clock decides what is on
    time."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=ID_FORM, max_length=80)
    type: str = Field(max_length=60)
    target: str | None = Field(default=None, max_length=80, pattern=ONE_LINE)
    actor: str | None = Field(default=None, max_length=80, pattern=ONE_LINE)
    occurred_on: date | None = None
    data: dict[str, Any] = Field(default_factory=dict)
    seen_version: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`status`: accepted, already_done, refused or conflict. A conflict says who changed what in between."""

    status: str
    reference: str | None = None
    state: str | None = None
    version: int | None = None
    reasons: tuple[Reason, ...] = ()
    created: dict[str, Any] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        return self.status in {"accepted", "already_done"}

    @property
    def message(self) -> str:
        return " ".join(reason.sentence for reason in self.reasons)


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The line that `relogement apply` prints."""
    return {k: v for k, v in asdict(outcome).items() if v not in (None, (), {})}
