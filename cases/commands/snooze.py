"""A reminder put off by whoever hears it, until a day. Never that of a legal date: the clock of the law does
not wait."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from cases.commands.fields import Ref
from cases.due import LEGAL
from cases.labels import DEADLINES
from cases.reasons import Reason
from cases.registry import Data, command
from cases.rules.dates import is_working_day
from cases.step import Step
from db.tables.clock import Deadline


class SnoozeReminder(Data):
    deadline_id: Annotated[int, Ref("deadline")] = Field(title="Échéance")
    until: date = Field(title="Me le rappeler le")


def _snooze_obstacles(step: Step, data: SnoozeReminder) -> Iterable[Reason]:
    row = step.get(Deadline, id=data.deadline_id, closed_at=None)
    if row is None or step.actor.id not in {row["owner_id"], row["lead_id"]}:
        yield Reason("snooze.not_yours", "Ce rappel ne vous est pas adressé, ou son échéance est close.")
        return
    if row["nature"] == LEGAL:
        yield Reason(
            "snooze.legal",
            f"« {DEADLINES[row['kind']]} » est une date légale : ses rappels ne se remettent pas.",
            "Règle de l’outil : une date légale n’attend pas",
        )
    days = int(step.setting("snooze_most_days"))
    latest = step.today + timedelta(days=days)
    if row["due_on"] > step.today:
        latest = min(latest, row["due_on"])
    if not step.today < data.until <= latest:
        yield Reason(
            "snooze.range",
            f"Choisissez une date après aujourd’hui et au plus tard le {latest:%d/%m/%Y} : "
            "un rappel ne dort jamais sans fin.",
            "Réglage snooze_most_days (à valider)",
        )
    elif not is_working_day(data.until):
        yield Reason(
            "snooze.day", f"Le {data.until:%d/%m/%Y} n’est pas un jour ouvré : choisissez-en un autre."
        )


@command(None, SnoozeReminder, check=_snooze_obstacles)
def snooze_reminder(step: Step, data: SnoozeReminder) -> None:
    """The date stays what it is; only the next reminder waits."""
    step.update(Deadline, {"id": data.deadline_id}, remind_on=data.until, snoozed_until=data.until)
