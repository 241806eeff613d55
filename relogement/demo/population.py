"""Who lives what: how many lives in each state, in which service, landlord, building."""

from datetime import date
from random import Random

from cases.territory import commune, sites
from relogement.demo import lives, offers
from relogement.demo.cast import DEMO_ACCOUNTS, LANDLORDS, SOCIAL_WORKERS, Person
from relogement.demo.script import Life

TRANSFERS = {
    "referred": 12, "admissibility_check": 12, "incomplete": 8, "admitted": 12, "diagnosis": 14, "diagnosed": 8,
    "need_validated": 10, "searching": 66, "offer_pending": 22, "committee": 12, "allocated": 9, "lease_signed": 8,
    "moved_in": 5, "follow_up": 22,
}  # fmt: skip
REHOUSINGS = {
    "identified": 14, "informed": 14, "diagnosis": 14, "diagnosed": 8, "need_validated": 10, "searching": 52,
    "offer_pending": 20, "accepted": 8, "allocated": 8, "lease_signed": 8, "temporarily_housed": 8, "moved_in": 4,
    "follow_up": 16,
}  # fmt: skip
ENDED = {"transfer": {"not_admissible": 9, "closed": 14}, "rehousing": {"closed": 24}}
LIVING = sum(TRANSFERS.values()) + sum(REHOUSINGS.values())
SERVICE_COMMUNES = {
    "ccas-roubaix": ("59512", "59163", "59339"),
    "ccas-lille": ("59350", "59378", "59368"),
    "ccas-tourcoing": ("59599", "59421", "59279"),
    "ccas-wattrelos": ("59650", "59332"),
    "ccas-armentieres": ("59017", "59317"),
    "utpas-roubaix": ("59512", "59650"),
    "utpas-lille": ("59350", "59648"),
    "asso-refuge": ("59350", "59507", "59009"),
}
AROUND = ("59350", "59512", "59599", "59009", "59410", "59378", "59017", "59328", "59220", "59163")
PARTNERS = {"59512": "rosa.esposito", "59350": "gerard.plouvier", "59599": "rosa.esposito"}
OFFICERS = [person for person in LANDLORDS if person.role == "rehousing_officer"]


SHOWN = {account.person_id for account in DEMO_ACCOUNTS}


def drawn(rng: Random, people: list[Person]) -> Person:
    """Who is shown to visitors holds more cases than their colleagues."""
    return rng.choices(people, [4 if person.id in SHOWN else 1 for person in people])[0]


def population(rng: Random, today: date, living: int, buildings: dict[str, list[str]]) -> list[Life]:
    """Lives placed on the calendar, about `living` of them still open. `buildings`: site → command identifiers."""
    share = living / LIVING
    found: list[Life] = []
    for kind, table in (("transfer", TRANSFERS), ("rehousing", REHOUSINGS)):
        for state, number in [*table.items(), *ENDED[kind].items()]:
            for _ in range(max(1, round(number * share))):
                found.append(_one(rng, today, kind, state, len(found), buildings))
    for rank in range(max(1, round(6 * share))):
        found.append(_violent(rng, today, len(found), rank))
    return found


def _one(rng: Random, today: date, kind: str, state: str, rank: int, buildings: dict[str, list[str]]) -> Life:
    life = _transfer(rng, rank) if kind == "transfer" else _rehousing(rng, rank, buildings)
    life.facts["around"] = [code for code in AROUND if code != life.commune]
    if state == "searching":
        life.facts["blocked"] = rng.random() < 0.62
    if kind == "rehousing" and state in {"searching", "offer_pending", "closed", "follow_up"}:
        life.facts["refusals"] = rng.choices((0, 1, 2, 3), (45, 28, 15, 12))[0]
    play = lives.transfer if kind == "transfer" else lives.rehousing
    early = state == "closed" and rng.random() < 0.4
    play(life, "searching" if early else state)
    if early:
        lives.leave(life, rng)
    else:
        offers.enrich(life, rank)
    _place(life, rng, today, state)
    return life


def _place(life: Life, rng: Random, today: date, state: str) -> None:
    """Recent steps are recent; searches and follow-ups have been standing for longer."""
    longest = {
        "searching": 40,
        "follow_up": 100,
        "closed": 200,
        "temporarily_housed": 90,
        "moved_in": 1,
        "offer_pending": 13,
    }
    life.place(today, rng.randint(0, longest.get(state, 24)))


def _transfer(rng: Random, rank: int) -> Life:
    services = [body for body in SERVICE_COMMUNES if body != "asso-refuge"]
    service = rng.choice([*services, "ccas-roubaix", "ccas-roubaix"])
    commune_code = rng.choice(SERVICE_COMMUNES[service])
    owner = drawn(rng, [person for person in SOCIAL_WORKERS if person.body_id == service])
    officer = rng.choice(OFFICERS)
    life = Life(f"m{rank:04d}", "transfer", commune_code, officer.body_id, owner.id, officer.id, rng)
    life.facts["service"] = service
    if commune_code in PARTNERS and rng.random() < 0.25:
        life.facts["referrer"] = PARTNERS[commune_code]
    return life


def _violent(rng: Random, today: date, number: int, rank: int) -> Life:
    owner = rng.choice([person for person in SOCIAL_WORKERS if person.body_id == "asso-refuge"])
    officer = rng.choice(OFFICERS)
    life = Life(
        f"m{number:04d}",
        "transfer",
        rng.choice(SERVICE_COMMUNES["asso-refuge"]),
        officer.body_id,
        owner.id,
        owner.id,
        rng,
    )
    life.facts |= {"service": "asso-refuge", "violent": True, "around": list(AROUND)}
    lives.transfer(life, ("searching", "offer_pending", "admitted", "follow_up")[rank % 4])
    _place(life, rng, today, "")
    return life


def _rehousing(rng: Random, rank: int, buildings: dict[str, list[str]]) -> Life:
    site = rng.choice([site for site in sites() if site.code in buildings])
    landlord = buildings[site.code][0]
    officer = drawn(rng, [person for person in OFFICERS if person.body_id == landlord])
    life = Life(f"r{rank:04d}", "rehousing", commune(site.insee).insee, landlord, officer.id, officer.id, rng)
    life.facts["building"] = rng.choice(buildings[site.code][1:])
    return life
