"""The consolidation of the three ICIs for the CIL (domain 2.3: the CIL coordinates them): tables that
identify nobody."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cases.labels import BLOCKAGES, DECISIONS
from cases.rules.small_numbers import suppress, with_totals
from cases.territory import icis
from db.queries.cil import Consolidation, Counts

TOTAL = "Total"
FILED = {
    "late": "Dont hors délai",
    "exceptions": "Dont admises par exception",
    "returned": "Revenues au moins une fois",
}
RESULTS = {"executed": "Exécutées", "awaited": "Attendues", "not_executed": "Non exécutées"}


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by ICI, totals inside; `pd.NA` where hidden."""

    title: str
    label: str
    frame: pd.DataFrame


def tables(found: Consolidation, threshold: int) -> tuple[Table, ...]:
    """Small counts are hidden, with those that would give them back. The items filed are the total of the
    themes: hidden there, they are hidden here."""
    themes = _grid(found.themes, BLOCKAGES, threshold)
    filed = [themes.loc[[TOTAL]].rename(index={TOTAL: "Déposées"})] if len(themes) else []
    alone = [
        _grid(_only(found.figures, code), {code: label}, threshold, down=False)
        for code, label in FILED.items()
    ]
    return (
        Table("Remontées", "Remontées", pd.concat([*filed, *alone])),
        Table("Ce qui bloque", "Thème", themes),
        Table("Décisions", "Nature", _grid(found.kinds, DECISIONS, threshold)),
        Table("Exécution des décisions", "Résultat", _grid(found.figures, RESULTS, threshold)),
    )


def _only(counts: Counts, code: str) -> Counts:
    return {key: value for key, value in counts.items() if key[0] == code}


def _grid(counts: Counts, labels: Mapping[str, str], threshold: int, *, down: bool = True) -> pd.DataFrame:
    """Rows in French, most frequent first, one column an ICI; `down`: a row of totals too."""
    codes = [code for code in labels if any(key[0] == code for key in counts)] if down else list(labels)
    columns = {ici.name: [counts.get((code, ici.code), 0) for code in codes] for ici in icis()}
    frame = pd.DataFrame(columns, index=[labels[code] for code in codes], dtype=int)
    if frame.empty:
        return frame
    frame = frame.loc[frame.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    totalled = with_totals(frame) if down else frame.assign(**{TOTAL: frame.sum(axis=1)})
    return suppress(totalled, threshold)
