"""What the case page offers is what the door does; what it shows grey is refused for the same reasons."""

import pytest

from cases.actions import Action, actions_on
from cases.machines import MACHINES
from tests.builders import ACTORS, a_rehousing, a_transfer, ask, instant
from tests.cases.examples import EXAMPLES
from tests.ici_builders import a_session, an_escalation

DAY = instant("2026-12-01")
pytestmark = pytest.mark.usefixtures("sqlite_house")


def offered(about: str, key: str, who: str) -> dict[str, Action]:
    actions = actions_on(about, key, ACTORS[who], now=DAY)
    assert len({action.kind for action in actions}) == len(actions), "an action is offered twice"
    return {action.kind: action for action in actions}


@pytest.mark.parametrize("state", MACHINES["transfer"].states)
def test_an_arrow_offered_on_a_transfer_is_one_that_the_door_opens(state: str) -> None:
    reference = a_transfer(at=state)
    arrows = [action for action in offered("case", reference, "bruno").values() if action.on_path]
    assert {action.kind for action in arrows} <= {
        event for at, event in MACHINES["transfer"].arrows if at == state
    }
    for action in arrows:
        if action.possible:
            case = a_transfer(at=state)
            assert ask(action.kind, case, "bruno", "2026-12-01", **EXAMPLES[action.kind](case)).done, (
                action.kind
            )
        else:
            outcome = ask(action.kind, reference, "bruno", "2026-12-01", **EXAMPLES[action.kind](reference))
            assert set(action.reasons) <= set(outcome.reasons), action.kind


def test_admission_is_grey_while_evidence_is_missing() -> None:
    reference = a_transfer(at="admissibility_check", criteria=["health_disability"])
    assert [reason.code for reason in offered("case", reference, "bruno")["admit"].reasons] == [
        "case.evidence_missing"
    ]
    refused = {reason.code for reason in ask("admit", reference, "bruno", "2026-12-01").reasons}
    assert refused == {"case.evidence_missing", "evidence_missing_health_disability"}


def test_who_may_not_act_is_told_so_in_grey() -> None:
    reference = a_rehousing(at="searching")
    reasons = {action.reasons for action in offered("case", reference, "elise").values()}
    assert {reason.code for found in reasons for reason in found} >= {"access.scope"}


def test_each_action_once_on_an_escalation_and_a_session() -> None:
    item = an_escalation(at="decided")
    assert "record_execution" in offered("escalation", item, "gaelle")
    assert "move_session" in offered("session", a_session(held_on="2028-09-15"), "gaelle")
    assert actions_on("case", "M-99-00000", ACTORS["amina"], now=DAY) == ()
