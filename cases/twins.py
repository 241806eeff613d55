"""Cases that are probably about the same household, and what of them may be told to whom.

A protected case is never told to who is not named on it, not even that it exists: they would learn from the
answer that a person they name is protected. Its named readers are told instead, when the referral is saved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from cases.rules.duplicates import Adult, Identity, Likeness, likeness, swapped
from cases.rules.snr_number import compact
from cases.search_name import alike_keys, search_name
from cases.step import Step, settings_now
from db import rows
from db.engine import reading
from db.queries.duplicates import ADULTS as ADULT_LINKS
from db.queries.duplicates import (
    HeldCase,
    Looked,
    MergeLinks,
    adults_of,
    cases_of,
    households_like,
    known_numbers,
    merge_links,
    numbers_of,
)
from db.rows import Row
from db.scope import Scope
from db.tables.case import CaseFile, NamedReader

KEY = "duplicate_name_similarity"
NOBODY = Scope(account_id="", role="", body_id="", reach="none")


@dataclass(frozen=True, slots=True)
class Twin:
    """A probable duplicate. For who does not reach it, only its number and the service to ask are filled."""

    id: str
    service: str
    strength: str
    name: str | None = None
    kind: str | None = None
    state: str | None = None
    referred_on: date | None = None
    closed_on: date | None = None
    signals: tuple[str, ...] = ()

    @property
    def readable(self) -> bool:
        return self.name is not None


def identity_of(members: Iterable[Mapping[str, Any]], numbers: Iterable[str | None]) -> Identity:
    """From rows or from what is being typed: incomplete people are left out."""
    adults = tuple(
        Adult(search_name(f"{one['last_name']} {one['first_name']}"), _day(one["born_on"]))
        for one in members
        if one.get("link", "holder") in ADULT_LINKS
        and all(one.get(name) for name in ("last_name", "first_name", "born_on"))
    )
    return Identity(frozenset(compact(number) for number in numbers if number), adults)


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def twins_of_referral(scope: Scope, identity: Identity, *, today: date) -> tuple[Twin, ...]:
    """Before a referral is saved: the cases that look like it, the most alike first."""
    with reading() as connection:
        found = _alike(connection, scope, identity, settings_now(connection).int_on(KEY, today))
    return tuple(_told(held, alike) for held, alike in found if held.opens)


@dataclass(frozen=True, slots=True)
class Resemblances:
    """Of one case: its probable duplicates, its merges, every unique number that its household bore."""

    twins: tuple[Twin, ...]
    merges: MergeLinks
    numbers: tuple[tuple[str, date | None], ...]


def resemblances(scope: Scope, case_id: str, *, today: date) -> Resemblances:
    """For who may open the case. Open cases that look like it, the other half of a split left out."""
    with reading() as connection:
        row = rows.get(connection, CaseFile, id=case_id)
        merges, numbers = merge_links(connection, case_id), known_numbers(connection, case_id)
        if row is None or row["closed_on"] is not None:
            return Resemblances((), merges, numbers)
        close = settings_now(connection).int_on(KEY, today)
        found = _alike_case(connection, scope, row, close)
    twins = (_told(held, alike) for held, alike in found if held.opens and held.closed_on is None)
    return Resemblances(tuple(twins), merges, numbers)


def tell_readers_of_twins(step: Step) -> None:
    """The named readers of protected cases that look like the one just opened: they alone are told."""
    case = step.subject
    close = step.settings.int_on(KEY, step.today)
    found = _alike_case(step.connection, NOBODY, case, close, protected=True)
    for held, _ in found:
        if held.protected:
            readers = rows.find(step.connection, NamedReader, case_id=held.id)
            step.tell_each(
                (reader["account_id"] for reader in readers),
                "news",
                f"Le signalement {case['id']} ressemble au dossier {held.id} : vérifiez s’il s’agit "
                "du même ménage, puis fusionnez-les ou demandez-en la lecture.",
                held.id,
            )


def _alike_case(
    connection: Connection, scope: Scope, case: Row, close: int, *, protected: bool = False
) -> list[tuple[HeldCase, Likeness]]:
    """The cases that look like this one, the other half of a split left out."""
    household_id, family = case["household_id"], {case["id"], case["parent_id"]}
    identity = identities(connection, [household_id])[household_id]
    return [
        (held, alike)
        for held, alike in _alike(connection, scope, identity, close, protected=protected)
        if held.id not in family and held.parent_id != case["id"] and held.household_id != household_id
    ]


def _alike(
    connection: Connection, scope: Scope, identity: Identity, close: int, *, protected: bool = False
) -> list[tuple[HeldCase, Likeness]]:
    """Every case whose household is probably this one, best first; `protected`: only of these households."""
    looked = [
        Looked(one.born_on, swapped(one.born_on), alike_keys(one.name, one.born_on))
        for one in identity.adults
    ]
    households = households_like(connection, identity.numbers, looked, protected=protected)
    if not households:
        return []
    known = identities(connection, households)
    judged = {key: likeness(identity, held, name_similarity=close).value for key, held in known.items()}
    probable = {key: alike for key, alike in judged.items() if alike is not None and alike.probable}
    if not probable:
        return []
    found = [(held, probable[held.household_id]) for held in cases_of(connection, scope, probable)]
    return sorted(found, key=lambda pair: -pair[1].score)


def identities(connection: Connection, households: Iterable[str]) -> dict[str, Identity]:
    wanted = list(households)
    people: dict[str, list[Row]] = {key: [] for key in wanted}
    numbers: dict[str, list[str]] = {key: [] for key in wanted}
    for row in adults_of(connection, wanted):
        people[row["household_id"]].append(row)
    for row in numbers_of(connection, wanted):
        numbers[row["household_id"]].append(row["number"])
    return {key: identity_of(people[key], numbers[key]) for key in wanted}


def _told(held: HeldCase, alike: Likeness) -> Twin:
    if not held.reachable:
        return Twin(held.id, held.service, alike.strength)
    return Twin(
        id=held.id,
        service=held.service,
        strength=alike.strength,
        name=held.name,
        kind=held.kind,
        state=held.state,
        referred_on=held.referred_on,
        closed_on=held.closed_on,
        signals=alike.signals,
    )
