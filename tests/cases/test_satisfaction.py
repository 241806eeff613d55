"""The RIME questionnaire in aggregate: what is shown, and what no reader can ever work out."""

from datetime import date

from cases.charter.context import Context
from cases.charter.satisfaction import Question, questions
from cases.territory import load_settings

CONTEXT = Context(load_settings(), date(2026, 11, 24))


def asked(**counts: dict[str, int]) -> dict[str, Question]:
    return {item.code: item for item in questions(counts, CONTEXT)}


def shown(question: Question) -> dict[str, int | None]:
    return {answer.label: answer.count for answer in question.answers}


def test_nobody_answered_or_too_few() -> None:
    assert asked() == {}
    found = asked(dwelling={"4": 3, "1": 1})["dwelling"]
    assert (found.total, found.answers) == (None, ())


def test_shares_of_those_who_answered() -> None:
    found = asked(supported={"True": 15, "False": 5})["supported"]
    assert found.total == 20
    assert [(answer.label, answer.percent) for answer in found.answers] == [("Oui", 75), ("Non", 25)]


def test_a_small_group_is_hidden_with_the_one_that_would_give_it_back() -> None:
    found = asked(dwelling={"4": 30, "3": 12, "2": 2})["dwelling"]
    assert found.total == 44
    assert shown(found) == {
        "Très satisfait": 30,
        "Satisfait": None,
        "Peu satisfait": None,
        "Pas satisfait": 0,
    }


def test_income_wants_larger_groups() -> None:
    found = asked(income_class={"under_600": 6, "to_1000": 12, "to_1500": 20})["income_class"]
    assert shown(found)["Moins de 600 €"] is None
    assert shown(found)["601 à 1 000 €"] is None
    assert shown(found)["1 001 à 1 500 €"] == 20
    assert asked(income_class={"to_1000": 10})["income_class"].total is None
