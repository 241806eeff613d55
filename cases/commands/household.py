"""The household and who holds its case: people, contact, holder, split, protection, hand-over, notes."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from cases.commands.fields import AccountId, Ref, Required, RequiredLong, Text, birth_date, past
from cases.commands.referral import Link, Member, name_readers
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.search_name import search_name
from cases.step import Step
from db.tables.case import CaseFile, Household, NamedReader, Note, Person
from db.tables.people import Account

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
    if step.get(Person, id=person_id, household_id=step.subject["household_id"]) is None:
        yield Reason(
            "person.unknown", "Cette personne n’est pas dans le ménage : choisissez-la dans la liste."
        )


class ChangeHolder(Data):
    died_on: date = Field(title="Décès du titulaire le")
    successor_id: PersonId = Field(title="Nouveau titulaire")
    conditions_met: bool = Field(title="Conditions du transfert remplies (plafonds, pas de sous-occupation)")


def _holder_obstacles(step: Step, data: ChangeHolder) -> Iterable[Reason]:
    yield from past(data.died_on, step.today, "Décès du titulaire le", "died_on")
    yield from _own_person(step, data.successor_id)
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
    if step.subject["open_offer_id"] is not None:
        _annul(step, step.subject["open_offer_id"])
    step.set(
        open_offer_id=None,
        offer_answer_due_on=None,
        accepted_offer_id=None,
        diagnosis_id=None,
        diagnosis_signed_on=None,
        need_sheet_id=None,
        need_validated_on=None,
        countable_refusals=0,
        third_refusal_to_validate=False,
        third_refusal_validated_on=None,
        third_offer_received_on=None,
    )


def _annul(step: Step, offer_id: str) -> None:
    from db.tables.offer import Offer  # noqa: PLC0415  # only a death annuls an offer from here

    step.update(Offer, {"id": offer_id}, state="annulled", annulled_reason="Changement de titulaire")


class RecordDeparture(Data):
    person_id: PersonId = Field(title="Personne")
    left_on: date = Field(title="Départ le")
    reason: Literal["left", "died", "placed"] = Field(default="left", title="Motif")


def _departure_obstacles(step: Step, data: RecordDeparture) -> Iterable[Reason]:
    yield from past(data.left_on, step.today, "Départ le", "left_on")
    yield from _own_person(step, data.person_id)


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
    years = int(step.setting("household_split_years"))
    if data.present_since.replace(year=data.present_since.year + years) > step.occurred_on:
        yield Reason(
            "split.presence",
            f"Décohabitation : {years} ans de présence dans le logement sont demandés.",
            "Réglage household_split_years (à valider)",
        )


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
        "evidence", "referred_on",
    )  # fmt: skip
    step.insert(
        CaseFile,
        id=child_id,
        state="informed" if parent["kind"] == "rehousing" else "admitted",
        household_id=household_id,
        parent_id=parent["id"],
        snr_number=data.snr_number,
        stage_since=step.occurred_on,
        touched_at=step.now,
        **{column: parent[column] for column in kept},
    )
    _copy_readers(step, parent["id"], child_id)
    step.created["case"] = child_id
    step.touch("case", child_id)


def _copy_readers(step: Step, origin: str, target: str) -> None:
    for reader in step.find(NamedReader, case_id=origin):
        step.insert(NamedReader, case_id=target, account_id=reader["account_id"])


class ProtectCase(Data):
    readers: Annotated[list[AccountId], Field(max_length=20)] = Field(default=[], title="Lecteurs nommés")
    safe_contact: Text = Field(default="", title="Contact sûr")


@command(CASE, ProtectCase, moves=False)
def protect_case(step: Step, data: ProtectCase) -> None:
    """Safety mode: from now on named readers only, and no letter to the dwelling (domain 6.4)."""
    for reader in data.readers:
        step.need(Account, "Le compte", id=reader)
    if data.safe_contact:
        step.update(Household, {"id": step.subject["household_id"]}, safe_contact=data.safe_contact)
    name_readers(step, step.subject["id"], [*data.readers, step.subject["owner_id"] or step.actor.id])
    step.set(protected=True)


class Reader(Data):
    account_id: AccountId = Field(title="Compte")


@command(CASE, Reader, moves=False)
def add_reader(step: Step, data: Reader) -> None:
    step.need(Account, "Le compte", id=data.account_id)
    if step.get(NamedReader, case_id=step.case_id, account_id=data.account_id) is None:
        step.insert(NamedReader, case_id=step.case_id, account_id=data.account_id)


@command(CASE, Reader, moves=False)
def remove_reader(step: Step, data: Reader) -> None:
    from db.rows import delete  # noqa: PLC0415  # the only deletion of the product: a right, not a fact

    delete(step.connection, NamedReader, case_id=step.case_id, account_id=data.account_id)


class AddNote(Data):
    text: RequiredLong = Field(title="Note (des faits, pas de jugement)")


@command(CASE, AddNote, moves=False, needs_open=False)
def add_note(step: Step, data: AddNote) -> None:
    step.insert(Note, case_id=step.case_id, author_id=step.actor.id, written_at=step.now, text=data.text)
