"""Above every page: the reminders of the morning did not leave, and where to look for who can act."""

from markupsafe import Markup

from cases.actor import Role
from db.queries.clock_runs import Heartbeat
from ui_streamlit.widgets.dates import moment
from ui_streamlit.widgets.messages import message

TITLE = "Les rappels automatiques sont en retard"
REST = (
    "Vos dossiers et vos échéances restent à jour dans l’application. "
    "Rien n’est perdu : les rappels partiront en disant leur retard."
)
# The first page of a role is at the root: the administrator's is this one.
CLOCKS = {
    Role.ADMINISTRATOR: "/?rubrique=horloge",
    Role.ICI_SECRETARIAT: "/administration?rubrique=horloge",
}


def heartbeat_banner(state: Heartbeat, role: Role) -> Markup | None:
    """None while the clock does its work."""
    if not state.overdue:
        return None
    last = f"Dernier passage réussi : {moment(state.good_at)}." if state.good_at else "Aucun passage réussi."
    link = (CLOCKS[role], "Voir l’horloge") if role in CLOCKS else None
    return message("warning", TITLE, [last, REST], link=link)
