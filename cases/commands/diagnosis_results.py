"""What the diagnosis is computed from, gathered from the records, the grid and the settings of the day."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cases.commands.grid import Grid, SurveyedDwelling
from cases.rules.ceilings import PLUS, Scale
from cases.rules.diagnosis import Results, Situation, Thresholds, diagnose, old_enough
from cases.rules.finding import Finding
from cases.rules.means import HousingBill, IncomeGroupRules
from cases.rules.occupancy import Occupant
from cases.step import Step
from cases.territory import Settings
from db.rows import Row
from db.tables.case import Person
from db.tables.operation import Dwelling

SPLIT_SOURCE = "Charte de Salon-de-Provence ; règle de la MEL non lue"
# Columns of the present dwelling that a survey corrects.
CORRECTED = (
    *("typology", "rooms", "surface_m2", "floor", "lift"),
    *("rent", "charges", "housing_aid", "heating_included", "in_qpv"),
)


def computed(step: Step, grid: Grid) -> Results:
    """Occupation, means and ceilings of the household on the day of the fact."""
    dwelling = step.need(Dwelling, "Le logement", id=step.subject["dwelling_id"])
    return diagnose(
        situation(step.occurred_on, people_here(step), dwelling, grid),
        thresholds(step.settings, step.occurred_on),
    )


def people_here(step: Step) -> list[Row]:
    """Who lives there: neither dead nor gone."""
    found = step.find(Person, household_id=step.subject["household_id"])
    return [person for person in found if person["died_on"] is None and person["left_on"] is None]


def situation(on: date, people: list[Row], dwelling: Mapping[str, Any], grid: Grid) -> Situation:
    home = grid.dwelling or SurveyedDwelling()
    known = {name: _first(getattr(home, name), dwelling[name]) for name in CORRECTED}
    ages = {person["id"]: years_between(person["born_on"], on) for person in people}
    burdens = grid.other_burdens
    return Situation(
        on=on,
        occupants=tuple(
            Occupant(age=ages[person["id"]], sex=person["sex"], in_couple=person["in_couple"])
            for person in people
        ),
        children=tuple(ages[person["id"]] for person in people if person["link"] == "child"),
        dependants=sum(member.dependant for member in grid.members) if grid.members else None,
        unborn=grid.pregnancy is True,
        lifted=grid.functional is not None and grid.functional.mobility_card is True,
        rooms=known["rooms"],
        surface_m2=known["surface_m2"],
        bill=HousingBill(
            rent=known["rent"],
            charges=known["charges"],
            housing_aid=known["housing_aid"],
            annex_rent=home.over_income_rent or Decimal(0),
            utilities_flat=home.utilities_flat or Decimal(0),
        ),
        rent_cut=home.rent_cut or Decimal(0),
        monthly_resources=monthly_resources(grid),
        reference_income=grid.reference_income,
        later_income=grid.later_income,
        burdens=burdens,
    )


def _first(seen: Any, known: Any) -> Any:
    return known if seen is None else seen


def monthly_resources(grid: Grid) -> Decimal | None:
    """The sum of what is declared; nothing when somebody says so; None when nobody has said yet."""
    if grid.resources:
        return sum((item.monthly for item in grid.resources), Decimal(0))
    return Decimal(0) if grid.no_resources else None


def thresholds(settings: Settings, on: date) -> Thresholds:
    """The values in force that day; what nobody has given stays None."""
    multiples = settings.floats_on("income_group_rsa_multiples", on)
    return Thresholds(
        manifest_lack=settings.int_on("manifest_lack_rooms", on),
        residual_alert=_decimal(settings.value("residual_income_alert", on)),
        income_drop_percent=settings.int_on("later_income_drop_percent", on),
        quartile=_if_known(settings, "q1_threshold", on),
        rsa_single=_if_known(settings, "rsa_single_monthly", on),
        groups=IncomeGroupRules(
            very_modest_below=_decimal(multiples[0]), modest_below=_decimal(multiples[1])
        ),
        plus=plus_scales(settings),
    )


def _decimal(value: Any) -> Decimal:
    return Decimal(str(value))


def _if_known(settings: Settings, key: str, on: date) -> Decimal | None:
    return _decimal(settings.value(key, on)) if settings.has(key, on) else None


def plus_scales(settings: Settings) -> dict[int, Scale]:
    """The PLUS ceilings by year: those of the law known here, with what the settings say for their year."""
    found = dict(PLUS)
    for version in settings.history("plus_ceilings"):
        on = version.valid_from
        if settings.has("plus_ceiling_extra_person", on):
            one, two, three, four, five, six = settings.ints_on("plus_ceilings", on)
            extra = settings.int_on("plus_ceiling_extra_person", on)
            found[on.year] = (one, two, three, four, five, six, extra)
    return found


def split_findings(step: Step, grid: Grid) -> dict[str, Finding[bool]]:
    """Candidates to a décohabitation, by person: present for the years that the rule asks?"""
    years = int(step.setting("household_split_years"))
    since = {person["id"]: person["in_dwelling_since"] for person in people_here(step)}
    found = {}
    for candidate in grid.split_candidates:
        start = candidate.present_since or since.get(candidate.person_id)
        enough = None if start is None else old_enough(start, step.occurred_on, years)
        facts = {"present_since": start, "years": years}
        found[str(candidate.person_id)] = Finding(enough, facts, SPLIT_SOURCE, "D")
    return found


def years_between(born_on: date, day: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
