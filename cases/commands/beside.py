"""What ends beside the path when a household has moved or its case is closed."""

from cases.commands.blockage import end_blockages
from cases.commands.opinion import waiting_opinions
from cases.commands.pause import end_suspension
from cases.step import Step
from db.rows import Row
from db.tables.beside import Approval, Opinion


def end_beside(step: Step, case: Row, why: str) -> Row:
    """Blockages lifted, opinions and approvals without object, suspension over; the columns of the case that
    follow. `why` is kept with each blockage."""
    for asked in waiting_opinions(step, case):
        step.update(Opinion, {"id": asked["id"]}, answer="ended", answered_on=step.occurred_on)
        step.touch("opinion", asked["id"])
    step.update(
        Approval,
        {"case_id": case["id"], "answer": "waiting"},
        answer="ended",
        answered_at=step.now,
        reason=why,
    )
    return end_blockages(step, case, why) | end_suspension(step, case)
