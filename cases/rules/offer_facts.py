"""The stated facts an offer is judged on. None is a fact not known: it never makes an offer count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cases.rules.finding import Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFacts:
    """One offer as made and answered. Money in € a month, `effort_rate` a ratio (0.28), surface in m².

    `commune` is an INSEE code; `canton` the name or code used for the household too. `adjoins` is
    stated by a person: the offer's canton (or commune) adjoins the household's canton, or its commune
    where communes are not divided. `features` are functional ("lift", "step_free", "ground_floor",
    "walk_in_shower"…). `proof` is how receipt is proved. `answered_on`: day of the answer, if any.
    """

    written: bool
    offered_on: date | None
    received_on: date | None = None
    proof: str | None = None
    address: str | None = None
    commune: str | None = None
    canton: str | None = None
    typology: int | None = None
    surface_m2: Decimal | None = None
    floor: int | None = None
    lift: bool | None = None
    features: frozenset[str] = frozenset()
    rent: Decimal | None = None
    charges: Decimal | None = None
    housing_aid: Decimal | None = None
    effort_rate: Decimal | None = None
    adjoins: bool | None = None
    distance_km: Decimal | None = None
    specially_designed: bool = False
    visit_offered: bool = False
    refusal_signed: bool = False
    main_reason: str | None = None
    answered_on: date | None = None
    accepted: bool = False

    @property
    def cost(self) -> Decimal | None:
        """Rent + charges, € a month."""
        return None if self.rent is None or self.charges is None else self.rent + self.charges


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedFacts:
    """The validated need sheet and where the household lives now. `max_cost`: rent + charges, € a month.

    `exclusion_communes` are INSEE codes; `commune` and `canton` are the household's present ones.
    """

    typology_min: int | None
    typology_max: int | None
    max_cost: Decimal | None
    features: frozenset[str] = frozenset()
    exclusion_communes: frozenset[str] = frozenset()
    commune: str | None = None
    canton: str | None = None
    under_occupation_accepted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalGround:
    """What allows the demolition: the ANRU convention or the prefect's permit (CCH L.443-15-1)."""

    anru_convention_on: date | None = None
    demolition_permit_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRules:
    """The thresholds of the territory, in force at the date of the offer.

    `typology_below` and `typology_above` widen the need (0 and 1 by default in the MEL file);
    `max_distance_km` applies in communes that `communes_with_cantons` (INSEE) does not name.
    `reasons_excluded`: main reasons of a refusal (codes) that keep it from counting.
    `certainty` overrides that of a test, by test code, when a setting was validated.
    """

    answer_delay_days: int
    typology_below: int
    typology_above: int
    max_distance_km: Decimal
    communes_with_cantons: frozenset[str]
    reasons_excluded: frozenset[str] = frozenset()
    certainty: Mapping[str, Certainty] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a test of an offer looks at. `today` is the day of the judgement, in Paris."""

    offer: OfferFacts
    need: NeedFacts
    ground: LegalGround
    rules: OfferRules
    today: date
