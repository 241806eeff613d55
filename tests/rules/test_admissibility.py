"""The seven situations and what each asks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.admissibility import CRITERIA, EVIDENCE, WaitingFacts, missing_for, seniority_months

MONTHS = 60
UNKNOWN = WaitingFacts()


def codes(criteria: set[str], evidence: set[str], waiting: WaitingFacts = UNKNOWN) -> list[str]:
    return [reason.code for reason in missing_for(criteria, evidence, waiting, waiting_months=MONTHS)]


def test_there_are_seven_situations_each_with_known_evidence_and_source() -> None:
    assert len(CRITERIA) == 7
    for code, criterion in CRITERIA.items():
        assert code == criterion.code
        assert criterion.evidence
        assert set(criterion.evidence) <= set(EVIDENCE)
        assert criterion.source


@pytest.mark.parametrize("code", [code for code in CRITERIA if code != "waiting_time"])
def test_any_one_acceptable_document_is_enough(code: str) -> None:
    assert codes({code}, set()) == [f"evidence_missing_{code}"]
    for document in CRITERIA[code].evidence:
        assert codes({code}, {document}) == []


def test_violence_is_proved_by_a_complaint_or_a_protection_order() -> None:
    assert codes({"violence"}, {"medical_certificate"}) == ["evidence_missing_violence"]
    (reason,) = missing_for({"violence"}, (), waiting_months=MONTHS)
    assert "ordonnance de protection ou récépissé de dépôt de plainte" in reason.sentence
    assert reason.source == "service-public, fiche F10007"


def test_every_stated_situation_needs_its_own_evidence() -> None:
    assert codes({"violence", "economic"}, {"complaint"}) == ["evidence_missing_economic"]


def test_a_case_without_a_situation_is_told_to_choose_one() -> None:
    assert codes(set(), set(EVIDENCE)) == ["no_criterion"]
    assert codes({"noise"}, set(EVIDENCE)) == ["unknown_criterion"]


@pytest.mark.parametrize(
    ("seniority", "offers", "expected"),
    [
        (60, 0, []),
        (59, 0, ["seniority_too_short"]),
        (None, 0, ["seniority_missing"]),
        (60, None, ["suitable_offers_missing"]),
        (72, 1, ["suitable_offer_received"]),
    ],
)
def test_waiting_counts_from_the_threshold_without_a_suitable_offer(
    seniority: int | None, offers: int | None, expected: list[str]
) -> None:
    assert codes({"waiting_time"}, {"snr_certificate"}, WaitingFacts(seniority, offers)) == expected


def test_seniority_is_not_asked_of_the_other_situations() -> None:
    assert codes({"economic"}, {"rent_bill"}, WaitingFacts(1, 3)) == []


@pytest.mark.parametrize(
    ("requested_on", "today", "months"),
    [
        (date(2021, 3, 2), date(2026, 3, 1), 59),
        (date(2021, 3, 2), date(2026, 3, 2), 60),
        (date(2024, 8, 31), date(2025, 2, 28), 6),
        (date(2026, 3, 2), date(2026, 3, 1), 0),
        (date(2027, 3, 2), date(2026, 3, 1), 0),
    ],
)
def test_seniority_is_in_whole_months(requested_on: date, today: date, months: int) -> None:
    assert seniority_months(requested_on, today) == months


@given(st.sets(st.sampled_from(sorted(CRITERIA)), min_size=1), st.sets(st.sampled_from(sorted(EVIDENCE))))
def test_more_documents_never_add_a_reason(criteria: set[str], evidence: set[str]) -> None:
    assert (
        set(codes(criteria, set(EVIDENCE))) <= set(codes(criteria, evidence)) <= set(codes(criteria, set()))
    )
