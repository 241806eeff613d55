"""Through the door: every (state, command about a case). What is allowed moves, all else is refused whole."""

from collections.abc import Callable

import pytest

from cases.actor import Role
from cases.commands import Outcome
from cases.machines import MACHINES
from cases.registry import COMMANDS
from cases.rights import RIGHTS
from tests.builders import ask
from tests.cases.alone import a_case_alone
from tests.cases.examples import EXAMPLES
from tests.records import case, digest

ABOUT_CASES = [handler for handler in COMMANDS.values() if handler.about == "case"]
DAY = "2026-12-01"

# An arrow exists, yet this case of the builders lacks a fact: the code of the refusal.
LACKS = {
    ("transfer", "follow_up", "close_case"): "case.follow_up_missing",
    ("rehousing", "follow_up", "close_case"): "case.follow_up_missing",
    ("rehousing", "accepted", "allocate"): "case.committee_only_informed",
    ("rehousing", "accepted", "not_allocate"): "case.committee_only_informed",
    ("rehousing", "accepted", "rank_candidate"): "case.committee_only_informed",
    ("rehousing", "accepted", "award_next_rank"): "case.no_rank",
    ("transfer", "committee", "award_next_rank"): "case.no_rank",
    ("transfer", "committee", "inform_committee"): "case.committee_decides",
    ("rehousing", "allocated", "fail_condition"): "case.no_condition",
    ("transfer", "allocated", "fail_condition"): "case.no_condition",
}
# Beside the path: what a case fresh from the builders has no object for.
NO_OBJECT = {
    **dict.fromkeys(("change_obstacle", "settle_obstacle"), "obstacle.not_open"),
    **dict.fromkeys(("extend_support", "end_support", "hand_over_support"), "support.not_running"),
    "submit_to_technical": "record.unknown",
    "withdraw_from_technical": "technical.no_item",
    "finish_last_act": "act.none",
    "answer_grouped_solution": "grouped.none",
    "annul_cost": "cost.none",
    "answer_attempt": "record.unknown",
    "note_silence": "attempt.no_silence",
    "close_blockage": "blockage.not_open",
    "confirm_signal": "signal.not_waiting",
    "validate_third_refusal": "offer.no_third",
    "record_visit": "visit.none",
    "annul_refusal": "offer.unknown",
    "end_search_pause": "search.not_paused",
    "notify_right_to_stay": "right.not_validated",
    "lift_condition": "committee.no_condition",
    "take_case": "owner.already",
    "accept_handover": "handover.none",
    "refuse_handover": "handover.none",
    "change_note_readers": "note.not_yours",
    "extend_suspension": "suspension.none",
    "resume_case": "suspension.none",
    "undo_last_step": "undo.other",
    "answer_opinion": "opinion.none",
    "ask_approval": "approval.not_needed",
    "approve_command": "approval.none",
    "refuse_approval": "approval.none",
    "remove_document": "document.none",
    "merge_cases": "merge.same",
    "undo_merge": "merge.none",
    "erase_case": "erase.too_early",
}
ENDED = {"closed", "not_admissible"}
UNDIAGNOSED = {
    "referred", "admissibility_check", "incomplete", "admitted", "diagnosis", "identified", "informed",
}  # fmt: skip
# Beside the path, yet about something that this kind or state does not have.
UNFIT: dict[str, tuple[str, Callable[[str, str], bool]]] = {
    "erase_case": ("erase.open", lambda kind, state: state not in ENDED),
    "keep_case": ("keep.open", lambda kind, state: state not in ENDED),
    "plan_last_act": ("act.rehousing_only", lambda kind, state: kind == "transfer"),
    "record_receipt": ("offer.none", lambda kind, state: state != "offer_pending"),
    "plan_visit": ("offer.none", lambda kind, state: state != "offer_pending"),
    "record_visit": ("offer.none", lambda kind, state: state != "offer_pending"),
    "record_derogation": ("promise.rehousing_only", lambda kind, state: kind == "transfer"),
    "renew_diagnosis": ("diagnosis.none", lambda kind, state: state in UNDIAGNOSED),
    "record_diagnosis_step": ("diagnosis.none", lambda kind, state: state in UNDIAGNOSED),
}


def expected_refusal(kind: str, state: str, name: str) -> str | None:
    """The code that must be among the reasons; None when the command must be accepted."""
    if COMMANDS[name].moves:
        if (state, name) not in MACHINES[kind].arrows:
            return "state.misplaced"
        return LACKS.get((kind, state, name))
    if state in ENDED and COMMANDS[name].needs_open:
        return "case.closed"
    code, unfit = UNFIT.get(name, ("", None))
    return code if unfit is not None and unfit(kind, state) else NO_OBJECT.get(name)


def attempt(kind: str, reference: str, name: str) -> Outcome:
    """By the lead of the service, or by the landlord's where only a landlord may."""
    who = "bruno" if kind == "transfer" and Role.SOCIAL_WORKER in RIGHTS[name] else "denis"
    return ask(name, reference, who, DAY, **EXAMPLES[name](reference))


EVERY_STATE = [(kind, state) for kind in ("transfer", "rehousing") for state in MACHINES[kind].states]


@pytest.mark.usefixtures("sqlite_database")
@pytest.mark.parametrize(("kind", "state"), EVERY_STATE)
def test_every_command_in_every_state(kind: str, state: str) -> None:
    try_all(kind, state, [handler.name for handler in ABOUT_CASES])


@pytest.mark.usefixtures("postgresql_database")
@pytest.mark.parametrize("kind", ["transfer", "rehousing"])
def test_a_sample_on_postgresql(kind: str) -> None:
    for rank, state in enumerate(MACHINES[kind].states):
        try_all(kind, state, [handler.name for handler in ABOUT_CASES][rank % 23 :: 23])


def try_all(kind: str, state: str, names: list[str]) -> None:
    """First what is refused, on one case that nothing touches; then what is accepted, each on its own."""
    refused = [name for name in names if expected_refusal(kind, state, name)]
    reference = a_case_alone(kind, state)
    before = digest()
    for name in refused:
        assert_refused(kind, state, name, attempt(kind, reference, name))
    assert digest() == before, ("a refusal wrote something", refused)
    for name in (name for name in names if name not in refused):
        reference = a_case_alone(kind, state)
        assert_accepted(kind, state, name, attempt(kind, reference, name), reference)


def assert_accepted(kind: str, state: str, name: str, outcome: Outcome, reference: str) -> None:
    assert outcome.status == "accepted", (state, name, outcome.message)
    assert outcome.state == case(reference)["state"]
    assert_moved(kind, state, name, str(outcome.state))


def assert_refused(kind: str, state: str, name: str, outcome: Outcome) -> None:
    assert outcome.status == "refused", (state, name)
    code = expected_refusal(kind, state, name)
    assert code in {reason.code for reason in outcome.reasons}, (state, name, outcome.reasons)
    assert all(reason.sentence.endswith(".") for reason in outcome.reasons)


def assert_moved(kind: str, state: str, name: str, reached: str) -> None:
    """Where an arrow leads, or where the case was when the command stands beside the path."""
    if COMMANDS[name].moves:
        assert reached in {arrow.target for arrow in MACHINES[kind].arrows[state, name]}, (state, name)
    else:
        assert reached == state, (state, name)


def test_every_command_about_a_case_has_its_example() -> None:
    assert set(EXAMPLES) == {handler.name for handler in ABOUT_CASES}
