"""What the ICI desk asks of the rules without changing anything: who may raise what, and settings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from cases import access, journal
from cases.actor import Actor
from cases.commands.escalation import raising_obstacles
from cases.perimeter import ici_by_commune
from cases.reasons import Reason
from cases.step import settings_at
from cases.territory import Setting
from db import rows
from db.engine import reading
from db.tables.case import CaseFile


@dataclass(frozen=True, slots=True)
class Raising:
    """Whether an actor may raise a case, and to which ICI. `lacks`: what an exception makes up for."""

    ici: str
    obstacles: tuple[Reason, ...] = ()
    lacks: tuple[Reason, ...] = ()


def raising(case_ids: Iterable[str], actor: Actor, today: date) -> dict[str, Raising]:
    """For each known case, what stands between this actor and raising it."""
    found = {}
    table = rows.table_of(CaseFile)
    with reading() as connection:
        perimeter = ici_by_commune(connection, today)
        known = connection.execute(sa.select(table).where(table.c.id.in_(sorted(case_ids)))).mappings()
        for case in sorted((dict(row) for row in known), key=lambda row: str(row["id"])):
            hard = access.obstacles(connection, actor, "join_case", "case", case)
            hard += raising_obstacles(case, "exception")
            lacks = [] if hard else raising_obstacles(case, "")
            found[case["id"]] = Raising(perimeter.get(case["commune"], ""), tuple(hard), tuple(lacks))
    return found


def setting_on(key: str, today: date) -> Setting:
    """A setting in force, with what was decided here, its source and its certainty."""
    with reading() as connection:
        settings = settings_at(connection, journal.read_head(connection).settings_version)
    return settings.setting(key, today)
