"""Words, addresses and small looks that the parts of the ICI page share."""

from collections.abc import Mapping
from urllib.parse import urlencode

from markupsafe import Markup

from cases import territory
from cases.actor import Role
from cases.machines.ici import ESCALATION, ICI_COURSE, ICI_SESSION
from ui_streamlit.navigation import SESSION, pages_for

TABS: Mapping[str, str] = {
    "appel": "Recevabilité",
    "ordre": "Ordre du jour",
    "seance": "En séance",
    "suites": "Suites",
}
FIRST_TAB: Mapping[str, str] = {
    "planned": "appel",
    "call_open": "appel",
    "call_closed": "ordre",
    "file_sent": "ordre",
    "held": "seance",
}
FORMER = {"liste": "appel"}  # addresses that were given before
ROOM = "seance"  # on a projector, while people talk: nothing above but what is being decided
PREPARE = "remontee"
SESSION_STATES = {state: name for state, name in ICI_SESSION.states.items() if state != "cancelled"}
ITEM_STATES, COURSE_STATES = ESCALATION.states, ICI_COURSE.states


def first_tab(state: str) -> str:
    """Where the work is, at this state of the session."""
    return FIRST_TAB.get(state, "suites")


def base_of(role: Role) -> str:
    """Where this page lives: the first page of a role stands at the root."""
    return "/" if pages_for(role)[0] == SESSION else f"/{SESSION.address}"


def address(role: Role, session_id: str, tab: str = "", point: str = "") -> str:
    asked = {"seance": session_id, "volet": tab, "point": point}
    return f"{base_of(role)}?{urlencode({key: value for key, value in asked.items() if value})}"


def ici_names() -> dict[str, str]:
    """Code → name, in the order of the territory's file."""
    return {ici.code: ici.name for ici in territory.icis()}


def counted(number: int, one: str, many: str = "") -> str:
    """« 1 dossier », « 6 dossiers »."""
    return f"{number}\u00a0{one if number < 2 else many or one + 's'}"


def nth_return(returns: int) -> str:
    """« 1er retour », « 2e retour »."""
    return f"{'1er' if returns == 1 else f'{returns}e'}\u00a0retour"


def code(text: str) -> Markup:
    return Markup('<span class="ici-code">{}</span>').format(text)
