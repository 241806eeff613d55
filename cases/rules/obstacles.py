"""Which obstacles ticked in the shared grid nobody follows yet, and what is usually done about each."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

# What a worker usually does first (E): proposed, changed freely before it is recorded.
USUAL_ACTIONS: Mapping[str, str] = {
    "arrears": "Proposer un plan d’apurement au bailleur",
    "no_title": "Aider à renouveler le titre d’identité ou de séjour",
    "no_bank": "Accompagner l’ouverture d’un compte bancaire",
    "literacy": "Orienter vers un cours ou un écrivain public",
    "digital": "Prendre rendez-vous avec un conseiller numérique",
    "mobility": "Faire un bilan de mobilité",
    "guardianship": "Préparer la demande de mesure de protection",
    "hoarding": "Organiser un débarras avec le ménage",
    "conflict": "Proposer une médiation",
    "over_indebtedness": "Préparer un dossier de surendettement",
    "hospital": "Joindre le service social de l’hôpital",
    "prison": "Joindre le service pénitentiaire d’insertion et de probation",
    "refuses_to_move": "Visiter le quartier proposé avec un médiateur",
    "unreachable": "Faire une visite à domicile",
    "other": "À préciser avec le ménage",
}


@dataclass(frozen=True, slots=True)
class Noted:
    """An obstacle already followed: `open` while something is still to be done."""

    kind: str
    on: date
    open: bool


def to_follow(ticked: Collection[str], signed_on: date, noted: Iterable[Noted]) -> tuple[str, ...]:
    """The kinds of the diagnosis signed that day without an action: neither open, nor settled since."""
    known = {one.kind for one in noted if one.open or one.on >= signed_on}
    return tuple(kind for kind in ticked if kind not in known)
