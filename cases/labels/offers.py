"""What is said of an offer and of the commission that examines it."""

from collections.abc import Mapping

NON_ALLOCATIONS: Mapping[str, str] = {
    "resources_too_high": "Ressources trop élevées",
    "resources_too_low": "Ressources trop faibles pour le loyer",
    "effort_too_high": "Taux d’effort trop élevé",
    "composition": "Composition du ménage et typologie",
    "incomplete_file": "Dossier incomplet",
    "better_candidate": "Autre candidat mieux classé",
    "arrears": "Impayés de loyer",
    "behaviour": "Comportement",
    "visit_declined": "Visite refusée par le ménage",
    "lease_not_ended": "Bail actuel non résilié",
    "social_mix": "Mixité sociale",
    "dwelling_withdrawn": "Logement retiré",
}

FEW_CANDIDATES: Mapping[str, str] = {
    "too_few": "Pas assez de candidats",
    "dalo_designated": "Ménage désigné au titre du DALO",
    "subsidised": "Logement de l’article D.331-25-1",
}

VISITS: Mapping[str, str] = {
    "planned": "Visite programmée",
    "visited": "Logement visité",
    "household_absent": "Ménage absent à la visite",
    "visit_declined": "Visite refusée par le ménage",
    "visit_cancelled": "Visite annulée par le bailleur",
}

EFFECTS: Mapping[str, str] = {
    "pause": "La recherche est mise en pause",
    "need": "La fiche besoin est à revoir",
    "committee": "Le comité technique dira si le refus est légitime",
}

COMMITTEE_OUTCOMES: Mapping[str, str] = {
    "waiting": "En attente",
    "awarded": "Attribué après désistement",
    "lifted": "Condition levée",
    "fallen": "Condition non levée",
    "ended": "Sans suite",
}
