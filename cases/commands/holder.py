"""Death of the tenant: somebody takes over the lease when the law allows it, and the case begins again."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from cases.commands.diagnosis_results import plus_scales, years_between
from cases.commands.fields import LongText, past
from cases.commands.household import PersonId, ask_again, is_holder, own_person, present
from cases.reasons import Reason
from cases.registry import CASE, Data, command
from cases.rules.finding import Finding
from cases.rules.succession import SOURCE, Succession, conditions
from cases.search_name import search_name
from cases.step import Step
from db.tables.case import Household, Person
from db.tables.offer import Offer
from db.tables.operation import Dwelling
from db.tables.rehousing import HolderChange

Income = Annotated[Decimal, Field(ge=0, le=10_000_000, decimal_places=2)]
LEASED = frozenset({"lease_signed", "moved_in", "follow_up"})  # of the dwelling obtained
OTHERWISE = "sinon clôturez avec le motif « Décès sans successeur »"


class ChangeHolder(Data):
    died_on: date = Field(title="Décès du titulaire le")
    successor_id: PersonId = Field(title="Nouveau titulaire")
    present_since: date | None = Field(default=None, title="Vit dans le logement depuis")
    reference_income: Income | None = Field(
        default=None, title="Revenu fiscal de référence du nouveau ménage (€ par an)"
    )
    derogation: LongText = Field(
        default="", title="Sous-occupation ou plafond : motif du bailleur s’il transfère malgré tout"
    )


def findings(step: Step, data: ChangeHolder) -> dict[str, Finding[bool]]:
    """The conditions of the transfer on the day of the death."""
    successor = step.need(Person, "La personne", id=data.successor_id)
    staying = [row for row in present(step) if row["link"] != "holder"]
    facts = Succession(
        link=successor["link"],
        present_since=data.present_since or successor["in_dwelling_since"],
        died_on=data.died_on,
        reference_income=data.reference_income,
        ages=tuple(years_between(row["born_on"], data.died_on) for row in staying),
        rooms=_rooms(step),
        year=data.died_on.year,
        presence_months=int(step.setting("succession_presence_months")),
    )
    return conditions(facts, plus_scales(step.settings))


def _rooms(step: Step) -> int:
    """Of the dwelling whose lease is taken over: the new one once its lease is signed."""
    offer = step.get(Offer, id=step.subject["accepted_offer_id"] or "")
    if offer is not None and step.subject["state"] in LEASED:
        return int(offer["typology"])
    return int(step.need(Dwelling, "Le logement", id=step.subject["dwelling_id"])["rooms"])


def _holder_obstacles(step: Step, data: ChangeHolder) -> Iterable[Reason]:
    yield from past(data.died_on, step.today, "Décès du titulaire le", "died_on")
    unfit = list(own_person(step, data.successor_id))
    if is_holder(step, data.successor_id):
        unfit.append(
            Reason("holder.same", "Cette personne est le titulaire actuel : choisissez qui lui succède.")
        )
    yield from unfit
    if not unfit:
        yield from _conditions_unmet(findings(step, data), data)


def _conditions_unmet(found: dict[str, Finding[bool]], data: ChangeHolder) -> Iterable[Reason]:
    """The landlord may waive the size and the ceilings, and says why; the year of presence is the law's."""
    yield from found["presence"].missing
    if found["presence"].value is False:
        yield Reason(
            "holder.presence",
            "Le successeur vivait dans le logement depuis moins d’un an au décès : le bail ne lui est pas "
            f"transféré ; {OTHERWISE}.",
            SOURCE,
        )
    if data.derogation:
        return
    yield from found["ceilings"].missing
    if found["ceilings"].value is False:
        ceiling = f"{Decimal(str(found['ceilings'].inputs['ceiling'])):,.0f}".replace(",", "\u00a0")
        yield Reason(
            "holder.ceilings",
            f"Les ressources dépassent le plafond ({ceiling} € par an) : "
            f"indiquez le motif du bailleur, {OTHERWISE}.",
            SOURCE,
        )
    if found["occupation"].value is False:
        inputs = found["occupation"].inputs
        yield Reason(
            "holder.under_occupied",
            f"Logement sous-occupé ({inputs['rooms']} pièces pour {inputs['persons']} personne(s)) : "
            f"indiquez le motif du bailleur, {OTHERWISE}.",
            found["occupation"].source,
        )


@command(CASE, ChangeHolder, check=_holder_obstacles)
def change_holder(step: Step, data: ChangeHolder) -> None:
    """The case goes on with a new holder: diagnosis and need sheet redone, offers counted from zero (case 3).

    Once a lease is signed it is the one taken over, and the path goes on. Whoever is housed for a time stays
    there, with the right to come back of the one who died.
    """
    step.insert(
        HolderChange,
        case_id=step.case_id,
        changed_on=step.occurred_on,
        died_on=data.died_on,
        former_refusals=step.subject["countable_refusals"],
        derogation=data.derogation,
        findings=[{"code": code} | found.as_json() for code, found in findings(step, data).items()],
    )
    household_id = step.subject["household_id"]
    step.update(
        Person, {"household_id": household_id, "link": "holder"}, died_on=data.died_on, link="relative"
    )
    step.update(Person, {"id": data.successor_id}, link="holder")
    successor = step.need(Person, "La personne", id=data.successor_id)
    name = f"{successor['last_name']} {successor['first_name']}"
    step.update(Household, {"id": household_id}, name=name, search_name=search_name(name))
    if step.subject["state"] not in LEASED:
        _begin_again(step)


def _begin_again(step: Step) -> None:
    ask_again(step, "Changement de titulaire")
    step.set(
        countable_refusals=0,
        third_refusal_to_validate=False,
        third_refusal_validated_on=None,
        third_offer_received_on=None,
        right_to_stay_until=None,
        right_notice_received_on=None,
    )
    step.update(Offer, {"case_id": step.case_id, "counted": True}, counted=False)
