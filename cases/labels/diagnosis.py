"""Words of the shared grid (domain 4.1): codes that its fields spell out, levels, the five steps (3.4)."""

from collections.abc import Mapping

GRID_WORDS: Mapping[str, str] = {
    "full_time": "À temps plein",
    "alternate": "Résidence alternée",
    "visiting": "Droit de visite et d’hébergement",
    "nursery": "Maternelle",
    "primary": "École primaire",
    "lower_secondary": "Collège",
    "upper_secondary": "Lycée",
    "higher": "Études supérieures",
    "apprenticeship": "Apprentissage",
    "old_age_minimum": "Minimum vieillesse",
    "alimony_paid": "Pension alimentaire versée",
    "dpe_a": "Classe A",
    "dpe_b": "Classe B",
    "dpe_c": "Classe C",
    "dpe_d": "Classe D",
    "dpe_e": "Classe E",
    "dpe_f": "Classe F",
    "dpe_g": "Classe G",
    "state_good": "Bon",
    "state_worn": "Usagé",
    "state_poor": "Dégradé",
    "state_unfit": "Non décent",
    "last_year": "Dernière année civile (N-1)",
    "last_months": "Douze derniers mois",
    "kind_flat": "Appartement",
    "kind_house": "Maison",
    "kind_any": "Indifférent",
    "want_parking": "Stationnement",
    "want_cellar": "Cave ou rangement",
    "want_garden": "Jardin ou balcon",
    "want_pets": "Animaux acceptés",
    "want_new": "Logement neuf",
    "want_neighbours": "Rester près des voisins ou de la famille",
    "explained": "Explication au ménage",
    "housing_project": "Projet de logement avec le ménage",
    "shared_diagnosis": "Diagnostic partagé et projet d’accompagnement",
    "agreement": "Accord et engagements de chacun",
}
# Autonomy: a profile, never a total (domain 4.3).
LEVELS: Mapping[str, str] = {
    "0": "0 – Ne peut pas seul",
    "1": "1 – Avec une aide régulière",
    "2": "2 – Avec une aide ponctuelle",
    "3": "3 – Autonome",
}
DIAGNOSIS_STEPS: Mapping[str, str] = {
    "diagnosis": "Diagnostic",
    **{code: GRID_WORDS[code] for code in ("explained", "housing_project", "shared_diagnosis", "agreement")},
}
