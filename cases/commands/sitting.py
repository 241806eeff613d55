"""In session: who is present, in which order the items come, what is told for others to learn from."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field

from cases.commands.agreement import Members
from cases.commands.fields import AnyBody, Choices, LongText, Ref, Required, RequiredLong, one_of
from cases.commands.member import members_on
from cases.labels.sitting import CONTRIBUTIONS
from cases.reasons import Reason
from cases.registry import SESSION, Data, command
from cases.step import Step
from db.tables.ici import Escalation
from db.tables.people import Body
from db.tables.sitting import Contribution

SOURCE = "ICI, temps 2"
ContributionKind = Annotated[str, AfterValidator(one_of(CONTRIBUTIONS)), Choices(CONTRIBUTIONS)]
SITTING = {"held", "minutes_validated"}
ORDERED = {"call_closed", "file_sent", "held"}


def _not_held(step: Step, what: str) -> Iterable[Reason]:
    if step.subject["state"] not in SITTING:
        yield Reason("sitting.not_held", f"{what} : la séance n’est pas ouverte ou elle est close.", SOURCE)


class RecordPresence(Data):
    present_ids: Members = Field(default=[], title="Présents")
    excused_ids: Members = Field(default=[], title="Excusés")
    guests: LongText = Field(default="", title="Invités")


def _presence_obstacles(step: Step, data: RecordPresence) -> Iterable[Reason]:
    yield from _not_held(step, "Présences")
    sitting = {row["id"] for row in members_on(step, step.subject["ici"], step.subject["held_on"])}
    if set(data.present_ids + data.excused_ids) - sitting:
        yield Reason(
            "presence.not_member",
            "Présences : une personne choisie ne siège pas à cette ICI à la date de la séance.",
            SOURCE,
        )
    if set(data.present_ids) & set(data.excused_ids):
        yield Reason("presence.both", "Présences : la même personne est à la fois présente et excusée.")
    if not data.present_ids:
        yield Reason("presence.nobody", "Présents : indiquez qui siège.", SOURCE)


@command(SESSION, RecordPresence, check=_presence_obstacles, moves=False, needs_open=False)
def record_presence(step: Step, data: RecordPresence) -> None:
    """Recorded again when somebody comes or leaves: decisions keep who sat when they were taken."""
    step.set(
        present_ids=sorted(set(data.present_ids)),
        excused_ids=sorted(set(data.excused_ids)),
        guests=data.guests,
    )


class AgendaLine(Data):
    escalation_id: Annotated[str, Field(max_length=80), Ref("escalation")] = Field(title="Point")
    minutes: Annotated[int, Field(ge=1, le=90)] | None = Field(default=None, title="Durée (minutes)")


class OrderAgenda(Data):
    lines: Annotated[list[AgendaLine], Field(min_length=1, max_length=500)] = Field(
        title="Points, dans l’ordre"
    )


def _order_obstacles(step: Step, data: OrderAgenda) -> Iterable[Reason]:
    if step.subject["state"] not in ORDERED:
        yield Reason(
            "order.state", "L’ordre du jour se règle après l’arrêt de la liste et avant le relevé.", SOURCE
        )
    listed = {
        row["id"]
        for row in step.find(Escalation, session_id=step.subject["id"])
        if row["state"] == "on_agenda"
    }
    for line in data.lines:
        if line.escalation_id not in listed:
            yield Reason(
                "order.unknown", f"{line.escalation_id} n’est pas à l’ordre du jour de cette séance."
            )


@command(SESSION, OrderAgenda, check=_order_obstacles, moves=False, needs_open=False)
def order_agenda(step: Step, data: OrderAgenda) -> None:
    """Ranks and minutes; returns come first whatever their rank. Nobody's decision under way is disturbed."""
    for rank, line in enumerate(data.lines, start=1):
        changed = {"rank": rank} | ({"minutes": line.minutes} if line.minutes else {})
        step.update(Escalation, {"id": line.escalation_id}, **changed)


class RecordContribution(Data):
    kind: ContributionKind = Field(default="good_practice", title="Nature")
    title: Required = Field(title="Intitulé (sans nom)")
    text: RequiredLong = Field(title="Ce qui a été fait, et ce que cela a donné")
    body_id: AnyBody | None = Field(default=None, title="Organisme qui la présente")


def _contribution_obstacles(step: Step, data: RecordContribution) -> Iterable[Reason]:
    yield from _not_held(step, "Bonnes pratiques et témoignages")
    if data.body_id:
        step.need(Body, "L’organisme", id=data.body_id)


@command(SESSION, RecordContribution, check=_contribution_obstacles, moves=False, needs_open=False)
def record_contribution(step: Step, data: RecordContribution) -> None:
    """Temps 2 ends with good practices and testimonies (domain 2.3)."""
    step.created["contribution"] = step.insert(
        Contribution,
        session_id=step.subject["id"],
        recorded_on=step.occurred_on,
        recorded_by=step.actor.id,
        **data.model_dump(),
    )


class AnnulContribution(Data):
    contribution_id: Annotated[int, Ref("contribution")] = Field(title="Bonne pratique ou témoignage")
    reason: RequiredLong = Field(title="Motif")


def _annul_obstacles(step: Step, data: AnnulContribution) -> Iterable[Reason]:
    row = step.need(Contribution, "Le témoignage", id=data.contribution_id)
    if row["session_id"] != step.subject["id"] or row["annulled_on"] is not None:
        yield Reason("contribution.none", "Ce texte n’est pas à cette séance, ou il est déjà annulé.")


@command(SESSION, AnnulContribution, check=_annul_obstacles, moves=False, needs_open=False)
def annul_contribution(step: Step, data: AnnulContribution) -> None:
    step.update(
        Contribution,
        {"id": data.contribution_id},
        annulled_on=step.occurred_on,
        annul_reason=data.reason,
    )
