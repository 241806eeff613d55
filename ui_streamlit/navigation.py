"""Which pages exist, and who sees them. Not a permission: every command and query checks again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from cases import present
from cases.actor import Actor, Role
from ui_streamlit.session import sign_out_secret
from ui_streamlit.widgets.identity import identity

FOLDER = Path(__file__).with_name("app_pages")


@dataclass(frozen=True, slots=True)
class PageSpec:
    """`file` in app_pages/ without its suffix; `address` is the French path."""

    file: str
    title: str
    address: str
    icon: str
    hidden: bool = False


HOME = "accueil"  # what Streamlit asks of the first page beside `/`; nobody sees it
MY_DAY = PageSpec("my_day", "Ma journée", "ma-journee", ":material/today:")
CASES = PageSpec("cases", "Dossiers", "dossiers", ":material/folder_open:")
DUE_DATES = PageSpec("due_dates", "Échéances", "echeances", ":material/event:")
CASE_FILE = PageSpec("case_file", "Dossier", "dossier", ":material/description:", hidden=True)
DIAGNOSIS = PageSpec("diagnosis", "Diagnostic social", "diagnostic", ":material/fact_check:", hidden=True)
NEW_CASE = PageSpec("new_case", "Nouveau signalement", "signalement", ":material/add_circle:")
SEARCH = PageSpec("search_needs", "Interbailleurs", "recherche", ":material/travel_explore:")
OPERATION = PageSpec("operation", "Opérations NPRU", "operations", ":material/apartment:")
TECHNICAL = PageSpec("technical_committee", "Comité technique", "comite-technique", ":material/rule:")
SESSION = PageSpec("ici_session", "Séances ICI", "seances", ":material/groups:")
CIL = PageSpec("cil", "Bilan des ICI", "bilan-ici", ":material/table_chart:")
CHARTER = PageSpec("charter", "Charte et bilans", "charte", ":material/monitoring:")
INBOX = PageSpec("inbox", "Messages", "messages", ":material/inbox:")
ADMIN = PageSpec("admin", "Administration", "administration", ":material/settings:")
DEMO_CLOCK = PageSpec("demo_clock", "Horloge (démo)", "horloge", ":material/history_toggle_off:")

PAGES_OF: dict[Role, tuple[PageSpec, ...]] = {
    Role.SOCIAL_WORKER: (
        MY_DAY,
        CASES,
        DUE_DATES,
        CASE_FILE,
        DIAGNOSIS,
        NEW_CASE,
        TECHNICAL,
        SESSION,
        INBOX,
    ),
    Role.REHOUSING_OFFICER: (
        MY_DAY,
        CASES,
        DUE_DATES,
        CASE_FILE,
        DIAGNOSIS,
        NEW_CASE,
        SEARCH,
        OPERATION,
        TECHNICAL,
        SESSION,
        CHARTER,
        INBOX,
    ),
    Role.RECEIVING_LANDLORD: (MY_DAY, SEARCH, SESSION, INBOX),
    Role.ICI_SECRETARIAT: (
        MY_DAY,
        CASES,
        DUE_DATES,
        CASE_FILE,
        NEW_CASE,
        OPERATION,
        TECHNICAL,
        SESSION,
        CIL,
        CHARTER,
        INBOX,
        ADMIN,
    ),
    Role.CO_PILOT: (
        MY_DAY,
        CASES,
        DUE_DATES,
        CASE_FILE,
        OPERATION,
        TECHNICAL,
        SESSION,
        CIL,
        CHARTER,
        INBOX,
    ),
    Role.CHAIR: (SESSION, CIL, OPERATION, CHARTER, INBOX),
    Role.PARTNER: (MY_DAY, CASES, DUE_DATES, CASE_FILE, NEW_CASE, SESSION, INBOX),
    Role.OBSERVER: (CHARTER, OPERATION, SESSION, CIL, INBOX),
    Role.ADMINISTRATOR: (ADMIN, INBOX),
    Role.SYSTEM: (),
}


def pages_for(role: Role) -> list[PageSpec]:
    """The pages of a role whose file exists; "Ma journée" when none does. The first one is at `/`."""
    ready = [spec for spec in PAGES_OF[role] if (FOLDER / f"{spec.file}.py").is_file()]
    return ready or [MY_DAY]


def navigation(actor: Actor) -> Any:
    """Draw the navigation of this actor; the page asked for, to be run."""
    demonstration = [DEMO_CLOCK] if present.standing().demonstration else []
    return st.navigation(_pages([*pages_for(actor.role), *demonstration]), position="sidebar", expanded=True)


def _pages(specs: Sequence[PageSpec]) -> list[Any]:
    pages = [
        st.Page(
            FOLDER / f"{spec.file}.py",
            title=spec.title,
            icon=spec.icon,
            url_path=spec.address if rank else HOME,
            default=rank == 0,
            visibility="hidden" if spec.hidden else "visible",
        )
        for rank, spec in enumerate(specs)
    ]
    return [*pages, _by_its_name(specs[0], pages[0])]


def _by_its_name(spec: PageSpec, home: Any) -> Any:
    """Streamlit puts the first page at `/` and nowhere else: its own address leads there."""

    def lead_home() -> None:
        st.switch_page(home, query_params=st.query_params.to_dict())

    return st.Page(lead_home, title=spec.title, url_path=spec.address, visibility="hidden")


def sidebar_foot(actor: Actor, organisation: str) -> None:
    """Who is signed in, and the way out."""
    with st.sidebar:
        st.html(identity(actor.name, actor.role, organisation, sign_out_secret(), is_lead=actor.is_lead))
