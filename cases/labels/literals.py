"""Codes that a field spells out itself, with the words a person reads."""

from collections.abc import Mapping

from cases.labels.answers import ATTEMPTS, COMMITTEE, EXECUTIONS
from cases.labels.diagnosis import GRID_WORDS
from cases.labels.offers import FEW_CANDIDATES, VISITS
from cases.labels.people import ROLES
from cases.labels.support import OPINIONS

LITERALS: Mapping[str, str] = {
    **COMMITTEE,
    **ATTEMPTS,
    **EXECUTIONS,
    **FEW_CANDIDATES,
    **VISITS,
    **GRID_WORDS,
    **{
        code: OPINIONS[code]
        for code in ("favourable", "unfavourable", "legitimate", "not_legitimate", "adjourned")
    },
    **{str(role): name for role, name in ROLES.items()},
    "F": "Femme",
    "M": "Homme",
    "holder": "Titulaire du bail",
    "co_holder": "Cotitulaire",
    "spouse": "Conjoint ou partenaire",
    "child": "Enfant",
    "relative": "Autre parent",
    "hosted": "Personne hébergée",
    "left": "A quitté le logement",
    "died": "Décès",
    "placed": "Accueil en établissement ou placement",
    "violence": "Violences",
    "evacuation": "Évacuation",
    "imminent_danger": "Danger imminent",
    "other": "Autre",
    "salary": "Salaire",
    "unemployment": "Allocation chômage",
    "rsa": "RSA",
    "aah": "AAH",
    "pension": "Retraite ou pension",
    "family": "Prestations familiales",
    "activity_bonus": "Prime d’activité",
    "alimony": "Pension alimentaire",
    "A": "ICI A – Nord-Est",
    "B": "ICI B – Lille et couronnes",
    "C": "ICI C – Ouest",
    "mel": "Métropole européenne de Lille",
    "state": "État",
    "landlord_union": "Union des bailleurs",
    "landlord": "Bailleur",
    "commune": "Commune",
    "ccas": "CCAS",
    "association": "Association",
    "action_logement": "Action Logement",
    "department": "Département",
    "demolition": "Démolition",
    "requalification": "Requalification",
    "1": "1 mois",
    "6": "6 mois",
    "12": "12 mois",
}
