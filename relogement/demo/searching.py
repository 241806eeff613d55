"""The search in a life of the demonstration: landlords asked, refusals, a blockage, then an offer."""

from collections.abc import Callable

from relogement.demo import people, search
from relogement.demo.script import Life

THEMES = (
    "typology_lacking",
    "no_accessible_stock",
    "rent_above_means",
    "arrears",
    "sector_closed",
    "profile_refused",
)
REFUSALS = (
    "location",
    "too_far",
    "no_lift",
    "rent_too_high",
    "insecurity",
    "stay_with_neighbours",
    "too_small",
)
SEARCH_LANDLORDS = ("lmh", "vilogia", "partenord", "3f-notre-logis", "sia", "tisserin")


def search_and_offers(life: Life, reached: Callable[[str], None]) -> None:
    rng = life.rng
    life.wait(4)
    if "start_search" not in life.marks:
        life.act("start_search")
    for landlord in rng.sample(SEARCH_LANDLORDS, rng.choice((1, 2, 3))):
        life.wait(6)
        asked = life.act(
            "record_attempt", body_id=landlord, detail="Fiche besoin adressée, secteurs élargis."
        )
        if rng.random() < 0.6:
            life.wait(9)
            life.act(
                "answer_attempt",
                attempt_id=f"@{asked}.attempt",
                **search.answer(rng, life.commune),
            )
    for _ in range(life.facts.get("refusals", 0)):
        _refused_offer(life)
    if life.facts.get("blocked"):
        life.wait(20)
        life.facts["theme"] = life.facts.get("alone") or rng.choice(THEMES)
        life.act(
            "open_blockage", theme=life.facts["theme"], explanation="Constaté après plusieurs recherches."
        )
    if life.facts["wanted"] == "searching":
        life.wait(rng.choice((10, 60, 150, 320)))
    reached("searching")
    life.wait(30)
    _make_offer(life)
    reached("offer_pending")


def _make_offer(life: Life) -> None:
    """Mostly in the commune where they live, else in another one they named, or further away."""
    rng = life.rng
    wished = life.facts["sheet"]["communes"]
    commune = rng.choices((life.commune, rng.choice(wished), rng.choice(life.facts["around"])), (60, 25, 15))[
        0
    ]
    landlord = rng.choice((life.landlord, life.landlord, *SEARCH_LANDLORDS))
    canton = people.canton_of(rng, commune)
    life.act("make_offer", life.officer, **people.offer(rng, commune, canton, life.facts["sheet"], landlord))


def _refused_offer(life: Life) -> None:
    life.wait(25)
    _make_offer(life)
    life.wait(5)
    reasons = life.rng.sample(REFUSALS, life.rng.choice((1, 2)))
    life.act(
        "refuse_offer",
        reasons=reasons,
        signed=True,
        words="Le ménage préfère attendre une autre proposition.",
    )
