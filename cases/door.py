"""The door: the one way to change a case. `execute()` does all of a command in one transaction, or none of
it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import orjson
from pydantic import ValidationError
from sqlalchemy import Connection

from cases import access, deadlines, journal
from cases.actor import Actor, Role
from cases.arrival import handler_of, open_step, same_answer
from cases.command import Command, Outcome
from cases.conflict import Conflict, what_changed
from cases.input_errors import reasons_of
from cases.labels import COMMANDS as LABELS
from cases.lifecycle import facts_for, machine_of
from cases.reasons import Reason, Refused, refuse
from cases.registry import Handler
from cases.step import TABLES, Step, legal_on
from cases.territory import UnknownSetting
from cases.undoable import UNDOABLE
from db import rows
from db.engine import transaction


def execute(command: Command, *, now: datetime, actor: Actor) -> Outcome:
    """Carry out one command. Never raises for what a person can cause: a refusal comes back with every
    reason."""
    try:
        with transaction() as connection:
            return _perform(connection, command, now, actor)
    except (Refused, UnknownSetting, Conflict) as stop:
        return _stopped(command, stop)


def _stopped(command: Command, stop: Exception) -> Outcome:
    if isinstance(stop, Conflict):
        return Outcome("conflict", reference=command.target, reasons=(stop.reason,))
    if isinstance(stop, Refused):
        return Outcome("refused", reference=command.target, reasons=stop.reasons)
    return Outcome("refused", reference=command.target, reasons=(Reason("setting.unknown", str(stop)),))


Act = tuple[Command, datetime, Actor]


def execute_batch(acts: Iterable[Act], into: list[Outcome] | None = None) -> list[Outcome]:
    """Several (command, now, actor) in one durable commit, each whole or not at all (a savepoint each).

    `acts` is consumed as it goes and answers are appended to `into`: a generator may look at the earlier
    ones.
    """
    outcomes = [] if into is None else into
    with transaction() as connection:
        for command, now, actor in acts:
            outcomes.append(_perform_in_savepoint(connection, command, now, actor))
    return outcomes


def _perform_in_savepoint(connection: Connection, command: Command, now: datetime, actor: Actor) -> Outcome:
    try:
        with connection.begin_nested():
            return _perform(connection, command, now, actor)
    except (Refused, UnknownSetting, Conflict) as stop:
        return _stopped(command, stop)


def _perform(
    connection: Connection, command: Command, now: datetime, actor: Actor, approved_by: str | None = None
) -> Outcome:
    """`approved_by`: the second person, when this command waited for one."""
    head = journal.lock_head(connection)
    earlier = journal.earlier_answer(connection, command.id)
    if earlier is not None:
        return same_answer(command, actor, earlier)
    handler = handler_of(command)
    if not access.may_ever(actor, handler.name):
        raise Refused(access.role_obstacles(actor, handler.name))
    step = open_step(connection, command, now, actor, head, handler)
    _refuse_unless_allowed(step, handler, command)
    data = _validated(handler, command)
    _refuse_if_changed(step, command)
    step.approved_by = approved_by
    _refuse_alone(step, handler)
    target_state = _life_cycle(step, handler, data)
    step.log.kept = handler.name in UNDOABLE
    handler.apply(step, data)
    if handler.about and target_state and "state" not in step.changes:
        step.set(state=target_state)
    moved = step.about == "case" and step.subject["state"] != step.before["state"]
    if moved and "stage_since" not in step.changes:
        step.set(stage_since=step.occurred_on)
    outcome = _record(step, head, handler, command)
    for following, who in step.then:
        outcome = _perform(connection, following, now, who, approved_by=actor.id)
    return outcome


def _refuse_alone(step: Step, handler: Handler) -> None:
    """The settings may ask that two people agree (`four_eyes_commands`)."""
    alone = step.approved_by is None and step.actor.role is not Role.SYSTEM
    if alone and handler.about == "case" and handler.name in step.setting("four_eyes_commands"):
        raise refuse(
            "approval.needed",
            f"« {LABELS[handler.name]} » demande l’accord d’une seconde personne : "
            "demandez-le par « Demander un accord ».",
            "Réglage four_eyes_commands",
        )


def _refuse_if_changed(step: Step, command: Command) -> None:
    """Asked after the permission: what happened to a case is told only to who may act on it."""
    seen = command.seen_version
    if step.about is not None and seen is not None and seen != step.subject["version"]:
        raise Conflict(what_changed(step, seen))


def _validated(handler: Handler, command: Command) -> Any:
    try:
        return handler.data.model_validate(command.data)
    except ValidationError as error:
        raise Refused(reasons_of(error, handler.data)) from None


def _refuse_unless_allowed(step: Step, handler: Handler, command: Command) -> None:
    reasons = access.obstacles(step.connection, step.actor, handler.name, step.about, step.subject)
    if reasons:
        raise Refused(reasons)
    asks_open = handler.needs_open and not handler.moves
    if step.about == "case" and asks_open and step.subject["closed_on"] is not None:
        raise refuse("case.closed", f"Le dossier {command.target} est clos : rouvrez-le avant d’agir.")


def _life_cycle(step: Step, handler: Handler, data: Any) -> str | None:
    """The state to reach (None beside the path). Machine and command refuse together: every reason at
    once."""
    reasons: list[Reason] = []
    target = None
    if handler.moves and step.about is not None:
        extra = handler.facts(step, data) if handler.facts else {}
        facts = facts_for(step, extra)
        decision = machine_of(step.about, step.subject).decide(step.subject["state"], handler.name, facts)
        target, reasons = decision.target, list(decision.reasons)
    if handler.check is not None:
        reasons += _checked(handler.check(step, data))
    if reasons:
        raise Refused(dict.fromkeys(reasons))
    return target


def _checked(reasons: Iterable[Reason]) -> list[Reason]:
    """Every reason of a check, also when it stops at an unknown reference: nothing said before is lost."""
    found: list[Reason] = []
    try:
        found.extend(reasons)
    except Refused as refusal:
        found.extend(refusal.reasons)
    return found


UNTOLD = {"version", "touched_at", "legal_on"}  # follow from the rest: no change that a person made


def _keep_subject(step: Step) -> None:
    """Write what was set on the targeted record: this command has read it, its former values are known."""
    if step.about is None or not step.changes:
        return
    model, key = TABLES[step.about], step.subject["id"]
    if not step.opened:  # what this command has inserted goes with its row
        step.log.changed(rows.table_of(model), key, {name: step.before[name] for name in step.changes})
    rows.update(step.connection, model, {"id": key}, **step.changes)


def _record(step: Step, head: journal.Head, handler: Handler, command: Command) -> Outcome:
    if handler.about is not None:
        step.set(version=step.subject["version"] + 1)
        if step.about == "case":
            step.set(touched_at=step.now)
    if step.about == "case" and step.subject["legal_on"] != legal_on(step.subject):
        step.set(legal_on=legal_on(step.subject))
    _keep_subject(step)
    deadlines.reconcile(step)
    reference = step.subject.get("id") or command.target
    answer = {
        "reference": reference,
        "state": step.subject.get("state"),
        "version": step.subject.get("version"),
        "created": step.created,
    }
    after = {name: value for name, value in step.changes.items() if name not in UNTOLD}
    line = journal.Line(
        command_id=command.id,
        recorded_at=step.now,
        occurred_on=step.occurred_on,
        actor=step.actor.id,
        type=handler.name,
        subject=f"{step.about or 'record'}:{reference}",
        case_id=step.case_id,
        details={
            "data": {name: value for name, value in command.data.items() if name not in handler.secrets},
            "before": {name: step.before.get(name) for name in after},
            "after": after,
            "created": step.created,
            "cases": (cases := step.cases_changed()),
            **({"undo": step.log.lines} if step.log.kept else {}),
            **({"approved_by": step.approved_by} if step.approved_by else {}),
        },
        cases=cases,
        answer=orjson.dumps(answer, default=str).decode(),
    )
    new_head = journal.append(
        step.connection, journal.bump_settings(head) if step.settings_changed else head, line
    )
    step.flush_notices(new_head.number)
    return Outcome(status="accepted", **orjson.loads(line.answer))
