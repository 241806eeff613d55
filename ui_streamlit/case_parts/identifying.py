"""The building of a household to rehouse, chosen first: it decides which dwellings may be named."""

from typing import Any

import streamlit as st

from cases.access import scope_of
from cases.actor import Actor, Role
from db.queries import people
from db.queries.operation_dwellings import homes_to_choose
from ui_streamlit.case_parts.referral import rehousing_parts
from ui_streamlit.widgets.headings import section


def chosen_building(actor: Actor) -> str | None:
    """Kept in the address: a list of households of one building is typed one after the other."""
    own = actor.body_id if actor.role is Role.REHOUSING_OFFICER else None
    known = people.buildings(own)
    st.html(section("Bâtiment à libérer"))
    building: str | None = st.selectbox(
        "Bâtiment *",
        list(known),
        index=None,
        format_func=lambda code: known[code],
        placeholder="Choisir" if known else "Aucun bâtiment n’est inscrit",
        key="batiment",
        bind="query-params",
    )
    return building


def of_building(actor: Actor, building: str | None) -> dict[str, Any]:
    """What the form is given: its parts, the dwellings already there, what it starts with."""
    homes = homes_to_choose(scope_of(actor), building) if building else {}
    hidden = ("safe_contact", "building_id") if homes else ("safe_contact", "building_id", "dwelling_id")
    starts: dict[str, Any] = {"building_id": building} if building else {}
    if actor.role is Role.REHOUSING_OFFICER:
        starts["dwelling"] = {"landlord_id": actor.body_id}
    return {
        "defaults": starts,
        "hide": hidden,
        "parts": rehousing_parts(chooses=bool(homes)),
        "options": {"dwelling_id": homes},
    }
