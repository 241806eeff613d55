"""The records of the work done for a case, None where the reader may not read."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class CheckView:
    """One line of the countable-offer test; `detail` is None when its class of fields is not open."""

    label: str
    passed: bool
    detail: str | None
    source: str
    certainty: str
    field_class: str


@dataclass(frozen=True, slots=True)
class OfferView:
    """`money` and `effects` as they were frozen; `annulled_from` is the state it was in before."""

    id: str
    number: int
    state: str
    landlord: str
    commune: str
    typology: int
    surface_m2: Decimal | None
    floor: int | None
    lift: bool | None
    offered_on: date
    received_on: date | None
    answer_due_on: date
    answered_on: date | None
    written: bool
    countable: bool | None
    tests: tuple[CheckView, ...]
    judged_on: str | None
    address: str | None
    rent: Decimal | None
    charges: Decimal | None
    housing_aid: Decimal | None
    heating_included: bool | None
    in_qpv: bool | None
    fragility: int | None
    effort_rate: Decimal | None
    money: dict[str, Any] | None
    proof: str | None
    visit_on: date | None
    visit_outcome: str
    visit_words: str | None
    effects: tuple[dict[str, Any], ...] | None
    legitimacy: str | None
    annulled_from: str
    annulled_on: date | None
    refusal_reasons: tuple[str, ...] | None
    refusal_words: str | None
    annulled_reason: str | None
    features: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class AttemptView:
    id: int
    landlord: str
    asked_on: date
    answer_due_on: date | None
    answer: str
    answered_on: date | None
    detail: str | None
    sheet: int | None
    reason: str | None
    answer_detail: str | None
    silence_noted_on: date | None
    vacancy_id: str | None
    dwelling: str | None


@dataclass(frozen=True, slots=True)
class BlockageView:
    """A theme that speaks of violence is hidden from who does not read `safety`."""

    id: int
    theme: str | None
    since: date
    until: date | None
    said_by: str
    explanation: str | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class CommitteeView:
    held_on: date
    mode: str
    decision: str
    rank: int | None
    condition: str | None
    condition_due_on: date | None
    reason: str | None
    reasons: list[str] | None
    candidates: int | None
    few_candidates: str
    outcome: str
    settled_on: date | None


@dataclass(frozen=True, slots=True)
class FollowUpView:
    milestone: int
    held_on: date
    reached: bool
    outcome: str | None
    rent_paid: bool | None
    arrears: int | None
    aid_in_place: bool | None
    bills_as_expected: bool | None
    relays_in_place: bool | None
    wants_to_move: bool | None
    satisfaction: int | None
    defects: str | None
    neighbourhood: str | None
    channel: str
    defects_closed: bool | None
    adaptation: str | None
    relays_missing: list[str] | None
    support_need: str | None
    detail: str | None
    extended_until: date | None


@dataclass(frozen=True, slots=True)
class HandoverView:
    from_name: str | None
    to_id: str
    to_name: str
    asked_on: date
    answer: str
    answered_on: date | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class PastDeadline:
    """Closed, never erased. `outcome`: "met" on its day or before, "met_late" after."""

    kind: str
    due_on: date
    closed_at: datetime
    outcome: str


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    kind: str
    due_on: date
    nature: str
    explanation: tuple[str, ...]
    owner: str | None
    body: str | None
