"""Is the dwelling too small or too large? The legal surface and the rooms index, always shown together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

from cases.rules.finding import Certainty, Finding, missing_facts

LEGAL_SURFACE_SOURCE = "CCH, art. R.822-25"
UNDER_OCCUPATION_SOURCE = "CCH, art. L.621-2"
ROOMS_INDEX_SOURCE = "Degré de peuplement, norme INSEE (règle locale)"
NEED_SOURCE = "Typologie usuelle selon la composition du ménage (règle locale)"

# R.822-25: 9 m² for one person, 16 for two, 9 more for each further one, 70 for eight or more.
LEGAL_MINIMUM_M2: tuple[int, ...] = (9, 16, 25, 34, 43, 52, 61, 70)
# L.621-2: under-occupied when there are more habitable rooms than persons plus one.
ROOMS_ABOVE_PERSONS = 1
# INSEE norm: a single person has a room of their own from 19; under 7, boys and girls share.
OWN_ROOM_AGE = 19
SHARING_AGE = 7

Typology = tuple[int, int]
# Landlords differ: callers pass their own table. Key: persons besides the couple or the single adult.
DEFAULT_TYPOLOGY: Mapping[int, Typology] = MappingProxyType(
    {1: (3, 3), 2: (3, 4), 3: (4, 4), 4: (5, 5), 5: (5, 6)}
)


@dataclass(frozen=True, slots=True)
class Occupant:
    """A person who will live there. `sex` may stay unknown; `in_couple` when the partner lives there too."""

    age: int
    sex: Literal["F", "M"] | None = None
    in_couple: bool = False


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Both indexes side by side: only the legal surface opens DALO-type rights.

    `rooms_index` is rooms minus the norm (negative: rooms lacking); `over_occupied_by_surface`,
    `manifest_by_rooms` (as many rooms lacking as the local rule says) and `under_occupied` are booleans.
    """

    over_occupied_by_surface: Finding[bool]
    rooms_index: Finding[int]
    manifest_by_rooms: Finding[bool]
    under_occupied: Finding[bool]

    def as_json(self) -> dict[str, Any]:
        """Plain dict, one entry for each finding."""
        return {
            "over_occupied_by_surface": self.over_occupied_by_surface.as_json(),
            "rooms_index": self.rooms_index.as_json(),
            "manifest_by_rooms": self.manifest_by_rooms.as_json(),
            "under_occupied": self.under_occupied.as_json(),
        }


def legal_minimum_m2(persons: int) -> Decimal:
    """Habitable surface in m² under which a dwelling is over-occupied (CCH R.822-25).

    Raises ValueError for fewer than one person.
    """
    if persons < 1:
        raise ValueError("a household has at least one person")
    return Decimal(LEGAL_MINIMUM_M2[min(persons, len(LEGAL_MINIMUM_M2)) - 1])


def rooms_norm(occupants: Sequence[Occupant]) -> int:
    """Rooms the INSEE norm gives: a living room, one per couple, one per single adult, children two by two.

    Two children share when they have the same sex or are both under 7. A child whose sex is not stated
    is taken as able to share, so the norm is the lowest possible and never exaggerates the lack.
    """
    paired = sum(person.in_couple for person in occupants) // 2
    # A lone "in couple" flag is someone whose partner lives elsewhere: they count as single.
    odd = [person for person in occupants if person.in_couple][2 * paired :]
    singles = [person for person in occupants if not person.in_couple] + odd
    adults = sum(person.age >= OWN_ROOM_AGE for person in singles)
    return 1 + paired + adults + _children_rooms([person for person in singles if person.age < OWN_ROOM_AGE])


def _children_rooms(children: Sequence[Occupant]) -> int:
    """Pairs, and one room more when a boy and a girl are left over and nobody can sit across."""
    girls = [child.age for child in children if child.sex == "F"]
    boys = [child.age for child in children if child.sex == "M"]
    anyone_sharing = len(girls) + len(boys) < len(children)
    young_of_both = bool(girls and boys) and max(min(girls), min(boys)) < SHARING_AGE
    left_apart = len(girls) % 2 == 1 and len(boys) % 2 == 1 and not anyone_sharing and not young_of_both
    return (len(children) + 1) // 2 + left_apart


def _facts(occupants: Sequence[Occupant], **others: object) -> dict[str, object]:
    return {"persons": len(occupants) or None, **others}


_SENTENCES = {
    "persons": "La composition du ménage n’est pas renseignée : ajoutez les personnes du ménage.",
    "surface_m2": "La surface habitable n’est pas renseignée : indiquez-la en m² dans le logement actuel.",
    "rooms": "Le nombre de pièces n’est pas renseigné : indiquez-le, cuisine non comprise.",
}


def _unknown(facts: Mapping[str, object], source: str, certainty: Certainty) -> Finding[Any]:
    reasons = missing_facts(facts, {name: text for name, text in _SENTENCES.items() if name in facts})
    return Finding(None, facts, source, certainty, reasons)


def over_occupied_by_surface(occupants: Sequence[Occupant], surface_m2: Decimal | None) -> Finding[bool]:
    """True when the habitable surface is under the legal minimum of the household (CCH R.822-25)."""
    facts = _facts(occupants, surface_m2=surface_m2)
    if surface_m2 is None or not occupants:
        return _unknown(facts, LEGAL_SURFACE_SOURCE, "C")
    minimum = legal_minimum_m2(len(occupants))
    return Finding(surface_m2 < minimum, {**facts, "legal_minimum_m2": minimum}, LEGAL_SURFACE_SOURCE, "C")


def rooms_index(occupants: Sequence[Occupant], rooms: int | None) -> Finding[int]:
    """Habitable rooms (kitchen excluded) minus the INSEE norm: -2 says two rooms are lacking."""
    facts = _facts(occupants, rooms=rooms)
    if rooms is None or not occupants:
        return _unknown(facts, ROOMS_INDEX_SOURCE, "E")
    norm = rooms_norm(occupants)
    unknown = sum(person.sex is None and person.age < OWN_ROOM_AGE for person in occupants)
    note = (
        f"Sexe non renseigné pour {unknown} enfant(s) : le partage d’une chambre est supposé possible."
        if unknown
        else ""
    )
    return Finding(rooms - norm, {**facts, "rooms_norm": norm}, ROOMS_INDEX_SOURCE, "E", note=note)


def under_occupied(occupants: Sequence[Occupant], rooms: int | None) -> Finding[bool]:
    """True when there are more habitable rooms (kitchen excluded) than persons plus one (CCH L.621-2)."""
    facts = _facts(occupants, rooms=rooms)
    if rooms is None or not occupants:
        return _unknown(facts, UNDER_OCCUPATION_SOURCE, "C")
    return Finding(rooms > len(occupants) + ROOMS_ABOVE_PERSONS, facts, UNDER_OCCUPATION_SOURCE, "C")


def occupancy(
    occupants: Sequence[Occupant], rooms: int | None, surface_m2: Decimal | None, *, manifest_lack: int
) -> Occupancy:
    """Every index of the dwelling. `manifest_lack`: rooms lacking from which it is "manifeste" locally."""
    index = rooms_index(occupants, rooms)
    manifest: Finding[bool] = Finding(
        None if index.value is None else index.value <= -manifest_lack,
        {**index.inputs, "rooms_index": index.value, "manifest_lack": manifest_lack},
        index.source,
        index.certainty,
        index.missing,
        index.note,
    )
    return Occupancy(
        over_occupied_by_surface(occupants, surface_m2),
        index,
        manifest,
        under_occupied(occupants, rooms),
    )


def need_typology_default(
    persons: int, couple: bool, table: Mapping[int, Typology] = DEFAULT_TYPOLOGY
) -> Finding[Typology]:
    """Smallest and largest typology usually needed: (2, 3) is "T2 or T3". A default (E) a person validates.

    `table` gives it by number of persons besides the couple (or the single adult); above its last
    entry, the last one applies. Raises ValueError for fewer than one person, or a couple of fewer than two.
    """
    others = persons - (2 if couple else 1)
    if others < 0:
        raise ValueError("more adults than persons")
    inputs: dict[str, object] = {"persons": persons, "couple": couple}
    return Finding(_typology(others, couple, table), inputs, NEED_SOURCE, "E")


def _typology(others: int, couple: bool, table: Mapping[int, Typology]) -> Typology:
    if others == 0:
        return (2, 3) if couple else (1, 2)
    if others == 1 and not couple:
        return (2, 3)
    return table[min(others, max(table))]
