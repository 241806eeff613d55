"""A command arrives: its handler, whether it was done before, the day of the fact, the record it targets."""

from datetime import datetime

import orjson
from sqlalchemy import Connection

from cases import journal
from cases.actor import Actor
from cases.clock import day_in_paris
from cases.command import Command, Outcome
from cases.reasons import refuse
from cases.registry import COMMANDS, Handler
from cases.sound_input import possible_year
from cases.step import TABLES, Step, settings_at


def same_answer(command: Command, actor: Actor, earlier: journal.Earlier) -> Outcome:
    """The answer again to who asks the same again; never to somebody else, or about another record."""
    done = orjson.loads(earlier.answer)
    about = COMMANDS[earlier.type].about if earlier.type in COMMANDS else None
    same_record = about is None or command.target == done["reference"]
    if (earlier.type, earlier.actor) != (command.type, actor.id) or not same_record:
        raise refuse(
            "command.id_reused",
            f"L’identifiant « {command.id} » a déjà servi à une autre action : changez-le.",
        )
    return Outcome(status="already_done", **done)


def handler_of(command: Command) -> Handler:
    if command.type not in COMMANDS:
        raise refuse(
            "command.unknown", f"L’action « {command.type[:60]} » n’existe pas : vérifiez le champ « type »."
        )
    return COMMANDS[command.type]


def open_step(  # noqa: PLR0917  # private, each named like its type
    connection: Connection,
    command: Command,
    now: datetime,
    actor: Actor,
    head: journal.Head,
    handler: Handler,
) -> Step:
    today = day_in_paris(now)
    if command.actor is not None and command.actor != actor.id:
        raise refuse(
            "actor.other",
            f"Vous êtes connecté comme « {actor.id} » : vous ne pouvez pas agir pour « {command.actor} ».",
        )
    occurred_on = command.occurred_on or today
    if occurred_on > today:
        raise refuse(
            "date.future", f"La date du fait ({occurred_on:%d/%m/%Y}) est dans l’avenir : corrigez-la."
        )
    if not possible_year(occurred_on):
        raise refuse(
            "date.impossible",
            f"La date du fait (année {occurred_on.year:04d}) n’est pas possible : corrigez-la.",
        )
    settings = settings_at(connection, head.settings_version)
    step = Step(connection, now, today, occurred_on, actor, command.id, settings, head_digest=head.digest)
    if handler.about is not None:
        _load_subject(step, handler.about, command)
    return step


def _load_subject(step: Step, about: str, command: Command) -> None:
    row = step.get(TABLES[about], id=command.target or "")
    if row is None:
        raise refuse(
            "record.unknown",
            f"« {command.target or ''} » est introuvable : vérifiez la référence dans le champ « target ».",
        )
    step.about, step.subject = about, row
    step.before = {"state": row.get("state")}
    step.case_id = row["id"] if about == "case" else None
    step.touch(about, row["id"])
