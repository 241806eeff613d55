"""The order of a queue, explained."""

import json
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cases.rules.urgency import UrgencyFacts, urgency

TODAY = date(2026, 10, 10)
OPENED = date(2026, 3, 10)


def case(opened_on: date = OPENED, **facts: object) -> UrgencyFacts:
    return UrgencyFacts(opened_on=opened_on, **facts)  # type: ignore[arg-type]


def test_the_text_gives_the_facts_in_their_order() -> None:
    facts = case(danger=True, vacate_by=date(2026, 10, 22), escalation_limit_on=date(2027, 1, 16))
    assert urgency(facts, TODAY).text == (
        "1. danger · 2. quitter avant le 22/10 (J−12) · 3. délai ICI le 16/01/2027 (J−98) · "
        "4. ancienneté 214 jours"
    )


def test_a_fact_that_is_not_there_is_not_said() -> None:
    assert urgency(case(TODAY - timedelta(days=1)), TODAY).text == "1. ancienneté 1 jour"
    assert urgency(case(protected_urgent=True), TODAY).parts[0] == "dossier protégé urgent"


def test_a_passed_date_is_said_and_comes_first() -> None:
    late = urgency(case(vacate_by=date(2026, 10, 7)), TODAY)
    assert late.parts[0] == "quitter avant le 07/10 (J+3, dépassé)"
    assert late.sort_key < urgency(case(vacate_by=TODAY), TODAY).sort_key
    assert urgency(case(vacate_by=TODAY), TODAY).parts[0] == "quitter avant le 10/10 (aujourd’hui)"


def test_the_nearest_legal_date_leads() -> None:
    facts = case(
        vacate_by=date(2027, 1, 1),
        other_legal_on=date(2026, 10, 22),
        other_legal_label="fin du droit au maintien",
    )
    assert urgency(facts, TODAY).parts[0] == "fin du droit au maintien le 22/10 (J−12)"


def test_danger_then_legal_date_then_ici_then_age() -> None:
    ordered = [
        case(danger=True),
        case(vacate_by=date(2026, 10, 22)),
        case(vacate_by=date(2026, 12, 22), escalation_limit_on=TODAY),
        case(escalation_limit_on=date(2026, 11, 1)),
        case(date(2024, 1, 1)),
        case(date(2025, 1, 1)),
    ]
    keys = [urgency(facts, TODAY).sort_key for facts in ordered]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


DATES = st.none() | st.dates(date(2025, 1, 1), date(2028, 1, 1))
FACTS = st.builds(
    UrgencyFacts,
    opened_on=st.dates(date(2020, 1, 1), TODAY),
    danger=st.booleans(),
    protected_urgent=st.booleans(),
    vacate_by=DATES,
    other_legal_on=DATES,
    escalation_limit_on=DATES,
)


@given(FACTS, FACTS)
def test_nothing_goes_before_a_danger(one: UrgencyFacts, other: UrgencyFacts) -> None:
    endangered = one.danger or one.protected_urgent
    if endangered and not (other.danger or other.protected_urgent):
        assert urgency(one, TODAY).sort_key < urgency(other, TODAY).sort_key


@given(FACTS)
def test_every_case_has_a_key_of_whole_numbers_and_a_text(facts: UrgencyFacts) -> None:
    result = urgency(facts, TODAY)
    assert all(isinstance(part, int) for part in result.sort_key)
    assert "ancienneté" in result.text
    assert json.loads(json.dumps(result.as_json())) == result.as_json()
