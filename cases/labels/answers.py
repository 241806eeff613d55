"""Closed lists that a person chooses from."""

from collections.abc import Mapping

CLOSURES: Mapping[str, str] = {
    "rehoused": "Relogé, suivi achevé",
    "transferred": "Muté, suivi achevé",
    "withdrawn_by_household": "Retrait par le ménage",
    "left_by_themselves": "Parti de lui-même, sans relogement",
    "death_no_successor": "Décès sans successeur",
    "withdrawn_from_operation": "Sorti de l’opération",
    "maintained_in_place": "Maintenu sur place",
    "oriented_elsewhere": "Orienté vers un autre dispositif",
    "duplicate_merged": "Doublon fusionné",
    "no_answer": "Sans réponse (deux essais, courrier, un mois)",
    "eviction": "Expulsion",
    "moved_out_of_mel": "Parti hors de la MEL",
    "not_admissible": "Non recevable",
}

BLOCKAGES: Mapping[str, str] = {
    "typology_lacking": "Typologie manquante",
    "arrears": "Impayés",
    "sector_closed": "Secteur fermé ou objectif de peuplement",
    "profile_refused": "Profil refusé",
    "no_accessible_stock": "Pas de logement accessible",
    "rent_above_means": "Loyer au-dessus des moyens",
    "quota_conflict": "Conflit de réservation",
    "landlord_conflict": "Désaccord entre bailleurs",
    "commune_refuses": "Refus de la commune",
    "repeated_refusal": "Refus répétés du ménage",
    "no_partner_reply": "Partenaire sans réponse",
    "snr_expired": "Demande SNE expirée",
    "violence_other_commune": "Violences : autre commune nécessaire",
    "split_unmatched": "Décohabitation sans solution",
    "support_missing": "Accompagnement manquant",
    "evidence_missing": "Justificatif médical ou fonctionnel manquant",
    "no_temporary_dwelling": "Pas de logement provisoire",
    "residence_title": "Titre de séjour",
}

REFUSALS: Mapping[str, str] = {
    "location": "Localisation, quartier",
    "too_far": "Trop loin du travail, de l’école ou d’un aidant",
    "too_small": "Trop petit",
    "too_large": "Trop grand",
    "no_lift": "Étage sans ascenseur",
    "not_accessible": "Non accessible",
    "rent_too_high": "Loyer ou charges trop élevés",
    "net_cost_up": "Reste à charge en hausse",
    "dwelling_state": "État du logement",
    "heating": "Chauffage, DPE",
    "insecurity": "Insécurité de l’immeuble ou du quartier",
    "no_parking": "Ni stationnement ni cave",
    "wants_new": "Souhaite du neuf",
    "wants_house": "Souhaite une maison",
    "stay_with_neighbours": "Souhaite rester près des voisins ou de la famille",
    "school_year": "Année scolaire",
    "health_event": "Événement de santé",
    "no_answer": "Injoignable, sans réponse",
    "other_solution": "A déjà une autre solution",
    "other": "Autre",
}

COMMITTEE: Mapping[str, str] = {
    "allocation": "Attribution",
    "allocation_ranked": "Attribution avec rang",
    "allocation_suspensive": "Attribution sous condition suspensive",
    "not_allocated": "Non-attribution",
    "inadmissible": "Rejet pour irrecevabilité",
    "informed": "Commission informée",
}

DECISIONS: Mapping[str, str] = {
    "body_must_offer": "Un organisme doit proposer avant une date",
    "need_widened": "Le besoin ou les secteurs sont élargis",
    "derogation": "Une dérogation est accordée",
    "support_set_up": "Un accompagnement est mis en place",
    "oriented_elsewhere": "Orientation vers un autre dispositif",
    "no_solution": "Pas de solution, reste remonté",
}

OUTCOMES: Mapping[str, str] = {
    "stabilised": "Situation stabilisée",
    "support_extended": "Accompagnement prolongé",
    "new_difficulty": "Nouvelle difficulté (FSL, CCAPEX ou CCAS)",
    "unreachable": "Injoignable",
    "left": "A quitté le logement",
}

ATTEMPTS: Mapping[str, str] = {
    "waiting": "En attente",
    "offer": "Logement proposé",
    "none": "Rien à proposer",
    "ended": "Sans objet",
    "silent": "Sans réponse",
}

FEATURES: Mapping[str, str] = {
    "lift": "Ascenseur ou rez-de-chaussée",
    "step_free": "Accès de plain-pied",
    "ground_floor": "Rez-de-chaussée",
    "walk_in_shower": "Douche de plain-pied",
    "wheelchair": "Accessible en fauteuil",
    "care_nearby": "Proximité des soins",
    "carer_room": "Chambre pour un aidant",
    "quiet_room": "Pièce calme ou oxygène",
}

TIMINGS: Mapping[str, str] = {
    "on_time": "Dans les délais",
    "late": "Hors délai",
    "exception": "Admise par exception",
}

SCALES: Mapping[str, str] = {"case": "Un dossier", "profile": "Un profil", "sector": "Un secteur"}

EXECUTIONS: Mapping[str, str] = {
    "awaited": "Attendue",
    "executed": "Exécutée",
    "partly": "Exécutée en partie",
    "not_executed": "Non exécutée",
}

# Codes of the closed lists that the commands declare as `Literal`: what a form shows for each.
