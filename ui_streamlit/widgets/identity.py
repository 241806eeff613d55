"""Who is signed in, at the foot of the sidebar, with the button to leave."""

from markupsafe import Markup

from cases.actor import Role

ROLE_WORDS = {
    Role.SOCIAL_WORKER: "Travail social",
    Role.REHOUSING_OFFICER: "Relogement",
    Role.RECEIVING_LANDLORD: "Bailleur d’accueil",
    Role.ICI_SECRETARIAT: "Secrétariat d’ICI",
    Role.CO_PILOT: "Copilotage",
    Role.CHAIR: "Présidence d’ICI",
    Role.PARTNER: "Partenaire",
    Role.OBSERVER: "Observation",
    Role.ADMINISTRATOR: "Administration",
    Role.SYSTEM: "Relogement",
}
IDENTITY = Markup(
    '<div class="rl-identity"><p class="rl-identity-name">{name}</p><p>{role}{lead}</p><p>{organisation}</p>'
    '<form method="post" action="/deconnexion"><input type="hidden" name="csrf" value="{secret}">'
    '<button type="submit">Se déconnecter</button></form></div>'
)


def identity(name: str, role: Role, organisation: str, secret: str, *, is_lead: bool = False) -> Markup:
    lead = " · encadrement" if is_lead else ""
    return IDENTITY.format(
        name=name, role=ROLE_WORDS[role], lead=lead, organisation=organisation, secret=secret
    )
