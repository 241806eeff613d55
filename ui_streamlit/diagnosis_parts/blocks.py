"""The blocks of the shared grid, as they are filled one after the other, and how full each is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cases.commands.grid import Grid
from db.queries.diagnosis import HEALTH, SAFETY
from ui_streamlit.form_fields import Field, fields_of


@dataclass(frozen=True, slots=True)
class Block:
    """`fields` of the grid; `expected`: what makes it whole ("a|b": one of them); `restricted`: its class."""

    code: str
    title: str
    fields: tuple[str, ...]
    expected: tuple[str, ...] = ()
    hint: str = ""
    restricted: str = ""


AUTONOMY = ("administrative", "budget", "upkeep", "neighbours", "health_follow_up", "moving")
BURDENS = (
    "arrears", "arrears_months", "repayment_plan", "fsl_requested", "over_indebted", "energy_debt",
    "other_burdens",
)  # fmt: skip
BLOCKS = (
    Block("identity", "Entretien", ("held_on", "at_home", "lease_on"), ("held_on", "lease_on")),
    Block(
        "household",
        "Ménage",
        ("members", "pregnancy", "split_candidates"),
        ("members", "pregnancy"),
        "Un enfant en résidence alternée ou en droit de visite compte parmi les habitants.",
    ),
    Block(
        "dwelling",
        "Logement actuel",
        ("dwelling",),
        tuple(
            f"dwelling.{name}"
            for name in ("rooms", "surface_m2", "rent", "charges", "housing_aid", "dpe", "condition")
        ),
        "Ce que vous constatez corrige ce que le dossier en savait.",
    ),
    Block(
        "resources",
        "Ressources",
        (
            "resources",
            "reference_income",
            "reference_year",
            "later_income",
            "later_period",
            "no_resources",
        ),
        ("resources|no_resources", "reference_income"),
        "Par personne et par nature, avec la date du justificatif.",
    ),
    Block("burdens", "Charges et dettes", BURDENS, ("repayment_plan", "fsl_requested", "over_indebted")),
    Block(
        "health",
        "Besoins fonctionnels",
        ("functional",),
        ("functional.features|functional.mdph_reference",),
        "Ce dont le logement a besoin, jamais la raison médicale.",
        HEALTH,
    ),
    Block(
        "safety",
        "Sécurité",
        ("safety",),
        (),
        "Lu seulement avec un motif, par les personnes habilitées.",
        SAFETY,
    ),
    Block("work", "Emploi et école", ("work_school",), ("work_school",)),
    Block(
        "wishes",
        "Souhaits",
        ("wished", "wishes"),
        ("wished.communes", "wished.typology", "wished.kind"),
        "Dans l’ordre de préférence : la première commune est le premier souhait.",
    ),
    Block(
        "autonomy",
        "Autonomies",
        AUTONOMY,
        AUTONOMY,
        "Un profil, axe par axe : il n’y a pas de total.",
    ),
    Block(
        "obstacles",
        "Freins",
        ("obstacles",),
        (),
        "Après la signature, chaque frein coché devient une action à suivre : qui, quoi, avant quand.",
    ),
    Block("words", "Parole du ménage", ("own_words",), ("own_words",)),
)
CONCLUSION = "conclusion"


def fields_in(block: Block) -> tuple[Field, ...]:
    """The fields of the grid that this block asks, in its order."""
    known = {field.name: field for field in fields_of(Grid)}
    return tuple(known[name] for name in block.fields)


def filled(block: Block, typed: Mapping[str, Any]) -> tuple[int, int]:
    """How many of what is expected are given, and how many are expected."""
    given = sum(any(_given(typed, path) for path in want.split("|")) for want in block.expected)
    return given, len(block.expected)


def _given(typed: Mapping[str, Any], path: str) -> bool:
    value: Any = typed
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value not in (None, "", [], False) or (value is False and not path.endswith("no_resources"))


def label_of(block: Block, typed: Mapping[str, Any]) -> str:
    """« ✓ Ménage », « Ressources · 1/2 »."""
    given, asked = filled(block, typed)
    if not asked:
        return block.title
    return f"✓ {block.title}" if given == asked else f"{block.title} · {given}/{asked}"
