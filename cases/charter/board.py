"""The NPRU board for those who read figures only: a partition of households whose small cells are hidden."""

import pandas as pd

from cases.rules.small_numbers import suppress, with_totals

TOTAL = "Ensemble"
PARTS = ("En cours", "Sans proposition", "Relogés", "Relogés provisoirement", "Partis sans relogement")


def partition(buildings: pd.DataFrame) -> pd.DataFrame:
    """Each household once: what remains without an offer, what is under way, temporary, rehoused, lost."""
    under_way = buildings["remaining"] - buildings["temporary"]
    parts = pd.DataFrame(
        {
            PARTS[0]: under_way - buildings["no_offer"],
            PARTS[1]: buildings["no_offer"],
            PARTS[2]: buildings["rehoused"],
            PARTS[3]: buildings["temporary"],
            PARTS[4]: buildings["attrition"],
        }
    )
    return parts.set_axis(list(buildings["name"]), axis=0)


def figures_only(buildings: pd.DataFrame, hide_under: int) -> pd.DataFrame:
    """The partition with its totals; a small cell, and what would give it back, is pd.NA."""
    parts = partition(buildings)
    return suppress(with_totals(parts, TOTAL), hide_under) if len(parts) else parts
