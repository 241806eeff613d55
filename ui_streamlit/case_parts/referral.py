"""The parts of the two forms that open a case: a blocked transfer, a household of a building to empty."""

from ui_streamlit.case_parts.consequences import FACTS_ONLY
from ui_streamlit.command_form import Part

HOUSEHOLD = Part(
    "Composition du ménage",
    ("members",),
    hint="Une ligne par personne qui vivra dans le logement ; indiquez qui est titulaire du bail.",
)
DWELLING = Part("Logement actuel", ("dwelling",))
HOME = Part(
    "Logement occupé",
    ("dwelling_id",),
    hint="Choisissez-le s’il est déjà inscrit, même si un autre ménage y vit ; sinon décrivez-le.",
)
NEW_HOME = Part("Logement à inscrire", ("dwelling",), shown=lambda typed: not typed.get("dwelling_id"))
CONTACT = Part("Joindre le ménage", ("phone", "email"))
SNE = Part(
    "Demande de logement social (SNE)",
    ("snr_number", "snr_requested_on", "snr_expires_on", "suitable_offers"),
)
SERVICE = Part(
    "Qui suivra ce dossier",
    ("service_id",),
    hint="Laissez vide pour que votre organisme le suive.",
)

TRANSFER_PARTS = (
    Part(
        "Pourquoi ce ménage doit changer de logement",
        ("criteria", "evidence", "circumstances", "urgent"),
        note=FACTS_ONLY,
    ),
    HOUSEHOLD,
    DWELLING,
    CONTACT,
    SNE,
    SERVICE,
    Part(
        "Protection",
        ("protected",),
        hint="En cas de violences, le dossier est protégé d’office : rien n’y localise le ménage "
        "pour qui n’est pas nommé.",
    ),
    Part(
        "",
        ("readers", "safe_contact"),
        shown=lambda typed: bool(typed.get("protected")) or "violence" in (typed.get("criteria") or ()),
    ),
)


def rehousing_parts(*, chooses: bool) -> tuple[Part, ...]:
    """`chooses`: the building already has dwellings to choose from."""
    return (
        *((HOME,) if chooses else ()),
        NEW_HOME,
        HOUSEHOLD,
        CONTACT,
        SNE,
        Part("Qui suivra ce dossier", ("service_id",), hint="Laissez vide pour le bailleur de l’opération."),
    )
