"""Does a vacant dwelling answer a need? Every criterion met, missed or to be checked, and why in French.

No total score: dwellings are ordered by what is missed, then by what is to be checked, then by their cost.
A dwelling in an excluded commune answers nothing, whatever the rest.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cases.rules.finding import Certainty
from cases.rules.offer_words import euros, typology_span

Verdict = Literal["met", "missed", "unknown"]
Judged = tuple[Verdict, str]
FEATURES: Mapping[str, str] = {
    "lift": "ascenseur ou rez-de-chaussée",
    "step_free": "accès de plain-pied",
    "ground_floor": "rez-de-chaussée",
    "walk_in_shower": "douche de plain-pied",
    "wheelchair": "accès en fauteuil roulant",
    "care_nearby": "proximité des soins",
    "carer_room": "chambre pour un aidant",
    "quiet_room": "pièce calme ou oxygène",
}
RESERVERS: Mapping[str, str] = {
    "state": "l’État",
    "action_logement": "Action Logement",
    "commune": "la commune",
    "mel": "la MEL",
    "department": "le département",
    "other": "un autre réservataire",
}
SHEET = "Fiche besoin validée"
ART_13_BIS = "Loi du 1er septembre 1948, art. 13 bis ; CCH, art. L.442-6"
RESERVATION_SOURCE = "CCH, art. L.441-1 et R.441-5 (droits de réservation)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A need. Money in € a month, surfaces in m², communes as INSEE codes.

    `home_commune`, `home_canton`: where the household lives, when the legal area of art. 13 bis applies.
    """

    typology_min: int
    typology_max: int
    surface_min: Decimal | None = None
    max_cost: Decimal | None = None
    communes: frozenset[str] = frozenset()
    excluded_communes: frozenset[str] = frozenset()
    features: frozenset[str] = frozenset()
    under_occupation_accepted: bool = False
    home_commune: str | None = None
    home_canton: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacant:
    """A declared dwelling; None is a fact not known. `reserver`: "landlord" when nobody else names it."""

    typology: int
    commune: str
    commune_name: str
    surface_m2: Decimal | None = None
    canton: str | None = None
    floor: int | None = None
    lift: bool | None = None
    features: frozenset[str] = frozenset()
    rent: Decimal | None = None
    charges: Decimal | None = None
    reserver: str = "landlord"

    @property
    def cost(self) -> Decimal | None:
        """Rent + charges."""
        return None if self.rent is None or self.charges is None else self.rent + self.charges


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRules:
    """Thresholds of the territory: how far from the typology, which communes are divided into cantons."""

    typology_below: int
    typology_above: int
    communes_with_cantons: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """What is compared, and by which thresholds."""

    wanted: Wanted
    vacant: Vacant
    rules: MatchRules


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the comparison. `field_class`: who may read its detail."""

    code: str
    label: str
    verdict: Verdict
    detail: str
    source: str
    certainty: Certainty
    field_class: str = "common"


@dataclass(frozen=True, slots=True)
class Match:
    criteria: tuple[Criterion, ...]
    cost: Decimal | None

    def count(self, verdict: Verdict) -> int:
        return sum(one.verdict == verdict for one in self.criteria)

    @property
    def order(self) -> tuple[int, int, Decimal]:
        """Fewest missed first, then fewest to check, then the cheapest."""
        return (
            self.count("missed"),
            self.count("unknown"),
            self.cost if self.cost is not None else Decimal(10**6),
        )


def match(wanted: Wanted, vacant: Vacant, rules: MatchRules) -> Match | None:
    """The comparison, criterion by criterion; None when the commune is one to avoid."""
    if vacant.commune in wanted.excluded_communes:
        return None
    pair, found = Pair(wanted, vacant, rules), []
    for code, label, judge, source, certainty, field_class in _CRITERIA:
        judged = judge(pair)
        if judged is not None:
            found.append(Criterion(code, label, *judged, source, certainty, field_class))
    return Match(tuple(found), vacant.cost)


def _typology(pair: Pair) -> Judged:
    low, high = (
        pair.wanted.typology_min - pair.rules.typology_below,
        pair.wanted.typology_max + pair.rules.typology_above,
    )
    span = typology_span(low, high)
    if pair.vacant.typology < low:
        return "missed", f"T{pair.vacant.typology} : trop petit, le besoin admet {span}."
    if pair.vacant.typology > high and not pair.wanted.under_occupation_accepted:
        return "missed", f"T{pair.vacant.typology} : trop grand, le besoin admet {span}."
    if pair.vacant.typology > high:
        return "met", f"T{pair.vacant.typology} : plus grand que le besoin, accepté à l’enquête."
    return "met", f"T{pair.vacant.typology} : le besoin admet {span}."


def _surface(pair: Pair) -> Judged | None:
    if pair.wanted.surface_min is None:
        return None
    least = _figure(pair.wanted.surface_min)
    if pair.vacant.surface_m2 is None:
        return "unknown", f"Surface à préciser : {least} m² au moins."
    words = f"{_figure(pair.vacant.surface_m2)} m² pour {least} m² au moins."
    return ("met" if pair.vacant.surface_m2 >= pair.wanted.surface_min else "missed"), words


def _commune(pair: Pair) -> Judged | None:
    if not pair.wanted.communes:
        return None
    if pair.vacant.commune in pair.wanted.communes:
        return "met", f"{pair.vacant.commune_name} : commune souhaitée."
    return "missed", f"{pair.vacant.commune_name} : le ménage ne l’a pas demandée."


def _cost(pair: Pair) -> Judged | None:
    if pair.wanted.max_cost is None:
        return None
    most = euros(pair.wanted.max_cost)
    if pair.vacant.cost is None:
        return "unknown", f"Loyer ou charges à préciser : {most} au plus."
    words = f"{euros(pair.vacant.cost)} pour {most} au plus."
    return ("met" if pair.vacant.cost <= pair.wanted.max_cost else "missed"), words


def _features(pair: Pair) -> Judged | None:
    if not pair.wanted.features:
        return None
    states = {code: _has(pair.vacant, code) for code in FEATURES if code in pair.wanted.features}
    lacking = [FEATURES[code] for code, state in states.items() if state is False]
    unsaid = [FEATURES[code] for code, state in states.items() if state is None]
    if lacking:
        return "missed", f"Il manque : {', '.join(lacking)}."
    if unsaid:
        return "unknown", f"À vérifier : {', '.join(unsaid)}."
    return "met", f"Présents : {', '.join(FEATURES[code] for code in states)}."


def _has(vacant: Vacant, feature: str) -> bool | None:
    """What is stated of floor and lift wins over a box ticked; a box not ticked says nothing."""
    if feature == "ground_floor" and vacant.floor is not None:
        return vacant.floor == 0
    if feature == "lift" and (vacant.lift or vacant.floor == 0):
        return True
    if feature == "lift" and vacant.lift is False:
        return False
    return True if feature in vacant.features else None


def _legal_area(pair: Pair) -> Judged | None:
    """Same commune, or same canton where there are several; what adjoins is a fact that a person states."""
    home = pair.wanted.home_commune
    if home is None:
        return None
    if pair.vacant.commune != home:
        return "unknown", "Autre commune : vérifiez qu’elle est limitrophe, et la distance."
    if home not in pair.rules.communes_with_cantons:
        return "met", "Même commune que le logement actuel."
    if not pair.vacant.canton or not pair.wanted.home_canton:
        return "unknown", "Même commune : précisez les cantons."
    if pair.vacant.canton == pair.wanted.home_canton:
        return "met", "Même canton que le logement actuel."
    return "unknown", "Autre canton de la commune : vérifiez qu’il est limitrophe."


def _reservation(pair: Pair) -> Judged:
    if pair.vacant.reserver == "landlord":
        return "met", "Le bailleur propose lui-même les candidats."
    holder = RESERVERS[pair.vacant.reserver]
    return "unknown", f"Réservé à {holder} : son accord est à demander."


def _figure(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


_Judge = Callable[[Pair], Judged | None]
_CRITERIA: tuple[tuple[str, str, _Judge, str, Certainty, str], ...] = (
    ("typology", "Typologie", _typology, SHEET, "E", "common"),
    ("surface", "Surface", _surface, SHEET, "C", "common"),
    ("commune", "Commune", _commune, SHEET, "A", "common"),
    ("cost", "Loyer et charges", _cost, SHEET, "A", "common"),
    ("features", "Besoins fonctionnels", _features, SHEET, "C", "health_functional"),
    ("legal_area", "Périmètre légal", _legal_area, ART_13_BIS, "E", "common"),
    ("reservation", "Réservation", _reservation, RESERVATION_SOURCE, "C", "common"),
)
