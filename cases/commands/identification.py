"""A household of a building to empty is listed, in a dwelling described or already there (domain 1.3)."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from cases.actor import Role
from cases.commands.fields import Ref
from cases.commands.home import DwellingId
from cases.commands.referral import Arriving, PresentDwelling, lodged, member_obstacles, open_case
from cases.reasons import Reason
from cases.registry import command
from cases.step import Step
from db.tables.operation import Building, Dwelling, Operation
from db.tables.people import Body


class IdentifyHousehold(Arriving):
    building_id: Annotated[str, Field(max_length=80), Ref("building")] = Field(title="Bâtiment")
    dwelling_id: DwellingId | None = Field(default=None, title="Logement déjà inscrit dans ce bâtiment")
    dwelling: PresentDwelling | None = Field(default=None, title="Logement à inscrire")


def _home_obstacles(step: Step, data: IdentifyHousehold) -> Iterable[Reason]:
    """Described once, or chosen: several households of one dwelling share it (domain 9, case 9)."""
    if (data.dwelling_id is None) == (data.dwelling is None):
        yield Reason(
            "identify.dwelling",
            "Logement : choisissez-en un déjà inscrit dans ce bâtiment, ou décrivez-le, mais pas les deux.",
        )
    if data.dwelling is not None:
        step.need(Body, "Le bailleur", id=data.dwelling.landlord_id)
    if data.dwelling_id is None:
        return
    home = step.get(Dwelling, id=data.dwelling_id, building_id=data.building_id)
    if home is None:
        yield Reason(
            "identify.other_building",
            "Ce logement n’est pas inscrit dans ce bâtiment : choisissez-en un autre, ou décrivez-le.",
        )
    elif home["freed_on"] is not None:
        yield Reason(
            "identify.freed",
            f"Ce logement est libéré depuis le {home['freed_on']:%d/%m/%Y} : personne n’y vit plus ; "
            "vérifiez lequel ce ménage occupe.",
            "CCH L.442-6 II",
        )


def _building_obstacles(step: Step, data: IdentifyHousehold) -> Iterable[Reason]:
    yield from member_obstacles(step, data)
    yield from _home_obstacles(step, data)
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
    home = step.get(Dwelling, id=data.dwelling_id or "")
    if home is None and data.dwelling is not None:
        home = lodged(step, data.dwelling, building["id"])
    open_case(
        step,
        data,
        home or {},
        kind="rehousing",
        letter="R",
        state="identified",
        service=service,
        criteria=[],
        evidence=[],
        building_id=building["id"],
        vacate_on=building["vacate_on"],
    )
