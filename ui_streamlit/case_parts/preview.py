"""Before a refusal is recorded: would it count among the three? Asked of the rule that will freeze it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from cases import journal
from cases.actor import Actor
from cases.clock import day_in_paris
from cases.commands.countable import judged
from cases.lifecycle import missing_evidence
from cases.reasons import Reason
from cases.step import Step, settings_at
from db.engine import reading
from db.rows import get
from db.tables.case import CaseFile
from db.tables.offer import Offer


@dataclass(frozen=True, slots=True)
class Foreseen:
    """`missing`: the label of each condition that would keep the refusal from counting."""

    counts: bool
    missing: tuple[str, ...]


def offers_needed(today: date) -> int:
    """How many countable refusals end the right to stay, by the setting in force."""
    with reading() as connection:
        settings = settings_at(connection, journal.read_head(connection).settings_version)
    return settings.int_on("offers_before_right_lost", today)


def missing_today(case_id: str, criteria: Collection[str], today: date) -> tuple[Reason, ...]:
    """What a case still lacks to be admitted; of its situations, only those that the reader sees."""
    with reading() as connection:
        settings = settings_at(connection, journal.read_head(connection).settings_version)
        case = get(connection, CaseFile, id=case_id)
    if case is None:
        return ()
    seen = [code for code in case["criteria"] if code in criteria]
    if case["criteria"] and not seen:
        return ()
    months = settings.int_on("mutation_waiting_months", today)
    return missing_evidence(case | {"criteria": seen}, today, months)


def foresee_refusal(case_id: str, actor: Actor, *, now: datetime) -> Foreseen | None:
    """For a signed refusal today of the open offer of a rehousing; None for anything else."""
    today = day_in_paris(now)
    with reading() as connection:
        settings = settings_at(connection, journal.read_head(connection).settings_version)
        step = Step(connection, now, today, today, actor, "", settings)
        case = step.get(CaseFile, id=case_id)
        if case is None or case["kind"] != "rehousing" or case["open_offer_id"] is None:
            return None
        step.about, step.subject = "case", case
        offer = step.need(Offer, "La proposition", id=case["open_offer_id"])
        result = judged(step, offer | {"state": "refused", "answered_on": today, "refusal_signed": True})
    return Foreseen(result.countable, tuple(test.label for test in result.failed))
