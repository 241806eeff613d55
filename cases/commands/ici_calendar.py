"""Several years of sessions of one ICI, planned in one act."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from cases.commands.fields import Text
from cases.commands.ici_session import IciCode, plan_obstacles, plan_one
from cases.reasons import Reason
from cases.registry import Data, command
from cases.rules.ici_calendar import session_dates
from cases.step import Step


class PlanCalendar(Data):
    ici: IciCode = Field(title="ICI")
    first_on: date = Field(title="Première séance le")
    count: Annotated[int, Field(ge=2, le=12)] = Field(default=4, title="Nombre de séances")
    place: Text = Field(default="", title="Lieu")


def dates_of(step: Step, data: PlanCalendar) -> tuple[date, ...]:
    return session_dates(data.first_on, data.count, step.settings.int_on("ici_session_months", step.today))


def _calendar_obstacles(step: Step, data: PlanCalendar) -> Iterable[Reason]:
    for held_on in dates_of(step, data):
        yield from plan_obstacles(step, data.ici, held_on)


@command(None, PlanCalendar, check=_calendar_obstacles)
def plan_calendar(step: Step, data: PlanCalendar) -> None:
    """Each session is a record of its own: it is moved or cancelled alone afterwards."""
    made = [plan_one(step, data.ici, held_on, data.place) for held_on in dates_of(step, data)]
    step.opens("session", made[0])
    for session_id in made[1:]:
        step.touch("session", session_id)
    step.created |= {"session": made[0], "sessions": made}
