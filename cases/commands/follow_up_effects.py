"""What the conclusion of a follow-up leads to, in the same command: an extension, a signal, the end."""

from datetime import date
from typing import Protocol

from cases.step import Step
from db.tables.follow_up import Signal
from db.tables.support import SupportMeasure


class Concluded(Protocol):
    """What is read of the contact that was recorded."""

    @property
    def milestone(self) -> int: ...
    @property
    def held_on(self) -> date: ...
    @property
    def extended_until(self) -> date | None: ...
    @property
    def signal_to(self) -> str | None: ...
    @property
    def signal_reason(self) -> str: ...
    @property
    def signal_consent(self) -> bool: ...


def _extend_measure(step: Step, data: Concluded) -> bool:
    """The one measure that runs is extended, once; else the date stays on the case, with its deadline."""
    running = step.find(SupportMeasure, case_id=step.case_id, ended_on=None)
    if len(running) != 1 or running[0]["extended_on"] or running[0]["until"] >= data.extended_until:
        return False
    step.update(
        SupportMeasure,
        {"id": running[0]["id"]},
        until=data.extended_until,
        extended_on=data.held_on,
        extended_from=running[0]["until"],
        extension_reason=f"Bilan de suivi à {data.milestone} mois",
    )
    step.touch("support", running[0]["id"])
    return True


def follow_outcome(step: Step, data: Concluded, outcome: str, follow_up_id: int) -> None:
    if outcome == "stabilised":
        step.set(support_until=None)
    elif outcome == "support_extended":
        step.set(support_until=None if _extend_measure(step, data) else data.extended_until)
    elif outcome == "left":
        step.set(follow_up_done=max(step.settings.ints_on("follow_up_months", step.occurred_on)))
    elif outcome == "new_difficulty":
        signal_id = step.insert(
            Signal,
            case_id=step.case_id,
            follow_up_id=follow_up_id,
            told=data.signal_to,
            reason=data.signal_reason,
            consent=data.signal_consent,
            sent_on=data.held_on,
        )
        step.created["signal"] = signal_id
        step.touch("signal", signal_id)
