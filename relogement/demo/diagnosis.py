"""The grid of the demonstration: every block that a worker fills, and the steps that follow a signature."""

from random import Random
from typing import Any

from relogement.demo.script import Ago, Life

Row = dict[str, Any]
WANTS = ("want_parking", "want_cellar", "want_garden", "want_pets", "want_new", "want_neighbours")
STEPS = (
    ("explained", "Restitution au domicile : le ménage a relu la grille."),
    ("housing_project", "Secteurs élargis après échange, visite de quartier proposée."),
    ("shared_diagnosis", "Réunion avec le CCAS et le bailleur."),
    ("agreement", "Bailleur : recherche interne ; CCAS : démarches ; ménage : pièces à jour."),
)
RENEWED = 0.12
WORDS = ("On voudrait rester près de l’école.", "Il faut que je puisse monter les courses.", "")


def enriched(life: Life, grid: Row, sheet: Row) -> Row:
    """The blocks added to a drawn grid; its own draw, so that the other lives stay as they were."""
    rng = _draw(life)
    monthly = sum(item["monthly"] for item in grid["resources"])
    return grid | {
        "lease_on": Ago(rng.randint(2, 14) * 365),
        "pregnancy": False,
        "dwelling": _dwelling(rng),
        "resources": [item | {"proof_on": Ago(rng.randint(5, 60))} for item in grid["resources"]],
        "reference_income": monthly * 12 - rng.randint(0, 2400),
        "reference_year": 2024,
        "repayment_plan": bool(grid["arrears"]) and rng.random() < 0.5,
        "fsl_requested": rng.random() < 0.2,
        "over_indebted": rng.random() < 0.1,
        "other_burdens": rng.choice((0, 45, 80, 120)),
        "functional": {"features": sheet["features"], "mdph_reference": bool(sheet["features"])},
        "work_school": rng.choice(
            ("Horaires décalés, travail à Seclin.", "Enfants à l’école du quartier.", "")
        ),
        "wished": {
            "communes": sheet["communes"],
            "typology": sheet["typology_min"],
            "kind": rng.choice(("kind_flat", "kind_house", "kind_any")),
            "wants": rng.sample(WANTS, 2),
        },
        "health_follow_up": rng.randint(1, 3),
        "own_words": rng.choice(WORDS),
    }


def _dwelling(rng: Random) -> Row:
    return {
        "dpe": rng.choice(("dpe_c", "dpe_d", "dpe_e", "dpe_f")),
        "condition": rng.choice(("state_good", "state_worn", "state_worn", "state_poor")),
        "damp": rng.random() < 0.3,
        "heating_included": rng.random() < 0.5,
    }


def follow(life: Life, grid: Row) -> None:
    """Some of the steps that come after the signature, in their order; now and then a new version first."""
    rng = _draw(life)
    if rng.random() < RENEWED:
        life.day += 40
        changed = grid | {"held_on": Ago(1), "arrears": 0, "repayment_plan": True}
        life.act(
            "renew_diagnosis",
            grid=changed,
            reason="La dette est soldée par un plan d’apurement.",
            agreed=True,
        )
    for step, note in STEPS[: rng.choice((0, 1, 2, 4))]:
        life.act("record_diagnosis_step", step=step, done_on=Ago(0), note=note)


def _draw(life: Life) -> Random:
    return Random(f"diagnosis {life.key}")  # noqa: S311  # a reproducible draw, no secret
