"""French names of what people read: roles, actions, deadlines, reasons, kinds. One word for one thing."""

from collections.abc import Mapping

from cases.actor import Role

ROLES: Mapping[str, str] = {
    Role.SOCIAL_WORKER: "Travailleur social",
    Role.REHOUSING_OFFICER: "Chargé de relogement",
    Role.RECEIVING_LANDLORD: "Bailleur relogeur",
    Role.ICI_SECRETARIAT: "Secrétariat des ICI",
    Role.CO_PILOT: "Co-pilote",
    Role.CHAIR: "Présidence de l’ICI",
    Role.PARTNER: "Partenaire",
    Role.OBSERVER: "Observateur",
    Role.ADMINISTRATOR: "Administrateur",
    Role.SYSTEM: "Système",
}

KINDS: Mapping[str, str] = {"transfer": "Mutation", "rehousing": "Relogement NPRU"}

COMMANDS: Mapping[str, str] = {
    "refer_transfer": "Signaler une mutation",
    "identify_household": "Identifier un ménage à reloger",
    "check_admissibility": "Étudier la recevabilité",
    "request_information": "Demander un complément",
    "complete_information": "Enregistrer le complément",
    "reject": "Déclarer non recevable",
    "admit": "Déclarer recevable",
    "inform_household": "Informer le ménage",
    "start_diagnosis": "Commencer le diagnostic",
    "sign_diagnosis": "Signer le diagnostic",
    "validate_need": "Valider la fiche besoin",
    "revise_need": "Réviser la fiche besoin",
    "start_search": "Lancer la recherche",
    "record_attempt": "Enregistrer une recherche",
    "answer_attempt": "Enregistrer la réponse d’un bailleur",
    "make_offer": "Faire une proposition",
    "record_receipt": "Enregistrer la réception",
    "refuse_offer": "Enregistrer un refus",
    "expire_offer": "Constater l’absence de réponse",
    "annul_offer": "Annuler la proposition",
    "accept_offer": "Enregistrer l’acceptation",
    "validate_third_refusal": "Valider le troisième refus",
    "inform_committee": "Informer la commission",
    "allocate": "Enregistrer l’attribution",
    "not_allocate": "Enregistrer la non-attribution",
    "sign_lease": "Enregistrer la signature du bail",
    "move_in": "Enregistrer l’emménagement",
    "move_temporarily": "Reloger provisoirement",
    "change_return_date": "Décaler la date de retour",
    "return_home": "Enregistrer le retour",
    "renounce_return": "Enregistrer la renonciation au retour",
    "resume_search": "Reprendre la recherche",
    "start_follow_up": "Ouvrir le suivi",
    "record_follow_up": "Enregistrer un contact de suivi",
    "close_case": "Clore le dossier",
    "close_early": "Clore avant le terme",
    "reopen": "Rouvrir",
    "open_blockage": "Signaler un blocage",
    "close_blockage": "Lever un blocage",
    "take_case": "Prendre le dossier",
    "assign_case": "Affecter le dossier",
    "hand_over": "Proposer une passation",
    "accept_handover": "Accepter la passation",
    "refuse_handover": "Refuser la passation",
    "add_note": "Ajouter une note",
    "update_contact": "Mettre à jour les coordonnées",
    "add_person": "Ajouter une personne au ménage",
    "change_holder": "Changer de titulaire",
    "record_departure": "Enregistrer le départ d’une personne",
    "split_household": "Enregistrer une décohabitation",
    "protect_case": "Protéger le dossier",
    "add_reader": "Nommer un lecteur",
    "remove_reader": "Retirer un lecteur",
    "draft_escalation": "Préparer une remontée",
    "join_case": "Rattacher à une remontée",
    "leave_escalation": "Retirer de la remontée",
    "submit_escalation": "Déposer la remontée",
    "withdraw_escalation": "Retirer la remontée",
    "carry_over": "Reporter à la séance suivante",
    "admit_by_exception": "Admettre par exception",
    "objectify": "Objectiver",
    "put_on_agenda": "Inscrire à l’ordre du jour",
    "decide": "Enregistrer la décision",
    "postpone": "Reporter le point",
    "record_execution": "Enregistrer l’exécution",
    "give_reason": "Donner le motif de non-exécution",
    "mark_not_executed": "Constater la non-exécution",
    "return_to_agenda": "Remettre à l’ordre du jour",
    "plan_session": "Programmer une séance",
    "open_call": "Ouvrir l’appel",
    "close_call": "Arrêter la liste",
    "move_session": "Déplacer la séance",
    "send_file": "Envoyer le dossier de séance",
    "hold_session": "Tenir la séance",
    "validate_minutes": "Valider le relevé de décisions",
    "close_session": "Clore la séance",
    "cancel_session": "Annuler la séance",
    "create_operation": "Créer une opération",
    "create_building": "Créer un bâtiment",
    "record_legal_ground": "Enregistrer la base légale",
    "change_vacate_date": "Changer la date de libération",
    "free_dwelling": "Neutraliser un logement libéré",
    "create_body": "Créer un organisme",
    "create_account": "Créer un compte",
    "update_account": "Modifier un compte",
    "change_setting": "Changer un réglage",
    "set_perimeter": "Changer le périmètre d’une ICI",
    "erase_details": "Effacer des détails du journal",
}

# Events that only the ICI course knows: the commands of escalations and sessions move it.
COURSE_EVENTS: Mapping[str, str] = {
    "file_on_time": "Déposé dans les délais",
    "file_late": "Déposé hors délai",
    "keep_raised": "Maintenu à l’ICI",
    "execute": "Décision exécutée",
    "fail": "Décision non exécutée",
    "withdraw": "Retiré de l’ICI",
    "record_part": "Enregistrer une exécution partielle",
}
EVENTS: Mapping[str, str] = {**COMMANDS, **COURSE_EVENTS}

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
    "new_difficulty": "Nouvelle difficulté signalée (FSL, CCAPEX, CCAS)",
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
