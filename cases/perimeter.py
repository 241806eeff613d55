"""Which ICI a commune belongs to on a day: the dated table when somebody edited it, else the territory's
file."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection

from cases.reasons import refuse
from cases.territory import default_perimeter
from db import direct, rows
from db.tables.territory import Perimeter

_PERIMETER = rows.table_of(Perimeter)
_EDITED = (
    sa.select(_PERIMETER.c.ici)
    .where(_PERIMETER.c.commune == sa.bindparam("place"), _PERIMETER.c.valid_from <= sa.bindparam("day"))
    .order_by(_PERIMETER.c.valid_from.desc(), _PERIMETER.c.id.desc())
    .limit(1)
)


def ici_of(connection: Connection, commune: str, on: date) -> str:
    """The code of the ICI ("A", "B"…). Refuses when the commune belongs to none that day."""
    edited = direct.fetch(connection, _EDITED, {"place": commune, "day": on})
    if edited:
        return str(edited[0]["ici"])
    for entry in default_perimeter():
        if entry.insee == commune and entry.valid_from <= on:
            return entry.ici
    raise refuse(
        "perimeter.none",
        "Cette commune n’est rattachée à aucune ICI : complétez le périmètre.",
        "Périmètre des ICI",
    )


def ici_by_commune(connection: Connection, on: date) -> dict[str, str]:
    """Every commune that belongs to an ICI on that day → its code."""
    found = {entry.insee: entry.ici for entry in default_perimeter() if entry.valid_from <= on}
    table = rows.table_of(Perimeter)
    edited = (
        sa.select(table.c.commune, table.c.ici)
        .where(table.c.valid_from <= on)
        .order_by(table.c.valid_from, table.c.id)
    )
    return found | {str(row.commune): str(row.ici) for row in connection.execute(edited)}
