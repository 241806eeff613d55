"""The ICI as plain records: what `db/queries/ici.py` gives to a page, already redacted for its reader."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, TypeVar

T = TypeVar("T")


def only(kind: type[Any], row: Mapping[Any, Any]) -> dict[str, Any]:
    """What of the row the record bears."""
    names = {field.name for field in fields(kind)}
    return {key: value for key, value in row.items() if key in names}


def as_record(kind: type[T], row: Mapping[Any, Any], **more: Any) -> T:
    return kind(**(only(kind, row) | more))


@dataclass(frozen=True, slots=True)
class SessionLine:
    id: str
    ici: str
    state: str
    held_on: date
    limit_on: date
    place: str
    items: int | None = None

    def without_items(self) -> "SessionLine":
        return replace(self, items=None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that might be raised. `theme`: one of its open blockages."""

    id: str
    kind: str
    state: str
    stage_since: date
    urgent: bool
    theme: str | None


@dataclass(frozen=True, slots=True)
class ItemCase:
    """A case of an item, by its reference, with the state of its ICI course."""

    id: str
    state: str
    ended_on: date | None
    protected: bool
    openable: bool
    joined_on: date | None
    joined_reason: str
    left_reason: str

    def without_reasons(self) -> "ItemCase":
        return replace(self, joined_reason="", left_reason="")


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """What an organisation was asked about an item. `answer`: waiting, an opinion, or no_object."""

    id: int
    body_id: str
    body: str
    question: str
    asked_on: date
    due_on: date
    answer: str
    words: str
    answered_on: date | None

    def without_words(self) -> "OpinionLine":
        return replace(self, question="", words="")

    def is_late(self, today: date) -> bool:
        return self.answer == "waiting" and self.due_on < today


@dataclass(frozen=True, slots=True)
class Item:
    """One escalation. `session_on`: where it stands now; `asked_on`: the session that was aimed at."""

    id: str
    state: str
    version: int
    scale: str
    theme: str
    title: str
    ici: str
    tried: str
    asked: str
    body: str
    mine: bool
    session_id: str | None
    session_on: date | None
    asked_session_id: str | None
    asked_on: date | None
    asked_limit: date | None
    return_session_id: str | None
    submitted_at: datetime | None
    claimed_on: date | None
    timing: str | None
    exception_reason: str
    admitted_name: str | None
    objectification: str
    proposal: str
    proposed_kind: str | None
    proposed_body_ids: list[str]
    minutes: int | None
    rank: int | None
    returns: int
    provisional: bool
    cases: tuple[ItemCase, ...]
    case_count: int
    opinions: tuple[OpinionLine, ...]


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of a frozen list, as it was frozen."""

    escalation: str
    title: str
    theme: str
    scale: str
    timing: str | None
    returns: int
    provisional: bool
    cases: tuple[str, ...]
    case_count: int


@dataclass(frozen=True, slots=True)
class FrozenView:
    """Number 0 is the list, the others its addenda. Not `whole`: the reader sees only their own lines."""

    number: int
    frozen_at: datetime
    digest: str
    journal_head: str
    lines: tuple[ListLine, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Obligation:
    """What a body owes because of a decision."""

    id: int
    body_id: str
    body: str
    due_on: date
    state: str
    settled_on: date | None
    detail: str
    reason: str
    mine: bool

    @property
    def reason_missing(self) -> bool:
        return self.state == "not_executed" and not self.reason


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision with the item it is about: `state`, `returns` and `version` are the item's."""

    id: str
    session_id: str
    escalation_id: str
    title: str
    theme: str
    state: str
    returns: int
    version: int
    kind: str
    text: str
    decided_on: date
    case_ids: tuple[str, ...]
    case_count: int
    obligations: tuple[Obligation, ...]
    agreed_ids: tuple[int, ...] = ()
    abstained_ids: tuple[int, ...] = ()
    reservation: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures of a session; None where hidden."""

    filed: int | None
    late: int | None
    exceptions: int | None
    items: int | None
    cases: int | None
    returns: int | None
    decisions: int | None
    awaited: int | None
    executed: int | None
    not_executed: int | None

    def hidden(self, under: int) -> "Counts":
        """Without the small figures: each is hidden alone, none of them is the sum of the others."""
        small = {
            name: None
            for name in self.__dataclass_fields__
            if (value := getattr(self, name)) is not None and 0 < value < under
        }
        return replace(self, **small)


@dataclass(frozen=True, slots=True)
class SessionView:
    """One session as this reader may see it. `debts`: earlier decisions that still owe something."""

    id: str
    ici: str
    state: str
    version: int
    held_on: date
    limit_on: date
    called_on: date | None
    frozen_at: datetime | None
    place: str
    minutes_url: str
    items: tuple[Item, ...]
    lists: tuple[FrozenView, ...]
    decisions: tuple[Decision, ...]
    debts: tuple[Decision, ...]
    next_on: date | None
    counts: Counts
