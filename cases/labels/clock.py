"""What is awaited."""

from collections.abc import Mapping

DEADLINES: Mapping[str, str] = {
    "admissibility_answer": "Réponse sur la recevabilité",
    "information_due": "Complément demandé",
    "diagnosis_due": "Diagnostic social à rendre",
    "diagnosis_renewal": "Diagnostic à actualiser",
    "snr_renewal": "Renouvellement de la demande (SNE)",
    "offer_answer": "Réponse à la proposition",
    "visit": "Visite d’un logement proposé",
    "search_resume": "Reprise de la recherche",
    "need_revision": "Fiche besoin à revoir",
    "committee_condition": "Condition suspensive à lever",
    "right_to_stay": "Fin du droit au maintien",
    "vacate": "Logement à libérer",
    "temporary_return": "Retour de relogement provisoire",
    "follow_up_m1": "Suivi à un mois",
    "follow_up_m6": "Suivi à six mois",
    "follow_up_m12": "Suivi à douze mois",
    "follow_up_extension": "Fin de l’accompagnement prolongé",
    "signal_receipt": "Réception d’un signalement à vérifier",
    "retention": "Fin de conservation",
    "landlord_answer": "Réponse d’un bailleur interrogé",
    "handover_answer": "Réponse à une passation",
    "obstacle_action": "Action sur un frein",
    "support_end": "Fin d’un accompagnement",
    "suspension_end": "Reprise prévue du dossier suspendu",
    "opinion_answer": "Avis demandé à un organisme",
    "item_opinion_answer": "Avis demandé sur une remontée",
    "escalation_limit": "Date limite de remontée à l’ICI",
    "objectification": "Objectivation par les co-pilotes",
    "article_19": "Bilan semestriel de l’article 19",
    "execution": "Exécution d’une décision ICI",
    "last_act": "Prochaine action prévue",
    "grouped_answer": "Réponse à la solution groupée",
}

NATURES: Mapping[str, str] = {"legal": "légal", "charter": "charte", "internal": "interne"}
