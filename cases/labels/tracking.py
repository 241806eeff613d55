"""Where a referral stands, in plain words for the public page: not who, where or with whom."""

from collections.abc import Mapping

PROTECTED_STAGE = "Pris en charge"
STAGES: Mapping[str, str] = {
    "referred": "Signalement reçu, pas encore étudié",
    "identified": "Signalement reçu, pas encore étudié",
    "admissibility_check": "Signalement à l’étude",
    "incomplete": "Des informations ont été demandées à la personne qui a signalé",
    "not_admissible": "Signalement non retenu : les raisons ont été données à la personne qui a signalé",
    "admitted": "Signalement retenu, la situation va être étudiée avec le ménage",
    "informed": "Signalement retenu, la situation va être étudiée avec le ménage",
    "diagnosis": "Situation étudiée avec le ménage",
    "diagnosed": "Situation étudiée avec le ménage",
    "need_validated": "Recherche d’un logement",
    "searching": "Recherche d’un logement",
    "offer_pending": "Recherche d’un logement",
    "accepted": "Recherche d’un logement",
    "committee": "Recherche d’un logement",
    "allocated": "Entrée dans un logement en préparation",
    "lease_signed": "Entrée dans un logement en préparation",
    "temporarily_housed": "Relogement provisoire",
    "moved_in": "Ménage relogé, suivi en cours",
    "follow_up": "Ménage relogé, suivi en cours",
    "closed": "Dossier terminé",
}
