"""Who people are, and what is followed."""

from collections.abc import Mapping

from cases.actor import Role

ROLES: Mapping[str, str] = {
    Role.SOCIAL_WORKER: "Travailleur social",
    Role.REHOUSING_OFFICER: "Chargé de relogement",
    Role.RECEIVING_LANDLORD: "Bailleur relogeur",
    Role.ICI_SECRETARIAT: "Secrétariat des ICI",
    Role.CO_PILOT: "Co-pilote",
    Role.CHAIR: "Présidence de l’ICI",
    Role.PARTNER: "Partenaire",
    Role.OBSERVER: "Observateur",
    Role.ADMINISTRATOR: "Administrateur",
    Role.SYSTEM: "Système",
}

KINDS: Mapping[str, str] = {"transfer": "Mutation", "rehousing": "Relogement NPRU"}
