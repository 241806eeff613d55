"""The diagnosis through the door, on both databases: signed whole, frozen, renewed, its steps dated."""

from typing import Any

import pytest

from cases.access import scope_of
from db.queries.diagnosis import HEALTH, SAFETY, DiagnosisFile, diagnosis_file
from db.tables.case import Household, Person
from db.tables.diagnosis import Diagnosis, DiagnosisStep, NeedSheet
from db.tables.operation import Dwelling
from tests.builders import MEMBERS, NEED, OFFER, PEOPLE, a_house, a_transfer, ask, do
from tests.records import case, every

CHILDREN = [2011, 2014, 2016, 2018, 2023]  # 15, 12, 10, 8 and 3 in 2026
FAMILY = [
    MEMBERS[0] | {"born_on": "1988-01-05", "sex": "F"},
    *({**MEMBERS[1], "first_name": f"E{year}", "born_on": f"{year}-01-05"} for year in CHILDREN),
]
GRID: dict[str, Any] = {
    "held_on": "2026-02-16",
    "lease_on": "2019-05-01",
    "dwelling": {"rent": "410", "charges": "90", "housing_aid": "320", "dpe": "dpe_e", "floor": 3},
    "resources": [
        {"kind": "salary", "monthly": "900", "proof_on": "2026-02-01"},
        {"kind": "family", "monthly": "720"},
    ],
    "reference_income": "14000",
    "other_burdens": "60",
    "functional": {"features": ["lift"], "mdph_reference": True},
    "safety": {"excluded_communes": ["Roubaix"], "safe_contact": "Sa sœur, le soir"},
    "wished": {"communes": ["Tourcoing", "Mouvaux"], "typology": 5},
    "budget": 1,
    "health_follow_up": 2,
}


@pytest.fixture
def house(database: str) -> None:
    a_house()


def signed(**grid: Any) -> str:
    reference = a_transfer("diagnosis", members=FAMILY)
    do("sign_diagnosis", reference, "amina", "2026-02-16", grid=GRID | grid, need=NEED, agreed=True)
    return reference


def view(reference: str, who: str = "amina", *unsealed: str) -> DiagnosisFile:
    found = diagnosis_file(scope_of(PEOPLE[who]), reference, unsealed=frozenset(unsealed))
    assert isinstance(found, DiagnosisFile)
    return found


def test_the_whole_grid_is_signed_and_its_results_frozen(house: None) -> None:
    reference = signed()
    results = every(Diagnosis, case_id=reference)[0]["results"]
    values = {code: found["value"] for code, found in (results["occupancy"] | results["means"]).items()}
    assert values == {
        "over_occupied_by_surface": False,  # 62 m²: 52 needed for six (domain case 10)
        "rooms_index": -2,
        "manifest_by_rooms": True,
        "under_occupied": False,
        "need_typology": [5, 6],
        "consumption_units": "2.7",
        "resources_per_uc": "7200.00",
        "first_quartile": None,
        "income_group": "very_modest",
        "financing_class": "PLAI",
        "ceiling_plai": "36776",
        "ceiling_plus": "66866",
        "ceiling_pls": "86926",
        "net_housing_cost": "180.00",
        "effort_rate": "0.111",
        "residual_income": "17.04",
        "residual_alert": False,
    }
    assert results["means"]["first_quartile"]["missing"][0]["sentence"].startswith("Seuil non renseigné")
    home = every(Dwelling, id=case(reference)["dwelling_id"])[0]
    assert (home["rent"], home["floor"], home["rooms"]) == (410, 3, 3)  # corrected where it was seen
    assert every(Household, id=case(reference)["household_id"])[0]["safe_contact"] == "Sa sœur, le soir"


def test_a_setting_changed_today_changes_no_signed_result(house: None) -> None:
    reference = signed()
    before = every(Diagnosis, case_id=reference)[0]["results"]
    for key, value in (("manifest_lack_rooms", 3), ("residual_income_alert", 20)):
        do("change_setting", None, "lea", "2026-03-02", key=key, valid_from="2026-01-01", value=value,
           source="Délibération.")  # fmt: skip
    assert every(Diagnosis, case_id=reference)[0]["results"] == before
    do("renew_diagnosis", reference, "amina", "2026-03-03", grid=GRID, reason="Un nouveau seuil.")
    renewed = every(Diagnosis, case_id=reference)[1]["results"]
    assert renewed["occupancy"]["manifest_by_rooms"]["value"] is False
    assert renewed["means"]["residual_alert"]["value"] is True


def test_the_quartile_is_computed_once_the_threshold_of_the_year_is_given(house: None) -> None:
    """It may arrive during the year and apply from its first day; what was signed before stays as it was."""
    before = signed()
    decision = {"valid_from": "2026-01-01", "source": "Arrêté annuel."}
    do("change_setting", None, "lea", "2026-02-16", key="q1_threshold", value=8281, **decision)
    after = signed()
    found = [
        every(Diagnosis, case_id=one)[0]["results"]["means"]["first_quartile"] for one in (before, after)
    ]
    assert [one["value"] for one in found] == [None, True]
    assert found[1]["inputs"] == {"resources_per_uc": "7200.00", "threshold": "8281.0"}
    do("change_setting", None, "lea", "2026-02-17", key="q1_threshold", value=8300.5, **decision)
    wrong = ask("change_setting", None, "lea", "2026-02-17", key="q1_threshold", value="beaucoup", **decision)
    unknown = ask("change_setting", None, "lea", "2026-02-17", key="net_cost_ceiling", value=3, **decision)
    assert [one.reasons[0].code for one in (wrong, unknown)] == ["setting.type", "setting.unknown"]


def test_a_renewal_keeps_the_path_the_former_version_and_what_stayed_sealed(house: None) -> None:
    reference = signed()
    do("validate_need", reference, "amina", "2026-02-17")
    grid = {name: value for name, value in GRID.items() if name not in {"functional", "safety"}}
    outcome = do(
        "renew_diagnosis", reference, "amina", "2027-02-20",
        grid=grid | {"held_on": "2027-02-19", "arrears": "1240"}, reason="Une dette est apparue.",
    )  # fmt: skip
    assert outcome.state == "need_validated"
    former, latest = every(Diagnosis, case_id=reference)
    assert (former["number"], latest["number"], latest["renewal_reason"]) == (1, 2, "Une dette est apparue.")
    assert former["grid"]["arrears"] == "0"
    assert latest["grid"]["functional"] == former["grid"]["functional"]
    assert latest["grid"]["safety"]["safe_contact"] == "Sa sœur, le soir"
    assert case(reference)["diagnosis_id"] == latest["id"]
    assert len(every(NeedSheet, case_id=reference)) == 1  # the need is revised apart


def test_every_reason_at_once(house: None) -> None:
    reference = a_transfer("diagnosis")
    other = every(Person, household_id=case(a_transfer())["household_id"])[0]["id"]
    outcome = ask(
        "sign_diagnosis", reference, "amina", "2026-02-16",
        grid={
            "held_on": "2026-03-01",
            "lease_on": "2026-03-01",
            "members": [{"person_id": other}],
            "resources": [{"kind": "salary", "monthly": "1", "proof_on": "2026-04-01"}],
            "no_resources": True,
        },
        need=NEED | {"typology_min": 5, "typology_max": 2},
    )  # fmt: skip
    assert [reason.code for reason in outcome.reasons] == [
        "field.held_on", "field.lease_on", "field.proof_on", "field.no_resources", "field.person",
        "field.typology",
    ]  # fmt: skip


def test_a_decohabitation_candidate_needs_two_years_of_presence(house: None) -> None:
    reference = a_transfer("diagnosis", members=FAMILY)
    people = every(Person, household_id=case(reference)["household_id"])
    old, new, unknown = (person["id"] for person in people[1:4])
    grid = GRID | {
        "split_candidates": [
            {"person_id": old, "present_since": "2024-02-16"},
            {"person_id": new, "present_since": "2024-02-17"},
            {"person_id": unknown},
        ]
    }
    do("sign_diagnosis", reference, "amina", "2026-02-16", grid=grid, need=NEED)
    split = every(Diagnosis, case_id=reference)[0]["results"]["split"]
    assert [split[str(key)]["value"] for key in (old, new, unknown)] == [True, False, None]


def test_the_steps_are_dated_facts_corrected_by_a_new_one(house: None) -> None:
    reference = signed()
    early = ask(
        "record_diagnosis_step", reference, "amina", "2026-02-20", step="explained", done_on="2026-02-15"
    )
    assert [reason.code for reason in early.reasons] == ["diagnosis.step_before"]
    for day in ("2026-02-18", "2026-02-19"):
        do("record_diagnosis_step", reference, "amina", "2026-02-20", step="explained", done_on=day)
    do("record_diagnosis_step", reference, "amina", "2026-02-20", step="agreement", done_on="2026-02-20",
       note="Le CCAS suit les démarches.")  # fmt: skip
    assert [(one.step, one.done_on.isoformat()) for one in view(reference).steps] == [
        ("explained", "2026-02-19"),
        ("agreement", "2026-02-20"),
    ]
    assert len(every(DiagnosisStep, case_id=reference)) == 3
    do("renew_diagnosis", reference, "amina", "2026-03-03", grid=GRID, reason="Un nouvel emploi.")
    assert view(reference).steps == ()  # the steps are those of the version in force


def test_restricted_blocks_wait_for_a_reason_and_others_read_no_money(house: None) -> None:
    reference = signed()
    closed, opened = view(reference), view(reference, "amina", HEALTH, SAFETY)
    assert closed.in_force is not None
    assert opened.in_force is not None
    assert closed.in_force.grid is not None
    assert opened.in_force.grid is not None
    assert not {"functional", "safety"} & set(closed.in_force.grid)
    assert opened.in_force.grid["functional"]["features"] == ["lift"]
    assert closed.in_force.grid["wished"]["communes"] == ["59599", "59421"]
    outside = view(reference, "gaelle", HEALTH, SAFETY)
    assert outside.in_force is not None
    assert (outside.in_force.grid, outside.in_force.means) == (None, None)
    assert outside.in_force.occupancy["rooms_index"]["value"] == -2
    assert diagnosis_file(scope_of(PEOPLE["chloe"]), reference) is None


def test_each_offer_names_the_need_sheet_of_its_day(house: None) -> None:
    reference = signed()
    do("validate_need", reference, "amina", "2026-02-17")
    do("start_search", reference, "amina", "2026-02-18")
    do("make_offer", reference, "amina", "2026-03-02", **OFFER)
    do("refuse_offer", reference, "amina", "2026-03-05", reasons=["too_small"])
    do(
        "revise_need",
        reference,
        "amina",
        "2026-03-06",
        need=NEED | {"typology_min": 4},
        reason="Une naissance.",
    )
    do("start_search", reference, "amina", "2026-03-06")
    do("make_offer", reference, "amina", "2026-03-09", **OFFER)
    found = view(reference)
    numbers = {sheet.id: sheet.number for sheet in found.needs}
    assert [(offer.number, numbers[offer.need_sheet_id]) for offer in found.offers] == [(2, 2), (1, 1)]
