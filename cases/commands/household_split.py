"""Décohabitation: one household becomes two, each with its own case, unique number and counter."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from cases.commands.fields import Required, Text
from cases.commands.household import PersonId, ask_again, own_person, present
from cases.commands.snr_number import keep_number
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.rules.dates import add_months
from cases.search_name import search_name
from cases.step import Step
from cases.tracking import new_tracking_code
from db.tables.case import CaseFile, Household, NamedReader, Person


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
        yield from own_person(step, person_id)
    if data.new_holder_id not in data.leaving_ids:
        yield Reason(
            "split.holder", "Le titulaire du nouveau ménage doit être parmi les personnes qui partent."
        )
    staying = [row for row in present(step) if row["id"] not in data.leaving_ids]
    if not any(row["link"] in {"holder", "co_holder"} for row in staying):
        yield Reason("split.nobody", "Un titulaire du bail doit rester dans le ménage d’origine.")
    parent_number = step.subject["snr_number"]
    if data.snr_number is not None and data.snr_number == parent_number:
        yield Reason(
            "split.number",
            f"Le numéro {parent_number} est celui du ménage d’origine : chaque ménage a le sien.",
            "SNE ; domaine 9, cas 9",
        )
    years = int(step.setting("household_split_years"))
    if add_months(data.present_since, 12 * years) > step.occurred_on:
        yield Reason(
            "split.presence",
            f"Décohabitation : {years} ans de présence dans le logement sont demandés.",
            "Réglage household_split_years (à valider)",
        )


# Where the new case begins: as far as the first one was known to be admitted or told of its rehousing.
BEGINS_AT = {"transfer": "admitted", "rehousing": "informed"}
NOT_YET = {"referred", "admissibility_check", "incomplete", "identified"}
SETTLED = {"lease_signed", "moved_in", "follow_up"}  # housed for good, or all but


@command(CASE, SplitHousehold, check=_split_obstacles)
def split_household(step: Step, data: SplitHousehold) -> None:
    """One case becomes two, each with its own counter; the dwelling is free when both have left (case 9).

    Who stays is a smaller household: a need that was known is asked again. Its counter goes on.
    """
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
        "referrer_body_id", "building_id", "vacate_on", "vacate_changes", "protected", "urgent", "criteria",
        "evidence", "referred_on", "information_due_on",
    )  # fmt: skip
    step.insert(
        CaseFile,
        id=child_id,
        state=parent["state"] if parent["state"] in NOT_YET else BEGINS_AT[parent["kind"]],
        household_id=household_id,
        parent_id=parent["id"],
        household_split=True,
        snr_number=data.snr_number,
        tracking_code=new_tracking_code(),
        stage_since=step.occurred_on,
        admitted_on=None if parent["state"] in NOT_YET else step.occurred_on,
        legal_on=parent["vacate_on"] or date.max,
        touched_at=step.now,
        **{column: parent[column] for column in kept},
    )
    _copy_readers(step, parent["id"], child_id)
    keep_number(step, household_id, data.snr_number)
    step.set(household_split=True)  # RIME: yes on both sides
    if parent["need_sheet_id"] is not None and parent["state"] not in SETTLED:
        ask_again(step, "Décohabitation : le ménage a changé")
    step.created["case"] = child_id
    step.touch("case", child_id)


def _copy_readers(step: Step, origin: str, target: str) -> None:
    for reader in step.find(NamedReader, case_id=origin):
        step.insert(NamedReader, case_id=target, account_id=reader["account_id"])
