"""Administration: the clock, accounts, organisations, settings, perimeters, the journal. No case content."""

import streamlit as st

from cases.access import scope_of
from cases.actor import Actor, Role
from cases.charter.context import Context, settings_now
from cases.charter.office import perimeter_on
from cases.territory import communes
from db.queries import admin, mails
from db.queries.clock_runs import heartbeat, last_runs
from db.settings import env
from ui_streamlit.admin_parts import clock, dated_settings, people, places, record
from ui_streamlit.admin_parts.mails import mails_section
from ui_streamlit.clock_status import status
from ui_streamlit.session import current_actor, now, today
from ui_streamlit.widgets.headings import page_title
from ui_streamlit.widgets.messages import message

SECTIONS = {
    "horloge": "Horloge",
    "comptes": "Comptes",
    "organismes": "Organismes",
    "reglages": "Réglages",
    "perimetres": "Périmètres",
    "courriels": "Courriels",
    "journal": "Journal",
}
OF_ROLE = {
    Role.ADMINISTRATOR: tuple(SECTIONS),
    Role.ICI_SECRETARIAT: ("horloge", "perimetres"),
}


def chosen_section(offered: tuple[str, ...]) -> str:
    """The section named by the address, else the first."""
    asked = st.query_params.get("rubrique", offered[0])
    st.session_state["admin-section"] = asked if asked in offered else offered[0]
    picked = st.segmented_control(
        "Rubrique",
        list(offered),
        format_func=lambda code: SECTIONS[code],
        key="admin-section",
        label_visibility="collapsed",
        on_change=_remember,
    )
    return str(picked or offered[0])


def _remember() -> None:
    st.query_params["rubrique"] = st.session_state["admin-section"] or "horloge"
    st.query_params.pop("reglage", None)


def draw(section: str, actor: Actor) -> None:
    scope = scope_of(actor)
    if section == "horloge":
        clock.clock_section(status(), admin.flow_runs(scope), last_runs(scope), heartbeat(now()))
    elif section == "comptes":
        people.accounts_section(actor, admin.accounts(scope), today())
    elif section == "organismes":
        people.bodies_section(actor, admin.bodies(scope), {place.insee: place.name for place in communes()})
    elif section == "reglages":
        dated_settings.settings_section(actor, Context(settings_now(), today()))
    elif section == "perimetres":
        places.perimeter_section(actor, perimeter_on(today()))
    elif section == "courriels":
        counts, troubles = mails.mail_counts(scope), mails.mail_troubles(scope)
        mails_section(counts, troubles, env().smtp_host, now())
    else:
        record.journal_section(actor, admin.journal_size(scope))


def main() -> None:
    actor = current_actor()
    offered = OF_ROLE.get(actor.role, ())
    lead = "L’horloge, les comptes, les réglages datés et le journal. Aucun contenu de dossier ici."
    st.html(page_title("Administration", lead))
    if not offered:
        st.html(
            message("warning", "Page réservée", ["Elle est ouverte à l’administration et au secrétariat."])
        )
        return
    draw(chosen_section(offered), actor)


main()
