"""What the territory is made of, as plain records, and the reading of the data files beside this module.

Everybody else imports from `cases.territory`.
"""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the rehousing charter: "established", or "unverified" when nobody has read it."""

    code: str
    title: str
    text: str
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Commune:
    insee: str
    name: str
    population: int
    postcodes: tuple[str, ...]
    territory: str
    npru: bool


@dataclass(frozen=True, slots=True)
class Landlord:
    """A social landlord; `successor_code` names the one it became, `merged_on` the day if it was read."""

    code: str
    name: str
    short_name: str
    source: str
    certainty: str
    successor_code: str | None = None
    merged_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """A site of the NPRU; `interest` is "national", "regional" or "unverified"."""

    code: str
    name: str
    insee: str
    phase: int
    interest: str
    interest_source: str
    interest_certainty: str
    landlords: tuple[str, ...]
    landlords_source: str
    landlords_certainty: str
    source: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Ici:
    """One of the three ICIs; a commune named in `communes` belongs to it whatever its territory."""

    code: str
    name: str
    territories: tuple[str, ...]
    communes: tuple[str, ...]
    valid_from: date
    source: str
    certainty: str


@dataclass(frozen=True, slots=True)
class MissingSetting:
    """A value that nobody has given: nothing is computed from it, and the screen says why.

    `like`: an example of its kind, when it may be entered on screen; never used as a value.
    """

    key: str
    label: str
    why: str
    unit: str = ""
    like: Any = None


@dataclass(frozen=True, slots=True)
class PerimeterEntry:
    """A commune belongs to one ICI from a day on."""

    insee: str
    ici: str
    valid_from: date
    certainty: str


def frozen(value: Any) -> Any:
    """Lists become tuples, all the way down: what is cached cannot be changed by a caller."""
    return tuple(frozen(item) for item in value) if isinstance(value, list | tuple) else value


@cache
def tables(file_name: str) -> dict[str, tuple[dict[str, Any], ...]]:
    """The arrays of tables of a TOML file."""
    data = tomllib.loads(_text(file_name))
    arrays = {name: rows for name, rows in data.items() if isinstance(rows, list)}
    return {
        name: tuple({k: frozen(v) for k, v in row.items()} for row in rows) for name, rows in arrays.items()
    }


@cache
def read_communes() -> tuple[Commune, ...]:
    return tuple(
        Commune(
            insee=row["insee"],
            name=row["nom"],
            population=int(row["population"]),
            postcodes=tuple(row["codes_postaux"].split()),
            territory=row["territory_provisional_E"],
            npru=row["npru_site_commune_B"] == "1",
        )
        for row in csv.DictReader(_text("communes_mel.csv").splitlines())
    )


def _text(file_name: str) -> str:
    return files(__package__).joinpath(file_name).read_text(encoding="utf-8")
