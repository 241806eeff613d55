"""Obstacles ticked in the signed diagnosis that nobody follows yet: said, with the way to follow them all."""

from collections.abc import Sequence

from markupsafe import Markup

from cases.labels import OBSTACLES
from cases.rules.obstacles import Noted, to_follow
from db.queries.case_file import CaseView
from db.queries.diagnosis import DiagnosisFile
from ui_streamlit.widgets.case_table import case_address
from ui_streamlit.widgets.messages import message

FOLLOW = "follow_obstacles"


def unfollowed(view: CaseView | DiagnosisFile) -> tuple[str, ...]:
    """Their codes; nothing for who reads no social data, nor once the case is closed."""
    signed = view.in_force if isinstance(view, DiagnosisFile) else next(iter(view.diagnoses), None)
    if signed is None or signed.grid is None or signed.signed_on is None or view.head.closed_on is not None:
        return ()
    noted = [Noted(item.kind, item.noted_on, item.result == "open") for item in view.obstacles]
    return to_follow(signed.grid.get("obstacles") or (), signed.signed_on, noted)


def unfollowed_words(case_id: str, kinds: Sequence[str]) -> Markup:
    """« Le diagnostic constate des freins que personne ne suit encore », and the link that opens the form."""
    if not kinds:
        return Markup()
    named = ", ".join(OBSTACLES[kind].lower() for kind in kinds)
    return message(
        "warning",
        "Le diagnostic constate des freins que personne ne suit encore",
        [f"{named[0].upper()}{named[1:]}."],
        link=(f"{case_address(case_id)}&action={FOLLOW}", "Les suivre, chacun avec son action"),
    )
