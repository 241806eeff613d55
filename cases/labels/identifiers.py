"""What names or locates a household, as a refusal says it."""

from collections.abc import Mapping

IDENTIFIERS: Mapping[str, str] = {
    "last_name": "un nom de famille",
    "first_name": "un prénom",
    "full_name": "un prénom et un nom",
    "born_on": "une date de naissance",
    "phone": "un numéro de téléphone",
    "email": "une adresse électronique",
    "snr_number": "un numéro unique",
    "address": "une adresse",
    "dwelling": "une référence de logement",
    "offer": "une référence de proposition",
    "reference": "une référence de dossier",
    "tracking": "un code de suivi",
    "protected": "un élément qui désigne un ménage protégé",
}
