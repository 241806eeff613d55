"""A dwelling as the forms describe it: the one a household lives in, the one that a landlord offers."""

from typing import Annotated

from pydantic import Field

from cases.commands.fields import Feature, Insee, Money, Ref, Required, Surface, Text, Typology
from cases.registry import Data

DwellingId = Annotated[str, Field(max_length=80), Ref("dwelling")]
Floor = Annotated[int, Field(ge=-1, le=40)]
Fact = bool | None


class PresentHome(Data):
    """Where a household lives when its case opens: what an offer will be compared with."""

    address: Required = Field(title="Adresse")
    canton: Text | None = Field(default=None, title="Canton")
    typology: Typology = Field(title="Typologie (T)")
    rooms: Annotated[int, Field(ge=1, le=15)] = Field(title="Pièces habitables (hors cuisine)")
    surface_m2: Surface = Field(title="Surface habitable (m²)")
    floor: Floor = Field(default=0, title="Étage")
    lift: bool = Field(default=False, title="Ascenseur")
    rent: Money | None = Field(default=None, title="Loyer (€ par mois)")
    charges: Money | None = Field(default=None, title="Charges (€ par mois)")
    housing_aid: Money | None = Field(default=None, title="Aide au logement (€ par mois)")
    heating_included: Fact = Field(default=None, title="Chauffage compris dans les charges")
    in_qpv: Fact = Field(default=None, title="En quartier prioritaire (QPV)")


class OfferedHome(Data):
    """What a landlord says of a dwelling that it could let, declared vacant or offered to a household."""

    address: Required = Field(title="Adresse du logement")
    commune: Insee = Field(title="Commune")
    canton: Text | None = Field(default=None, title="Canton")
    typology: Typology = Field(title="Typologie (T)")
    surface_m2: Surface | None = Field(default=None, title="Surface (m²)")
    floor: Floor | None = Field(default=None, title="Étage")
    lift: bool | None = Field(default=None, title="Ascenseur")
    features: Annotated[list[Feature], Field(max_length=8)] = Field(default=[], title="Équipements")
    rent: Money | None = Field(default=None, title="Loyer (€ par mois)")
    charges: Money | None = Field(default=None, title="Charges (€ par mois)")
    heating_included: Fact = Field(default=None, title="Chauffage compris dans les charges")
    recent: Fact = Field(default=None, title="Neuf ou de moins de cinq ans")
    in_qpv: Fact = Field(default=None, title="En quartier prioritaire (QPV)")
    fragility: Annotated[int, Field(ge=1, le=4)] | None = Field(
        default=None, title="Fragilité du quartier (classe IPS, de 1 à 4)"
    )


class TemporaryHome(Data):
    """What is known of a dwelling lived in for a time: needed if the household stays there."""

    commune: Insee | None = Field(default=None, title="Commune")
    typology: Typology | None = Field(default=None, title="Typologie (T)")
    surface_m2: Surface | None = Field(default=None, title="Surface (m²)")
    rent: Money | None = Field(default=None, title="Loyer (€ par mois)")
    charges: Money | None = Field(default=None, title="Charges (€ par mois)")
    housing_aid: Money | None = Field(default=None, title="Aide au logement (€ par mois)")
    heating_included: Fact = Field(default=None, title="Chauffage compris dans les charges")
    in_qpv: Fact = Field(default=None, title="En quartier prioritaire (QPV)")
