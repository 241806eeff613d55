"""Who sits in an ICI: an elected chair, the three co-pilots, the members, each with a term (domain 2.3)."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from cases.commands.fields import AnyBody, Choices, Ref, Required, one_of
from cases.labels.sitting import CAPACITIES
from cases.reasons import Reason
from cases.registry import Data, command
from cases.step import Step
from db.rows import Row
from db.tables.people import Body
from db.tables.sitting import IciMember

SOURCE = "ICI : présidée par un élu, co-pilotée par la MEL, la DDTM et l’union des bailleurs"
CO_PILOTS = {"mel", "state", "landlord_union"}
EVERY = "every_ici"
ICIS = ("A", "B", "C")
Capacity = Annotated[str, AfterValidator(one_of(CAPACITIES)), Choices(CAPACITIES)]


class NameMember(Data):
    ici: Literal["every_ici", "A", "B", "C"] = Field(title="ICI")
    capacity: Capacity = Field(title="Qualité")
    name: Required = Field(title="Nom et fonction")
    body_id: AnyBody = Field(title="Organisme")
    from_on: date = Field(title="Mandat à partir du")
    until_on: date | None = Field(default=None, title="Jusqu’au (sans date : en cours)")


def in_term(row: Row, day: date) -> bool:
    started: date = row["from_on"]
    return started <= day and (row["until_on"] is None or row["until_on"] >= day)


def members_on(step: Step, ici: str, day: date) -> list[Row]:
    return [row for row in step.find(IciMember, ici=ici) if in_term(row, day)]


def _overlaps(row: Row, data: NameMember) -> bool:
    last = date.max
    starts: date = row["from_on"]
    return starts <= (data.until_on or last) and data.from_on <= (row["until_on"] or last)


def _icis(data: NameMember) -> tuple[str, ...]:
    return ICIS if data.ici == EVERY else (data.ici,)


def _member_obstacles(step: Step, data: NameMember) -> Iterable[Reason]:
    body = step.need(Body, "L’organisme", id=data.body_id)
    if data.until_on is not None and data.until_on < data.from_on:
        yield Reason("member.dates", "Fin de mandat : elle doit suivre le début ; corrigez les dates.")
    if data.capacity == "co_pilot" and body["kind"] not in CO_PILOTS:
        yield Reason(
            "member.co_pilot", "Un co-pilote siège pour la MEL, l’État ou l’union des bailleurs.", SOURCE
        )
    for ici in _icis(data):
        sitting = [row for row in step.find(IciMember, ici=ici) if _overlaps(row, data)]
        if data.capacity == "chair" and any(row["capacity"] == "chair" for row in sitting):
            yield Reason(
                "member.chair", f"ICI {ici} : une présidence est déjà en cours ; terminez d’abord son mandat."
            )
        if any((row["name"], row["body_id"]) == (data.name, data.body_id) for row in sitting):
            yield Reason("member.twice", f"ICI {ici} : {data.name} y siège déjà pour cet organisme.")


@command(None, NameMember, check=_member_obstacles)
def name_member(step: Step, data: NameMember) -> None:
    values = data.model_dump(exclude={"ici"})
    step.created["members"] = [step.insert(IciMember, ici=ici, **values) for ici in _icis(data)]


class EndTerm(Data):
    member_id: Annotated[int, Ref("member")] = Field(title="Membre")
    until_on: date = Field(title="Dernier jour du mandat")


def _term_obstacles(step: Step, data: EndTerm) -> Iterable[Reason]:
    row = step.need(IciMember, "Le membre", id=data.member_id)
    if data.until_on < row["from_on"]:
        yield Reason("member.dates", "Fin de mandat : elle doit suivre le début ; corrigez les dates.")


@command(None, EndTerm, check=_term_obstacles)
def end_term(step: Step, data: EndTerm) -> None:
    """The member stays in the minutes of the sessions where they sat."""
    step.update(IciMember, {"id": data.member_id}, until_on=data.until_on)
