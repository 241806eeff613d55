"""What an actor may do now on a record, and why not the rest: the machine's own arrows, asked with the same
guards."""

from dataclasses import dataclass, replace
from datetime import datetime

from cases import access, journal
from cases.actor import Actor
from cases.clock import day_in_paris
from cases.labels import COMMANDS as LABELS
from cases.lifecycle import facts_for, machine_of
from cases.reasons import Reason
from cases.registry import COMMANDS, Handler
from cases.step import TABLES, Step, settings_at
from db import rows
from db.engine import reading
from db.rows import Row

MOVING = frozenset({"case", "escalation", "session"})


@dataclass(frozen=True, slots=True)
class Action:
    """One command: possible when `reasons` is empty. `on_path` tells the arrows from what stands beside the
    path; `main` is what carries the record forward now (at most one of a record)."""

    kind: str
    label: str
    on_path: bool
    reasons: tuple[Reason, ...] = ()
    main: bool = False

    @property
    def possible(self) -> bool:
        return not self.reasons


def actions_on(about: str, key: str, actor: Actor, *, now: datetime) -> tuple[Action, ...]:
    """Every command this role has on the record: first the arrows from its state, then what is beside the
    path."""
    with reading() as connection:
        row = rows.get(connection, TABLES[about], id=key)
        if row is None:
            return ()
        settings = settings_at(connection, journal.read_head(connection).settings_version)
        today = day_in_paris(now)
        step = Step(connection, now, today, today, actor, "", settings, about=about, subject=row)
        found = [_action(step, COMMANDS[name]) for name in _names(step, about)]
    return _with_main(found, about, row)


def _with_main(found: list[Action], about: str, row: Row) -> tuple[Action, ...]:
    """The main one is the first possible arrow in the machine's order that it does not set aside."""
    aside = machine_of(about, row).aside if about in MOVING else frozenset()
    forward = (action for action in found if action.on_path and action.possible and action.kind not in aside)
    main = next(forward, None) if about in MOVING else None
    return tuple(replace(action, main=action is main) for action in found)


def _names(step: Step, about: str) -> list[str]:
    """Arrows of the state in the machine's order, then the commands beside the path."""
    arrows: list[str] = []
    if about in MOVING:
        machine = machine_of(about, step.subject)
        arrows = [event for state, event in machine.arrows if state == step.subject["state"]]
    beside = [handler.name for handler in COMMANDS.values() if handler.about == about and not handler.moves]
    names = dict.fromkeys([*arrows, *beside])  # `record_execution` is both
    return [name for name in names if name in COMMANDS and access.may_ever(step.actor, name)]


def _action(step: Step, handler: Handler) -> Action:
    reasons = access.obstacles(step.connection, step.actor, handler.name, handler.about, step.subject)
    if handler.moves and not reasons and handler.about is not None:
        decision = machine_of(handler.about, step.subject).decide(
            step.subject["state"], handler.name, facts_for(step, {})
        )
        reasons = list(decision.reasons)
    if not handler.moves and handler.needs_open and step.subject.get("closed_on") is not None:
        reasons.append(Reason("case.closed", "Le dossier est clos : rouvrez-le avant d’agir."))
    return Action(handler.name, LABELS[handler.name], handler.moves, tuple(reasons))
