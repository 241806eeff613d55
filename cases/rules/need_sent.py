"""What of a need sheet goes to another landlord: the dwelling wanted, nothing about the people.

A whitelist: what is not named here never leaves. Of a protected case no commune is sent, since the places
where a household looks, or avoids, locate it (domain 6.4).
"""

from collections.abc import Mapping
from typing import Any

# What a dwelling has or has not. The other needs speak of somebody's care and stay with the service.
DWELLING_FEATURES = ("lift", "step_free", "ground_floor", "walk_in_shower", "wheelchair")


def need_sent(reference: str, sheet: Mapping[str, Any], *, protected: bool) -> dict[str, Any]:
    """The snapshot to keep with the request, as JSON: € a month and m² as text, communes as INSEE codes."""
    return {
        "reference": reference,
        "version": sheet["number"],
        "typology_min": sheet["typology_min"],
        "typology_max": sheet["typology_max"],
        "surface_min": _text(sheet["surface_min"]),
        "max_cost": _text(sheet["max_cost"]),
        "communes": [] if protected else list(sheet["communes"]),
        "features": [code for code in DWELLING_FEATURES if code in sheet["features"]],
    }


def _text(amount: Any) -> str | None:
    return None if amount is None else str(amount)
