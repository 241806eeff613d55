"""The household of a case: its people and how to reach them."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from cases.commands.closing import end_offers
from cases.commands.fields import DayOfFact, Ref, Text, birth_date, past
from cases.commands.referral import Link, Member, person_values
from cases.commands.snr_number import keep_number
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.step import Step
from db.rows import Row
from db.tables.case import Household, Person

PersonId = Annotated[int, Ref("person")]


class AddPerson(Member):
    link: Link = Field(default="child", title="Lien")


def _person_obstacles(step: Step, data: AddPerson) -> Iterable[Reason]:
    yield from birth_date(data.born_on, step.today)


@command(CASE, AddPerson, check=_person_obstacles, moves=False)
def add_person(step: Step, data: AddPerson) -> None:
    step.created["person"] = step.insert(
        Person, household_id=step.subject["household_id"], **person_values(data)
    )


class UpdateContact(Data):
    phone: Text | None = Field(default=None, title="Téléphone")
    email: Text | None = Field(default=None, title="Courriel")
    safe_contact: Text | None = Field(default=None, title="Contact sûr")
    snr_number: Text | None = Field(default=None, title="Numéro unique (SNE)")
    snr_expires_on: date | None = Field(default=None, title="Demande valable jusqu’au")


@command(CASE, UpdateContact, moves=False)
def update_contact(step: Step, data: UpdateContact) -> None:
    given = data.model_dump(exclude_none=True)
    contact = {name: value for name, value in given.items() if name in {"phone", "email", "safe_contact"}}
    if contact:
        step.update(Household, {"id": step.subject["household_id"]}, **contact)
    keep_number(step, step.subject["household_id"], data.snr_number)
    step.set(**{name: value for name, value in given.items() if name not in contact})


def own_person(step: Step, person_id: int) -> Iterable[Reason]:
    person = step.get(Person, id=person_id, household_id=step.subject["household_id"])
    if person is None:
        yield Reason(
            "person.unknown", "Cette personne n’est pas dans le ménage : choisissez-la dans la liste."
        )
    elif person["died_on"] is not None or person["left_on"] is not None:
        yield Reason("person.gone", f"{person['first_name']} n’est plus dans le ménage.")


def is_holder(step: Step, person_id: int) -> bool:
    person = step.get(Person, id=person_id, household_id=step.subject["household_id"])
    return person is not None and person["link"] == "holder"


def present(step: Step) -> list[Row]:
    """Who lives in the household today."""
    people = step.find(Person, household_id=step.subject["household_id"])
    return [row for row in people if row["died_on"] is None and row["left_on"] is None]


class RecordDeparture(Data):
    person_id: PersonId = Field(title="Personne")
    left_on: DayOfFact = Field(title="Départ le")
    reason: Literal["left", "died", "placed"] = Field(default="left", title="Motif")


def _departure_obstacles(step: Step, data: RecordDeparture) -> Iterable[Reason]:
    yield from past(data.left_on, step.today, "Départ le", "left_on")
    yield from own_person(step, data.person_id)
    if data.reason == "died" and is_holder(step, data.person_id):
        yield Reason(
            "person.holder",
            "Le titulaire est décédé : changez de titulaire, ou clôturez avec « Décès sans successeur ».",
            "Loi du 6 juillet 1989, art. 14",
        )


@command(CASE, RecordDeparture, check=_departure_obstacles, moves=False)
def record_departure(step: Step, data: RecordDeparture) -> None:
    column = "died_on" if data.reason == "died" else "left_on"
    step.update(Person, {"id": data.person_id}, **{column: data.left_on})


AWAY = "temporarily_housed"


def ask_again(step: Step, why: str) -> None:
    """Another household than the one that was met: its diagnosis and its need are asked again, and what was
    offered to the former one is annulled, kept and never counted.

    Whoever is housed for a time stays there: the need is asked when the search resumes.
    """
    if step.subject["state"] != AWAY:
        step.set(**end_offers(step, step.subject, why))
    step.set(
        admitted_on=step.occurred_on if step.subject["admitted_on"] else None,
        diagnosis_id=None,
        diagnosis_signed_on=None,
        need_sheet_id=None,
        need_validated_on=None,
    )
