"""Which refused offers count toward the three: M. D.'s offers, one failing example a test, and properties."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules import countable_offer
from cases.rules.countable_offer import (
    CHECKS,
    CountableResult,
    LegalGround,
    NeedFacts,
    OfferFacts,
    OfferRules,
)

LILLE, HOUPLINES, HEM, TOURCOING = "59350", "59317", "59299", "59599"
RULES = OfferRules(
    answer_delay_days=10,
    typology_below=0,
    typology_above=1,
    max_distance_km=Decimal(5),
    communes_with_cantons=frozenset({LILLE}),
)
EXCLUDING = replace(RULES, reasons_excluded=frozenset({"health_event"}))
GROUND = LegalGround(anru_convention_on=date(2019, 12, 16))
# M. D., 58, alone in a T4 of Lille-Concorde: needs a T2 with a lift, at most 480 €.
NEED = NeedFacts(
    typology_min=2,
    typology_max=2,
    max_cost=Decimal(480),
    features=frozenset({"lift"}),
    exclusion_communes=frozenset({HEM}),
    commune=LILLE,
    canton="Lille-5",
)
VAUBAN = OfferFacts(
    written=True,
    offered_on=date(2026, 2, 16),
    received_on=date(2026, 2, 17),
    proof="accusé de réception",
    address="12 rue Colbert",
    commune=LILLE,
    canton="Lille-2",
    typology=2,
    surface_m2=Decimal("46.5"),
    floor=2,
    lift=True,
    rent=Decimal(350),
    charges=Decimal(90),
    housing_aid=Decimal(180),
    effort_rate=Decimal("0.24"),
    adjoins=True,
    visit_offered=True,
    refusal_signed=True,
    main_reason="location",
    answered_on=date(2026, 2, 23),
)
TODAY = date(2026, 2, 23)


def judge(
    offer: OfferFacts = VAUBAN,
    need: NeedFacts = NEED,
    ground: LegalGround = GROUND,
    rules: OfferRules = RULES,
    today: date = TODAY,
) -> CountableResult:
    return countable_offer.test_offer(offer, need, ground, rules, today)


def failed(result: CountableResult) -> list[str]:
    return [test.code for test in result.failed]


def of(offered: date, received: date, refused: date, **changes: object) -> tuple[OfferFacts, date]:
    dates = {"offered_on": offered, "received_on": received, "answered_on": refused}
    return replace(VAUBAN, **(dates | changes)), refused  # type: ignore[arg-type]


def test_the_offers_of_m_d_count_as_the_law_says() -> None:
    centre = of(date(2026, 1, 12), date(2026, 1, 13), date(2026, 1, 20), floor=4, lift=False)
    fives = of(date(2026, 1, 26), date(2026, 1, 27), date(2026, 2, 2), canton="Lille-4")
    vauban = of(date(2026, 2, 16), date(2026, 2, 17), date(2026, 2, 23))
    houplines = of(
        date(2026, 3, 20), date(2026, 3, 23), date(2026, 3, 27), commune=HOUPLINES, canton=None, adjoins=False
    )
    moulins = of(date(2026, 4, 20), date(2026, 4, 22), date(2026, 4, 28), canton="Lille-5", adjoins=None)
    final = of(date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 7), refusal_signed=False, accepted=True)
    results = [judge(offer, today=day) for offer, day in (centre, fives, vauban, houplines, moulins, final)]
    counts = [sum(result.countable for result in results[: place + 1]) for place in range(6)]
    assert [result.countable for result in results] == [False, True, True, False, True, False]
    assert counts == [0, 1, 2, 2, 3, 3]
    assert failed(results[0]) == ["accessibility"]
    assert failed(results[3]) == ["distance"]
    assert failed(results[5]) == ["answer"]


def failing_examples() -> list[tuple[str, CountableResult]]:
    offer, need = VAUBAN, NEED
    return [
        ("written", judge(replace(offer, written=False))),
        ("dated", judge(replace(offer, offered_on=date(2026, 2, 24), received_on=None))),
        ("receipt", judge(replace(offer, proof=" "))),
        ("receipt", judge(replace(offer, received_on=date(2026, 2, 15)))),
        ("receipt", judge(replace(offer, received_on=None))),
        ("receipt", judge(replace(offer, received_on=date(2026, 2, 24)))),
        ("description", judge(replace(offer, lift=None, features=frozenset({"lift"})))),
        ("description", judge(replace(offer, effort_rate=None))),
        ("description", judge(replace(offer, surface_m2=Decimal(0)))),
        ("typology", judge(replace(offer, typology=1))),
        ("typology", judge(replace(offer, typology=4))),
        ("typology", judge(need=replace(need, typology_max=None))),
        ("cost", judge(replace(offer, rent=Decimal("390.01")))),
        ("cost", judge(need=replace(need, max_cost=None))),
        ("accessibility", judge(replace(offer, floor=4, lift=False, features=frozenset({"lift"})))),
        ("accessibility", judge(need=replace(need, features=frozenset({"step_free"})))),
        ("exclusion_zone", judge(need=replace(need, exclusion_communes=frozenset({LILLE})))),
        ("distance", judge(replace(offer, adjoins=None))),
        ("distance", judge(replace(offer, adjoins=False))),
        ("distance", judge(replace(offer, canton=None))),
        ("distance", judge(need=replace(need, canton=None))),
        ("distance", judge(need=replace(need, commune=None))),
        ("visit", judge(replace(offer, visit_offered=False))),
        ("answer", judge(replace(offer, refusal_signed=False))),
        ("answer", judge(replace(offer, answered_on=None))),
        ("answer", judge(replace(offer, answered_on=date(2026, 2, 15)))),
        ("answer", judge(replace(offer, answered_on=date(2026, 2, 24)))),
        ("answer", judge(replace(offer, accepted=True))),
        ("reason", judge(replace(offer, main_reason=None))),
        ("reason", judge(replace(offer, main_reason="health_event"), rules=EXCLUDING)),
        ("legal_ground", judge(ground=LegalGround())),
        ("legal_ground", judge(ground=LegalGround(demolition_permit_on=date(2026, 2, 17)))),
    ]


@pytest.mark.parametrize(("code", "result"), failing_examples())
def test_each_test_can_fail_and_says_why(code: str, result: CountableResult) -> None:
    assert code in failed(result)
    assert not result.countable
    detail = next(test.detail for test in result.failed if test.code == code)
    assert detail[0].isupper()
    assert detail.endswith(".")


@pytest.mark.parametrize(
    "result",
    [
        judge(replace(VAUBAN, offered_on=TODAY, received_on=TODAY)),
        judge(replace(VAUBAN, received_on=VAUBAN.offered_on)),
        judge(replace(VAUBAN, answered_on=VAUBAN.offered_on)),
        judge(replace(VAUBAN, rent=Decimal(390))),
        judge(ground=LegalGround(demolition_permit_on=VAUBAN.offered_on)),
        judge(replace(VAUBAN, typology=1), rules=replace(RULES, typology_below=1)),
    ],
)
def test_the_border_itself_counts(result: CountableResult) -> None:
    assert result.failed == ()


def test_there_is_a_failing_example_for_every_test() -> None:
    assert {code for code, _ in failing_examples()} == {check.code for check in CHECKS}


def test_only_the_fact_at_fault_fails_its_test() -> None:
    assert failed(judge(replace(VAUBAN, visit_offered=False))) == ["visit"]
    assert judge().countable


def test_one_room_more_is_within_tolerance_and_more_needs_the_household_to_agree() -> None:
    assert judge(replace(VAUBAN, typology=3)).countable
    agreed = replace(NEED, under_occupation_accepted=True)
    assert judge(replace(VAUBAN, typology=4), agreed).countable
    assert failed(judge(replace(VAUBAN, typology=1), agreed)) == ["typology"]


def test_the_ground_floor_meets_the_need_for_a_lift() -> None:
    ground_floor = replace(VAUBAN, floor=0, lift=None)
    low = replace(NEED, features=frozenset({"lift", "ground_floor"}))
    assert judge(ground_floor, low).countable
    # What the floor says wins over the list of features.
    assert failed(judge(replace(VAUBAN, features=frozenset({"ground_floor"})), low)) == ["accessibility"]


@pytest.mark.parametrize(
    ("home", "offered", "adjoins", "km", "near"),
    [
        # A commune divided into cantons: the five kilometres do not apply.
        ((LILLE, "Lille-5"), (LILLE, "Lille-5"), None, None, True),
        ((LILLE, "Lille-5"), (LILLE, "Lille-2"), True, "9", True),
        ((LILLE, "Lille-5"), (HOUPLINES, None), True, "12", True),
        ((LILLE, "Lille-5"), (HOUPLINES, None), False, "1", False),
        ((LILLE, "Lille-5"), (HOUPLINES, "Lille-5"), None, "1", False),
        # Any other commune: the same, or adjoining and within five kilometres.
        ((HEM, None), (HEM, None), None, None, True),
        ((HEM, None), (TOURCOING, None), True, "5", True),
        ((HEM, None), (TOURCOING, None), True, "5.01", False),
        ((HEM, None), (TOURCOING, None), True, None, False),
        ((HEM, None), (TOURCOING, None), True, "-1", False),
        ((HEM, None), (TOURCOING, None), False, "2", False),
        ((HEM, None), (TOURCOING, None), None, "2", False),
    ],
)
def test_the_legal_distance_depends_on_cantons_and_stated_adjacency(
    home: tuple[str, str | None],
    offered: tuple[str, str | None],
    adjoins: bool | None,
    km: str | None,
    near: bool,
) -> None:
    need = replace(NEED, commune=home[0], canton=home[1], exclusion_communes=frozenset())
    distance = None if km is None else Decimal(km)
    offer = replace(VAUBAN, commune=offered[0], canton=offered[1], adjoins=adjoins, distance_km=distance)
    assert ("distance" not in failed(judge(offer, need))) is near
    # A dwelling specially designed for this tenant is not held to the distance.
    assert judge(replace(offer, specially_designed=True), need).countable


def test_an_unstated_adjacency_is_to_be_specified() -> None:
    (test,) = judge(replace(VAUBAN, adjoins=None)).failed
    assert (
        test.detail == "Le canton du logement touche-t-il le canton du ménage ? C’est à préciser sur l’offre."
    )


@pytest.mark.parametrize(
    ("today", "countable"),
    [(date(2026, 2, 26), False), (date(2026, 2, 27), False), (date(2026, 2, 28), True)],
)
def test_silence_counts_from_the_day_after_the_answer_delay(today: date, countable: bool) -> None:
    silent = replace(VAUBAN, refusal_signed=False, answered_on=None)
    assert judge(silent, today=today).countable is countable


def test_the_result_is_frozen_as_plain_json_with_its_rules() -> None:
    frozen = judge().as_json()
    assert json.loads(json.dumps(frozen)) == frozen
    assert frozen["judged_on"] == "2026-02-23"
    assert frozen["rules"]["max_distance_km"] == "5"
    assert [test["code"] for test in frozen["tests"]] == [check.code for check in CHECKS]
    assert all(test["source"] and test["label"] for test in frozen["tests"])


def test_a_setting_once_validated_lifts_the_certainty_of_its_test() -> None:
    validated = replace(RULES, certainty={"distance": "B"})
    by_code = {test.code: test.certainty for test in judge(rules=validated).tests}
    assert by_code["distance"] == "B"
    assert by_code["typology"] == "E"


def test_what_tells_of_health_or_safety_is_marked_for_those_who_may_read_it() -> None:
    classes = {test.code: test.field_class for test in judge().tests}
    assert classes["accessibility"] == "health_functional"
    assert classes["exclusion_zone"] == "safety"


MAYBE = st.none() | st.booleans()
MONEY = st.none() | st.decimals(0, 900, places=2)
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 4, 30))
OFFERS = st.builds(
    OfferFacts,
    written=st.booleans(),
    offered_on=DAYS,
    received_on=DAYS,
    proof=st.sampled_from([None, "", "remise en main propre"]),
    address=st.sampled_from([None, "12 rue Colbert"]),
    commune=st.sampled_from([None, LILLE, HOUPLINES, HEM]),
    canton=st.sampled_from([None, "Lille-2", "Lille-5"]),
    typology=st.none() | st.integers(1, 6),
    surface_m2=MONEY,
    floor=st.none() | st.integers(0, 12),
    lift=MAYBE,
    features=st.frozensets(st.sampled_from(["lift", "step_free", "ground_floor"])),
    rent=MONEY,
    charges=MONEY,
    housing_aid=MONEY,
    effort_rate=st.none() | st.decimals(0, 1, places=3),
    adjoins=MAYBE,
    distance_km=st.none() | st.decimals(0, 20, places=1),
    specially_designed=st.booleans(),
    visit_offered=st.booleans(),
    refusal_signed=st.booleans(),
    answered_on=DAYS,
    main_reason=st.sampled_from([None, "location", "health_event"]),
    accepted=st.booleans(),
)


@given(OFFERS, DAYS)
def test_an_offer_counts_exactly_when_every_test_passes(offer: OfferFacts, ground_on: date | None) -> None:
    result = judge(offer, ground=LegalGround(demolition_permit_on=ground_on))
    assert result.countable is all(test.passed for test in result.tests)
    assert result.countable is (result.failed == ())
    assert len(result.tests) == len(CHECKS)
    assert json.loads(json.dumps(result.as_json())) == result.as_json()


FORGETTABLE = [
    name
    for name in OfferFacts.__dataclass_fields__
    if name
    not in {"written", "features", "specially_designed", "visit_offered", "refusal_signed", "accepted"}
]


@given(OFFERS, st.sets(st.sampled_from(FORGETTABLE), min_size=1))
def test_forgetting_a_fact_never_makes_an_offer_count(offer: OfferFacts, forgotten: set[str]) -> None:
    known = judge(offer, today=date(2026, 5, 30))
    poorer = judge(replace(offer, **dict.fromkeys(forgotten)), today=date(2026, 5, 30))  # type: ignore[arg-type]
    assert known.countable or not poorer.countable


@given(st.sampled_from(FORGETTABLE))
def test_an_offer_that_counts_does_not_without_a_fact_it_needs(name: str) -> None:
    poorer = judge(replace(VAUBAN, **{name: None}))  # type: ignore[arg-type]
    assert poorer.countable is (name == "distance_km")
