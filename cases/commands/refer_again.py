"""A household that wishes to move again: a new transfer, prefilled from the dwelling that it obtained."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from cases.commands.fields import CriterionCode, LongText, Surface, past
from cases.commands.referral import Evidence
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.step import Step
from cases.tracking import new_tracking_code
from db.rows import Row
from db.tables.case import CaseFile, NamedReader
from db.tables.offer import Offer
from db.tables.operation import Dwelling

KEPT = ("household_id", "body_id", "owner_id", "protected")  # who it is, and who follows it


class ReferAgain(Data):
    criteria: Annotated[list[CriterionCode], Field(min_length=1, max_length=7)] = Field(title="Situations")
    evidence: Annotated[list[Evidence], Field(max_length=20)] = Field(default=[], title="Justificatifs")
    circumstances: LongText = Field(default="", title="Circonstances (des faits, pas de jugement)")
    rooms: Annotated[int, Field(ge=1, le=15)] | None = Field(
        default=None, title="Pièces habitables du logement actuel (hors cuisine)"
    )
    surface_m2: Surface | None = Field(default=None, title="Surface du logement actuel (m²), si elle manque")
    urgent: bool = Field(default=False, title="Urgent")


def _again_obstacles(step: Step, data: ReferAgain) -> Iterable[Reason]:
    for proof in data.evidence:
        yield from past(proof.dated_on, step.today, "Justificatif", "evidence")
    standing = _standing(step)
    if standing is not None:
        yield Reason(
            "refer.standing",
            f"Une nouvelle demande est déjà ouverte pour ce ménage : {standing['id']}. Poursuivez celle-ci.",
        )
    offer = _accepted(step)
    if offer is not None and offer["surface_m2"] is None and data.surface_m2 is None:
        yield Reason(
            "field.surface_m2",
            "Surface du logement actuel : la proposition ne la disait pas ; indiquez-la en m².",
        )


def _standing(step: Step) -> Row | None:
    household = step.subject["household_id"]
    found = step.find(CaseFile, household_id=household, parent_id=step.case_id, closed_on=None)
    return found[0] if found else None


def _accepted(step: Step) -> Row | None:
    offer_id = step.subject["accepted_offer_id"]
    return step.get(Offer, id=offer_id) if offer_id else None


@command(CASE, ReferAgain, check=_again_obstacles)
def refer_again(step: Step, data: ReferAgain) -> None:
    """Its own case, linked to this one; what is already known of the household is not asked again."""
    former = step.subject
    dwelling = _present_dwelling(step, data)
    protected = former["protected"] or "violence" in data.criteria
    again = step.reference("M")
    step.insert(
        CaseFile,
        id=again,
        kind="transfer",
        state="referred",
        parent_id=former["id"],
        dwelling_id=dwelling["id"],
        commune=dwelling["commune"],
        landlord_id=dwelling["landlord_id"],
        criteria=list(data.criteria),
        evidence=[proof.model_dump(mode="json") for proof in data.evidence],
        circumstances=data.circumstances,
        urgent=data.urgent,
        referrer_id=step.actor.id,
        referrer_body_id=step.actor.body_id,
        referred_on=step.occurred_on,
        stage_since=step.occurred_on,
        legal_on=date.max,
        touched_at=step.now,
        tracking_code=new_tracking_code(),
        **{name: former[name] for name in KEPT} | {"protected": protected},
    )
    if protected:
        _name_readers(step, again)
    step.created["case"] = again
    step.touch("case", again)


def _present_dwelling(step: Step, data: ReferAgain) -> Row:
    """The dwelling obtained; the one it returned to when it came back home."""
    offer = _accepted(step)
    if offer is None:
        return step.need(Dwelling, "Le logement", id=step.subject["dwelling_id"])
    copied = ("landlord_id", "commune", "canton", "address", "typology", "rent", "charges", "housing_aid")
    dwelling_id = step.reference("LOG")
    step.insert(
        Dwelling,
        id=dwelling_id,
        rooms=data.rooms or offer["typology"],
        surface_m2=data.surface_m2 or offer["surface_m2"],
        floor=offer["floor"] or 0,
        lift=bool(offer["lift"]),
        **{name: offer[name] for name in copied},
    )
    return step.need(Dwelling, "Le logement", id=dwelling_id)


def _name_readers(step: Step, again: str) -> None:
    known = [row["account_id"] for row in step.find(NamedReader, case_id=step.case_id)]
    for account_id in dict.fromkeys([step.actor.id, *known]):
        step.insert(NamedReader, case_id=again, account_id=account_id)
