"""The shared grid of the social diagnosis, in blocks (domain 4.1). Functional needs only: no diagnosis text.

A block that nobody filled is None: the signature takes the restricted ones from the former version.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from cases.commands.fields import (
    Choices,
    Feature,
    Insee,
    LongText,
    Money,
    ObstacleKind,
    Ref,
    RequiredLong,
    Surface,
    Text,
    Typology,
)
from cases.labels.diagnosis import LEVELS
from cases.registry import Data

Level = Annotated[int, Field(ge=0, le=3), Choices(LEVELS)]
PersonId = Annotated[int, Ref("person")]
Income = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=2)]
Months = Annotated[int, Field(ge=0, le=600)]
Fact = bool | None
Custody = Literal["full_time", "alternate", "visiting"]
School = Literal["nursery", "primary", "lower_secondary", "upper_secondary", "higher", "apprenticeship"]
Dpe = Literal["dpe_a", "dpe_b", "dpe_c", "dpe_d", "dpe_e", "dpe_f", "dpe_g"]
Condition = Literal["state_good", "state_worn", "state_poor", "state_unfit"]
LaterPeriod = Literal["last_year", "last_months"]
DwellingKind = Literal["kind_flat", "kind_house", "kind_any"]
Want = Literal["want_parking", "want_cellar", "want_garden", "want_pets", "want_new", "want_neighbours"]


class MemberFacts(Data):
    person_id: PersonId = Field(title="Personne")
    dependant: bool = Field(default=False, title="À charge")
    custody: Custody | None = Field(default=None, title="Garde de l’enfant")
    school: School | None = Field(default=None, title="Scolarité")
    leaving_soon: bool = Field(default=False, title="Va bientôt partir")


class SplitCandidate(Data):
    """Somebody who may leave for a dwelling of their own: creates a child case, elsewhere."""

    person_id: PersonId = Field(title="Personne")
    present_since: date | None = Field(default=None, title="Dans le logement depuis")
    own_resources: Money | None = Field(default=None, title="Ressources propres (€ par mois)")
    wish: Text = Field(default="", title="Souhait")


class SurveyedDwelling(Data):
    """As it was seen: what is filled here corrects what the case knew of the dwelling."""

    typology: Typology | None = Field(default=None, title="Typologie (T)")
    rooms: Annotated[int, Field(ge=1, le=15)] | None = Field(
        default=None, title="Pièces habitables (hors cuisine)"
    )
    surface_m2: Surface | None = Field(default=None, title="Surface habitable (m²)")
    floor: Annotated[int, Field(ge=-1, le=40)] | None = Field(default=None, title="Étage")
    lift: Fact = Field(default=None, title="Ascenseur")
    accessible: Fact = Field(default=None, title="Accessible de plain-pied")
    dpe: Dpe | None = Field(default=None, title="Étiquette énergie (DPE)")
    condition: Condition | None = Field(default=None, title="État du logement")
    damp: Fact = Field(default=None, title="Humidité ou moisissures")
    heating_included: Fact = Field(default=None, title="Chauffage compris dans les charges")
    in_qpv: Fact = Field(default=None, title="En quartier prioritaire (QPV)")
    rent: Money | None = Field(default=None, title="Loyer (€ par mois)")
    charges: Money | None = Field(default=None, title="Charges (€ par mois)")
    housing_aid: Money | None = Field(default=None, title="Aide au logement (€ par mois)")
    rent_cut: Money | None = Field(default=None, title="Réduction de loyer de solidarité (€ par mois)")
    over_income_rent: Money | None = Field(default=None, title="Surloyer (€ par mois)")
    utilities_flat: Money | None = Field(
        default=None, title="Forfait eau et chauffage individuels (€ par mois)"
    )


class Resource(Data):
    person_id: PersonId | None = Field(default=None, title="Personne")
    kind: Literal[
        "salary", "unemployment", "rsa", "aah", "pension", "old_age_minimum", "family", "activity_bonus",
        "alimony", "other",
    ] = Field(title="Nature")  # fmt: skip
    monthly: Money = Field(title="Montant mensuel (€)")
    proof_on: date | None = Field(default=None, title="Justificatif du")


class Functional(Data):
    """Restricted: needs of the dwelling, never their medical reason (domain 6.3)."""

    features: Annotated[list[Feature], Field(max_length=8)] = Field(default=[], title="Besoins fonctionnels")
    mdph_reference: Fact = Field(default=None, title="Référence MDPH ou GIR (oui ou non, sans contenu)")
    mobility_card: Fact = Field(default=None, title="Carte mobilité inclusion « invalidité »")


class Safety(Data):
    """Restricted: what keeps the household safe (domain 6.4)."""

    violence: bool = Field(default=False, title="Violences signalées")
    excluded_communes: Annotated[list[Insee], Field(max_length=95)] = Field(
        default=[], title="Communes à éviter"
    )
    excluded_places: Text = Field(default="", title="Quartiers ou adresses à éviter")
    safe_contact: Text = Field(default="", title="Contact sûr")
    may_know: Text = Field(default="", title="Qui peut savoir")


class Wished(Data):
    """Ranked: the first commune is the first wish."""

    communes: Annotated[list[Insee], Field(max_length=8)] = Field(
        default=[], title="Communes souhaitées (dans l’ordre, 8 au plus)"
    )
    districts: Text = Field(default="", title="Quartiers souhaités (dans l’ordre)")
    typology: Typology | None = Field(default=None, title="Typologie souhaitée (T)")
    kind: DwellingKind | None = Field(default=None, title="Appartement ou maison")
    floor_max: Annotated[int, Field(ge=0, le=40)] | None = Field(default=None, title="Étage au plus")
    wants: Annotated[list[Want], Field(max_length=6)] = Field(default=[], title="Équipements souhaités")
    refused: Text = Field(default="", title="Secteurs refusés")


class Grid(Data):
    """Every block. The names are those that `Diagnosis.grid` keeps; `wishes` are the words said."""

    held_on: date = Field(title="Entretien le")
    at_home: bool = Field(default=True, title="Au domicile")
    lease_on: date | None = Field(default=None, title="Bail signé le")
    members: Annotated[list[MemberFacts], Field(max_length=20)] = Field(
        default=[], title="Personnes du ménage"
    )
    pregnancy: Fact = Field(default=None, title="Grossesse attestée par un certificat")
    split_candidates: Annotated[list[SplitCandidate], Field(max_length=10)] = Field(
        default=[], title="Candidats à la décohabitation"
    )
    dwelling: SurveyedDwelling | None = Field(default=None, title="Logement actuel")
    resources: Annotated[list[Resource], Field(max_length=30)] = Field(
        default=[], title="Ressources mensuelles"
    )
    no_resources: bool = Field(default=False, title="Le ménage n’a aucune ressource")
    reference_income: Income | None = Field(
        default=None, title="Revenu fiscal de référence du ménage (€ par an)"
    )
    reference_year: Annotated[int, Field(ge=2010, le=2100)] | None = Field(
        default=None, title="Année des revenus"
    )
    later_income: Income | None = Field(
        default=None, title="Revenus plus récents du ménage (€ par an), s’ils ont baissé"
    )
    later_period: LaterPeriod | None = Field(default=None, title="Période de ces revenus")
    arrears: Money = Field(default=Decimal(0), title="Dette de loyer (€)")
    arrears_months: Months | None = Field(default=None, title="Mois de loyer impayés")
    repayment_plan: Fact = Field(default=None, title="Plan d’apurement en cours")
    fsl_requested: Fact = Field(default=None, title="FSL sollicité")
    over_indebted: Fact = Field(default=None, title="Dossier de surendettement (Banque de France)")
    energy_debt: Money = Field(default=Decimal(0), title="Dette d’énergie ou d’eau (€)")
    other_burdens: Money = Field(default=Decimal(0), title="Autres charges fixes (€ par mois)")
    functional: Functional | None = Field(default=None, title="Besoins fonctionnels")
    safety: Safety | None = Field(default=None, title="Sécurité")
    work_school: Text = Field(default="", title="Contraintes d’emploi ou de scolarité")
    wished: Wished | None = Field(default=None, title="Souhaits, dans l’ordre")
    wishes: LongText = Field(default="", title="Souhaits du ménage")
    administrative: Level | None = Field(default=None, title="Démarches administratives")
    budget: Level | None = Field(default=None, title="Gestion du budget")
    upkeep: Level | None = Field(default=None, title="Entretien du logement")
    neighbours: Level | None = Field(default=None, title="Relations de voisinage")
    health_follow_up: Level | None = Field(default=None, title="Suivi de la santé")
    moving: Level | None = Field(default=None, title="Capacité à déménager")
    obstacles: Annotated[list[ObstacleKind], Field(max_length=15)] = Field(
        default=[], title="Freins constatés"
    )
    own_words: LongText = Field(default="", title="Ce que dit le ménage")


RESTRICTED = ("functional", "safety")


class Need(Data):
    """The conclusion: what an offer will be tested against."""

    typology_min: Typology = Field(title="Typologie minimale (T)")
    typology_max: Typology = Field(title="Typologie maximale (T)")
    surface_min: Surface | None = Field(default=None, title="Surface minimale (m²)")
    max_cost: Money | None = Field(default=None, title="Loyer et charges au plus (€ par mois)")
    communes: Annotated[list[Insee], Field(max_length=8)] = Field(default=[], title="Communes souhaitées")
    excluded_communes: Annotated[list[Insee], Field(max_length=95)] = Field(
        default=[], title="Communes exclues"
    )
    features: Annotated[list[Feature], Field(max_length=8)] = Field(default=[], title="Besoins fonctionnels")
    support: LongText = Field(default="", title="Accompagnement proposé")
    under_occupation_accepted: bool = Field(default=False, title="Sous-occupation acceptée")


class SignDiagnosis(Data):
    grid: Grid = Field(title="Grille partagée")
    need: Need = Field(title="Conclusion : fiche besoin")
    agreed: bool = Field(default=False, title="Le ménage est d’accord")


class RenewDiagnosis(Data):
    grid: Grid = Field(title="Grille partagée")
    reason: RequiredLong = Field(title="Ce qui a changé")
    agreed: bool = Field(default=False, title="Le ménage est d’accord")


def readable(typed: Mapping[str, Any], held_on: date) -> tuple[Grid, frozenset[str]]:
    """The grid as far as it can be read while somebody types, and the fields that cannot be yet.

    What is wrong is left out, a row at a time; the signature alone refuses.
    """
    whole = {"held_on": held_on} | dict(typed)
    try:
        return Grid.model_validate(whole), frozenset()
    except ValidationError as error:
        wrong = {tuple(item["loc"][:2]) for item in error.errors()}
    kept = {name: _without(name, value, wrong) for name, value in whole.items()}
    sound = {name: value for name, value in kept.items() if value is not None} | (
        {} if kept.get("held_on") else {"held_on": held_on}
    )
    return Grid.model_validate(sound), frozenset(str(place[0]) for place in wrong)


def _without(name: str, value: Any, wrong: set[tuple[Any, ...]]) -> Any:
    """The value less its wrong rows or parts; None when it is wrong as a whole."""
    places = [place for place in wrong if place[0] == name]
    if any(len(place) == 1 for place in places):
        return None
    parts = {place[1] for place in places}
    if isinstance(value, list):
        return [item for rank, item in enumerate(value) if rank not in parts]
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if key not in parts}
    return value
