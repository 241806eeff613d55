"""Every (state, event) pair of the five machines: what we decide is what python-statemachine does."""

from functools import lru_cache
from typing import Any

import pytest
from statemachine.exceptions import TransitionNotAllowed

from cases.commands import execute  # noqa: F401  # registers every command
from cases.labels import COURSE_EVENTS, EVENTS
from cases.machines import MACHINES, Machine
from cases.machines.base import GUARDS
from cases.registry import COMMANDS
from tests.machines.facts import DECIDED_BY, holds, situations

EVERY = pytest.mark.parametrize("machine", list(MACHINES.values()), ids=list(MACHINES))
PAIRS = [
    pytest.param(machine, state, id=f"{machine.name}-{state}")
    for machine in MACHINES.values()
    for state in machine.states
]


@lru_cache(maxsize=1)
def standing(name: str, state: str) -> Any:
    """The library's own machine; a refusal leaves it where it stands."""
    return MACHINES[name].declared(start_value=state)


def by_the_library(machine: Machine, state: str, event: str, facts: Any) -> str | None:
    """The state that the library itself reaches, or None when it refuses."""
    instance = standing(machine.name, state)
    try:
        instance.send(event, facts=facts)
    except TransitionNotAllowed:
        assert list(instance.configuration_values) == [state]
        return None
    standing.cache_clear()
    return str(next(iter(instance.configuration_values)))


@pytest.mark.parametrize(("machine", "state"), PAIRS)
def test_every_event_does_what_the_library_does(machine: Machine, state: str) -> None:
    for event in [*machine.events(), "no_such_event"]:
        for facts in situations(machine, state, event):
            decided = machine.decide(state, event, facts).target
            assert decided == by_the_library(machine, state, event, facts), (event, facts)


@pytest.mark.parametrize(("machine", "state"), PAIRS)
def test_a_refusal_gives_every_unmet_condition(machine: Machine, state: str) -> None:
    for event in machine.events():
        for facts in situations(machine, state, event):
            decision = machine.decide(state, event, facts)
            assert bool(decision.reasons) is (decision.target is None)
            if decision.target is None:
                found = {reason.code for reason in decision.reasons}
                assert found == expected_codes(machine, state, event, facts), (event, facts)
                assert all(sentence_is_whole(reason) for reason in decision.reasons)


def expected_codes(machine: Machine, state: str, event: str, facts: Any) -> set[str]:
    arrows = machine.arrows.get((state, event))
    if not arrows:
        return {"state.misplaced"}
    lacks = [{GUARDS[g][0].code for g in arrow.guards if not holds(g, facts)} for arrow in arrows]
    return set().union(*(some for some in lacks if not any(other < some for other in lacks)))


def sentence_is_whole(reason: Any) -> bool:
    text = reason.sentence
    return bool(reason.source) and text.endswith(".") and (text[0].isupper() or text[0] == "«")


def test_nothing_to_say_when_the_other_branch_is_nearer() -> None:
    """An empty escalation filed in time is told that it is empty, not that it is in time."""
    facts = next(f for f in situations(MACHINES["escalation"], "draft", "submit_escalation") if f.on_time)
    empty = type(facts)(on_time=True, case_count=0)
    decision = MACHINES["escalation"].decide("draft", "submit_escalation", empty)
    assert [reason.code for reason in decision.reasons] == ["ici.no_case"]


def test_a_misplaced_event_says_where_it_is_possible() -> None:
    (reason,) = MACHINES["transfer"].decide("referred", "sign_lease", None).reasons
    assert reason.sentence == (
        "« Enregistrer la signature du bail » n’est pas possible à l’étape « Signalé » ; "
        "il faut d’abord en être à : Logement attribué."
    )


@EVERY
def test_every_state_is_reached(machine: Machine) -> None:
    reached, edge = {machine.initial}, [machine.initial]
    while edge:
        state = edge.pop()
        targets = {
            arrow.target
            for (origin, _), arrows in machine.arrows.items()
            if origin == state
            for arrow in arrows
        }
        edge += targets - reached
        reached |= targets
    assert reached == set(machine.states)


@EVERY
def test_every_state_and_event_has_a_french_name(machine: Machine) -> None:
    for code, name in machine.states.items():
        assert name
        assert name != code.replace("_", " ").capitalize(), f"{code} has the name that the library makes up"
    assert set(machine.events()) <= set(EVENTS)
    assert len(set(machine.states.values())) == len(machine.states), "two states bear one name"


@EVERY
def test_every_event_is_a_command(machine: Machine) -> None:
    beside = set(COURSE_EVENTS) if machine.name in {"ici_course", "escalation"} else set()
    assert set(machine.events()) - beside <= set(COMMANDS)


def test_every_guard_has_its_example() -> None:
    used = {g for m in MACHINES.values() for arrows in m.arrows.values() for a in arrows for g in a.guards}
    assert used == set(GUARDS) == set(DECIDED_BY)


@EVERY
def test_the_way_out_of_a_final_state_is_closed(machine: Machine) -> None:
    assert not [pair for pair in machine.arrows if pair[0] in machine.finals]
