"""The allocation commission: decisions of R.441-3 a to e, ranks, the suspensive condition, both modes."""

from datetime import date
from typing import Any

import pytest

from cases.commands import Outcome, execute
from db.rows import Row
from db.tables.clock import Deadline
from db.tables.offer import CommitteeDecision, Offer
from tests.builders import PEOPLE, a_command, a_rehousing, a_transfer, ask, do, instant
from tests.records import case, every

D = date
BOTH, SQLITE = pytest.mark.usefixtures("house"), pytest.mark.usefixtures("sqlite_house")
SUSPENSIVE: dict[str, Any] = {
    "decision": "allocation_suspensive",
    "condition": "Avis d’imposition 2025",
    "condition_due_on": "2026-04-30",
    "candidates": 3,
}


def decisions(reference: str) -> list[Row]:
    return every(CommitteeDecision, case_id=reference)


def due(reference: str) -> dict[str, date]:
    return {line["kind"]: line["due_on"] for line in every(Deadline, case_id=reference, closed_at=None)}


def codes(outcome: Outcome) -> list[str]:
    assert outcome.status == "refused", outcome
    return [reason.code for reason in outcome.reasons]


@BOTH
def test_a_condition_lifted_in_time_binds_the_landlord() -> None:
    reference = a_transfer("committee")
    lacking = ask("allocate", reference, "amina", "2026-04-16", decision="allocation_suspensive")
    assert codes(lacking) == ["field.condition", "field.condition_due_on"]
    do("allocate", reference, "amina", "2026-04-16", **SUSPENSIVE)
    assert due(reference)["committee_condition"] == D(2026, 4, 30)
    unsigned = ask("sign_lease", reference, "amina", "2026-04-20", signed_on="2026-04-20")
    assert codes(unsigned) == ["case.condition_open"]
    running = ask("fail_condition", reference, "amina", "2026-04-30", reason="Rien reçu.")
    assert codes(running) == ["committee.condition_running"]
    late = ask("lift_condition", reference, "amina", "2026-05-02", received_on="2026-05-01")
    assert codes(late) == ["committee.condition_late"]
    do("lift_condition", reference, "amina", "2026-05-02", received_on="2026-04-30")
    (decision,) = decisions(reference)
    assert (decision["outcome"], decision["settled_on"]) == ("lifted", D(2026, 4, 30))
    assert "committee_condition" not in due(reference)
    do("sign_lease", reference, "amina", "2026-05-04", signed_on="2026-05-04")


@SQLITE
def test_a_condition_that_falls_sends_the_case_back_to_the_search() -> None:
    reference = a_transfer("committee")
    do("allocate", reference, "amina", "2026-04-16", **SUSPENSIVE)
    do("fail_condition", reference, "amina", "2026-05-01", reason="Avis d’imposition non remis.")
    assert case(reference)["state"] == "searching"
    assert [line["outcome"] for line in decisions(reference)] == ["fallen"]
    assert [offer["state"] for offer in every(Offer, case_id=reference)] == ["not_allocated"]
    assert "committee_condition" not in due(reference)


@SQLITE
def test_a_rank_behind_others_gets_the_dwelling_when_they_refuse() -> None:
    reference = a_transfer("committee")
    second = ask("allocate", reference, "amina", "2026-04-16", decision="allocation_ranked", rank=2)
    assert codes(second) == ["committee.not_first"]
    few = ask("rank_candidate", reference, "amina", "2026-04-16", rank=2, candidates=2)
    assert codes(few) == ["field.few_candidates"]
    do("rank_candidate", reference, "amina", "2026-04-16", rank=2, candidates=2, few_candidates="too_few")
    assert (case(reference)["state"], case(reference)["committee_rank"]) == ("committee", 2)
    do("award_next_rank", reference, "amina", "2026-04-28", refused_on="2026-04-27")
    assert (case(reference)["state"], case(reference)["committee_rank"]) == ("allocated", None)
    assert [(line["rank"], line["outcome"]) for line in decisions(reference)] == [(2, "awarded")]


@SQLITE
def test_a_rank_that_leads_nowhere_ends_with_a_non_allocation() -> None:
    reference = a_transfer("committee")
    do("rank_candidate", reference, "amina", "2026-04-16", rank=3, candidates=4)
    unmotivated = ask("not_allocate", reference, "amina", "2026-04-28")
    assert codes(unmotivated) == ["field.reasons"]
    do("not_allocate", reference, "amina", "2026-04-28", reasons=["better_candidate"], rank=3)
    first, last = decisions(reference)
    assert (first["outcome"], last["decision"], last["reasons"]) == (
        "ended",
        "not_allocated",
        ["better_candidate"],
    )
    assert (case(reference)["state"], case(reference)["committee_rank"]) == ("searching", None)


@SQLITE
def test_an_annulled_allocation_leaves_no_condition_behind() -> None:
    reference = a_transfer("committee")
    do("allocate", reference, "amina", "2026-04-16", **SUSPENSIVE)
    do("annul_offer", reference, "amina", "2026-04-20", reason="Logement retiré.")
    assert case(reference)["condition_due_on"] is None
    assert [line["outcome"] for line in decisions(reference)] == ["ended"]


@SQLITE
def test_a_rehousing_is_decided_by_the_commission_only_where_the_setting_says_so() -> None:
    informed = a_rehousing("accepted")
    assert codes(ask("rank_candidate", informed, "farid", "2026-04-16", rank=2)) == [
        "case.committee_only_informed"
    ]
    data = {
        "key": "caleol_mode_rehousing",
        "valid_from": "2026-01-01",
        "value": "decide",
        "source": "Accord.",
    }
    do("change_setting", None, "lea", "2026-04-16", **data)
    assert codes(ask("inform_committee", informed, "farid", "2026-04-17", informed_on="2026-04-17")) == [
        "case.committee_decides"
    ]
    do("rank_candidate", informed, "farid", "2026-04-17", rank=2, candidates=3)
    do("award_next_rank", informed, "farid", "2026-04-20", refused_on="2026-04-20")
    assert case(informed)["state"] == "allocated"


@SQLITE
def test_a_transfer_follows_the_mode_in_force_on_the_day_of_its_commission() -> None:
    told = a_transfer("committee")
    typed = {"informed_on": "2026-04-20"}
    assert codes(ask("inform_committee", told, "amina", "2026-04-20", **typed)) == ["case.committee_decides"]
    few = ask("allocate", told, "amina", "2026-04-20", candidates=2)
    assert [reason.sentence for reason in few.reasons] == [
        "Candidats examinés : moins de 3 ; dites lequel des cas prévus le permet."
    ]
    change = {"key": "caleol_mode_transfer", "value": "inform", "source": "Accord."}
    do("change_setting", None, "lea", "2026-04-20", valid_from="2026-04-18", **change)
    assert codes(ask("not_allocate", told, "amina", "2026-04-20", reasons=["arrears"])) == [
        "case.committee_only_informed"
    ]
    earlier = a_command("inform_committee", told, informed_on="2026-04-16")
    before = earlier.model_copy(update={"occurred_on": D(2026, 4, 16)})
    assert codes(execute(before, now=instant("2026-04-20"), actor=PEOPLE["amina"])) == [
        "case.committee_decides"
    ]
    do("inform_committee", told, "amina", "2026-04-20", **typed)
    assert case(told)["state"] == "allocated"
    assert [(line["mode"], line["decision"]) for line in decisions(told)] == [("inform", "informed")]
