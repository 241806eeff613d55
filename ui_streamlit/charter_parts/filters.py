"""The filters of the charter page live in its address: they can be sent, bookmarked, gone back to."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from cases.charter.report import Period
from cases.rules.dates import add_months
from db.queries.indicators import Place, Places
from ui_streamlit.charter_parts.addresses import here

EVERYWHERE = ""
MONTHS = {"": None, "24": 24, "12": 12, "6": 6}
PERIODS = {
    "": "Depuis le début",
    "24": "24 derniers mois",
    "12": "12 derniers mois",
    "6": "6 derniers mois",
}
NAMES = ("site", "bailleur", "commune", "periode")


def address(indicator: str = "", *, promise: str = "") -> str:
    """The same filters, with or without an indicator or a promise opened."""
    kept = {name: st.query_params[name] for name in (*NAMES, "vue") if name in st.query_params}
    if indicator:
        kept["indicateur"] = indicator
    if promise:
        kept["promesse"] = promise
    return here("/charte", kept)


def filters(places: Places, today: date) -> tuple[Place, Period]:
    """Draw them on one row; what they say. A value of the address that is no choice counts as none."""
    offered = {
        "site": ("Site", "Tous les sites", places.sites),
        "bailleur": ("Bailleur", "Tous les bailleurs", places.landlords),
        "commune": ("Commune", "Toutes les communes", places.communes),
    }
    shown = {name: choice for name, choice in offered.items() if choice[2]}
    columns = st.columns(len(shown) + 1)
    found: dict[str, str] = {}
    for column, (name, (label, everything, choices)) in zip(columns, shown.items(), strict=False):
        with column:
            found[name] = _choice(name, label, {EVERYWHERE: everything, **choices})
    with columns[-1]:
        months = MONTHS[_choice("periode", "Période", PERIODS)]
    place = Place(
        site=found.get("site") or None,
        landlord=found.get("bailleur") or None,
        commune=found.get("commune") or None,
    )
    return place, Period(None if months is None else add_months(today, -months), today)


def _choice(name: str, label: str, choices: Mapping[str, str]) -> str:
    asked = st.query_params.get(name, EVERYWHERE)
    key = f"charter-{name}"
    st.session_state[key] = asked if asked in choices else EVERYWHERE
    picked = st.selectbox(
        label,
        list(choices),
        format_func=lambda code: choices[code],
        key=key,
        on_change=_remember,
        args=(name,),
    )
    return str(picked)


def _remember(name: str) -> None:
    """The address follows the choice."""
    value = st.session_state[f"charter-{name}"]
    if value == EVERYWHERE:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value


def view_choice() -> str:
    """How the chart is cut: « lieu » or « mois », in the address too."""
    choices = {"lieu": "Par lieu", "mois": "Par mois"}
    asked = st.query_params.get("vue", "lieu")
    st.session_state["charter-vue"] = asked if asked in choices else "lieu"
    picked = st.segmented_control(
        "Découper le graphique",
        list(choices),
        format_func=lambda code: choices[code],
        key="charter-vue",
        on_change=_remember_view,
    )
    return str(picked or "lieu")


def _remember_view() -> None:
    st.query_params["vue"] = st.session_state["charter-vue"] or "lieu"
