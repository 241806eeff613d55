"""Transfers that search since before the last two sessions: enough alike for the consolidation to show figures."""

from datetime import date
from random import Random

from relogement.demo import lives
from relogement.demo.cast import LANDLORDS, SOCIAL_WORKERS
from relogement.demo.population import AROUND
from relogement.demo.script import Life

# One line an ICI: commune, holder, landlord, how many households are raised alone, by blockage.
RAISED = (
    ("59512", "thomas.deprez", "3f-notre-logis", {"typology_lacking": 6, "rent_above_means": 4}),
    ("59350", "lea.masquelier", "partenord", {"typology_lacking": 5, "rent_above_means": 4}),
    ("59017", "paulo.teixeira", "vilogia", {"typology_lacking": 6, "rent_above_means": 5}),
)
SINCE = (455, 500)  # days since their search was last worked on


def standing(rng: Random, today: date, share: float) -> list[Life]:
    """`share` of them, for a smaller or a larger territory."""
    found: list[Life] = []
    services = {person.id: person.body_id for person in SOCIAL_WORKERS}
    for commune, owner, landlord, themes in RAISED:
        officer = next(person for person in LANDLORDS if person.body_id == landlord)
        for theme, number in themes.items():
            for _ in range(round(number * share)):
                life = Life(f"n{len(found):04d}", "transfer", commune, landlord, owner, officer.id, rng)
                life.facts |= {"service": services[owner], "blocked": True, "alone": theme}
                life.facts["around"] = [code for code in AROUND if code != commune]
                lives.transfer(life, "searching")
                life.place(today, rng.randint(*SINCE))
                found.append(life)
    return found
