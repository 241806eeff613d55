"""A need and a vacant dwelling, criterion by criterion, at literal figures; what goes to a landlord."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cases.labels import FEATURES as FEATURE_LABELS
from cases.labels.search import RESERVERS as RESERVER_LABELS
from cases.rules.matching import FEATURES, RESERVERS, MatchRules, Vacant, Wanted, match
from cases.rules.need_sent import need_sent
from cases.rules.silence import silences, silent_days

RULES = MatchRules(typology_below=0, typology_above=1, communes_with_cantons=frozenset({"59350"}))
# Domain 9, case 2: a T2 for at most 480 € in Lille, with a lift.
WANTED = Wanted(
    typology_min=2,
    typology_max=2,
    surface_min=Decimal(40),
    max_cost=Decimal(480),
    communes=frozenset({"59350"}),
    features=frozenset({"lift"}),
    home_commune="59350",
    home_canton="Lille-3",
)
VACANT = Vacant(
    typology=2,
    commune="59350",
    commune_name="Lille",
    surface_m2=Decimal("46.5"),
    canton="Lille-3",
    floor=4,
    lift=True,
    rent=Decimal(400),
    charges=Decimal(80),
)
ALL_MET = {
    "typology": ("met", "T2 : le besoin admet du T2 au T3."),
    "surface": ("met", "46,5 m² pour 40 m² au moins."),
    "commune": ("met", "Lille : commune souhaitée."),
    "cost": ("met", "480,00\u00a0€ pour 480,00\u00a0€ au plus."),
    "features": ("met", "Présents : ascenseur ou rez-de-chaussée."),
    "legal_area": ("met", "Même canton que le logement actuel."),
    "reservation": ("met", "Le bailleur propose lui-même les candidats."),
}


def said(wanted: Wanted = WANTED, vacant: Vacant = VACANT) -> dict[str, tuple[str, str]]:
    found = match(wanted, vacant, RULES)
    assert found is not None
    return {one.code: (one.verdict, one.detail) for one in found.criteria}


def test_everything_is_met_and_every_criterion_is_said() -> None:
    assert said() == ALL_MET


@pytest.mark.parametrize(
    ("changed", "code", "verdict", "detail"),
    [
        ({"typology": 1}, "typology", "missed", "T1 : trop petit, le besoin admet du T2 au T3."),
        ({"typology": 3}, "typology", "met", "T3 : le besoin admet du T2 au T3."),
        ({"typology": 4}, "typology", "missed", "T4 : trop grand, le besoin admet du T2 au T3."),
        ({"surface_m2": Decimal("39.99")}, "surface", "missed", "39,99 m² pour 40 m² au moins."),
        ({"surface_m2": None}, "surface", "unknown", "Surface à préciser : 40 m² au moins."),
        ({"rent": Decimal("400.01")}, "cost", "missed", "480,01\u00a0€ pour 480,00\u00a0€ au plus."),
        ({"charges": None}, "cost", "unknown", "Loyer ou charges à préciser : 480,00\u00a0€ au plus."),
        ({"lift": False}, "features", "missed", "Il manque : ascenseur ou rez-de-chaussée."),
        ({"lift": None}, "features", "unknown", "À vérifier : ascenseur ou rez-de-chaussée."),
        ({"lift": False, "floor": 0}, "features", "met", "Présents : ascenseur ou rez-de-chaussée."),
        (
            {"canton": "Lille-5"},
            "legal_area",
            "unknown",
            "Autre canton de la commune : vérifiez qu’il est limitrophe.",
        ),
        ({"canton": None}, "legal_area", "unknown", "Même commune : précisez les cantons."),
        (
            {"reserver": "action_logement"},
            "reservation",
            "unknown",
            "Réservé à Action Logement : son accord est à demander.",
        ),
        ({"reserver": "state"}, "reservation", "unknown", "Réservé à l’État : son accord est à demander."),
    ],
)
def test_one_fact_changes_one_criterion(
    changed: dict[str, Any], code: str, verdict: str, detail: str
) -> None:
    assert said(vacant=replace(VACANT, **changed)) == ALL_MET | {code: (verdict, detail)}


def test_another_commune_misses_the_wish_and_leaves_the_area_to_check() -> None:
    found = said(vacant=replace(VACANT, commune="59346", commune_name="Houplines"))
    assert found["commune"] == ("missed", "Houplines : le ménage ne l’a pas demandée.")
    assert found["legal_area"] == (
        "unknown",
        "Autre commune : vérifiez qu’elle est limitrophe, et la distance.",
    )


def test_what_the_sheet_does_not_ask_is_not_a_criterion() -> None:
    assert set(said(Wanted(typology_min=2, typology_max=2))) == {"typology", "reservation"}


def test_a_commune_to_avoid_answers_nothing() -> None:
    assert match(replace(WANTED, excluded_communes=frozenset({"59350"})), VACANT, RULES) is None


def test_a_larger_dwelling_is_met_when_the_household_accepted_it() -> None:
    wanted = replace(WANTED, under_occupation_accepted=True)
    assert said(wanted, replace(VACANT, typology=5))["typology"][0] == "met"


def test_the_order_is_what_is_missed_then_to_check_then_the_cost() -> None:
    cheap = replace(VACANT, rent=Decimal(300))
    unsaid = replace(VACANT, surface_m2=None, rent=Decimal(200))
    small = replace(VACANT, typology=1, rent=Decimal(100))
    found = [match(WANTED, one, RULES) for one in (small, unsaid, VACANT, cheap)]
    ordered = sorted((one for one in found if one is not None), key=lambda one: one.order)
    assert [one.cost for one in ordered] == [Decimal(380), Decimal(480), Decimal(280), Decimal(180)]


def test_every_feature_and_reserver_has_its_words() -> None:
    assert set(FEATURES) == set(FEATURE_LABELS)
    assert set(RESERVERS) | {"landlord"} == set(RESERVER_LABELS)


SHEET = {
    "id": 7,
    "case_id": "R-26-00001",
    "number": 3,
    "typology_min": 2,
    "typology_max": 3,
    "surface_min": Decimal("41.50"),
    "max_cost": None,
    "communes": ["59350"],
    "excluded_communes": ["59507"],
    "features": ["quiet_room", "step_free", "care_nearby", "lift"],
    "support": "Suivi par l’association, arrivée de l’enfant en mai.",
    "under_occupation_accepted": True,
    "revision_reason": "Séparation.",
}


@pytest.mark.parametrize(("protected", "communes"), [(False, ["59350"]), (True, [])])
def test_only_the_dwelling_is_sent(protected: bool, communes: list[str]) -> None:
    assert need_sent("R-26-00001", SHEET, protected=protected) == {
        "reference": "R-26-00001",
        "version": 3,
        "typology_min": 2,
        "typology_max": 3,
        "surface_min": "41.50",
        "max_cost": None,
        "communes": communes,
        "features": ["lift", "step_free"],
    }


def test_silence_begins_the_day_after_the_date() -> None:
    asked = {"answer": "waiting", "answer_due_on": date(2026, 2, 28)}
    days = [
        silent_days(asked, day)
        for day in (date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 30))
    ]
    assert days == [0, 0, 1, 30]
    assert silent_days(asked | {"answer": "none"}, date(2026, 3, 30)) == 0
    assert silences([asked, asked | {"answer": "offer"}, asked], date(2026, 3, 1)) == 2
