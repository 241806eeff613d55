"""What is awaited."""

from collections.abc import Mapping

DEADLINES: Mapping[str, str] = {
    "admissibility_answer": "Réponse sur la recevabilité",
    "information_due": "Complément demandé",
    "diagnosis_due": "Diagnostic social à rendre",
    "snr_renewal": "Renouvellement de la demande (SNE)",
    "offer_answer": "Réponse à la proposition",
    "right_to_stay": "Fin du droit au maintien",
    "vacate": "Logement à libérer",
    "temporary_return": "Retour de relogement provisoire",
    "follow_up_m1": "Suivi à un mois",
    "follow_up_m6": "Suivi à six mois",
    "follow_up_m12": "Suivi à douze mois",
    "retention": "Fin de conservation",
    "landlord_answer": "Réponse d’un bailleur interrogé",
    "handover_answer": "Réponse à une passation",
    "escalation_limit": "Date limite de remontée à l’ICI",
    "objectification": "Objectivation par les co-pilotes",
    "execution": "Exécution d’une décision ICI",
}

NATURES: Mapping[str, str] = {"legal": "légal", "charter": "charte", "internal": "interne"}
