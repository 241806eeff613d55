"""The search between landlords: why there is nothing, whose dwelling it is, what became of it."""

from collections.abc import Mapping

NOTHING: Mapping[str, str] = {
    "no_typology": "Aucun logement vacant de cette typologie",
    "no_commune": "Aucun logement vacant dans ces communes",
    "not_accessible": "Aucun logement accessible",
    "above_cost": "Loyers au-dessus du maximum",
    "in_works": "Logements en travaux",
    "reserved": "Logements réservés, sans accord du réservataire",
    "promised": "Logements déjà promis à d’autres ménages",
    "other": "Autre (à préciser)",
}

RESERVERS: Mapping[str, str] = {
    "landlord": "Bailleur (non réservé)",
    "state": "État",
    "action_logement": "Action Logement",
    "commune": "Commune",
    "mel": "Métropole (MEL)",
    "department": "Département",
    "other": "Autre réservataire",
}

VACANCIES: Mapping[str, str] = {
    "vacant": "Vacant",
    "taken": "Proposé à un ménage",
    "withdrawn": "Retiré",
}

WITHDRAWALS: Mapping[str, str] = {
    "let": "Loué par ailleurs",
    "in_works": "En travaux",
    "sold": "Vendu ou démoli",
    "error": "Déclaré par erreur",
}
