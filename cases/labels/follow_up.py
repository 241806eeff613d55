"""After moving in: contacts, signals, the RIME questionnaire, the charter's promises."""

from collections.abc import Mapping

CHANNELS: Mapping[str, str] = {
    "phone": "Téléphone",
    "visit": "Visite au logement",
    "office": "Rendez-vous au service",
    "letter": "Courrier",
    "email": "Courriel ou SMS",
    "partner": "Par un partenaire ou une association",
}

ADAPTATIONS: Mapping[str, str] = {
    "not_needed": "Pas de travaux nécessaires",
    "awaited": "Travaux attendus",
    "done": "Travaux faits",
}

RELAYS: Mapping[str, str] = {
    "school": "École, garde d’enfants",
    "transport": "Transports",
    "health": "Médecin, soins",
}

SIGNALS: Mapping[str, str] = {
    "fsl": "FSL (Fonds de solidarité logement)",
    "ccapex": "CCAPEX (prévention des expulsions)",
    "ccas": "CCAS",
}

SIGNAL_ANSWERS: Mapping[str, str] = {
    "waiting": "Réception à vérifier",
    "received": "Reçu, pris en charge",
    "refused": "Reçu, sans suite",
    "lost": "Non reçu : à renvoyer",
    "ended": "Sans objet",
}

CHECKED: Mapping[str, str] = {code: SIGNAL_ANSWERS[code] for code in ("received", "refused", "lost")}

MILESTONE_STATES: Mapping[str, str] = {
    "done": "Ménage joint",
    "unreachable": "Injoignable",
    "left": "Sans objet : ménage parti",
    "open": "À faire maintenant",
    "late": "En retard",
    "to_come": "À venir",
    "closed": "Non fait",
}

# The RIME questionnaire (USH, guide 4.0, 2009) -------------------------------------------------------

INCOME_CLASSES: Mapping[str, str] = {
    "under_600": "Moins de 600 €",
    "to_1000": "601 à 1 000 €",
    "to_1500": "1 001 à 1 500 €",
    "to_2000": "1 501 à 2 000 €",
    "above_2000": "Plus de 2 000 €",
}

INFORMED: Mapping[str, str] = {
    "letter": "Par courrier",
    "meeting": "En réunion",
    "visit": "Par une visite à domicile",
    "neighbours": "Par les voisins ou le gardien",
    "press": "Par la presse",
    "not_informed": "N’a pas été informé",
}

# The charter ----------------------------------------------------------------------------------------

PROMISES: Mapping[str, str] = {
    "residential_choice": "Choix résidentiels",
    "means": "Capacités financières",
    "balance": "Équilibre territorial",
}

VERDICTS: Mapping[str, str] = {
    "kept": "tenue",
    "broken": "non tenue",
    "unverifiable": "non vérifiable",
}

PROMISE_FACTS: Mapping[str, str] = {
    "asked": "Communes demandées, dans l’ordre",
    "offered": "Communes proposées",
    "obtained": "Commune obtenue",
    "rank": "Rang du souhait obtenu",
    "first_wish": "Premier souhait obtenu",
    "typology_asked": "Typologie demandée",
    "typology": "Typologie obtenue",
    "cost_before": "Reste à charge avant (€ par mois)",
    "cost_after": "Reste à charge après (€ par mois)",
    "cost_change": "Évolution (€ par mois)",
    "surface_before": "Surface avant (m²)",
    "surface_after": "Surface après (m²)",
    "surface_gain": "Gain de surface (m²)",
    "cost_at_equal_surface": "Reste à charge après, à surface égale (€ par mois)",
    "same_charges": "Charges comparées sur le même périmètre",
    "effort_before": "Taux d’effort avant",
    "effort_after": "Taux d’effort après",
    "limit": "Plafond du taux d’effort",
    "in_qpv": "Nouveau logement en quartier prioritaire (QPV)",
    "from_qpv": "Logement quitté en QPV",
    "fragility": "Classe de fragilité du quartier (IPS, 1 à 4)",
    "objective": "Objectif de la commune ou du bailleur",
}
