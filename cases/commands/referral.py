"""Referral and admissibility of a transfer; identification of a household of a building to empty."""

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
    Money,
    Ref,
    Required,
    Surface,
    Text,
    Typology,
    birth_date,
    past,
)
from cases.commands.snr_number import keep_number
from cases.reasons import Reason
from cases.registry import Data, command
from cases.search_name import search_name
from cases.step import Step
from cases.tracking import new_tracking_code
from cases.twins import tell_readers_of_twins
from db.tables.case import CaseFile, Household, NamedReader, Person
from db.tables.operation import Building, Dwelling, Operation
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


class PresentDwelling(Data):
    landlord_id: LandlordId = Field(title="Bailleur actuel")
    commune: Insee = Field(title="Commune")
    canton: Text | None = Field(default=None, title="Canton")
    address: Required = Field(title="Adresse")
    typology: Typology = Field(title="Typologie (T)")
    rooms: Annotated[int, Field(ge=1, le=15)] = Field(title="Pièces habitables (hors cuisine)")
    surface_m2: Surface = Field(title="Surface habitable (m²)")
    floor: Annotated[int, Field(ge=-1, le=40)] = Field(default=0, title="Étage")
    lift: bool = Field(default=False, title="Ascenseur")
    rent: Money | None = Field(default=None, title="Loyer (€ par mois)")
    charges: Money | None = Field(default=None, title="Charges (€ par mois)")
    housing_aid: Money | None = Field(default=None, title="Aide au logement (€ par mois)")


class Evidence(Data):
    """Nature and date only: never the content (domain 6.4)."""

    kind: EvidenceCode = Field(title="Nature")
    dated_on: date = Field(title="Date du document")


class _People(Data):
    members: Annotated[list[Member], Field(min_length=1, max_length=20)] = Field(
        title="Composition du ménage"
    )
    dwelling: PresentDwelling = Field(title="Logement actuel")
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


class ReferTransfer(_People):
    criteria: Annotated[list[CriterionCode], Field(min_length=1, max_length=7)] = Field(title="Situations")
    evidence: Annotated[list[Evidence], Field(max_length=20)] = Field(default=[], title="Justificatifs")
    circumstances: LongText = Field(default="", title="Circonstances (des faits, pas de jugement)")
    protected: bool = Field(default=False, title="Dossier protégé")
    readers: Annotated[list[AccountId], Field(max_length=20)] = Field(default=[], title="Lecteurs nommés")
    urgent: bool = Field(default=False, title="Urgent")


class IdentifyHousehold(_People):
    building_id: Annotated[str, Field(max_length=80), Ref("building")] = Field(title="Bâtiment")


def member_obstacles(step: Step, data: _People) -> Iterable[Reason]:
    for member in data.members:
        yield from birth_date(member.born_on, step.today)
    if not any(member.link == "holder" for member in data.members):
        yield Reason("household.no_holder", "Aucun titulaire : indiquez qui est titulaire du bail.")
    yield from past(data.snr_requested_on, step.today, "Demande déposée le", "snr_requested_on")
    for reference, what in ((data.dwelling.landlord_id, "Le bailleur"), (data.service_id, "Le service")):
        if reference is not None:
            step.need(Body, what, id=reference)


def referral_obstacles(step: Step, data: ReferTransfer) -> Iterable[Reason]:
    yield from member_obstacles(step, data)
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


def _building_obstacles(step: Step, data: IdentifyHousehold) -> Iterable[Reason]:
    yield from member_obstacles(step, data)
    building = step.need(Building, "Le bâtiment", id=data.building_id)
    operation = step.need(Operation, "L’opération", id=building["operation_id"])
    if step.actor.role is Role.REHOUSING_OFFICER and operation["landlord_id"] != step.actor.body_id:
        yield Reason("operation.landlord", "Ce bâtiment est celui d’un autre bailleur.", "Habilitations")


@command(None, IdentifyHousehold, check=_building_obstacles)
def identify_household(step: Step, data: IdentifyHousehold) -> None:
    """A household of a building to empty is listed (charter; domain 1.3 step 2)."""
    building = step.need(Building, "Le bâtiment", id=data.building_id)
    operation = step.need(Operation, "L’opération", id=building["operation_id"])
    service = data.service_id or operation["landlord_id"]
    open_case(
        step,
        data,
        kind="rehousing",
        letter="R",
        state="identified",
        service=service,
        criteria=[],
        evidence=[],
        building_id=building["id"],
        vacate_on=building["vacate_on"],
    )


def open_case(
    step: Step,
    data: _People,
    *,
    kind: str,
    letter: str,
    state: str,
    service: str | None = None,
    **values: Any,
) -> str:
    """Write household, people, dwelling and case; the case becomes the command's subject."""
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
        step.insert(Person, household_id=household_id, **member.model_dump()) for member in data.members
    ]
    dwelling_id = step.reference("LOG")
    step.insert(Dwelling, id=dwelling_id, building_id=values.get("building_id"), **data.dwelling.model_dump())
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
        dwelling_id=dwelling_id,
        commune=data.dwelling.commune,
        landlord_id=data.dwelling.landlord_id,
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
    step.created |= {"case": case_id, "household": household_id, "dwelling": dwelling_id, "persons": persons}
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
