"""What the administration page asks of the rules: the perimeter in force, and whether the journal holds."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from cases import journal
from cases.territory import CERTAINTIES, communes, default_perimeter
from db import rows
from db.engine import reading
from db.tables.territory import Perimeter


@dataclass(frozen=True, slots=True)
class Belonging:
    """A commune and its ICI on a day; `edited` when somebody decided it here. `coming`: a later change."""

    insee: str
    commune: str
    ici: str | None
    since: date | None
    edited: bool
    certainty: str
    coming: tuple[date, str] | None = None


def perimeter_on(day: date) -> tuple[Belonging, ...]:
    """Every commune in the order of the alphabet: what was decided here, else the territory's file."""
    table = rows.table_of(Perimeter)
    query = sa.select(table).order_by(table.c.valid_from, table.c.id)
    decided: dict[str, list[tuple[date, str]]] = {}
    with reading() as connection:
        for row in connection.execute(query).mappings():
            decided.setdefault(row["commune"], []).append((row["valid_from"], row["ici"]))
    shipped = {entry.insee: entry for entry in default_perimeter() if entry.valid_from <= day}
    found = []
    for place in sorted(communes(), key=lambda item: item.name):
        past = [change for change in decided.get(place.insee, []) if change[0] <= day]
        later = [change for change in decided.get(place.insee, []) if change[0] > day]
        entry = shipped.get(place.insee)
        since, ici = past[-1] if past else (entry.valid_from, entry.ici) if entry else (None, None)
        found.append(
            Belonging(
                insee=place.insee,
                commune=place.name,
                ici=ici,
                since=since,
                edited=bool(past),
                certainty="décidé ici" if past else CERTAINTIES[entry.certainty] if entry else "",
                coming=later[0] if later else None,
            )
        )
    return tuple(found)


def journal_check() -> tuple[int, journal.Fault | None]:
    """How many lines of the journal hold, and the first that does not."""
    with reading() as connection:
        return journal.verify(connection)
