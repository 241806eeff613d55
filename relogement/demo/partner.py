"""Households that a commune refers: what the pages of a partner show is theirs to follow."""

from datetime import date
from random import Random

from relogement.demo import lives
from relogement.demo.cast import LANDLORDS, SOCIAL_WORKERS
from relogement.demo.population import AROUND
from relogement.demo.script import Life

PARTNER, COMMUNE, SERVICE, LANDLORD = "sabrina.belhadj", "59299", "ccas-roubaix", "partenord"
# State → days since it was reached.
REFERRED = {
    **{"referred": 1, "incomplete": 6, "admitted": 9},
    **{"searching": 35, "offer_pending": 2, "follow_up": 60},
}


def referred(rng: Random, today: date) -> list[Life]:
    """One household at each of these places, assigned by the lead of the service that received it."""
    owners = [person for person in SOCIAL_WORKERS if person.body_id == SERVICE and not person.is_lead]
    officer = next(person for person in LANDLORDS if person.body_id == LANDLORD)
    found = []
    for rank, (state, days) in enumerate(REFERRED.items()):
        owner = owners[rank % len(owners)]
        life = Life(f"p{rank:04d}", "transfer", COMMUNE, LANDLORD, owner.id, officer.id, rng)
        life.facts |= {"service": SERVICE, "referrer": PARTNER}
        life.facts["around"] = [code for code in AROUND if code != COMMUNE]
        lives.transfer(life, state)
        life.place(today, days)
        found.append(life)
    return found
