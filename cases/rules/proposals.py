"""Groups of blocked cases that deserve one escalation: the ICI is not case by case (domain 0, point 3).

A commune that counts enough gives a « secteur »; what is left of the other communes of the same ICI, put
together by the typology sought, gives a « profil ». No case is proposed twice for the same theme.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cases.rules.finding import Certainty, Finding

SOURCE = "ICI, temps 2 : blocages sur certains secteurs ou pour certains profils"


@dataclass(frozen=True, slots=True)
class Cell:
    """Blocked cases of one theme, commune (INSEE) and typology sought (None: no need sheet).

    `ready` may be raised now; `lacking` still lack a diagnosis, a need or a search. `covered`: an open
    escalation of a profile or a sector already carries cases of this cell.
    """

    theme: str
    commune: str
    typology: int | None
    ready: int
    lacking: int = 0
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """`scale` is "sector" (one commune, every typology) or "profile" (one typology, several communes)."""

    ici: str
    theme: str
    scale: str
    communes: tuple[str, ...]
    typologies: tuple[int | None, ...]
    ready: int
    lacking: int

    @property
    def key(self) -> str:
        """Names the proposal in an address."""
        what = self.communes[0] if self.scale == "sector" else f"T{self.typologies[0] or 0}"
        return f"{self.ici}.{self.theme}.{what}"


def proposals(
    cells: Iterable[Cell], ici_of: Mapping[str, str], least: int, certainty: Certainty
) -> Finding[tuple[Proposal, ...]]:
    """The largest first. `ici_of`: commune → code of its ICI; `least`: how many cases make a group."""
    by_ici: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.commune in ici_of and not cell.covered:
            by_ici[ici_of[cell.commune], cell.theme].append(cell)
    found = [one for (ici, theme), own in by_ici.items() for one in _of_theme(ici, theme, own, least)]
    found.sort(key=lambda one: (-one.ready, one.key))
    return Finding(tuple(found), {"least": least}, SOURCE, certainty)


def _of_theme(ici: str, theme: str, cells: Iterable[Cell], least: int) -> Iterable[Proposal]:
    by_commune: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_commune[cell.commune].append(cell)
    left: dict[int | None, list[Cell]] = defaultdict(list)
    for own in by_commune.values():
        if sum(cell.ready for cell in own) >= least:
            yield _made(ici, theme, "sector", own)
        else:
            for cell in own:
                left[cell.typology].append(cell)
    for typology, own in left.items():
        if typology is not None and sum(cell.ready for cell in own) >= least:
            yield _made(ici, theme, "profile", own)


def _made(ici: str, theme: str, scale: str, cells: Iterable[Cell]) -> Proposal:
    own = list(cells)
    return Proposal(
        ici=ici,
        theme=theme,
        scale=scale,
        communes=tuple(sorted({cell.commune for cell in own if cell.ready})),
        typologies=tuple(sorted({cell.typology for cell in own if cell.ready}, key=lambda one: one or 0)),
        ready=sum(cell.ready for cell in own),
        lacking=sum(cell.lacking for cell in own),
    )
