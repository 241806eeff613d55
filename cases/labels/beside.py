"""Closed lists of what stands beside the path: suspensions, notes, opinions, documents."""

from collections.abc import Mapping

SUSPENSIONS: Mapping[str, str] = {
    "household_absent": "Ménage absent ou hospitalisé",
    "household_asks": "À la demande du ménage",
    "awaiting_evidence": "Pièce attendue (titre de séjour, jugement)",
    "awaiting_decision": "Décision d’un tiers attendue (MDPH, FSL, tribunal)",
    "awaiting_birth": "Naissance ou regroupement familial attendu",
    "operation_postponed": "Opération ou travaux décalés",
    "other": "Autre",
}

NOTE_READERS: Mapping[str, str] = {
    "all": "Tous ceux qui ouvrent le dossier",
    "service": "Mon service",
    "me": "Moi seul",
}

BODY_OPINIONS: Mapping[str, str] = {
    "favourable": "Favorable",
    "reserved": "Favorable sous réserve",
    "unfavourable": "Défavorable",
    "no_opinion": "Sans avis",
}

DOCUMENTS: Mapping[str, str] = {
    "letter": "Courrier",
    "lease": "Bail",
    "offer": "Proposition de logement",
    "proof_of_receipt": "Preuve de réception",
    "identity": "Pièce d’identité ou titre de séjour",
    "income": "Justificatif de ressources",
    "social_report": "Rapport social",
    "budget": "Budget, plan d’apurement",
    "medical": "Certificat ou avis médical",
    "disability": "Décision MDPH",
    "protection": "Justificatif de protection (plainte, ordonnance)",
    "other": "Autre",
}
