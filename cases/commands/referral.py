"""A household arrives in the circuit: what is asked of every one, and the referral of a blocked transfer."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from cases.actor import Role
from cases.commands.fields import (
    AccountId,
    AnyBody,
    CriterionCode,
    EvidenceCode,
    Insee,
    LandlordId,
    LongText,
    Required,
    Text,
    birth_date,
    past,
)
from cases.commands.home import PresentHome
from cases.commands.snr_number import keep_number
from cases.reasons import Reason
from cases.registry import Data, command
from cases.search_name import alike_key, search_name
from cases.step import Step
from cases.tracking import new_tracking_code
from cases.twins import tell_readers_of_twins
from db.rows import Row
from db.tables.case import CaseFile, Household, NamedReader, Person
from db.tables.operation import Dwelling
from db.tables.people import Account, Body

Link = Literal["holder", "co_holder", "spouse", "child", "relative", "hosted"]


class Member(Data):
    first_name: Required = Field(title="Prénom")
    last_name: Required = Field(title="Nom")
    born_on: date = Field(title="Date de naissance")
    sex: Literal["F", "M"] | None = Field(default=None, title="Sexe")
    link: Link = Field(default="holder", title="Lien")
    in_couple: bool = Field(default=False, title="En couple dans le logement")
    in_dwelling_since: date | None = Field(default=None, title="Dans le logement depuis")
    conflicted: bool = Field(default=False, title="Partie au conflit (ne reçoit rien)")


def person_values(member: Member) -> Row:
    """The columns of a person, with the key that finds probable duplicates."""
    key = alike_key(f"{member.last_name} {member.first_name}", member.born_on)
    return member.model_dump() | {"alike_key": key}


class _Where(Data):
    landlord_id: LandlordId = Field(title="Bailleur actuel")
    commune: Insee = Field(title="Commune")


class PresentDwelling(PresentHome, _Where):
    """Asked in the order of speech: whose it is and where, then what it is (the last base comes first)."""


class Evidence(Data):
    """Nature and date only: never the content (domain 6.4)."""

    kind: EvidenceCode = Field(title="Nature")
    dated_on: date = Field(title="Date du document")


class Arriving(Data):
    """What is asked of a household whose case opens."""

    members: Annotated[list[Member], Field(min_length=1, max_length=20)] = Field(
        title="Composition du ménage"
    )
    phone: Text = Field(default="", title="Téléphone")
    email: Text = Field(default="", title="Courriel")
    safe_contact: Text = Field(default="", title="Contact sûr")
    snr_number: Text | None = Field(default=None, title="Numéro unique (SNE)")
    snr_requested_on: date | None = Field(default=None, title="Demande déposée le")
    snr_expires_on: date | None = Field(default=None, title="Demande valable jusqu’au")
    suitable_offers: Annotated[int, Field(ge=0, le=99)] | None = Field(
        default=None, title="Propositions adaptées déjà reçues"
    )
    service_id: AnyBody | None = Field(default=None, title="Service chargé du dossier")


class ReferTransfer(Arriving):
    dwelling: PresentDwelling = Field(title="Logement actuel")
    criteria: Annotated[list[CriterionCode], Field(min_length=1, max_length=7)] = Field(title="Situations")
    evidence: Annotated[list[Evidence], Field(max_length=20)] = Field(default=[], title="Justificatifs")
    circumstances: LongText = Field(default="", title="Circonstances (des faits, pas de jugement)")
    protected: bool = Field(default=False, title="Dossier protégé")
    readers: Annotated[list[AccountId], Field(max_length=20)] = Field(default=[], title="Lecteurs nommés")
    urgent: bool = Field(default=False, title="Urgent")


def member_obstacles(step: Step, data: Arriving) -> Iterable[Reason]:
    for member in data.members:
        yield from birth_date(member.born_on, step.today)
    if not any(member.link == "holder" for member in data.members):
        yield Reason("household.no_holder", "Aucun titulaire : indiquez qui est titulaire du bail.")
    yield from past(data.snr_requested_on, step.today, "Demande déposée le", "snr_requested_on")
    if data.service_id is not None:
        step.need(Body, "Le service", id=data.service_id)


def referral_obstacles(step: Step, data: ReferTransfer) -> Iterable[Reason]:
    yield from member_obstacles(step, data)
    step.need(Body, "Le bailleur", id=data.dwelling.landlord_id)
    for proof in data.evidence:
        yield from past(proof.dated_on, step.today, "Justificatif", "evidence")
    for reader in data.readers:
        step.need(Account, "Le compte", id=reader)


@command(None, ReferTransfer, check=referral_obstacles)
def refer_transfer(step: Step, data: ReferTransfer) -> None:
    """A blocked or complex transfer enters the circuit (CIET art. 7)."""
    protected = data.protected or "violence" in data.criteria
    opened = open_case(
        step,
        data,
        lodged(step, data.dwelling, None),
        kind="transfer",
        letter="M",
        state="referred",
        criteria=list(data.criteria),
        evidence=[proof.model_dump(mode="json") for proof in data.evidence],
        circumstances=data.circumstances,
        protected=protected,
        urgent=data.urgent,
    )
    if protected:
        name_readers(step, opened, data.readers)


def lodged(step: Step, described: PresentDwelling, building_id: str | None) -> Row:
    """The dwelling described, recorded."""
    dwelling_id = step.reference("LOG")
    step.insert(Dwelling, id=dwelling_id, building_id=building_id, **described.model_dump())
    step.created["dwelling"] = dwelling_id
    return step.need(Dwelling, "Le logement", id=dwelling_id)


def open_case(
    step: Step,
    data: Arriving,
    home: Row,
    *,
    kind: str,
    letter: str,
    state: str,
    service: str | None = None,
    **values: Any,
) -> str:
    """Write household, people and case of who lives in `home`; the case becomes the command's subject."""
    household_id = step.reference("MEN")
    holder = next(member for member in data.members if member.link == "holder")
    name = f"{holder.last_name} {holder.first_name}"
    step.insert(
        Household,
        id=household_id,
        name=name,
        search_name=search_name(name),
        phone=data.phone,
        email=data.email,
        safe_contact=data.safe_contact,
    )
    persons = [
        step.insert(Person, household_id=household_id, **person_values(member)) for member in data.members
    ]
    case_id = step.reference(letter)
    body_id = service or data.service_id or step.actor.body_id
    handles = (
        step.actor.role in {Role.SOCIAL_WORKER, Role.REHOUSING_OFFICER} and body_id == step.actor.body_id
    )
    step.insert(
        CaseFile,
        id=case_id,
        kind=kind,
        state=state,
        household_id=household_id,
        dwelling_id=home["id"],
        commune=home["commune"],
        landlord_id=home["landlord_id"],
        body_id=body_id,
        owner_id=step.actor.id if handles else None,
        referrer_id=step.actor.id,
        referrer_body_id=step.actor.body_id,
        referred_on=step.occurred_on,
        tracking_code=new_tracking_code(),
        stage_since=step.occurred_on,
        touched_at=step.now,
        snr_number=data.snr_number,
        snr_requested_on=data.snr_requested_on,
        snr_expires_on=data.snr_expires_on,
        suitable_offers=data.suitable_offers,
        **values,
    )
    step.opens("case", case_id)
    step.created |= {"case": case_id, "household": household_id, "persons": persons}
    step.created["tracking_code"] = step.subject["tracking_code"]
    keep_number(step, household_id, data.snr_number, data.snr_requested_on)
    tell_readers_of_twins(step)
    if not handles:
        step.tell(step.lead_of(body_id), "news", f"Nouveau dossier {case_id} à affecter.", case_id)
    return case_id


def name_readers(step: Step, case_id: str, readers: Iterable[str]) -> None:
    """Those who refer and those they name, and the lead of the service: nobody else opens the case."""
    lead = step.lead_of(step.subject["body_id"])
    for account_id in dict.fromkeys([step.actor.id, *readers, lead]):
        if account_id is not None and step.get(NamedReader, case_id=case_id, account_id=account_id) is None:
            step.insert(NamedReader, case_id=case_id, account_id=account_id)
