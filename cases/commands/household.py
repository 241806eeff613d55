"""The household and who holds its case: people, contact, holder, split, protection, hand-over, notes."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from cases.commands.fields import Ref, Required, RequiredLong, Text, birth_date, past
from cases.commands.follow_up import end_offers
from cases.commands.referral import Link, Member
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.rules.dates import add_months
from cases.search_name import search_name
from cases.step import Step
from db.rows import Row
from db.tables.case import CaseFile, Household, NamedReader, Note, Person

PersonId = Annotated[int, Ref("person")]


class AddPerson(Member):
    link: Link = Field(default="child", title="Lien")


def _person_obstacles(step: Step, data: AddPerson) -> Iterable[Reason]:
    yield from birth_date(data.born_on, step.today)


@command(CASE, AddPerson, check=_person_obstacles, moves=False)
def add_person(step: Step, data: AddPerson) -> None:
    step.created["person"] = step.insert(
        Person, household_id=step.subject["household_id"], **data.model_dump()
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
    step.set(**{name: value for name, value in given.items() if name not in contact})


def _own_person(step: Step, person_id: int) -> Iterable[Reason]:
    person = step.get(Person, id=person_id, household_id=step.subject["household_id"])
    if person is None:
        yield Reason(
            "person.unknown", "Cette personne n’est pas dans le ménage : choisissez-la dans la liste."
        )
    elif person["died_on"] is not None or person["left_on"] is not None:
        yield Reason("person.gone", f"{person['first_name']} n’est plus dans le ménage.")


def _is_holder(step: Step, person_id: int) -> bool:
    person = step.get(Person, id=person_id, household_id=step.subject["household_id"])
    return person is not None and person["link"] == "holder"


class ChangeHolder(Data):
    died_on: date = Field(title="Décès du titulaire le")
    successor_id: PersonId = Field(title="Nouveau titulaire")
    conditions_met: bool = Field(title="Conditions du transfert remplies (plafonds, pas de sous-occupation)")


def _holder_obstacles(step: Step, data: ChangeHolder) -> Iterable[Reason]:
    yield from past(data.died_on, step.today, "Décès du titulaire le", "died_on")
    yield from _own_person(step, data.successor_id)
    if _is_holder(step, data.successor_id):
        yield Reason("holder.same", "Cette personne est le titulaire actuel : choisissez qui lui succède.")
    if not data.conditions_met:
        yield Reason(
            "holder.conditions",
            "Le transfert du bail n’est pas ouvert : clôturez avec le motif « Décès sans successeur ».",
            "Loi du 6 juillet 1989, art. 14 et 40 ; F1170",
        )


@command(CASE, ChangeHolder, check=_holder_obstacles)
def change_holder(step: Step, data: ChangeHolder) -> None:
    """The case goes on with a new holder: diagnosis and need sheet redone, offers counted from zero (case
    3)."""
    household_id = step.subject["household_id"]
    step.update(
        Person, {"household_id": household_id, "link": "holder"}, died_on=data.died_on, link="relative"
    )
    step.update(Person, {"id": data.successor_id}, link="holder")
    successor = step.need(Person, "La personne", id=data.successor_id)
    name = f"{successor['last_name']} {successor['first_name']}"
    step.update(Household, {"id": household_id}, name=name, search_name=search_name(name))
    step.set(
        **end_offers(step, step.subject, "Changement de titulaire"),
        admitted_on=step.occurred_on,
        diagnosis_id=None,
        diagnosis_signed_on=None,
        need_sheet_id=None,
        need_validated_on=None,
        countable_refusals=0,
        third_refusal_to_validate=False,
        third_refusal_validated_on=None,
        third_offer_received_on=None,
        right_to_stay_until=None,
    )


class RecordDeparture(Data):
    person_id: PersonId = Field(title="Personne")
    left_on: date = Field(title="Départ le")
    reason: Literal["left", "died", "placed"] = Field(default="left", title="Motif")


def _departure_obstacles(step: Step, data: RecordDeparture) -> Iterable[Reason]:
    yield from past(data.left_on, step.today, "Départ le", "left_on")
    yield from _own_person(step, data.person_id)
    if data.reason == "died" and _is_holder(step, data.person_id):
        yield Reason(
            "person.holder",
            "Le titulaire est décédé : changez de titulaire, ou clôturez avec « Décès sans successeur ».",
            "Loi du 6 juillet 1989, art. 14",
        )


@command(CASE, RecordDeparture, check=_departure_obstacles, moves=False)
def record_departure(step: Step, data: RecordDeparture) -> None:
    column = "died_on" if data.reason == "died" else "left_on"
    step.update(Person, {"id": data.person_id}, **{column: data.left_on})


class SplitHousehold(Data):
    leaving_ids: Annotated[list[PersonId], Field(min_length=1, max_length=15)] = Field(
        title="Personnes qui partent"
    )
    new_holder_id: PersonId = Field(title="Titulaire du nouveau ménage")
    present_since: date = Field(title="Présence dans le logement depuis")
    proof: Required = Field(title="Justificatif de présence (nature, date)")
    snr_number: Text | None = Field(default=None, title="Numéro unique (SNE) du nouveau ménage")


def _split_obstacles(step: Step, data: SplitHousehold) -> Iterable[Reason]:
    for person_id in {*data.leaving_ids, data.new_holder_id}:
        yield from _own_person(step, person_id)
    if data.new_holder_id not in data.leaving_ids:
        yield Reason(
            "split.holder", "Le titulaire du nouveau ménage doit être parmi les personnes qui partent."
        )
    staying = [row for row in _present(step) if row["id"] not in data.leaving_ids]
    if not any(row["link"] in {"holder", "co_holder"} for row in staying):
        yield Reason("split.nobody", "Un titulaire du bail doit rester dans le ménage d’origine.")
    years = int(step.setting("household_split_years"))
    if add_months(data.present_since, 12 * years) > step.occurred_on:
        yield Reason(
            "split.presence",
            f"Décohabitation : {years} ans de présence dans le logement sont demandés.",
            "Réglage household_split_years (à valider)",
        )


def _present(step: Step) -> list[Row]:
    people = step.find(Person, household_id=step.subject["household_id"])
    return [row for row in people if row["died_on"] is None and row["left_on"] is None]


# Where the new case begins: as far as the first one was known to be admitted or told of its rehousing.
BEGINS_AT = {"transfer": "admitted", "rehousing": "informed"}
NOT_YET = {"referred", "admissibility_check", "incomplete", "identified"}


@command(CASE, SplitHousehold, check=_split_obstacles, moves=False)
def split_household(step: Step, data: SplitHousehold) -> None:
    """One case becomes two, each with its own counter; the dwelling is free when both have left (case 9)."""
    parent = step.subject
    household_id = step.reference("MEN")
    holder = step.need(Person, "La personne", id=data.new_holder_id)
    name = f"{holder['last_name']} {holder['first_name']}"
    step.insert(Household, id=household_id, name=name, search_name=search_name(name))
    for person_id in data.leaving_ids:
        step.update(Person, {"id": person_id}, household_id=household_id)
    step.update(Person, {"id": data.new_holder_id}, link="holder")
    letter = "R" if parent["kind"] == "rehousing" else "M"
    child_id = step.reference(letter)
    kept = (
        "kind", "dwelling_id", "commune", "body_id", "landlord_id", "owner_id", "referrer_id",
        "referrer_body_id", "building_id", "vacate_on", "protected", "urgent", "criteria",
        "evidence", "referred_on", "information_due_on",
    )  # fmt: skip
    step.insert(
        CaseFile,
        id=child_id,
        state=parent["state"] if parent["state"] in NOT_YET else BEGINS_AT[parent["kind"]],
        household_id=household_id,
        parent_id=parent["id"],
        snr_number=data.snr_number,
        stage_since=step.occurred_on,
        admitted_on=None if parent["state"] in NOT_YET else step.occurred_on,
        legal_on=parent["vacate_on"] or date.max,
        touched_at=step.now,
        **{column: parent[column] for column in kept},
    )
    _copy_readers(step, parent["id"], child_id)
    step.created["case"] = child_id
    step.touch("case", child_id)


def _copy_readers(step: Step, origin: str, target: str) -> None:
    for reader in step.find(NamedReader, case_id=origin):
        step.insert(NamedReader, case_id=target, account_id=reader["account_id"])


class AddNote(Data):
    text: RequiredLong = Field(title="Note (des faits, pas de jugement)")


@command(CASE, AddNote, moves=False, needs_open=False)
def add_note(step: Step, data: AddNote) -> None:
    step.insert(Note, case_id=step.case_id, author_id=step.actor.id, written_at=step.now, text=data.text)
