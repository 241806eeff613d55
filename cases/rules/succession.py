"""The tenant has died: may this person take over the lease? Each condition apart, with what it rests on.

Law of 6 July 1989, art. 14 and 40; service-public F1170: presence, ceilings, no under-occupation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.reasons import Reason
from cases.rules.ceilings import PLUS, Scale, ceiling, household_category
from cases.rules.dates import add_months
from cases.rules.finding import Finding
from cases.rules.occupancy import ROOMS_ABOVE_PERSONS

SOURCE = "Loi du 6 juillet 1989, art. 14 et 40 ; service-public, fiche F1170"
# Holders already, or the spouse: they take over whatever the other conditions (E: to be validated).
WITHOUT_CONDITION = frozenset({"co_holder", "spouse"})
DEPENDANT_AGE = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """`link` of the successor to the dead tenant; `ages` of all who stay, the successor included.

    `reference_income`: RFR of the successor's household, € a year. `presence_months`: a setting.
    """

    link: str
    present_since: date | None
    died_on: date
    reference_income: Decimal | None
    ages: tuple[int, ...]
    rooms: int
    year: int
    presence_months: int


def conditions(facts: Succession, plus: Mapping[int, Scale] = PLUS) -> dict[str, Finding[bool]]:
    """ "presence", "ceilings", "occupation": True when met; None when a fact is missing."""
    if facts.link in WITHOUT_CONDITION:
        note = "Cotitulaire, conjoint ou partenaire : aucune condition."
        free: Finding[bool] = Finding(True, {"link": facts.link}, SOURCE, "E", note=note)
        return {"presence": free, "ceilings": free, "occupation": free}
    return {
        "presence": _presence(facts),
        "ceilings": _ceilings(facts, plus),
        "occupation": _occupation(facts),
    }


def _presence(facts: Succession) -> Finding[bool]:
    inputs: dict[str, object] = {
        "present_since": facts.present_since,
        "died_on": facts.died_on,
        "months": facts.presence_months,
    }
    if facts.present_since is None:
        missing = Reason(
            "present_since_missing", "Présence dans le logement : indiquez depuis quand il y vit.", SOURCE
        )
        return Finding(None, inputs, SOURCE, "C", (missing,))
    enough = add_months(facts.present_since, facts.presence_months) <= facts.died_on
    return Finding(enough, inputs, SOURCE, "C")


def _ceilings(facts: Succession, plus: Mapping[int, Scale]) -> Finding[bool]:
    persons = len(facts.ages)
    dependants = min(sum(age < DEPENDANT_AGE for age in facts.ages), persons - 1)
    limit = ceiling("PLUS", facts.year, household_category(persons, dependants), plus)
    inputs: dict[str, object] = {"reference_income": facts.reference_income, **limit.inputs}
    missing = limit.missing
    if facts.reference_income is None:
        missing += (
            Reason(
                "reference_income_missing",
                "Revenu fiscal de référence : indiquez celui du nouveau titulaire.",
                SOURCE,
            ),
        )
    if limit.value is None or facts.reference_income is None:
        return Finding(None, inputs, SOURCE, limit.certainty, missing)
    met = facts.reference_income <= limit.value
    return Finding(met, inputs | {"ceiling": limit.value}, SOURCE, limit.certainty, note=limit.note)


def _occupation(facts: Succession) -> Finding[bool]:
    persons = len(facts.ages)
    inputs: dict[str, object] = {"rooms": facts.rooms, "persons": persons}
    return Finding(facts.rooms <= persons + ROOMS_ABOVE_PERSONS, inputs, f"CCH, art. L.621-2 ; {SOURCE}", "C")
