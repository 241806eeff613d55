"""Before an act is recorded: what an offer would cost, whether its refusal would count, what it would bring.

Asked of the rules that will freeze it; nothing is written.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases import journal
from cases.actor import Actor
from cases.clock import day_in_paris
from cases.commands.countable import effects_on, judged
from cases.commands.offer import MakeOffer
from cases.commands.offer_answer import RefuseOffer
from cases.commands.offer_money import effort_of, money_of
from cases.input_errors import sound_part
from cases.labels import REFUSALS
from cases.rules.comparison import Comparison
from cases.rules.countable_offer import OfferTest
from cases.rules.offer_effects import PAUSE, Effect
from cases.step import Step, settings_at
from db.engine import reading
from db.tables.case import CaseFile
from db.tables.offer import Offer

Typed = Mapping[str, Any]
OF_THE_ANSWER = {"answer", "reason"}  # tests that only the answer decides


@dataclass(frozen=True, slots=True)
class ForeseenRefusal:
    """`tests` is empty for a transfer: there is no counter. `count`: the counter once it is recorded."""

    counts: bool
    tests: tuple[OfferTest, ...]
    count: int
    needed: int
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class ForeseenOffer:
    """What the dwelling would cost, and the tests that its refusal would fail (none for a transfer)."""

    money: Comparison
    failed: tuple[OfferTest, ...]


def offers_needed(today: date) -> int:
    """How many countable refusals end the right to stay, by the setting in force."""
    with reading() as connection:
        settings = settings_at(connection, journal.read_head(connection).settings_version)
    return settings.int_on("offers_before_right_lost", today)


@contextmanager
def _standing(case_id: str, actor: Actor, now: datetime, on: date | None = None) -> Iterator[Step]:
    """The case as a command would find it now, for a fact of the day `on` (today without it)."""
    today = day_in_paris(now)
    with reading() as connection:
        settings = settings_at(connection, journal.read_head(connection).settings_version)
        step = Step(connection, now, today, on or today, actor, "", settings, about="case", case_id=case_id)
        step.subject = step.need(CaseFile, "Le dossier", id=case_id)
        yield step


def pausing_reasons(case_id: str, actor: Actor, *, now: datetime) -> frozenset[str]:
    """The reasons that pause the search: they alone ask until when."""
    with _standing(case_id, actor, now) as step:
        return frozenset(
            code for code in REFUSALS if any(effect.kind == PAUSE for effect in effects_on(step, [code]))
        )


def foresee_refusal(
    case_id: str, actor: Actor, typed: Typed, *, now: datetime, on: date
) -> ForeseenRefusal | None:
    """For a refusal of the day `on` with what is typed; None when no offer waits."""
    said = sound_part(RefuseOffer, typed)
    reasons = said["reasons"] or []
    with _standing(case_id, actor, now, on) as step:
        offer = step.get(Offer, id=step.subject["open_offer_id"] or "")
        if offer is None:
            return None
        answered = {
            "answered_on": step.occurred_on,
            "refusal_signed": said["signed"],
            "refusal_reasons": reasons,
        }
        result = judged(step, offer | answered) if step.subject["kind"] == "rehousing" else None
        counts = result is not None and result.countable
        return ForeseenRefusal(
            counts=counts,
            tests=result.tests if result is not None else (),
            count=step.subject["countable_refusals"] + counts,
            needed=int(step.setting("offers_before_right_lost")),
            effects=effects_on(step, reasons, said["pause_until"]),
        )


def foresee_offer(case_id: str, actor: Actor, typed: Typed, *, now: datetime, on: date) -> ForeseenOffer:
    """For an offer made on the day `on` with what is typed so far."""
    said = sound_part(MakeOffer, typed)
    with _standing(case_id, actor, now, on) as step:
        money = money_of(step, said)
        if step.subject["kind"] != "rehousing" or step.subject["need_sheet_id"] is None:
            return ForeseenOffer(money, ())
        row = said | {
            "need_sheet_id": step.subject["need_sheet_id"],
            "offered_on": step.occurred_on,
            "effort_rate": said["effort_rate"] or effort_of(money),
            "refusal_reasons": [],
        }
        failed = judged(step, row).failed
        return ForeseenOffer(money, tuple(test for test in failed if test.code not in OF_THE_ANSWER))
