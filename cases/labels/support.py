"""Obstacles, support measures and the technical committee."""

from collections.abc import Mapping

OBSTACLES: Mapping[str, str] = {
    "arrears": "Impayés de loyer",
    "no_title": "Papiers d’identité ou titre de séjour",
    "no_bank": "Pas de compte bancaire",
    "literacy": "Français, lecture ou écriture",
    "digital": "Numérique",
    "mobility": "Mobilité",
    "guardianship": "Mesure de protection à mettre en place",
    "hoarding": "Encombrement du logement",
    "conflict": "Conflit (famille, voisinage)",
    "over_indebtedness": "Surendettement",
    "hospital": "Hospitalisation",
    "prison": "Incarcération",
    "refuses_to_move": "Refuse de partir",
    "unreachable": "Injoignable",
    "other": "Autre frein",
}

SETTLED: Mapping[str, str] = {
    "lifted": "Frein levé",
    "lessened": "Frein atténué, solution possible",
    "remains": "Frein maintenu : autre voie à chercher",
    "noted_in_error": "Noté par erreur",
}

OBSTACLE_RESULTS: Mapping[str, str] = {"open": "À lever", **SETTLED, "no_object": "Sans objet"}

SUPPORTS: Mapping[str, str] = {
    "asll": "ASLL (FSL)",
    "avdl": "AVDL",
    "ccas": "Accompagnement du CCAS",
    "cesf": "Conseillère sociale du bailleur (CESF)",
    "department": "Service social du Département",
    "association": "Accompagnement associatif",
    "mediation": "Médiation (voisinage, ménages inquiets du départ)",
    "guardianship": "Tutelle ou curatelle",
}

ENDED: Mapping[str, str] = {
    "aims_met": "Objectifs atteints",
    "term": "Arrivée à son terme",
    "household_stopped": "Arrêt demandé par le ménage",
    "body_stopped": "Arrêt par l’organisme",
    "recorded_in_error": "Enregistrée par erreur",
}

SUPPORT_ENDS: Mapping[str, str] = {
    **ENDED,
    "handed_over": "Reprise par un autre organisme",
    "case_closed": "Dossier clos",
}

ASKED: Mapping[str, str] = {
    "need": "Valider le besoin",
    "orientation": "Donner une orientation",
    "refusal": "Dire si un refus est légitime",
    "derogation": "Accorder une dérogation",
}

OPINIONS: Mapping[str, str] = {
    "waiting": "À examiner",
    "favourable": "Avis favorable",
    "unfavourable": "Avis défavorable",
    "legitimate": "Refus légitime",
    "not_legitimate": "Refus non légitime",
    "adjourned": "Ajourné",
    "withdrawn": "Retiré",
    "annulled": "Avis annulé",
}

TECHNICAL_STATES: Mapping[str, str] = {
    "planned": "Programmée",
    "open": "En séance",
    "closed": "Relevé clos",
    "cancelled": "Annulée",
}

LEGITIMACIES: Mapping[str, str] = {
    "under_review": "Légitimité à l’examen",
    "legitimate": "Refus jugé légitime",
    "not_legitimate": "Refus jugé non légitime",
}
