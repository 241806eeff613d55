"""Words of a sitting of the ICI: who sits and what is told."""

from collections.abc import Mapping

CAPACITIES: Mapping[str, str] = {"chair": "Présidence", "co_pilot": "Co-pilote", "member": "Membre"}
CONTRIBUTIONS: Mapping[str, str] = {"good_practice": "Bonne pratique", "testimony": "Témoignage"}
