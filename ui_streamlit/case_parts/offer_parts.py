"""The long forms of the case page in titled groups: what belongs together is asked together."""

from collections.abc import Sequence

from cases.actor import Actor
from db.queries.case_file import CaseView
from ui_streamlit.case_parts.form_parts import PARTS
from ui_streamlit.case_parts.preview import pausing_reasons
from ui_streamlit.command_form import Part
from ui_streamlit.form_body import Given
from ui_streamlit.session import now

LEGAL_AREA = (
    "Compte pour les trois offres d’un relogement : canton ou commune limitrophe, ou cinq kilomètres."
)


def parts_for(kind: str, view: CaseView, actor: Actor) -> Sequence[Part]:
    """Empty for a form that needs no title."""
    if kind == "make_offer":
        return _offer(view.head.kind == "rehousing")
    if kind == "refuse_offer":
        return _refusal(view, actor)
    return _COMMITTEE if kind == "allocate" else PARTS.get(kind, ())


def _offer(rehousing: bool) -> tuple[Part, ...]:
    return (
        Part(
            "Le logement",
            (
                *("landlord_id", "address", "commune", "typology", "surface_m2", "floor", "lift"),
                *("features", "recent", "in_qpv", "fragility"),
            ),
        ),
        Part(
            "La distance légale",
            ("canton", "adjoins", "distance_km", "specially_designed"),
            hint=LEGAL_AREA,
            shown=lambda _: rehousing,
        ),
        Part(
            "Ce qu’il coûte",
            (
                *("rent", "charges", "heating_included", "housing_aid"),
                *("rent_cut", "utilities_flat", "effort_rate"),
            ),
            hint="Comparé au logement actuel sur le même périmètre : dites si le chauffage est compris.",
        ),
        Part("La remise de la proposition", ("written", "received_on", "proof", "visit_offered")),
    )


def _refusal(view: CaseView, actor: Actor) -> tuple[Part, ...]:
    """Until when the search stops is asked only when a reason stops it."""
    pausing = pausing_reasons(view.head.id, actor, now=now())

    def pauses(typed: Given) -> bool:
        return bool(pausing & set(typed.get("reasons") or ()))

    return (
        Part("", ("reasons", "words", "signed")),
        Part("", ("pause_until",), shown=pauses),
    )


_COMMITTEE = (
    Part("", ("decision", "candidates", "few_candidates")),
    Part("", ("rank",), shown=lambda typed: typed.get("decision") == "allocation_ranked"),
    Part(
        "",
        ("condition", "condition_due_on"),
        shown=lambda typed: typed.get("decision") == "allocation_suspensive",
    ),
)
