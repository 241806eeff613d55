"""The promises and the questionnaire over a territory: who counts what, and who reads which case."""

from datetime import date

import pytest

from cases.access import scope_of
from db.queries.case_file import CaseView, case_file
from db.queries.indicators import Place
from db.queries.promises import Promises, promises, satisfaction
from tests.builders import FOLLOW_UP, PEOPLE, a_house, a_rehousing, an_operation, do
from tests.cases.examples import SURVEY_RIME

EVER = (None, date(2026, 12, 31))


@pytest.fixture
def two_rehoused(database: str) -> tuple[str, str]:
    """The second is protected: Farid and his lead are named; it wished to move again."""
    a_house()
    building = an_operation().building
    first, second = (a_rehousing("follow_up", building=building) for _ in range(2))
    do("record_derogation", first, "hugo", "2026-11-24", promise="means", reason="Surface doublée.",
       decided_on="2026-11-20")  # fmt: skip
    do("protect_case", second, "farid", "2026-11-01", readers=["denis"])
    typed = FOLLOW_UP | {"outcome": "new_difficulty", "signal_to": "ccapex", "wants_to_move": True}
    do("record_follow_up", second, "farid", "2026-11-04", **typed)
    do("record_satisfaction", second, "farid", "2026-12-01", **SURVEY_RIME)
    return first, second


def read(who: str, **chosen: str) -> Promises:
    return promises(scope_of(PEOPLE[who]), Place(), *EVER, **chosen)


def test_everything_is_counted_and_only_what_may_be_opened_is_listed(two_rehoused: tuple[str, str]) -> None:
    first, second = two_rehoused
    for who, listed, told in (
        ("farid", [first, second], True),
        ("gaelle", [first], False),
        ("ines", [], False),
    ):
        found = read(who)
        assert found.words["means"] == {"unverifiable": 2}
        assert found.words["residential_choice"] == {"kept": 2}
        assert found.set_aside == {"means": 1}
        assert [item.id for item in found.cases] == listed, who
        assert all(bool(item.sentences) is told for item in found.cases)
    assert [item.id for item in read("farid", code="means", verdict="kept").cases] == []
    assert read("farid").cases[0].derogations == {"means"}
    assert not promises(scope_of(PEOPLE["farid"]), Place(), None, date(2026, 5, 3)).words
    assert not read("amina").words


def test_the_case_page_reads_what_followed_the_move(two_rehoused: tuple[str, str]) -> None:
    first, second = two_rehoused
    again = do("refer_again", second, "farid", "2026-11-05", criteria=["economic"]).created["case"]
    view = case_file(scope_of(PEOPLE["farid"]), second)
    assert isinstance(view, CaseView)
    assert view.after.again == again
    assert [(item.told, item.answer) for item in view.after.signals] == [("ccapex", "waiting")]
    assert view.after.surveys == {6: date(2026, 12, 1)}
    assert view.follow_ups[0].relays_missing == []
    common = case_file(scope_of(PEOPLE["gaelle"]), first)
    assert isinstance(common, CaseView)
    means = next(item for item in common.after.promises if item.code == "means")
    assert (means.verdict, means.sentence, means.inputs) == ("unverifiable", None, None)
    assert [(item.author, item.reason) for item in means.derogations] == [("Hugo", None)]


def test_answers_are_counted_over_the_period(two_rehoused: tuple[str, str]) -> None:
    counts = satisfaction(scope_of(PEOPLE["karim"]), Place(), *EVER)
    assert counts["dwelling"] == {"4": 1}
    assert counts["supported_at_move"] == {"False": 1}
    assert counts["works"] == {}
    assert satisfaction(scope_of(PEOPLE["karim"]), Place(), None, date(2026, 11, 30))["dwelling"] == {}
