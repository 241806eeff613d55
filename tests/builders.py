"""Cases, operations, sessions and escalations in any state, reached by real commands at literal dates.

`a_transfer(at="searching")` gives a reference. `do(...)` must be accepted, `ask(...)` may be refused.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import count
from typing import Any

from cases.actor import SYSTEM, Actor, Role
from cases.clock import PARIS
from cases.commands import Command, Outcome, execute, execute_batch
from cases.reference import load_reference
from tests.databases import built_once, prepared

BODIES = {
    "ccas-tourcoing": "ccas",
    "ccas-roubaix": "ccas",
    "lmh": "landlord",
    "vilogia": "landlord",
    "ddtm": "state",
    "secours": "association",
}


def _person(name: str, role: Role, body: str, kind: str, lead: bool = False) -> Actor:
    return Actor(id=name, name=name.capitalize(), role=role, body_id=body, body_kind=kind, is_lead=lead)


# Amina holds, Bruno leads her, Chloé works elsewhere; Denis leads Farid, Élise is of another landlord.
PEOPLE: dict[str, Actor] = {
    actor.id: actor
    for actor in (
        _person("amina", Role.SOCIAL_WORKER, "ccas-tourcoing", "ccas"),
        _person("bruno", Role.SOCIAL_WORKER, "ccas-tourcoing", "ccas", lead=True),
        _person("chloe", Role.SOCIAL_WORKER, "ccas-roubaix", "ccas"),
        _person("denis", Role.REHOUSING_OFFICER, "lmh", "landlord", lead=True),
        _person("farid", Role.REHOUSING_OFFICER, "lmh", "landlord"),
        _person("elise", Role.REHOUSING_OFFICER, "vilogia", "landlord", lead=True),
        _person("milo", Role.RECEIVING_LANDLORD, "vilogia", "landlord"),
        _person("gaelle", Role.ICI_SECRETARIAT, "mel", "mel"),
        _person("hugo", Role.CO_PILOT, "ddtm", "state"),
        _person("ines", Role.CHAIR, "mel", "mel"),
        _person("jules", Role.PARTNER, "secours", "association"),
        _person("karim", Role.OBSERVER, "mel", "mel"),
        _person("lea", Role.ADMINISTRATOR, "mel", "mel"),
    )
}
ACTORS = PEOPLE | {"system": SYSTEM}
_IDS = count(1)


def instant(on: str) -> datetime:
    """A day at nine o'clock in Paris, or the instant that is spelled out."""
    return (
        datetime.fromisoformat(on) if "T" in on else datetime.combine(date.fromisoformat(on), time(9), PARIS)
    )


def a_command(kind: str, target: str | None = None, /, **data: Any) -> Command:
    return Command(id=f"t{next(_IDS)}", type=kind, target=target, data=data)


def ask(kind: str, target: str | None, who: str, on: str, /, **data: Any) -> Outcome:
    """Through the door; whatever it answers."""
    return execute(a_command(kind, target, **data), now=instant(on), actor=ACTORS[who])


def do(kind: str, target: str | None, who: str, on: str, /, **data: Any) -> Outcome:
    """Through the door; must be accepted."""
    outcome = ask(kind, target, who, on, **data)
    assert outcome.status == "accepted", f"{kind} on {target}: {outcome.status} {outcome.message}"
    return outcome


def a_house() -> None:
    """Reference data, organisations and named people, in an empty database."""
    prepared("house", _build_house)


def _build_house() -> None:
    load_reference()
    bodies = [a_command("create_body", id=key, name=key, kind=kind) for key, kind in BODIES.items()]
    accounts = [
        a_command(
            "create_account",
            id=who.id,
            name=who.name,
            role=who.role.value,
            body_id=who.body_id,
            is_lead=who.is_lead,
        )
        for who in PEOPLE.values()
    ]
    answers = execute_batch((command, instant("2025-01-02"), SYSTEM) for command in [*bodies, *accounts])
    assert all(answer.done for answer in answers), [answer.message for answer in answers]


# What people type ----------------------------------------------------------------------------------

DWELLING = {
    "landlord_id": "lmh",
    "commune": "Tourcoing",
    "canton": "Tourcoing-1",
    "address": "3 rue de l’Exemple",
    "typology": 3,
    "rooms": 3,
    "surface_m2": "62",
}
MEMBERS = [
    {"first_name": "Aïcha", "last_name": "Amrani", "born_on": "1985-03-02"},
    {"first_name": "Noé", "last_name": "Amrani", "born_on": "2004-06-01", "link": "child"},
]
NEED = {"typology_min": 3, "typology_max": 4, "communes": ["Tourcoing"], "max_cost": "700"}
SURVEY: dict[str, Any] = {
    "grid": {"held_on": "2026-01-20", "resources": [{"kind": "salary", "monthly": "1200"}]},
    "need": NEED,
}
# Every test of a countable offer holds when its refusal is signed.
OFFER: dict[str, Any] = {
    "landlord_id": "vilogia",
    "address": "8 rue du Parc",
    "commune": "Tourcoing",
    "canton": "Tourcoing-1",
    "typology": 4,
    "surface_m2": "70",
    "floor": 1,
    "lift": True,
    "rent": "500",
    "charges": "80",
    "housing_aid": "150",
    "effort_rate": "0.28",
    "visit_offered": True,
    "proof": "LRAR",
}
FOLLOW_UP: dict[str, Any] = {
    "milestone": 6,
    "held_on": "2026-11-04",
    "reached": True,
    "rent_paid": True,
    "aid_in_place": True,
    "satisfaction": 3,
    "outcome": "stabilised",
}


# Paths: (state reached, command, day, data) --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hop:
    """One command of a path. `who` is the one who does it when it is not the holder of the case."""

    state: str
    kind: str
    on: str
    data: dict[str, Any]
    who: str = ""


def a_hop(state: str, kind: str, on: str, who: str = "", **data: Any) -> Hop:
    return Hop(state, kind, on, data, who)


_SURVEY_TO_OFFER = (
    a_hop("diagnosis", "start_diagnosis", "2026-01-19"),
    a_hop("diagnosed", "sign_diagnosis", "2026-01-26", **SURVEY),
    a_hop("need_validated", "validate_need", "2026-01-27"),
    a_hop("searching", "start_search", "2026-01-28"),
    a_hop("offer_pending", "make_offer", "2026-04-01", received_on="2026-04-01", **OFFER),
)
_LEASE_TO_END = (
    a_hop("lease_signed", "sign_lease", "2026-04-24", signed_on="2026-04-24"),
    a_hop("moved_in", "move_in", "2026-05-04", moved_on="2026-05-04"),
    a_hop("follow_up", "start_follow_up", "2026-05-11"),
    a_hop("follow_up", "record_follow_up", "2026-11-04", **FOLLOW_UP),
    a_hop("closed", "close_case", "2026-11-05"),
)
TRANSFER = (
    a_hop("admissibility_check", "check_admissibility", "2026-01-13"),
    a_hop("admitted", "admit", "2026-01-16"),
    *_SURVEY_TO_OFFER,
    a_hop("committee", "accept_offer", "2026-04-03"),
    a_hop("allocated", "allocate", "2026-04-16"),
    *_LEASE_TO_END,
)
REHOUSING = (
    a_hop("informed", "inform_household", "2026-01-13", letter_sent_on="2026-01-13"),
    *_SURVEY_TO_OFFER,
    a_hop("accepted", "accept_offer", "2026-04-03"),
    a_hop("allocated", "inform_committee", "2026-04-16", informed_on="2026-04-16"),
    *_LEASE_TO_END,
)
# States beside the straight path: where to leave it, and by which command.
BRANCHES = {
    "incomplete": (
        "admissibility_check",
        a_hop("incomplete", "request_information", "2026-01-14", wanted="le bail"),
    ),
    "not_admissible": (
        "admissibility_check",
        a_hop("not_admissible", "reject", "2026-01-14", reason="Hors du parc social."),
    ),
    "temporarily_housed": (
        "searching",
        a_hop(
            "temporarily_housed",
            "move_temporarily",
            "2026-03-02",
            moved_on="2026-03-02",
            dwelling="T3, 5 rue du Pont",
            return_on="2026-09-30",
        ),
    ),
}


def _walk(case: str, path: tuple[Hop, ...], goal: str, holder: str) -> str:
    leave_at, last = BRANCHES.get(goal, (goal, None))
    for hop in hops_until(path, leave_at):
        do(hop.kind, case, hop.who or holder, hop.on, **hop.data)
    if last is not None:
        do(last.kind, case, holder, last.on, **last.data)
    return case


def hops_until(path: tuple[Hop, ...], state: str) -> tuple[Hop, ...]:
    rank = next((rank for rank, hop in enumerate(path) if hop.state == state), None)
    assert rank is not None, f"no path leads to {state}"
    return path[: rank + 1]


@built_once
def a_transfer(at: str = "referred", *, who: str = "amina", **referral: Any) -> str:
    """A transfer in this state; its reference. `referral` replaces fields of what is referred."""
    typed = {"members": MEMBERS, "dwelling": DWELLING, "criteria": ["over_occupation"], "evidence": EVIDENCE}
    case = str(do("refer_transfer", None, who, "2026-01-12", **(typed | referral)).reference)
    return case if at == "referred" else _walk(case, TRANSFER, at, who)


EVIDENCE = [{"kind": "lease", "dated_on": "2020-01-01"}]


@built_once
def a_rehousing(
    at: str = "identified", *, building: str | None = None, who: str = "farid", **typed: Any
) -> str:
    """A household of a building to empty, in this state; its reference."""
    place = building or an_operation().building
    found = {"members": MEMBERS, "dwelling": DWELLING, "building_id": place}
    case = str(do("identify_household", None, who, "2026-01-12", **(found | typed)).reference)
    return case if at == "identified" else _walk(case, REHOUSING, at, who)


@dataclass(frozen=True, slots=True)
class Site:
    operation: str
    building: str


@built_once
def an_operation(*, convention_on: str | None = "2019-12-16", vacate_on: str | None = "2027-03-31") -> Site:
    """An operation of the landlord « lmh » with one building to empty."""
    operation = str(
        do(
            "create_operation",
            None,
            "denis",
            "2025-06-02",
            site_id="lille-concorde",
            landlord_id="lmh",
            name="Concorde",
            convention_on=convention_on,
        ).reference
    )
    made = do(
        "create_building",
        operation,
        "denis",
        "2025-06-03",
        name="Barre 3",
        address="Allée",
        vacate_on=vacate_on,
    )
    return Site(operation, str(made.created["building"]))
