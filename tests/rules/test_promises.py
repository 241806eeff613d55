"""The three promises of the charter by hand: kept, broken, unverifiable, and the facts behind each."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from cases.labels import PROMISE_FACTS, PROMISES, VERDICTS
from cases.rules.comparison import Dwelt
from cases.rules.means import HousingBill
from cases.rules.promises import Judged, MeansRules, Place, Wishes, balance, means, residential_choice

UNREAD = MeansRules(
    limit_percent=Decimal(30),
    limit_read=False,
    limit_certainty="unverified",
    equal_surface=True,
    cost_read=False,
    cost_certainty="unverified",
    stable_percent=Decimal(5),
)
LIMIT_READ = replace(UNREAD, limit_read=True, limit_certainty="B")
COST_READ = replace(UNREAD, cost_read=True, cost_certainty="B")


def dwelt(rent: Any, charges: Any, aid: Any, surface: Any) -> Dwelt:
    amounts = [None if value is None else Decimal(value) for value in (rent, charges, aid, surface)]
    bill = HousingBill(rent=amounts[0], charges=amounts[1], housing_aid=amounts[2])
    return Dwelt(bill=bill, surface_m2=amounts[3])


BEFORE = dwelt(400, 60, 160, 60)  # 300 € for 60 m²
AFTER = dwelt(470, 80, 190, 75)  # 360 € for 75 m², that is 288 € for 60


@pytest.mark.parametrize(
    ("asked", "obtained", "verdict", "rank", "first"),
    [
        (["Lille", "Loos"], "Lille", "kept", 1, True),
        (["Lille", "Loos"], "Loos", "kept", 2, False),
        (["Lille", "Loos"], "Hem", "broken", None, False),
        ([], "Hem", "unverifiable", None, None),
        (["Lille"], None, "unverifiable", None, None),
    ],
)
def test_the_choice_is_compared_with_the_ranked_wishes(
    asked: list[str], obtained: str | None, verdict: str, rank: int | None, first: bool | None
) -> None:
    found = residential_choice(Wishes(asked=asked, offered=["Hem", "Hem", "Lille"], obtained=obtained))
    assert (found.verdict, found.inputs["rank"], found.inputs["first_wish"]) == (verdict, rank, first)
    assert found.inputs["offered"] == ["Hem", "Lille"]


def test_means_are_unverifiable_while_nobody_has_read_the_clause() -> None:
    found = means(BEFORE, AFTER, Decimal(1200), UNREAD)
    assert (found.verdict, found.certainty) == ("unverifiable", "unverified")
    assert "n’a pas été lue" in found.sentence
    assert found.inputs["cost_before"] == "300.00"
    assert found.inputs["cost_after"] == "360.00"
    assert found.inputs["surface_gain"] == "15"
    assert found.inputs["cost_at_equal_surface"] == "288.00"
    assert (found.inputs["effort_before"], found.inputs["effort_after"]) == ("25,0 %", "30,0 %")


@pytest.mark.parametrize(
    ("resources", "stated", "verdict"),
    [
        (1200, None, "kept"),  # 360 ÷ 1 200 = 30 %
        (1199, None, "kept"),  # 30,0 % once rounded
        (1190, None, "broken"),  # 30,3 %
        (None, "0.31", "broken"),  # written in the offer
        (None, None, "unverifiable"),
    ],
)
def test_the_effort_rate_is_judged_once_its_clause_is_read(
    resources: int | None, stated: str | None, verdict: str
) -> None:
    known = None if resources is None else Decimal(resources)
    effort = None if stated is None else Decimal(stated)
    found = means(BEFORE, AFTER, known, LIMIT_READ, stated_effort=effort)
    assert (found.verdict, found.inputs["limit"], found.certainty) == (verdict, "30 %", "B")


def test_the_net_cost_is_compared_for_an_equal_surface_or_as_it_is() -> None:
    assert means(BEFORE, AFTER, None, COST_READ).verdict == "kept"
    assert means(BEFORE, AFTER, None, replace(COST_READ, equal_surface=False)).verdict == "broken"
    assert means(BEFORE, dwelt(470, 80, 190, None), None, COST_READ).verdict == "unverifiable"
    assert means(BEFORE, AFTER, None, COST_READ, same_charges=False).verdict == "unverifiable"


def test_every_clause_that_was_read_must_hold() -> None:
    both = replace(LIMIT_READ, cost_read=True, cost_certainty="A")
    assert means(BEFORE, AFTER, Decimal(1200), both).verdict == "kept"
    assert means(BEFORE, AFTER, Decimal(1000), both).verdict == "broken"
    assert means(dwelt(400, 60, 160, 75), AFTER, Decimal(1200), both).verdict == "broken"


@pytest.mark.parametrize(("in_qpv", "verdict"), [(False, "kept"), (True, "broken"), (None, "unverifiable")])
def test_balance_is_our_reading_to_be_confirmed(in_qpv: bool | None, verdict: str) -> None:
    found = balance(Place(in_qpv=in_qpv, fragility=2))
    assert (found.verdict, found.certainty, found.inputs["fragility"]) == (verdict, "E", 2)


def test_every_word_that_is_stored_has_its_french() -> None:
    found: list[Judged] = [
        residential_choice(Wishes()), means(BEFORE, AFTER, None, LIMIT_READ), balance(Place()),
    ]  # fmt: skip
    assert {item.code for item in found} == set(PROMISES)
    assert {item.verdict for item in found} <= set(VERDICTS)
    assert {name for item in found for name in item.inputs} == set(PROMISE_FACTS)
    assert all(item.source and item.sentence.endswith(".") for item in found)
