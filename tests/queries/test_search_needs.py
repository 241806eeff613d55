"""What a landlord's desk reads: its own needs and dwellings, filters, and nothing else; matches of a case."""

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from cases import clockwork
from cases.access import FIELDS, scope_of
from cases.actor import Role
from cases.search_desk import desk_matches, own_matches, vacancies_for
from db.queries.inbox import latest
from db.queries.search_needs import NeedFilters, desk_counts, needs_asked
from db.queries.vacancies import declared
from flows.delivery import delivery
from tests.builders import NEED, OFFER, PEOPLE, SURVEY, a_house, a_rehousing, a_transfer, do, instant
from tests.cases.test_search import VACANT

TODAY = date(2026, 12, 1)
pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def house(database: str) -> None:
    a_house()


def asked(due_on: str, **need: Any) -> str:
    reference = a_transfer(at="diagnosis")
    do("sign_diagnosis", reference, "amina", "2026-01-26", **SURVEY | {"need": NEED | need})
    do("validate_need", reference, "amina", "2026-01-27")
    do("start_search", reference, "amina", "2026-01-28")
    do("send_need", reference, "amina", "2026-11-02", body_ids=["vilogia"], answer_due_on=due_on)
    return reference


def test_the_desk_of_a_landlord_and_of_nobody_else() -> None:
    soon, late = asked("2026-12-10"), asked("2026-11-20", typology_min=5, typology_max=5)
    milo = scope_of(PEOPLE["milo"])
    assert [need.case_id for need in needs_asked(milo).lines] == [late, soon]
    assert [need.case_id for need in needs_asked(milo, NeedFilters(late_on=TODAY)).lines] == [late]
    assert [need.case_id for need in needs_asked(milo, NeedFilters(typology=4)).lines] == [soon]
    assert needs_asked(milo, limit=1).total == 2
    first = needs_asked(milo).lines[0]
    do(
        "answer_attempt",
        late,
        "milo",
        "2026-12-01",
        attempt_id=first.attempt_id,
        answer="none",
        reason="promised",
    )
    (answered,) = needs_asked(milo, NeedFilters(answered=True)).lines
    assert (answered.case_id, answered.reason) == (late, "promised")
    assert asdict(desk_counts(milo, TODAY)) == {"waiting": 1, "late": 0, "answered": 1, "vacant": 0}
    for who in set(PEOPLE) - {"milo", "elise"}:
        assert needs_asked(scope_of(PEOPLE[who])).total == 0, who
    do("close_early", soon, "amina", "2026-12-02", reason="withdrawn_by_household")
    assert needs_asked(milo).total == 0


def test_nothing_written_in_the_case_comes_back_to_the_landlord() -> None:
    reference = a_transfer(at="searching")
    do("record_attempt", reference, "amina", "2026-11-20", body_id="vilogia", detail="Mme Amrani est suivie.")
    milo = scope_of(PEOPLE["milo"])
    (need,) = needs_asked(milo).lines
    do(
        "answer_attempt",
        reference,
        "milo",
        "2026-12-01",
        attempt_id=need.attempt_id,
        answer="none",
        reason="promised",
    )
    (answered,) = needs_asked(milo, NeedFilters(answered=True)).lines
    assert "Amrani" not in str(asdict(need)) + str(asdict(answered))


def test_its_vacant_dwellings_are_seen_by_the_landlord_that_declared_them() -> None:
    vacancy = do("declare_vacancy", None, "milo", "2026-12-01", **VACANT).reference
    for who in PEOPLE:
        seen = [line.id for line in declared(scope_of(PEOPLE[who])).lines]
        assert seen == ([vacancy] if who in {"milo", "elise"} else []), who
    do("withdraw_vacancy", str(vacancy), "milo", "2026-12-02", reason="sold")
    assert declared(scope_of(PEOPLE["milo"])).lines == ()
    (gone,) = declared(scope_of(PEOPLE["milo"]), ended=True).lines
    assert (gone.id, gone.ended_reason) == (vacancy, "Vendu ou démoli")


def test_the_nearest_dwellings_of_every_landlord_for_a_case() -> None:
    case = asked("2026-12-10", excluded_communes=["Roubaix"], features=["walk_in_shower"])
    far = do("declare_vacancy", None, "milo", "2026-11-30", **VACANT | {"commune": "Lille"}).reference
    near = do("declare_vacancy", None, "farid", "2026-11-30", **VACANT).reference
    do(
        "declare_vacancy",
        None,
        "farid",
        "2026-11-30",
        **VACANT | {"commune": "Roubaix", "address": "2 rue Y"},
    )
    do("declare_vacancy", None, "farid", "2026-11-30", **VACANT | {"typology": 1, "address": "3 rue Z"})
    whole = FIELDS[Role.SOCIAL_WORKER]
    found = vacancies_for(case, classes=whole, today=TODAY, limit=5)
    assert [one.vacancy.id for one in found] == [near, far]
    details = {one.code: one.detail for one in found[0].match.criteria}
    assert details["features"] == "À vérifier : douche de plain-pied."
    sealed = vacancies_for(case, classes=whole - {"health_functional"}, today=TODAY, limit=5)
    assert "douche" not in str([one.match for one in sealed])


def test_a_landlord_matches_its_dwellings_with_the_needs_it_received() -> None:
    case = asked("2026-12-10")
    do("declare_vacancy", None, "milo", "2026-11-30", **VACANT)
    do("declare_vacancy", None, "milo", "2026-11-30", **VACANT | {"rent": "900", "address": "2 rue Y"})
    milo = scope_of(PEOPLE["milo"])
    lines, needs = declared(milo).lines, needs_asked(milo).lines
    by_vacancy, by_need = desk_matches(lines, needs, TODAY)
    assert {key: [one.need.case_id for one in found] for key, found in by_vacancy.items()} == {
        lines[1].id: [case]
    }
    assert [one.vacancy.address for one in by_need[needs[0].attempt_id]] == ["8 rue du Parc"]


def test_the_lead_of_the_landlord_is_reminded_and_led_to_the_desk() -> None:
    case = asked("2026-12-01")
    clockwork.every_day(TODAY, instant("2026-12-01"))
    delivery(TODAY, instant("2026-12-01"))
    lead, owner = (latest(scope_of(PEOPLE[who])) for who in ("elise", "amina"))
    reminder = next(message for message in lead if message.subject.startswith("attempt:"))
    assert (reminder.in_sight, case in reminder.text, "Amrani" in reminder.text) == (False, True, False)
    assert all(message.in_sight for message in owner if message.case_id == case)


def test_an_officer_sees_which_of_its_households_a_vacant_dwelling_of_its_landlord_suits() -> None:
    """Named and opened on their page; never to the desk of the landlord, nor for a protected household."""
    suited, hidden = a_rehousing("searching", who="denis"), a_rehousing("searching", who="denis")
    do("protect_case", hidden, "denis", "2026-11-02")
    do("declare_vacancy", None, "denis", "2026-11-03", **VACANT)
    lines = declared(scope_of(PEOPLE["farid"])).lines
    found = own_matches(scope_of(PEOPLE["farid"]), lines, today=TODAY)
    assert [(one.case_id, one.household) for one in found[lines[0].id]] == [(suited, "Amrani Aïcha")]
    named = own_matches(scope_of(PEOPLE["denis"]), lines, today=TODAY)
    assert {one.case_id for one in named[lines[0].id]} == {suited, hidden}
    assert own_matches(scope_of(PEOPLE["milo"]), lines, today=TODAY) == {lines[0].id: ()}
    do("make_offer", suited, "denis", "2026-11-04", **OFFER | {"landlord_id": "lmh"})
    assert own_matches(scope_of(PEOPLE["farid"]), lines, today=TODAY) == {lines[0].id: ()}
