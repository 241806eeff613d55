"""Why a closed case is kept longer (domain 6.2)."""

from collections.abc import Mapping

GROUNDS: Mapping[str, str] = {
    "agreement": "Accord de la personne pour garder l’historique",
    "dispute": "Recours ou litige en cours",
}
