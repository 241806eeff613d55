"""Strict machines: declared with python-statemachine, compiled once to a table, decided as a pure function.

The library stops at the first unmet guard and gives no reason; reading its own declaration lets a refusal
name
every unmet condition at once. The library stays the definition, the diagram and the oracle of the generated
test (docs/decisions/0003).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from statemachine import StateMachine

from cases.reasons import Reason

Test = Callable[[Any], bool]
Guards = dict[str, tuple[Reason, Test]]
GUARDS: Guards = {}


def guard(code: str, sentence: str, source: str = "") -> Callable[[Test], Test]:
    """Register a named condition with the sentence that tells a person what is missing.

    The decorated function takes one parameter named `facts` (the library injects it by that name).
    """

    def register(test: Test) -> Test:
        GUARDS[test.__name__] = (Reason(code, sentence, source), test)
        return test

    return register


@dataclass(frozen=True, slots=True)
class Decision:
    """What an event would do: its `target` state, or every reason why not."""

    event: str
    target: str | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """One declared transition: where it leads and the names of its guards."""

    target: str
    guards: tuple[str, ...]


@dataclass(frozen=True)
class Machine:
    """A compiled machine. `name` is the kind of record it moves; state names are French.

    In each state the first declared arrow is the way on; those `aside` (exits, steps back) never are.
    """

    name: str
    title: str
    declared: type[StateMachine]
    initial: str
    states: dict[str, str]
    finals: frozenset[str]
    aside: frozenset[str] = frozenset()
    arrows: dict[tuple[str, str], list[Arrow]] = field(default_factory=dict)

    def events(self) -> list[str]:
        return list(dict.fromkeys(event for _, event in self.arrows))

    def decide(self, state: str, event: str, facts: Any) -> Decision:
        """The first arrow whose guards all hold, else every unmet guard of the arrows nearest to it."""
        unmet: list[dict[Reason, None]] = []
        for arrow in self.arrows.get((state, event), ()):
            missing = {GUARDS[name][0]: None for name in arrow.guards if not GUARDS[name][1](facts)}
            if not missing:
                return Decision(event, arrow.target)
            unmet.append(missing)
        if not unmet:
            return Decision(event, None, (self._misplaced(state, event),))
        return Decision(event, None, _nearest(unmet))

    def possible(self, state: str, facts: Any) -> list[Decision]:
        """Every event that exists from `state`: those that would move, and those that would not with
        reasons."""
        return [self.decide(state, event, facts) for origin, event in self.arrows if origin == state]

    def _misplaced(self, state: str, event: str) -> Reason:
        from cases.labels import EVENTS  # noqa: PLC0415  # labels read the machines' state names

        origins = [self.states[origin] for origin, name in self.arrows if name == event]
        where = f" ; il faut d’abord en être à : {', '.join(origins)}" if origins else ""
        action = EVENTS.get(event, event)
        return Reason(
            "state.misplaced",
            f"« {action} » n’est pas possible à l’étape « {self.states[state]} »{where}.",
            "Cycle de vie",
        )


def _nearest(unmet: list[dict[Reason, None]]) -> tuple[Reason, ...]:
    """An arrow that lacks what another lacks and more says nothing useful: « la remontée est à l’heure »."""
    near = [lacks for lacks in unmet if not any(other.keys() < lacks.keys() for other in unmet)]
    return tuple(dict.fromkeys(reason for lacks in near for reason in lacks))


def stays(state: Any, cond: Any = None) -> Any:
    """An arrow that records something without leaving the state (the library leaves `itself` untyped)."""
    return state.to.itself(internal=True, cond=cond)


def compile_machine(
    name: str, title: str, declared: type[StateMachine], *, aside: Iterable[str] = ()
) -> Machine:
    """Read the library's definition once."""
    states = {value: state.name for value, state in declared.states_map.items()}
    finals = frozenset(value for value, state in declared.states_map.items() if state.final)
    machine = Machine(name, title, declared, declared.initial_state.value, states, finals, frozenset(aside))
    for value, state in declared.states_map.items():
        for transition in state.transitions:
            arrow = Arrow(_target(transition), tuple(_names(transition.cond)))
            for event in transition.event.split():
                machine.arrows.setdefault((value, event), []).append(arrow)
    return machine


def _target(transition: Any) -> str:
    return str(transition.target.value)


def _names(conditions: Iterable[Any]) -> Iterable[str]:
    for condition in conditions:
        name = condition.attr_name
        if name not in GUARDS or not condition.expected_value:
            raise ValueError(f"{name}: every condition is a registered guard, stated positively")
        yield name
