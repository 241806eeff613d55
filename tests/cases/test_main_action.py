"""In each state of a record, the one action that carries it forward."""

import pytest

from cases.actions import actions_on
from cases.machines import MACHINES
from tests.builders import ACTORS, a_rehousing, a_transfer, instant
from tests.ici_builders import a_session, an_escalation

DAY = instant("2026-12-01")
TRANSFER = {
    "referred": "check_admissibility",
    "admissibility_check": "admit",
    "incomplete": "complete_information",
    "not_admissible": None,
    "admitted": "start_diagnosis",
    "diagnosis": "sign_diagnosis",
    "diagnosed": "validate_need",
    "need_validated": "start_search",
    "searching": "make_offer",
    "offer_pending": "accept_offer",
    "committee": "allocate",
    "allocated": "sign_lease",
    "lease_signed": "move_in",
    "moved_in": "start_follow_up",
    "follow_up": "record_follow_up",
    "closed": None,
}
REHOUSING = {
    "identified": "inform_household",
    "searching": "make_offer",
    "accepted": "inform_committee",
    "temporarily_housed": "return_home",
}


def main_of(about: str, key: str, who: str) -> str | None:
    found = [action.kind for action in actions_on(about, key, ACTORS[who], now=DAY) if action.main]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.usefixtures("sqlite_house")
@pytest.mark.parametrize("state", MACHINES["transfer"].states)
def test_the_main_action_of_a_transfer(state: str) -> None:
    done = a_transfer(at=state)
    assert main_of("case", done, "bruno") == TRANSFER[state]


@pytest.mark.usefixtures("sqlite_house")
@pytest.mark.parametrize("state", REHOUSING)
def test_the_main_action_of_a_rehousing(state: str) -> None:
    assert main_of("case", a_rehousing(at=state), "denis") == REHOUSING[state]


@pytest.mark.usefixtures("sqlite_house")
def test_without_the_evidence_a_complement_comes_first() -> None:
    case = a_transfer(at="admissibility_check", criteria=["health_disability"])
    assert main_of("case", case, "bruno") == "request_information"


@pytest.mark.usefixtures("sqlite_house")
@pytest.mark.parametrize("state", ["draft", "on_agenda"])
def test_the_main_action_at_the_ici(state: str) -> None:
    wanted = {"draft": "submit_escalation", "on_agenda": "decide"}
    assert main_of("escalation", an_escalation(at=state), "gaelle") == wanted[state]


@pytest.mark.usefixtures("sqlite_house")
def test_the_main_action_of_a_session_is_never_to_move_it() -> None:
    assert main_of("session", a_session(held_on="2028-09-15"), "gaelle") == "open_call"
    assert main_of("session", a_session("call_open", held_on="2029-09-18"), "gaelle") is None


def test_what_stands_aside_is_an_event_of_its_machine() -> None:
    for machine in MACHINES.values():
        assert machine.aside <= set(machine.events()), machine.name


@pytest.mark.usefixtures("sqlite_house")
def test_who_has_no_right_has_no_main_action() -> None:
    assert main_of("case", a_transfer(at="searching"), "elise") is None
