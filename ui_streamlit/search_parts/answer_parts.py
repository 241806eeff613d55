"""How the answer to a need is asked: a dwelling, declared or not yet, or why there is none."""

from collections.abc import Mapping, Sequence
from typing import Any

from ui_streamlit.form_body import Part

Given = Mapping[str, Any]


def _offers(typed: Given) -> bool:
    return typed.get("answer") == "offer"


def _describes(typed: Given) -> bool:
    return _offers(typed) and not typed.get("vacancy_id")


CHOSEN = Part(
    "Logement proposé",
    ("vacancy_id",),
    hint="Choisissez un logement que vous avez déclaré vacant, ou décrivez-le ci-dessous.",
    shown=_offers,
)
ANSWER_PARTS: Sequence[Part] = (
    Part("", ("attempt_id", "answer")),
    Part("", ("reason",), shown=lambda typed: typed.get("answer") == "none", needed=("reason",)),
    CHOSEN,
    Part(
        "Logement à déclarer",
        ("dwelling",),
        hint="Il rejoindra les logements vacants déclarés par le bailleur.",
        shown=_describes,
    ),
)


def answer_parts(*, chooses: bool) -> Sequence[Part]:
    """Without a declared dwelling there is none to choose from."""
    return [part for part in ANSWER_PARTS if chooses or part is not CHOSEN]
