"""NPRU operations: who pays, what was spent, what was aimed at, how a dwelling was closed for good."""

from collections.abc import Mapping

PAYERS: Mapping[str, str] = {
    "landlord": "Bailleur de l’opération",
    "receiving_landlord": "Bailleur relogeur",
    "operation": "Bilan de l’opération (ANRU)",
    "fsl": "FSL",
    "action_logement": "Action Logement",
    "commune": "Commune ou CCAS",
    "household": "Ménage",
}

COSTS: Mapping[str, str] = {
    "mover": "Déménageur",
    "boxes": "Cartons et emballage",
    "utilities": "Ouverture et transfert des compteurs",
    "mail": "Suivi du courrier",
    "equipment": "Équipement (cuisinière, rideaux…)",
    "works": "Travaux dans le nouveau logement",
    "adaptation": "Adaptation du nouveau logement",
    "storage": "Garde-meuble",
    "other": "Autre dépense",
}

OBJECTIVES: Mapping[str, str] = {
    "rehoused": "Ménages relogés définitivement",
    "recent": "Part en logement neuf ou de moins de cinq ans (%)",
    "outside_qpv": "Part hors QPV (%)",
}
PERCENT = frozenset({"recent", "outside_qpv"})

GROUPED: Mapping[str, str] = {
    "waiting": "En attente de réponse",
    "joined": "Rejoint le groupe",
    "declined": "Préfère une solution individuelle",
    "ended": "Sans objet",
}

NEUTRALISED: Mapping[str, str] = {
    "walled": "Muré",
    "door": "Porte anti-intrusion",
    "services": "Fluides coupés, équipements déposés",
    "guarded": "Gardiennage",
    "other": "Autre moyen",
}

STAYS: Mapping[str, str] = {
    "": "En cours",
    "returned": "Retour dans le logement",
    "renounced": "Retour auquel le ménage a renoncé par écrit",
    "resumed": "Recherche d’un logement définitif",
    "ended": "Terminé avec le dossier",
}
