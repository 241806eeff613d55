"""How the longer forms of a case are cut: what is asked follows from what was answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from ui_streamlit.form_body import Part
from ui_streamlit.search_parts.answer_parts import answer_parts

Given = Mapping[str, Any]


def _reached(typed: Given) -> bool:
    return typed.get("reached") == "yes"


def _not_reached(typed: Given) -> bool:
    return typed.get("reached") == "no"


def _concludes(outcome: str) -> Any:
    return lambda typed: typed.get("outcome") == outcome and _reached(typed)


PARTS: Mapping[str, Sequence[Part]] = {
    "answer_attempt": answer_parts(chooses=False),
    "close_early": (
        Part("", ("reason", "detail")),
        Part(
            "Les essais restés sans réponse",
            ("first_attempt_on", "second_attempt_on", "letter_on"),
            shown=lambda typed: typed.get("reason") == "no_answer",
        ),
    ),
    "move_temporarily": (
        Part("Le départ", ("moved_on", "return_on", "convention_on", "paid_by", "right_of_return")),
        Part(
            "Le logement provisoire",
            (
                *("dwelling", "commune", "typology", "surface_m2", "rent", "charges", "heating_included"),
                *("housing_aid", "in_qpv"),
            ),
            hint="Utile si le ménage y reste : les promesses de la charte s’y comparent.",
        ),
    ),
    "return_home": (
        Part("Le retour", ("returned_on",)),
        Part(
            "Ce que le logement coûte après les travaux",
            ("rent", "charges", "housing_aid"),
            hint="Sans ces montants, la promesse sur les moyens du ménage reste non vérifiable.",
        ),
    ),
    "record_follow_up": (
        Part("Le contact", ("milestone", "held_on", "channel", "reached")),
        Part(
            "Le loyer et l’aide",
            ("rent_paid", "arrears", "aid_in_place", "bills_as_expected"),
            shown=_reached,
        ),
        Part("Le logement", ("defects", "defects_closed", "adaptation"), shown=_reached),
        Part(
            "La vie sur place",
            ("relays_in_place", "relays_missing", "neighbourhood", "wants_to_move", "support_need",
             "satisfaction"),
            hint="Satisfaction : 1, pas du tout satisfait ; 4, très satisfait.",
            shown=_reached,
        ),
        Part("La conclusion", ("outcome", "detail"), shown=_reached),
        Part(
            "Si le ménage est parti",
            ("outcome", "detail"),
            hint="Sans contact, seule conclusion possible : « A quitté le logement ». Sinon, laissez vide : "
            "au second essai, le ménage est déclaré injoignable.",
            shown=_not_reached,
        ),
        Part("La prolongation", ("extended_until",), shown=_concludes("support_extended")),
        Part(
            "Le signalement",
            ("signal_to", "signal_reason", "signal_consent"),
            hint="Sa réception sera à vérifier. L’accord du ménage est demandé pour le FSL et le CCAS.",
            shown=_concludes("new_difficulty"),
        ),
    ),
    "record_satisfaction": (
        Part("Le questionnaire", ("milestone", "answered_on", "income_class")),
        Part(
            "L’information et l’accompagnement",
            ("informed_how", "information", "single_contact", "supported", "supported_at_move"),
            hint="Qualité de l’information : 1, très mauvaise ; 4, très bonne.",
        ),
        Part(
            "La satisfaction",
            ("dwelling", "works", "neighbourhood"),
            hint="1, pas du tout satisfait ; 4, très satisfait.",
        ),
    ),
}  # fmt: skip
