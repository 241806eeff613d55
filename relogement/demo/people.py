"""Households and dwellings of the demonstration, drawn but plausible: ages, rooms, rents, cantons."""

from random import Random
from typing import Any

from relogement.demo.names import email, household, phone, snr_number, street_address
from relogement.demo.script import Ago, FromToday

YEAR = 365
CANTONS = {
    "59350": ("Lille-1", "Lille-2", "Lille-3", "Lille-4", "Lille-5", "Lille-6"),
    "59512": ("Roubaix-1", "Roubaix-2"),
    "59599": ("Tourcoing-1", "Tourcoing-2"),
    "59009": ("Villeneuve-d’Ascq",),
}
SURFACES = {1: 32, 2: 46, 3: 62, 4: 77, 5: 92, 6: 108}
EVIDENCE = {
    "under_occupation": "lease",
    "over_occupation": "household_composition",
    "economic": "rent_bill",
    "health_disability": "medical_certificate",
    "environment_safety": "hazard_report",
    "violence": "complaint",
    "waiting_time": "snr_certificate",
}


def canton_of(rng: Random, commune: str) -> str | None:
    return rng.choice(CANTONS[commune]) if commune in CANTONS else None


def members(rng: Random) -> list[dict[str, Any]]:
    """One to seven people; the first holds the lease."""
    adults = rng.choices((1, 2), (58, 42))[0]
    children = rng.choices((0, 1, 2, 3, 4, 5), (30, 22, 22, 14, 8, 4))[0]
    found = []
    for rank, person in enumerate(household(rng, adults, children)):
        grown = rank < adults
        age = rng.randint(24, 78 if not children else 52) if grown else rng.randint(1, 19)
        found.append(
            {
                "first_name": person.first_name,
                "last_name": person.last_name,
                "sex": person.sex.upper(),
                "born_on": Ago(age * YEAR + rng.randint(0, YEAR)),
                "link": "holder" if rank == 0 else "spouse" if grown else "child",
                "in_couple": grown and adults > 1,
                "in_dwelling_since": Ago(rng.randint(2, 14) * YEAR),
            }
        )
    return found


def dwelling(rng: Random, commune: str, landlord: str, persons: int) -> dict[str, Any]:
    """Often the wrong size: that is why they ask."""
    typology = max(1, min(6, persons // 2 + 1 + rng.choice((-1, 0, 0, 1, 2))))
    surface = SURFACES[typology] + rng.randint(-6, 8)
    rent = round(surface * rng.uniform(5.1, 6.6))
    return {
        "landlord_id": landlord,
        "commune": commune,
        "canton": canton_of(rng, commune),
        "address": street_address(rng, commune),
        "typology": typology,
        "rooms": typology,
        "surface_m2": surface,
        "floor": rng.randint(0, 9),
        "lift": rng.random() < 0.5,
        "rent": rent,
        "charges": rng.randint(60, 160),
        "housing_aid": rng.randint(80, 320),
    }


def contact(rng: Random, first: str, last: str) -> dict[str, Any]:
    year, month = rng.randint(2019, 2025), rng.randint(1, 12)
    return {
        "phone": phone(rng),
        "email": email(first, last),
        "snr_number": snr_number(rng, year, month),
        "snr_requested_on": Ago(rng.randint(400, 2600)),
        "snr_expires_on": FromToday(rng.randint(-12, 350)),
        "suitable_offers": 0,
    }


def need(rng: Random, persons: int, communes: list[str]) -> dict[str, Any]:
    low = min(6, max(1, (persons + 1) // 2 + (1 if persons > 2 else 0)))
    features = rng.sample(
        ("lift", "step_free", "walk_in_shower", "ground_floor"), rng.choice((0, 0, 0, 1, 2))
    )
    return {
        "typology_min": low,
        "typology_max": min(9, low + rng.choice((0, 1))),
        "max_cost": 380 + low * 85 + rng.randint(0, 60),
        "communes": communes,
        "features": features,
        "support": rng.choice(
            ("", "", "Accompagnement au déménagement.", "ASLL à prévoir.", "Relais CCAS pour les démarches.")
        ),
    }


def grid(rng: Random) -> dict[str, Any]:
    kinds = rng.sample(("salary", "rsa", "pension", "aah", "unemployment", "family"), rng.choice((1, 2)))
    return {
        "held_on": Ago(rng.randint(0, 5)),
        "at_home": rng.random() < 0.8,
        "resources": [{"kind": kind, "monthly": rng.randint(320, 1450)} for kind in kinds],
        "arrears": rng.choice((0, 0, 0, 0, 460, 1240, 2100)),
        "administrative": rng.randint(0, 3),
        "budget": rng.randint(0, 3),
        "upkeep": rng.randint(1, 3),
        "neighbours": rng.randint(1, 3),
        "moving": rng.randint(0, 3),
        "wishes": rng.choice(
            (
                "Rester près de l’école.",
                "Se rapprocher de la famille.",
                "Un ascenseur.",
                "Un jardin si possible.",
            )
        ),
    }


def offer(
    rng: Random, commune: str, canton: str | None, sheet: dict[str, Any], landlord: str
) -> dict[str, Any]:
    """Most written offers hold together; some miss a proof, a lift or the distance."""
    typology = sheet["typology_min"]
    surface = SURFACES.get(typology, 108) + rng.randint(-4, 8)
    cost = int(sheet["max_cost"])
    charges = rng.randint(50, 90)
    return {
        "landlord_id": landlord,
        "address": street_address(rng, commune),
        "commune": commune,
        "canton": canton,
        "adjoins": True,
        "distance_km": round(rng.uniform(0.4, 4.8), 1),
        "typology": typology,
        "surface_m2": surface,
        "floor": rng.randint(0, 6),
        "lift": rng.random() < 0.6,
        "features": sheet["features"] if rng.random() < 0.85 else [],
        "rent": cost - charges - rng.choice((0, 10, 20, 30, 45, -40)),
        "charges": charges,
        "housing_aid": rng.randint(90, 300),
        "recent": rng.random() < 0.35,
        "in_qpv": rng.random() < 0.45,
        "heating_included": charges > 70,
        "visit_offered": rng.random() < 0.93,
        "received_on": Ago(0),
        "proof": rng.choice(("LRAR", "LRAR", "LRAR", "Remise en main propre", "LRAR", "")),
    }
