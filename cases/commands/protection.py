"""Safety mode of a case: protected, opened by named readers only (domain 6.4)."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from cases.commands.fields import AccountId, Text
from cases.commands.referral import name_readers
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.step import Step
from db.rows import delete
from db.tables.case import Household, NamedReader
from db.tables.people import Account


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


def _not_the_last(step: Step, data: Reader) -> Iterable[Reason]:
    """Without any named reader nobody could open the case again, not even to name one."""
    readers = step.find(NamedReader, case_id=step.case_id)
    if step.subject["protected"] and all(row["account_id"] == data.account_id for row in readers):
        yield Reason(
            "reader.last", "C’est le dernier lecteur nommé : nommez-en un autre d’abord.", "Domaine 6.4"
        )


@command(CASE, Reader, check=_not_the_last, moves=False)
def remove_reader(step: Step, data: Reader) -> None:
    """The only deletion of the product: a right, not a fact."""
    delete(step.connection, NamedReader, case_id=step.case_id, account_id=data.account_id)
