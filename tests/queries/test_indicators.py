"""Facts behind the charter's figures: read right on both databases, and redacted for who reads them."""

from datetime import date
from typing import Any

import pytest

from cases.access import scope_of
from db.queries import indicators
from db.queries.indicators import Place
from db.scope import Scope
from tests.builders import (
    DWELLING,
    MEMBERS,
    NEED,
    OFFER,
    PEOPLE,
    SURVEY,
    a_house,
    a_rehousing,
    a_transfer,
    an_operation,
    do,
)
from tests.ici_builders import an_escalation

EVERYWHERE = Place()
HOME = DWELLING | {"rent": "400", "charges": "60", "housing_aid": "160"}


def scope(who: str) -> Scope:
    return scope_of(PEOPLE[who])


@pytest.fixture
def house(database: str) -> None:
    a_house()


def rows(who: str, place: Place = EVERYWHERE) -> dict[str, dict[str, Any]]:
    frame = indicators.facts(scope(who), place).cases
    return {str(row["case_id"]): row for row in frame.to_dict("records")}


def test_the_facts_of_a_rehoused_household(house: None) -> None:
    case = a_rehousing("closed", dwelling=HOME)
    row = rows("gaelle")[case]
    assert (row["site"], row["landlord"], row["commune"]) == ("Concorde", "lmh", "Tourcoing")
    assert (row["referred_on"], row["first_offer_on"]) == (date(2026, 1, 12), date(2026, 4, 1))
    assert (row["lease_signed_on"], row["moved_in_on"]) == (date(2026, 4, 24), date(2026, 5, 4))
    assert (row["cost_before"], row["cost_after"], row["effort_rate"]) == (300.0, 430.0, 0.28)
    assert (row["typology"], row["typology_min"], row["typology_max"]) == (4, 3, 4)
    assert (row["first_wish"], row["wished"], row["other_commune"], row["other_landlord"]) == (
        True, True, False, True,
    )  # fmt: skip
    assert (row["followed_on"], row["satisfaction"]) == (date(2026, 11, 4), 3)
    assert row["recent"] is None


def test_wishes_are_compared_with_the_sheet_that_the_offer_answered(house: None) -> None:
    need = NEED | {"communes": ["Lille", "Tourcoing"]}
    case = a_rehousing("informed")
    do("start_diagnosis", case, "farid", "2026-01-19")
    do("sign_diagnosis", case, "farid", "2026-01-26", **(SURVEY | {"need": need}))
    do("validate_need", case, "farid", "2026-01-27")
    do("start_search", case, "farid", "2026-01-28")
    do("make_offer", case, "farid", "2026-04-01", **OFFER)
    do("accept_offer", case, "farid", "2026-04-03")
    row = rows("gaelle")[case]
    assert (row["first_wish"], row["wished"]) == (False, True)


def test_an_annulled_offer_is_no_first_offer(house: None) -> None:
    case = a_rehousing("offer_pending")
    do("annul_offer", case, "farid", "2026-04-02", reason="Erreur de logement.")
    assert rows("gaelle")[case]["first_offer_on"] is None


def test_admissibility_answered_late_or_not_yet(house: None) -> None:
    late, asked = a_transfer(), a_transfer()
    do("check_admissibility", late, "amina", "2026-02-24")
    do("admit", late, "amina", "2026-02-24")
    found = rows("gaelle")
    assert (found[late]["answer_late"], found[late]["answer_due_on"]) == (1, None)
    assert (found[asked]["answer_late"], found[asked]["answer_due_on"]) == (0, date(2026, 2, 23))


def test_what_was_raised_and_decided(house: None) -> None:
    an_escalation("executed")
    found = indicators.facts(scope("gaelle"), EVERYWHERE)
    (raised,), (decided,) = found.raised.to_dict("records"), found.decided.to_dict("records")
    assert (raised["timing"], raised["filed_on"], raised["ici"]) == ("on_time", date(2026, 7, 10), "A")
    assert (decided["decided_on"], decided["executed_on"]) == (date(2026, 9, 15), date(2026, 10, 2))
    assert raised["case_id"] == decided["case_id"]


def test_a_decision_done_in_part_is_not_executed(house: None) -> None:
    an_escalation("partly_executed")
    (decided,) = indicators.facts(scope("gaelle"), EVERYWHERE).decided.to_dict("records")
    assert decided["executed_on"] is None


def test_a_late_item_says_so(house: None) -> None:
    an_escalation("late")
    (raised,) = indicators.facts(scope("gaelle"), EVERYWHERE).raised.to_dict("records")
    assert raised["timing"] == "late"


def test_whose_cases_are_counted(house: None) -> None:
    """The territory for who steers or reads figures; one's own for the others; nothing for the rest."""
    a_rehousing()
    a_transfer()
    counted = dict.fromkeys(("gaelle", "hugo", "ines", "karim", "denis"), 2) | {
        "amina": 1,
        "elise": 0,
        "lea": 0,
    }
    assert {who: len(rows(who)) for who in counted} == counted


def test_a_protected_case_is_counted_and_never_placed(house: None) -> None:
    case = a_rehousing("informed")
    do("protect_case", case, "farid", "2026-02-02")
    for who in ("gaelle", "ines", "karim"):
        row = rows(who)[case]
        assert [row[name] is None or row[name] != row[name] for name in ("site", "landlord", "commune")] == [
            True
        ] * 3
        assert case not in {item.id for item in indicators.listed(scope(who), [case])}
    for place in (Place(site="lille-concorde"), Place(landlord="lmh"), Place(commune="59599")):
        assert rows("gaelle", place) == {}
        assert list(rows("farid", place)) == [case]
    assert indicators.places(scope("gaelle")).communes == {}
    assert indicators.places(scope("farid")).communes == {"59599": "Tourcoing"}


def test_filters_of_place(house: None) -> None:
    here = a_rehousing(building=an_operation().building)
    there = a_transfer(dwelling=DWELLING | {"commune": "Hem", "landlord_id": "vilogia"}, members=MEMBERS)
    assert set(rows("gaelle")) == {here, there}
    assert list(rows("gaelle", Place(site="lille-concorde"))) == [here]
    assert list(rows("gaelle", Place(landlord="vilogia"))) == [there]
    assert list(rows("gaelle", Place(commune="59299"))) == [there]
    assert rows("gaelle", Place(site="lille-concorde", commune="59299")) == {}
    found = indicators.places(scope("gaelle"))
    assert found.sites == {"lille-concorde": "Concorde"}
    assert found.communes == {"59299": "Hem", "59599": "Tourcoing"}


def test_an_observer_cannot_narrow_a_figure_down(house: None) -> None:
    a_rehousing()
    assert indicators.places(scope("karim")) == indicators.Places({}, {}, {})
    assert len(rows("karim", Place(commune="59299"))) == 1


def test_who_lists_the_cases_behind_a_figure(house: None) -> None:
    case = a_transfer()
    assert [item.id for item in indicators.listed(scope("gaelle"), [case])] == [case]
    assert [item.place for item in indicators.listed(scope("amina"), [case])] == ["Tourcoing"]
    for who in ("ines", "karim", "lea", "chloe", "elise"):
        assert indicators.listed(scope(who), [case]) == ()


def test_the_version_moves_with_each_command(house: None) -> None:
    before = indicators.version()
    a_transfer()
    assert indicators.version() == before + 1
