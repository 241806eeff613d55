"""The territory: its dated settings with source and certainty, its communes, landlords, sites and ICIs.

Nothing here knows the database: values entered in the administration page are passed in as `extra`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeAlias, TypeVar

from anyascii import anyascii

from cases.territories.records import (
    Clause,
    Commune,
    Ici,
    Landlord,
    MissingSetting,
    PerimeterEntry,
    Site,
    frozen,
    read_communes,
    tables,
)

__all__ = [
    "Clause",
    "Commune",
    "Ici",
    "Landlord",
    "MissingSetting",
    "PerimeterEntry",
    "Site",
]  # re-exported beside what is below

Value: TypeAlias = bool | int | float | str | tuple["Value", ...]
T = TypeVar("T")

CERTAINTIES: Mapping[str, str] = {
    "A": "établi (document de référence)",
    "B": "document ou site de la MEL",
    "C": "droit national",
    "D": "pratique d’un autre territoire ou presse",
    "E": "à valider",
    "unverified": "non vérifiable",
}
_KINDS = {
    bool: "oui ou non",
    int: "un nombre entier",
    float: "un nombre",
    str: "un texte",
    tuple: "une liste",
}


class UnknownSetting(LookupError):  # noqa: N818 -- says what happened; callers read it as a word
    """Asked for a setting that has no value on that day; the message is French and may be shown."""

    def __init__(self, key: str, on: date, why: str = "") -> None:
        self.key, self.on, self.why = key, on, why
        super().__init__(f"Le réglage « {key} » n’est pas renseigné au {on:%d/%m/%Y}. {why}".rstrip())


@dataclass(frozen=True, slots=True)
class Setting:
    """One value of one key from a day on."""

    key: str
    valid_from: date
    value: Value
    unit: str
    label: str
    source: str
    certainty: str

    def __post_init__(self) -> None:
        if self.certainty not in CERTAINTIES:
            raise ValueError(f"Certitude inconnue pour le réglage « {self.key} » : « {self.certainty} ».")
        object.__setattr__(self, "value", frozen(self.value))

    @property
    def certainty_label(self) -> str:
        return CERTAINTIES[self.certainty]

    @property
    def to_confirm(self) -> bool:
        """True when a result that rests on it must say so on screen."""
        return self.certainty in ("E", "unverified")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every version of every setting, oldest first, and what nobody has given."""

    versions: Mapping[str, tuple[Setting, ...]]
    missing: tuple[MissingSetting, ...]

    def history(self, key: str) -> tuple[Setting, ...]:
        return self.versions.get(key, ())

    def pattern(self, key: str) -> Setting | None:
        """What a new value must look like: the last one, else an example of what nobody has given yet."""
        awaited = next((item for item in self.missing if item.key == key and item.like is not None), None)
        if awaited is None:
            return self.history(key)[-1] if self.history(key) else None
        return Setting(key, date.min, awaited.like, awaited.unit, awaited.label, awaited.why, "C")

    def has(self, key: str, on: date) -> bool:
        return any(version.valid_from <= on for version in self.history(key))

    def setting(self, key: str, on: date) -> Setting:
        valid = [version for version in self.history(key) if version.valid_from <= on]
        if not valid:
            raise UnknownSetting(key, on, next((m.why for m in self.missing if m.key == key), ""))
        return valid[-1]

    def value(self, key: str, on: date) -> Value:
        return self.setting(key, on).value

    def all_on(self, on: date) -> tuple[Setting, ...]:
        """What is in force on a day, in the order of the file."""
        return tuple(self.setting(key, on) for key in self.versions if self.has(key, on))

    def int_on(self, key: str, on: date) -> int:
        return _expect(int, key, self.value(key, on))

    def float_on(self, key: str, on: date) -> float:
        return _expect(float, key, self.value(key, on))

    def bool_on(self, key: str, on: date) -> bool:
        return _expect(bool, key, self.value(key, on))

    def str_on(self, key: str, on: date) -> str:
        return _expect(str, key, self.value(key, on))

    def list_on(self, key: str, on: date) -> tuple[Value, ...]:
        return _expect(tuple, key, self.value(key, on))

    def ints_on(self, key: str, on: date) -> tuple[int, ...]:
        return tuple(_expect(int, key, item) for item in self.list_on(key, on))

    def floats_on(self, key: str, on: date) -> tuple[float, ...]:
        return tuple(_expect(float, key, item) for item in self.list_on(key, on))

    def strs_on(self, key: str, on: date) -> tuple[str, ...]:
        return tuple(_expect(str, key, item) for item in self.list_on(key, on))

    def rows_on(self, key: str, on: date) -> tuple[tuple[int, ...], ...]:
        """A small table of whole numbers, such as `need_typology`."""
        rows = (_expect(tuple, key, row) for row in self.list_on(key, on))
        return tuple(tuple(_expect(int, key, cell) for cell in row) for row in rows)


def _expect(kind: type[T], key: str, value: Any) -> T:
    given = float(value) if kind is float and type(value) is int else value
    if (isinstance(given, bool) and kind is not bool) or not isinstance(given, kind):
        raise TypeError(f"Le réglage « {key} » doit être {_KINDS[kind]} : {value!r} ne convient pas.")
    return given


def load_settings(extra: Iterable[Setting] = ()) -> Settings:
    """The settings of the file, then `extra` over them: on the same key and day the last given wins."""
    overrides = tuple(extra)
    return _merged(_from_file(), overrides) if overrides else _default_settings()


@cache
def _default_settings() -> Settings:
    return _merged(_from_file(), ())


@cache
def _from_file() -> tuple[Setting, ...]:
    return tuple(Setting(**row) for row in tables("mel.toml")["setting"])


def _merged(base: tuple[Setting, ...], overrides: tuple[Setting, ...]) -> Settings:
    by_day: dict[str, dict[date, Setting]] = {}
    for item in base + overrides:
        by_day.setdefault(item.key, {})[item.valid_from] = item
    versions = {key: tuple(days[day] for day in sorted(days)) for key, days in by_day.items()}
    missing = (MissingSetting(**row) for row in tables("mel.toml")["missing"])
    return Settings(versions, tuple(item for item in missing if item.key not in versions))


def communes() -> tuple[Commune, ...]:
    return read_communes()


def commune(insee: str) -> Commune:
    found = _communes_by_insee().get(insee)
    if found is None:
        raise LookupError(f"Aucune commune de la métropole ne porte le code INSEE « {insee} ».")
    return found


def commune_by_name(name: str) -> Commune | None:
    """Tolerant of case, accents, hyphens and apostrophes; None when the name is not of this territory."""
    return _communes_by_name().get(_plain(name))


def landlords() -> tuple[Landlord, ...]:
    return tuple(Landlord(**row) for row in tables("landlords.toml")["landlord"])


def present_landlord(code: str) -> Landlord:
    """The landlord that answers today for this code, following mergers."""
    by_code = {landlord.code: landlord for landlord in landlords()}
    if code not in by_code:
        raise LookupError(f"Bailleur inconnu : « {code} ».")
    landlord = by_code[code]
    return present_landlord(landlord.successor_code) if landlord.successor_code else landlord


def sites() -> tuple[Site, ...]:
    return tuple(Site(**row) for row in tables("sites.toml")["site"])


def icis() -> tuple[Ici, ...]:
    return tuple(Ici(**row) for row in tables("mel.toml")["ici"])


@cache
def default_perimeter() -> tuple[PerimeterEntry, ...]:
    """Commune → ICI as shipped (to be confirmed); the administration page dates its own changes."""
    named = {insee: ici for ici in icis() for insee in ici.communes}
    by_territory = {territory: ici for ici in icis() for territory in ici.territories}
    pairs = ((place, named.get(place.insee) or by_territory[place.territory]) for place in communes())
    return tuple(PerimeterEntry(place.insee, ici.code, ici.valid_from, ici.certainty) for place, ici in pairs)


def clauses() -> tuple[Clause, ...]:
    return tuple(Clause(**row) for row in tables("mel.toml")["clause"])


def _plain(name: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in anyascii(name).lower()).split()
    return " ".join("saint" if word == "st" else word for word in words)


@cache
def _communes_by_insee() -> dict[str, Commune]:
    return {place.insee: place for place in communes()}


@cache
def _communes_by_name() -> dict[str, Commune]:
    return {_plain(place.name): place for place in communes()}
