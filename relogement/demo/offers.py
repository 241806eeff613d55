"""What happens around offers: visits to come, ranks, a suspensive condition, third refusals, who is never first."""

from random import Random
from typing import Any

from cases.territory import sites
from relogement.demo import people
from relogement.demo.cast import PEOPLE
from relogement.demo.script import Ago, FromToday, Life, Move

LEADS = {person.body_id: person.id for person in PEOPLE if person.is_lead}
WITHOUT_GROUND = {site.code for rank, site in enumerate(sites()) if rank in {5, 11}}  # as `build.territory`
LANDLORDS = ("vilogia", "partenord", "3f-notre-logis", "sia")


def enrich(life: Life, rank: int) -> None:
    """Add to some lives, by their rank; each still ends in the state that was wanted."""
    wanted, rng = life.facts["wanted"], Random(f"offers {rank}")  # noqa: S311  # its own draw, no secret
    if wanted == "offer_pending" and rank % 2 == 0:
        life.act("plan_visit", life.officer, visit_on=FromToday(3), words="14 h 30, sur place.")
    elif wanted == "committee" and rank % 2 == 0:
        life.act("rank_candidate", life.officer, rank=2, candidates=3)
    elif wanted == "allocated" and life.kind == "transfer" and rank % 2 == 0:
        _under_condition(life)
    elif wanted == "searching" and life.kind == "transfer" and rank % 9 == 0:
        _never_first(life, rng)
    elif wanted == "searching" and life.kind == "rehousing" and rank % 8 == 0:
        _third_refusal(life, rng, told=rank % 16 == 0)


def _under_condition(life: Life) -> None:
    """The allocation waits for a document."""
    rank = next(rank for rank, move in enumerate(life.moves) if move.type == "allocate")
    former = life.moves[rank]
    data = {
        "decision": "allocation_suspensive",
        "condition": "Avis d’imposition 2025",
        "condition_due_on": FromToday(12),
        "candidates": 3,
    }
    life.moves[rank] = Move(former.days, former.actor, former.type, data, former.target)


def _never_first(life: Life, rng: Random) -> None:
    for rank in (2, 3, 2):
        life.wait(30)
        life.act("make_offer", life.officer, **_sound_offer(life, rng))
        life.wait(6)
        life.act("accept_offer")
        life.wait(12)
        life.act("rank_candidate", life.officer, rank=rank, candidates=rng.choice((3, 3, 4)))
        life.wait(10)
        life.act("not_allocate", life.officer, reasons=["better_candidate"], rank=rank, candidates=3)


def _third_refusal(life: Life, rng: Random, *, told: bool) -> None:
    """Three countable refusals; the last one waits for the lead, or is validated and told to the household."""
    if any(life.facts["building"].startswith(f"@op.{code}.") for code in WITHOUT_GROUND):
        return
    for reasons in (["location"], ["stay_with_neighbours", "location"], ["insecurity"]):
        life.wait(20)
        life.act("make_offer", life.officer, **_sound_offer(life, rng))
        life.wait(4)
        life.act(
            "refuse_offer", reasons=reasons, signed=True, words="Le ménage veut rester dans son quartier."
        )
    if told:
        life.wait(3)
        life.act("validate_third_refusal", LEADS[life.landlord], confirmed=True, reason="Preuves relues.")
        life.wait(6)
        life.act("notify_right_to_stay", life.officer, received_on=Ago(0), proof="LRAR")


def _sound_offer(life: Life, rng: Random) -> dict[str, Any]:
    """One that would count: in the commune, on the ground floor, within the means, with its proof and a visit."""
    sheet, landlord = life.facts["sheet"], rng.choice(LANDLORDS)
    canton = people.canton_of(rng, life.commune)
    typed = people.offer(rng, life.commune, canton, sheet, landlord)
    rent = int(sheet["max_cost"]) - typed["charges"] - 15
    features = [*sheet["features"], *({"lift", "ground_floor"} - set(sheet["features"]))]
    return typed | {
        "rent": rent,
        "floor": 0,
        "lift": True,
        "features": sorted(features)[:8],
        "visit_offered": True,
        "proof": "LRAR",
    }
